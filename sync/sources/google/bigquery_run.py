"""One BigQuery statement over REST: asked, waited for, read page by page.

https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query
"""

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.errors import SourceError
from sync.model import CellValue, Fact, Window
from sync.sources.api import Api, Complaint
from sync.sources.declared.days import day_in, zone_of
from sync.sources.google.bigquery_file import Statement
from sync.sources.google.json_parts import part, parts
from sync.sources.google.refusals import google_complaint
from sync.sources.limits import FetchLimits
from sync.sources.named_files import broken
from sync.sources.names import shown
from sync.sources.numbers_in_json import number_in
from sync.sources.web.call import Answer

PAGE = 10_000
MOST_ROWS = 50_000
_NUMBERS = {"INTEGER", "INT64", "FLOAT", "FLOAT64", "NUMERIC", "BIGNUMERIC"}
_DAYS = {"DATE", "DATETIME", "TIMESTAMP"}


@dataclass(frozen=True)
class Table:
    """What a statement gave. `complete` is False where pages were left unread."""

    headings: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    pages: int
    complete: bool
    request: str  # fingerprint of the question


def request_of(statement: Statement, window: Window, limits: FetchLimits) -> dict[str, Any]:
    """A QueryRequest: never without a limit of what it may cost, nor of how long it may run."""
    bound = {"start": window.start, "end": window.end}
    body: dict[str, Any] = {
        "query": statement.sql,
        "useLegacySql": False,
        "maximumBytesBilled": str(statement.megabytes * 10**6),
        "jobTimeoutMs": str(int(limits.batch * 1000)),
        "timeoutMs": _patience(limits),
        "maxResults": PAGE,
        "parameterMode": "NAMED",
        "queryParameters": [
            {"name": name, "parameterType": {"type": "DATE"}, "parameterValue": {"value": str(on)}}
            for name, on in bound.items()
            if statement.binds(name)
        ],
        "labels": {"application": "semaforo"},
    }
    return {**body, "location": statement.location} if statement.location else body


def run(api: Api, statement: Statement, window: Window, limits: FetchLimits, timezone: str) -> Table:
    """The whole table. Raises SourceError and BlockedError; bigquery_slow where it takes longer than a batch may."""
    body = request_of(statement, window, limits)
    path = f"/bigquery/v2/projects/{statement.project}/queries"
    fingerprint = api.post(path, body).fingerprint
    complaint = _complaint(api, statement, limits)
    ends = time.monotonic() + limits.batch
    # the id keeps a question that our own way out repeats from being run, and paid for, twice
    page = api.json(api.post(path, {**body, "requestId": str(uuid.uuid4())}), complaint)
    rows: list[Any] = []
    pages = 0
    while True:
        if not isinstance(page, Mapping) or not isinstance(page.get("jobComplete"), bool):
            raise api.failure("unknown_shape")
        if page["jobComplete"]:
            pages += 1
            rows += _rows(api, page)
            _refuse_too_many(statement, page, len(rows))
            if not page.get("pageToken") or pages >= limits.pages:
                break
        if time.monotonic() >= ends:
            raise _slow(statement, limits)
        page = _following(api, statement, page, limits, complaint)
    fields = _fields(api, page)
    if any(len(row) != len(fields) for row in rows):
        raise api.failure("unknown_shape")
    cells = tuple(tuple(_cell(field, cell, timezone) for field, cell in zip(fields, row, strict=True)) for row in rows)
    return Table(
        tuple(str(field.get("name")) for field in fields), cells, pages, not page.get("pageToken"), fingerprint
    )


def _following(
    api: Api, statement: Statement, page: Mapping[str, Any], limits: FetchLimits, complaint: Complaint
) -> Any:
    """The next page, or another look at a job that still runs."""
    job = part(page, "jobReference")
    if not job.get("jobId"):
        raise api.failure("unknown_shape")
    query = {"maxResults": str(PAGE), "timeoutMs": str(_patience(limits))}
    if job.get("location"):
        query["location"] = str(job["location"])
    if page.get("pageToken"):
        query["pageToken"] = str(page["pageToken"])
    return api.json(api.get(f"/bigquery/v2/projects/{statement.project}/queries/{job['jobId']}", query), complaint)


def _patience(limits: FetchLimits) -> int:
    """How long BigQuery may hold a call open, in milliseconds: somewhat less than our own way out waits."""
    return int(max(0.5, limits.seconds - 2) * 1000)


def _rows(api: Api, page: Mapping[str, Any]) -> list[Any]:
    rows = page.get("rows") or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise api.failure("unknown_shape")
    return [[cell.get("v") for cell in parts(row, "f")] for row in rows]


def _fields(api: Api, page: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    fields = parts(part(page, "schema"), "fields")
    if not fields:
        raise api.failure("unknown_shape")
    return fields


def _cell(field: Mapping[str, Any], value: Any, timezone: str) -> CellValue:
    """Every value comes as text; the schema says what it is. Lists and records are no cells."""
    kind = str(field.get("type")).upper()
    if value is None or isinstance(value, list | dict):
        return None
    if kind in _NUMBERS:
        return number_in(value)[0]
    if kind in _DAYS:
        seconds = number_in(value)[0] if kind == "TIMESTAMP" else None  # seconds since 1970, 1.7E9
        on = day_in(str(value) if seconds is None else seconds, zone_of(timezone))
        return None if on is None else on.isoformat()
    return str(value)


def _refuse_too_many(statement: Statement, page: Mapping[str, Any], read: int) -> None:
    total = number_in(page.get("totalRows"))[0] or 0
    if max(total, read) > MOST_ROWS:
        facts: dict[str, Fact] = {"query": shown(statement.name), "rows": float(MOST_ROWS)}
        raise SourceError("bigquery_big", permanent=True, facts=facts)


def _slow(statement: Statement, limits: FetchLimits) -> SourceError:
    facts: dict[str, Fact] = {"query": shown(statement.name), "seconds": limits.batch}
    return SourceError("bigquery_slow", permanent=False, facts=facts)


def _complaint(api: Api, statement: Statement, limits: FetchLimits) -> Complaint:
    """BigQuery's own reasons beside Google's common ones.

    https://cloud.google.com/bigquery/docs/error-messages
    """
    known = google_complaint(api, statement.project, denied="permission_missing")

    def complain(answer: Answer, content: Any) -> SourceError | None:
        facts: dict[str, Fact] = {"query": shown(statement.name)}
        if answer.status >= 400 and b"bytesBilledLimitExceeded" in answer.body:
            return SourceError(
                "bigquery_dear", permanent=True, facts={**facts, "megabytes": float(statement.megabytes)}
            )
        if answer.status in (400, 499) and b"Job timed out" in answer.body:  # after jobTimeoutMs
            return _slow(statement, limits)
        if answer.status == 400 and b"invalidQuery" in answer.body:
            return broken(statement.name, "invalidQuery")
        if answer.status == 404 and b"notFound" in answer.body:  # a table of the statement, or its project
            return broken(statement.name, "notFound")
        return known(answer, content)

    return complain
