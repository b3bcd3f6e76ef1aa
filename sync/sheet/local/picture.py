"""A tab as the page draws it: texts, inputs, styles and rules, each style and each rule told once."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from . import conditional
from .choices import rule_message
from .conditions import holds
from .document import EMPTY, Cell, Formula, Json, Tab, Workbook
from .formats import color_bytes
from .locales import Locale
from .patterns import general, show_number
from .ranges import box_of
from .render import COLUMN_PIXELS, ROW_PIXELS
from .sparks import spark_of
from .typed import read_typed
from .view import CellView, alignment_of, pattern_of

MOMENTS = ("DATE", "TIME", "DATE_TIME")


@dataclass(slots=True)
class Shared:
    """Styles and rules of one tab, in the order in which they were met. They stay while the server runs, so that a
    page that knows the first ones may be sent changed rows only."""

    styles: list[Json] = field(default_factory=list)
    places: dict[Any, int] = field(default_factory=dict)

    def style(self, css: str, wrap: str) -> int:
        """The style's number; 0 is the plain one."""
        key = (css, wrap)
        found = self.places.get(key)
        if found is None:
            found = self.places[key] = len(self.styles)
            self.styles.append({"css": css, "wrap": wrap})
        return found


class Picture:
    """`head` is what a tab is besides its cells; `rows` is row -> [[column, text, style, input, note, rule, spark,
    bad]…] with nothing kept of blank ends. `input` is None where it is the text."""

    def __init__(self, workbook: Workbook, tab: Tab, shared: Shared) -> None:
        self.tab, self.view, self.shared = tab, CellView(workbook, tab), shared
        shared.style("", "")
        self.lights = conditional.overlays(self.view, tab.whole())
        self._looks: dict[tuple[int, int, str], int] = {}
        self._rules: dict[int, int] = {}
        self.rules: list[Json] = []
        self._extra = self._beside()
        self.rows = {row: cells for row in range(self._last()) if (cells := self._row(row))}
        self.head = self._head()

    def _last(self) -> int:
        spots = [row for row, _ in self.view.results]
        spots += [row for row, _ in self.lights]
        return min(max([len(self.tab.rows) - 1, *spots]) + 1, self.tab.row_count)

    def _head(self) -> Json:
        tab = self.tab
        grid = tab.props["gridProperties"]
        return {
            "sheetId": tab.sheet_id,
            "title": tab.title,
            "rows": tab.row_count,
            "columns": tab.column_count,
            "frozenRows": grid.get("frozenRowCount", 0),
            "frozenColumns": grid.get("frozenColumnCount", 0),
            "gridlines": not grid.get("hideGridlines"),
            "rowHeight": ROW_PIXELS,
            "columnWidth": COLUMN_PIXELS,
            "rowMeta": _dimensions(tab.row_meta),
            "columnMeta": _dimensions(tab.column_meta),
            "merges": [list(box_of(tab, grid)) for grid in tab.lists["merges"]],
            "protected": [_fence(tab, item) for item in tab.lists["protectedRanges"]],
            "charts": tab.lists["charts"],
            "filter": list(box_of(tab, tab.basic_filter["range"])) if tab.basic_filter else None,
            "styles": list(self.shared.styles),
            "rules": self.rules,
        }

    def _row(self, row: int) -> list[list[Any]]:
        cells = self.tab.rows[row] if row < len(self.tab.rows) else {}
        columns = set(cells) | self._extra.get(row, set())
        return [made for column in sorted(columns) if (made := self._cell(row, column, cells.get(column, EMPTY)))]

    def _beside(self) -> dict[int, set[int]]:
        """Cells that hold nothing themselves, but get a light or a spilled value."""
        found: dict[int, set[int]] = {}
        for row, column in [*self.view.results, *self.lights]:
            found.setdefault(row, set()).add(column)
        return found

    def _cell(self, row: int, column: int, cell: Cell) -> list[Any]:
        text = self.view.text(row, column, cell) or ""
        typed = input_text(self.view, row, column, cell)
        parts: list[Any] = [column, text, self._look(row, column, cell), None if typed == text else typed]
        rule = self._rule(cell)
        bad = rule is not None and bool(text) and self._breaks(rule, cell, row, column)
        parts += [cell.note or None, rule, spark_of(self.view, row, column, cell), True if bad else None]
        while len(parts) > 3 and parts[-1] is None:
            parts.pop()
        return parts if parts[1:] != ["", 0] else []

    def _breaks(self, rule: int, cell: Cell, row: int, column: int) -> bool:
        """Is there something that the cell's rule doesn't allow? A list allows what it offers."""
        message = self.rules[rule]
        if message["kind"] == "list":
            return self.view.text(row, column, cell) not in message["options"]
        condition: Json = (cell.rule or {}).get("condition", {})
        if condition.get("type") == "CUSTOM_FORMULA":
            return False  # its references count from the corner of a range that a cell doesn't know
        return message["kind"] == "other" and not holds(condition, self.view, row, column)

    def _look(self, row: int, column: int, cell: Cell) -> int:
        """The style's number, found once for each triple of format, light and side."""
        light = self.lights.get((row, column))
        side = alignment_of(self.view.result(row, column, cell))
        key = (id(cell.format), id(light), side)
        found = self._looks.get(key)
        if found is None:
            shown = self.view.effective_format(row, column, cell, light) or {}
            wrap = {"WRAP": "wrap", "CLIP": "clip"}.get(shown.get("wrapStrategy", ""), "")
            found = self._looks[key] = self.shared.style(css_of(shown), wrap)
        return found

    def _rule(self, cell: Cell) -> int | None:
        if not cell.rule:
            return None
        place = self._rules.get(id(cell.rule))
        if place is None:
            place = self._rules[id(cell.rule)] = len(self.rules)
            self.rules.append(rule_message(self.view, cell.rule))
        return place


