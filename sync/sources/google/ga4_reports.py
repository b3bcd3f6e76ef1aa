"""Google Analytics 4: which reports answer which rows, and what a report's answer says. Pure.

https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/batchRunReports
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.model import Window
from sync.sources.google.json_parts import day_of, listed, part, parts
from sync.sources.google.wishes import Wish, cut_by_fields, fields_of, grouped, window_key
from sync.sources.manifest import Manifest
from sync.sources.windows import days_window, whole_windows

METRICS_A_REPORT = 10
REPORTS_A_CALL = 5
RANGES = 4  # date ranges that one report takes
MOST_ROWS = 250_000

DIMENSIONS = {  # what a filter calls it -> the dimension
    "page": "pagePath",
    "host": "hostName",
    "country": "countryId",
    "channel": "sessionDefaultChannelGroup",
    "source": "sessionSource",
    "medium": "sessionMedium",
    "campaign": "sessionCampaignName",
    "device": "deviceCategory",
    "event": "eventName",
}


@dataclass(frozen=True)
class Report:
    """One question: some metrics, one filter, and either days one by one or a few whole windows."""

    wishes: tuple[Wish, ...]
    by_day: bool

    @property
    def fields(self) -> list[str]:
        """Its metrics, in the order of the answer's columns."""
        return fields_of(self.wishes)


def reports_of(wishes: Sequence[Wish]) -> list[Report]:
    """The fewest reports: days are asked for all rows of a filter at once, whole windows where they agree."""

    def key(wish: Wish) -> Any:
        return tuple(sorted(wish.values.items())), wish.offer.additive or window_key(wish)

    return [
        Report(tuple(piece), group[0].offer.additive)
        for group in grouped(wishes, key)
        for piece in cut_by_fields(group, METRICS_A_REPORT)
    ]


def calls_of(wishes: Sequence[Wish]) -> list[list[Wish]]:
    """The rows of each call: five reports."""
    reports = reports_of(wishes)
    return [
        [wish for report in reports[at : at + REPORTS_A_CALL] for wish in report.wishes]
        for at in range(0, len(reports), REPORTS_A_CALL)
    ]


def windows_of(report: Report, manifest: Manifest, today: date) -> tuple[Window, ...]:
    """What is asked for: one window of days, or whole windows, oldest first; none where nothing is settled yet."""
    rows = [wish.definition for wish in report.wishes]
    if not report.by_day:
        return whole_windows(rows[0], manifest, today, RANGES)
    window = days_window(rows, manifest, today)
    return (window,) if window else ()


def body_of(report: Report, windows: Sequence[Window]) -> dict[str, Any]:
    """A RunReportRequest. Each range is named by its last day."""
    body: dict[str, Any] = {
        "metrics": [{"name": field} for field in report.fields],
        "dateRanges": [
            {"startDate": str(window.start), "endDate": str(window.end), "name": _name(window)} for window in windows
        ],
        "limit": str(MOST_ROWS),
    }
    if report.by_day:
        body["dimensions"] = [{"name": "date"}]
    filters = [_filter(name, value) for name, value in sorted(report.wishes[0].values.items()) if name in DIMENSIONS]
    if filters:
        body["dimensionFilter"] = filters[0] if len(filters) == 1 else {"andGroup": {"expressions": filters}}
    return body


def values_in(answer: Mapping[str, Any], field: str, windows: Sequence[Window]) -> list[tuple[date, Any]]:
    """(day, value as the JSON had it) of one metric. Days outside what was asked for are left out."""
    rows = parts(answer, "rows")
    column = _names(answer, "metricHeaders").index(field) if rows else 0
    found = []
    for row in rows:
        on = _day(row, _names(answer, "dimensionHeaders"), windows)
        cells = parts(row, "metricValues")
        if on is not None and column < len(cells):
            found.append((on, cells[column].get("value")))
    return found


def doubts_of(answer: Mapping[str, Any]) -> set[str]:
    """Why a report is not the whole truth: flags, `partial` among them where there is any."""
    told = part(answer, "metadata")
    flags = {flag for name, flag in _DOUBTS.items() if told.get(name)}
    if told.get("emptyReason"):
        return flags | {"empty_report"} | ({"partial"} if flags else set())
    count = answer.get("rowCount")
    if isinstance(count, int) and count > len(listed(answer, "rows")):
        flags.add("cut_report")
    return flags | ({"partial"} if flags else set())


def restricted(answer: Mapping[str, Any]) -> set[str]:
    """Metrics that the account may not see: they would be told as zero.

    https://support.google.com/analytics/answer/10851388
    """
    response = part(part(answer, "metadata"), "schemaRestrictionResponse")
    return {str(item.get("metricName")) for item in parts(response, "activeMetricRestrictions")}


def is_report(answer: Any, report: Report) -> bool:
    """Whether this is the answer to that report: where there are rows, they hold its metrics."""
    if not isinstance(answer, Mapping) or not isinstance(answer.get("rows") or [], list):
        return False
    return not answer.get("rows") or set(report.fields) <= set(_names(answer, "metricHeaders"))


_DOUBTS = {
    "samplingMetadatas": "sampled",
    "subjectToThresholding": "thresholded",
    "dataLossFromOtherRow": "other_row",
    "dataTruncationReasons": "cut_report",
}


def _name(window: Window) -> str:
    return str(window.end)


def _filter(name: str, value: str) -> dict[str, Any]:
    match = {"matchType": "EXACT", "value": value, "caseSensitive": False}
    return {"filter": {"fieldName": DIMENSIONS[name], "stringFilter": match}}


def _names(answer: Mapping[str, Any], key: str) -> list[str]:
    return [str(header.get("name")) for header in parts(answer, key)]


def _day(row: Mapping[str, Any], dimensions: Sequence[str], windows: Sequence[Window]) -> date | None:
    told = dict(zip(dimensions, (cell.get("value") for cell in parts(row, "dimensionValues")), strict=False))
    if "date" in told:
        return _inside(day_of(told["date"]), windows[0])
    if "dateRange" in told:
        return next((window.end for window in windows if _name(window) == told["dateRange"]), None)
    return windows[0].end if len(windows) == 1 else None


def _inside(on: date | None, window: Window) -> date | None:
    return on if on is not None and window.start <= on <= window.end else None
