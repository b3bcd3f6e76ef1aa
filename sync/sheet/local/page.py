"""The page for people: workbooks, and one tab at a time as a table. Reads only; needs no script."""

from collections.abc import Iterator
from html import escape
from typing import Any

from flask import Flask, Response, abort, render_template_string, request

from . import conditional
from .document import EMPTY, Box, Cell, Json, Tab, Workbook
from .formats import color_bytes
from .library import SHEETS_MIME, Library
from .page_template import BOOK, INDEX, STYLE
from .ranges import letters
from .render import COLUMN_PIXELS, ROW_PIXELS
from .view import CellView, alignment_of

CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
SPARE_ROWS, SPARE_COLUMNS, MAX_ROWS = 5, 2, 1000
WORDS = {
    "en": {
        "workbooks": "Workbooks",
        "empty": "There is no workbook yet.",
        "changed": "changed",
        "back": "All workbooks",
        "more": "Only the first {} rows are shown.",
        "missing": "There is no such workbook or tab.",
    },
    "es": {
        "workbooks": "Libros",
        "empty": "Todavía no hay ningún libro.",
        "changed": "modificado",
        "back": "Todos los libros",
        "more": "Solo se muestran las primeras {} filas.",
        "missing": "No existe ese libro o esa pestaña.",
    },
}


def add_routes(flask: Flask, library: Library) -> None:
    """`GET /` and `GET /workbooks/<id>`."""

    def index() -> Response:
        files = [file for file in library.files.values() if file["mimeType"] == SHEETS_MIME]
        files.sort(key=lambda file: file["modifiedTime"], reverse=True)
        language = "es" if (request.accept_languages.best_match(["es", "en"]) or "en") == "es" else "en"
        return _page(render_template_string(INDEX, files=files, words=WORDS[language], lang=language, style=STYLE))

    def book(workbook_id: str) -> Response:
        if workbook_id not in library.files:
            abort(404)
        workbook = library.get(workbook_id)
        tab = _chosen(workbook, request.args.get("tab"))
        language = language_of(workbook)
        picture = Picture(workbook, tab)
        return _page(
            render_template_string(
                BOOK,
                workbook=workbook,
                tabs=[one for one in workbook.tabs if not one.props.get("hidden")],
                tab=tab,
                picture=picture,
                words=WORDS[language],
                lang=language,
                style=STYLE,
                color=css_color,
            )
        )

    flask.add_url_rule("/", "index", index)
    flask.add_url_rule("/workbooks/<workbook_id>", "workbook", book)