def _dimensions(meta: dict[int, Json]) -> Json:
    """Place -> {size, hidden}, only where something differs."""
    out: Json = {}
    for place, item in meta.items():
        hidden = bool(item.get("hiddenByUser") or item.get("hiddenByFilter"))
        kept = ({"size": item["pixelSize"]} if "pixelSize" in item else {}) | ({"hidden": True} if hidden else {})
        if kept:
            out[str(place)] = kept
    return out


def _fence(tab: Tab, item: Json) -> Json:
    place = list(box_of(tab, item.get("range", {"sheetId": tab.sheet_id})))
    free = [list(box_of(tab, grid)) for grid in item.get("unprotectedRanges", [])]
    return {"box": place, "free": free, "text": item.get("description", "")}


def input_text(view: CellView, row: int, column: int, cell: Cell) -> str:
    """What stands in the formula bar: typed again as it is, it gives the same value."""
    value, locale = cell.value, view.locale
    if value is None or isinstance(value, Formula):
        return value.text if value else ""
    if isinstance(value, bool):
        return locale.booleans[0] if value else locale.booleans[1]
    if isinstance(value, str):
        return _text_input(value, locale)
    return _number_text(value, (view.number_format(row, column, cell) or {}).get("type", ""), locale)


@lru_cache(maxsize=1 << 16)
def _text_input(text: str, locale: Locale) -> str:
    """A text as it is, behind an apostrophe where typing it would make something else of it."""
    same = text[:1] != "+" and read_typed(text, locale).value == text
    return text if same else "'" + text


def _number_text(value: float | int, kind: str, locale: Locale) -> str:
    if kind in MOMENTS:
        return show_number(value, pattern_of({"type": kind}, locale), locale)
    if kind == "PERCENT":
        return general(round(value * 100, 10), locale) + "%"
    return general(value, locale)


def css_color(color: Json | None) -> str:
    """`#rrggbb` of a Color message."""
    red, green, blue = color_bytes(color or {})
    return f"#{red:02x}{green:02x}{blue:02x}"


TEXT_CSS = {"bold": "font-weight:700", "italic": "font-style:italic"}
ALIGN_CSS = {
    ("horizontalAlignment", "RIGHT"): "text-align:right",
    ("horizontalAlignment", "CENTER"): "text-align:center",
    ("verticalAlignment", "TOP"): "vertical-align:top",
    ("verticalAlignment", "MIDDLE"): "vertical-align:middle",
}
LINES = {"DOTTED": "dotted", "DASHED": "dashed", "DOUBLE": "double"}


def css_of(shown: Json) -> str:
    """CSS made of colours from bytes, words from a list and numbers: nothing that a person typed."""
    parts = []
    background = css_color(shown.get("backgroundColor")) if shown.get("backgroundColor") is not None else ""
    if background not in ("", "#ffffff"):
        parts.append(f"background-color:{background}")
    text = shown.get("textFormat", {})
    if text.get("foregroundColor"):
        parts.append(f"color:{css_color(text['foregroundColor'])}")
    parts += [css for name, css in TEXT_CSS.items() if text.get(name)]
    lines = [css for name, css in (("underline", "underline"), ("strikethrough", "line-through")) if text.get(name)]
    parts += [f"text-decoration:{' '.join(lines)}"] if lines else []
    if text.get("fontSize", 10) != 10:
        parts.append(f"font-size:{int(text['fontSize']) * 4 / 3:.1f}px")
    parts += [css for key, css in ALIGN_CSS.items() if shown.get(key[0]) == key[1]]
    return ";".join(parts + _border_css(shown.get("borders", {})))


def _border_css(borders: Json) -> list[str]:
    return [
        f"border-{side}:{int(line.get('width', 1))}px {LINES.get(line.get('style', ''), 'solid')} "
        f"{css_color(line.get('color'))}"
        for side, line in borders.items()
        if side in ("top", "bottom", "left", "right")
    ]
