"""What somebody damaged in a workbook's template -> requests that mend it. Pure.

`init` completes what is missing; here what is there but wrong is set right: our headings, the named ranges, the rules
of the lights, the protections, and rows of the Settings tab. Nothing that a person made is taken away: a rule or
protection of theirs stays, ours goes above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sheet_templates.build import Request, column_requests, named_ranges, protections
from sheet_templates.layout import Column, Tab, tabs
from sheet_templates.lights import light_rules
from sync.model import CellValue
from sync.settings_rows import missing_settings
from sync.sheet.tables import find_keys

Json = Mapping[str, Any]
LOOK = (
    "properties(locale,timeZone),namedRanges,"
    "sheets(properties(sheetId,title,gridProperties),conditionalFormats,protectedRanges)"
)
_STRANGER = Column("", "text", {}, 0)  # a column that a person put between ours


@dataclass
class Mended:
    """What was wrong, by kind: headings, named ranges, light rules, protections, settings."""

    requests: list[Request] = field(default_factory=list)
    what: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, name: str, requests: Sequence[Request]) -> None:
        """Note what mends `name`; no requests, nothing to note."""
        if requests:
            self.requests += requests
            self.what.setdefault(kind, []).append(name)


def mend(
    state: Json, heads: Mapping[str, Sequence[CellValue]], settings: Sequence[Sequence[CellValue]], language: str
) -> Mended:
    """What mends a workbook that has all tabs. `state` is what LOOK brings; `heads` are the tabs' first rows.

    `settings` are the columns of the Settings tab.
    """
    mended = Mended()
    sheets = {sheet["properties"].get("sheetId", 0): sheet for sheet in state.get("sheets", ())}
    for tab in tabs().values():
        sheet = sheets.get(tab.id)
        if sheet is None:
            continue
        title = str(sheet["properties"]["title"])
        places = _headings(tab, heads.get(tab.key, ()), language, title, mended)
        _names(tab, places, state.get("namedRanges", ()), mended)
        seen = as_it_stands(tab, places)
        mended.add("lights", title, _rules(seen, sheet.get("conditionalFormats", ())))
        mended.add("guards", title, _guards(seen, sheet.get("protectedRanges", ()), language))
    _settings(state, settings, language, mended)
    return mended


def _headings(tab: Tab, head: Sequence[CellValue], language: str, title: str, mended: Mended) -> dict[str, int]:
    """Where each column stands; a heading that was overwritten is given back.

    It is known by its place: between two columns of ours there are just as many strangers as columns missing.
    """
    places = find_keys(tab.key, head)
    for first, keys in _gaps(tab, places, len(head)):
        for place, key in enumerate(keys, first):
            column = tab.column(key)
            mended.add(
                "headings", f"{title}: {column.heading[language]}", column_requests(tab, column, place, language)[:1]
            )
            places[key] = place
    return places


def _gaps(tab: Tab, places: Mapping[str, int], width: int) -> Iterable[tuple[int, list[str]]]:
    """Runs of missing columns that exactly fill the grid between their neighbours: first grid column, keys."""
    before, missing = -1, list[str]()
    for column in (*tab.columns, None):
        place = width if column is None else places.get(column.key)
        if place is None:
            assert column is not None  # noqa: S101  # the end has a place
            missing.append(column.key)
            continue
        if missing and place - before - 1 == len(missing):
            yield before + 1, missing
        before, missing = place, []


def _names(tab: Tab, places: Mapping[str, int], there: Iterable[Json], mended: Mended) -> None:
    """Named ranges that are gone, broken, or speak of other cells. One that spans more columns than it must is fine."""
    if not places or len(places) < len(tab.columns):
        return  # `init` lays the missing columns first
    known = {name["name"]: name for name in there}
    for request in named_ranges(tab, places):
        wanted = request["addNamedRange"]["namedRange"]
        found = known.get(wanted["name"])
        if found is None:
            mended.add("names", wanted["name"], [request])
        elif not _covers(found.get("range", {}), wanted["range"]):
            change = {"namedRange": {**wanted, "namedRangeId": found["namedRangeId"]}, "fields": "range"}
            mended.add("names", wanted["name"], [{"updateNamedRange": change}])


def _covers(found: Json, wanted: Json) -> bool:
    same = found.get("sheetId", 0) == wanted["sheetId"] and found.get("startRowIndex", 0) == 0
    left, right = wanted["startColumnIndex"], wanted["endColumnIndex"]
    if not same or found.get("startColumnIndex", 0) > left or found.get("endColumnIndex", 10**6) < right:
        return False
    narrow = right - left == 1  # a single column must be just this one
    exact = (found.get("startColumnIndex", 0), found.get("endColumnIndex")) == (left, right)
    return found.get("endRowIndex") == wanted.get("endRowIndex") and (exact or not narrow)


def as_it_stands(tab: Tab, places: Mapping[str, int]) -> Tab:
    """The tab with its columns where they stand in this workbook, strangers between them."""
    width = max(places.values(), default=-1) + 1
    at = {place: tab.column(key) for key, place in places.items()}
    return replace(tab, columns=tuple(at.get(place) or replace(_STRANGER, key=f"?{place}") for place in range(width)))


def _rules(tab: Tab, there: Sequence[Json]) -> list[Request]:
    """Ours above all others in their order, unless they stand there so already."""
    if not {"status", "computed_for", "good_until"} <= {column.key for column in tab.columns}:
        return []
    wanted = light_rules(tab)
    ours = [_rule_key(request["addConditionalFormatRule"]["rule"]) for request in wanted]
    found = [_rule_key(rule) for rule in there]
    if [key for key in found if key in ours] == ours:
        return []
    doubled = [place for place, key in enumerate(found) if key in ours]
    gone = [{"deleteConditionalFormatRule": {"sheetId": tab.id, "index": place}} for place in reversed(doubled)]
    return [*gone, *wanted]


def _rule_key(rule: Json) -> tuple[Any, ...]:
    """What makes two rules the same: where, when, and in which colours."""
    condition = rule.get("booleanRule", {}).get("condition", {})
    form = rule.get("booleanRule", {}).get("format", {})
    spans = sorted((span.get("startColumnIndex", 0), span.get("endColumnIndex", 0)) for span in rule.get("ranges", ()))
    colours = (form.get("backgroundColorStyle"), form.get("textFormat", {}).get("foregroundColorStyle"))
    values = tuple(value.get("userEnteredValue") for value in condition.get("values", ()))
    return tuple(spans), condition.get("type"), values, tuple(_shade(colour) for colour in colours)


def _shade(style: Json | None) -> tuple[float, ...] | None:
    colour = (style or {}).get("rgbColor")
    return colour and tuple(round(colour.get(part, 0.0), 2) for part in ("red", "green", "blue"))


def _guards(tab: Tab, there: Sequence[Json], language: str) -> list[Request]:
    """The warning over our columns, where no protected range covers them any more."""
    wanted = protections(tab, language)
    spans = [request["addProtectedRange"]["protectedRange"]["range"] for request in wanted]
    covered = all(any(_shields(guard.get("range", {}), span) for guard in there) for span in spans)
    return [] if covered else wanted


def _shields(guard: Json, span: Json) -> bool:
    left, right = span.get("startColumnIndex", 0), span.get("endColumnIndex", 0)
    rows = guard.get("startRowIndex", 0) <= 1 and "endRowIndex" not in guard
    return rows and guard.get("startColumnIndex", 0) <= left and guard.get("endColumnIndex", 10**6) >= right


def _settings(state: Json, columns: Sequence[Sequence[CellValue]], language: str, mended: Mended) -> None:
    """Settings rows whose hidden key is gone, below the last row, with the value that a new workbook has."""
    zone, locale = state["properties"].get("timeZone", "Europe/Madrid"), state["properties"].get("locale", "es_ES")
    tab = tabs()["settings"]
    sheets = (sheet["properties"] for sheet in state.get("sheets", ()))
    grid: Json = next((each.get("gridProperties", {}) for each in sheets if each.get("sheetId", 0) == tab.id), {})
    requests, names = missing_settings(columns, int(grid.get("rowCount", tab.rows + 1)) - 1, language, locale, zone)
    mended.add("settings", ", ".join(names), requests)