def _page(text: str) -> Response:
    headers = {"Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    return Response(text, content_type="text/html; charset=UTF-8", headers=headers)


def language_of(workbook: Workbook) -> str:
    return "es" if workbook.locale.startswith("es") else "en"


def _chosen(workbook: Workbook, wanted: str | None) -> Tab:
    """A tab by title or by sheet id; the first that shows when nothing was asked."""
    if wanted is None:
        return next((tab for tab in workbook.tabs if not tab.props.get("hidden")), workbook.tabs[0])
    found = workbook.tab_by_title(wanted)
    if found is None and wanted.isdigit():
        found = workbook.tab_by_id(int(wanted))
    if found is None:
        abort(404)
    return found


def css_color(color: Json | None) -> str:
    red, green, blue = color_bytes(color or {})
    return f"#{red:02x}{green:02x}{blue:02x}"


class Picture:
    """A tab's visible part as rows of drawn cells."""

    def __init__(self, workbook: Workbook, tab: Tab) -> None:
        self.tab, self.view = tab, CellView(workbook, tab)
        grid = tab.props["gridProperties"]
        self.frozen_rows, self.frozen_columns = grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)
        used_rows, used_columns = self._used()
        bottom = min(tab.row_count, max(used_rows, self.frozen_rows) + SPARE_ROWS, MAX_ROWS)
        right = min(tab.column_count, max(used_columns + SPARE_COLUMNS, 8))
        self.box = Box(0, bottom, 0, right)
        self.cut = used_rows > MAX_ROWS
        self.lights = conditional.overlays(self.view, self.box)
        self.merged = self._merges()
        self._looks: dict[tuple[int, int, str], tuple[str, bool, bool]] = {}
        self.gridlines = not grid.get("hideGridlines")
        self.columns = [
            (column, letters(column), self.width(column))
            for column in range(right)
            if not _hidden(tab.column_meta.get(column))
        ]
        self.total = 46 + sum(width for _, _, width in self.columns)

    def _used(self) -> tuple[int, int]:
        spots = [
            (row, column)
            for row, cells in enumerate(self.tab.rows)
            for column, cell in cells.items()
            if cell.value is not None or cell.note
        ]
        spots += list(self.view.results)
        return max((row for row, _ in spots), default=-1) + 1, max((column for _, column in spots), default=-1) + 1

    def _merges(self) -> dict[tuple[int, int], tuple[int, int] | None]:
        """(row, column) -> (rows, columns) for the corner of a merge, None for cells under it."""
        out: dict[tuple[int, int], tuple[int, int] | None] = {}
        for grid in self.tab.lists["merges"]:
            rows = range(grid["startRowIndex"], min(grid["endRowIndex"], self.box.bottom))
            columns = range(grid["startColumnIndex"], min(grid["endColumnIndex"], self.box.right))
            shown = [column for column in columns if not _hidden(self.tab.column_meta.get(column))]
            for row in rows:
                for column in columns:
                    out[(row, column)] = None
            if rows and shown:
                out[(rows[0], shown[0])] = (len(rows), len(shown))
        return out

    def width(self, column: int) -> int:
        return int(self.tab.column_meta.get(column, {}).get("pixelSize", COLUMN_PIXELS))

    def rows(self) -> Iterator[str]:
        """The table's body, row by row. Built here rather than in the template: a tab has 40,000 cells."""
        top = 24
        for row in range(self.box.top, self.box.bottom):
            meta = self.tab.row_meta.get(row)
            if _hidden(meta):
                continue
            height = int((meta or {}).get("pixelSize", ROW_PIXELS))
            stick = f"top:{top}px" if row < self.frozen_rows else ""
            kind = "f l" if row == self.frozen_rows - 1 else "f" if stick else ""
            head = f'<tr class="{kind}" style="height:{height}px"><th scope="row" style="{stick}">{row + 1}</th>'
            yield head + "".join(self._cells(row, stick)) + "</tr>"
            top += height if stick else 0

    def _cells(self, row: int, stick: str) -> Iterator[str]:
        blank = f'<td style="{stick}"></td>' if stick else "<td></td>"
        cells = self.tab.rows[row] if row < len(self.tab.rows) else {}
        for column, _, _ in self.columns:
            spot = (row, column)
            if column not in cells and not (spot in self.lights or spot in self.merged or spot in self.view.results):
                yield blank
                continue
            span = self.merged.get(spot, (1, 1))
            if span is not None:
                yield self._cell(row, column, cells.get(column, EMPTY), span, stick)

    def _cell(self, row: int, column: int, cell: Cell, span: tuple[int, int], stick: str) -> str:
        """One td. Every text is escaped; the style is made of checked parts only."""
        text = self.view.text(row, column, cell) or ""
        style, wrap, clip = self._look(row, column, cell)
        kinds = ["w"] if wrap else ["k"] if clip or (text and not self._room(row, column)) else []
        kinds += ["d"] * _drops_down(cell) + ["n"] * bool(cell.note)
        out = f'<td class="{" ".join(kinds)}"' if kinds else "<td"
        if cell.note:
            out += f' title="{escape(cell.note)}"'
        if span != (1, 1):
            out += f' rowspan="{span[0]}" colspan="{span[1]}"'
        both = ";".join(part for part in (style, stick) if part)
        out += f' style="{both}">' if both else ">"
        return out + (f"<div>{escape(text)}</div></td>" if text else "</td>")

    def _look(self, row: int, column: int, cell: Cell) -> tuple[str, bool, bool]:
        """(css, wrapped, clipped), made once for each pair of format and light."""
        light = self.lights.get((row, column))
        side = alignment_of(self.view.result(row, column, cell))
        key = (id(cell.format), id(light), side)
        found = self._looks.get(key)
        if found is None:
            shown = self.view.effective_format(row, column, cell, light) or {}
            wrapping = shown.get("wrapStrategy")
            found = self._looks[key] = (_css(shown), wrapping == "WRAP", wrapping == "CLIP")
        return found

    def _room(self, row: int, column: int) -> bool:
        """May a long text run over the next cell?"""
        return self.view.result(row, column + 1, self.tab.cell(row, column + 1)) is None


def _css(shown: Json) -> str:
    """CSS made of colours from bytes, words from a list and numbers."""
    parts = []
    background = css_color(shown.get("backgroundColor")) if shown.get("backgroundColor") is not None else ""
    if background not in ("", "#ffffff"):
        parts.append(f"background:{background}")
    text = shown.get("textFormat", {})
    if text.get("foregroundColor"):
        parts.append(f"color:{css_color(text['foregroundColor'])}")
    parts += [css for name, css in TEXT_CSS.items() if text.get(name)]
    if text.get("fontSize", 10) != 10:
        parts.append(f"font-size:{int(text['fontSize']) * 4 / 3:.1f}px")
    parts += [css for key, css in ALIGN_CSS.items() if shown.get(key[0]) == key[1]]
    return ";".join(parts + _border_css(shown.get("borders", {})))


TEXT_CSS = {"bold": "font-weight:700", "italic": "font-style:italic", "strikethrough": "text-decoration:line-through"}
ALIGN_CSS = {
    ("horizontalAlignment", "RIGHT"): "text-align:right",
    ("horizontalAlignment", "CENTER"): "text-align:center",
    ("verticalAlignment", "TOP"): "vertical-align:top",
    ("verticalAlignment", "MIDDLE"): "vertical-align:middle",
}
LINES = {"DOTTED": "dotted", "DASHED": "dashed", "DOUBLE": "double"}


def _border_css(borders: Json) -> list[str]:
    return [
        f"border-{side}:{int(line.get('width', 1))}px {LINES.get(line.get('style', ''), 'solid')} "
        f"{css_color(line.get('color'))}"
        for side, line in borders.items()
        if side in ("top", "bottom", "left", "right")
    ]


def _hidden(meta: Json | None) -> bool:
    return bool(meta and (meta.get("hiddenByUser") or meta.get("hiddenByFilter")))


def _drops_down(cell: Cell) -> bool:
    kind: Any = (cell.rule or {}).get("condition", {}).get("type")
    return kind in ("ONE_OF_LIST", "ONE_OF_RANGE")
