"""A declared source at work: the same protocol as a programmed one."""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sync.aggregate import span_of
from sync.errors import SourceError
from sync.model import FetchOutcome, MeasurementSeries, Snapshot, Window
from sync.sources.api import Api, Complaint, Read, open_api
from sync.sources.boundary import each
from sync.sources.declared.complaints import complaint_of
from sync.sources.declared.days import parts_before, parts_of, written, zone_of
from sync.sources.declared.expressions import pick
from sync.sources.declared.form import Ask, Declaration, Measured
from sync.sources.declared.paging import pager_of, pages_in_all
from sync.sources.declared.reading import Wanted, added, fitting, reduced, rows_of, rows_on, values_by_day, with_zeros
from sync.sources.declared.templates import filled, filled_body, filled_query, names_in
from sync.sources.manifest import Manifest
from sync.sources.offers import need_offer
from sync.sources.outcomes import About, series
from sync.sources.parameters import read_parameters
from sync.sources.protocol import FAULTY, Batch, FetchContext, Request, batches_by
from sync.sources.web.call import Call, get, post_json
from sync.sources.windows import days_window, flags_of, oldest_day, whole_windows


@dataclass(frozen=True)
class _Reading:
    """One batch being read: what is the same for all its questions."""

    ask: Ask
    api: Api
    context: FetchContext
    parameters: Mapping[str, str]
    metrics: tuple[Measured, ...]
    zone: ZoneInfo
    limits: Manifest  # the source's, with what this question narrows

    @property
    def fields(self) -> list[str]:
        """What the platform calls the metrics, each once."""
        return list(dict.fromkeys(metric.field for metric in self.metrics))


@dataclass(frozen=True)
class _Answered:
    """A window whose one value was asked for, in pieces where it is too long for one question."""

    window: Window
    reads: tuple[Read, ...]
    cut: bool = False  # only its last part was asked for


class DeclaredSource:
    """Plans and fetches what a declaration says."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""
        return self.declaration.manifest

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch for each question that has to be asked: metrics share it where place, filter and window agree."""
        batches: list[Batch] = []
        for batch in batches_by(requests, self._part):
            most = None if batch.part == FAULTY else self._ask(batch.requests[0]).group
            batches += _cut(batch, most, lambda request: need_offer(request, self.manifest).name)
        return tuple(batches)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError and BlockedError where the platform gives none."""
        kind = self.manifest.id
        if batch.part == FAULTY:
            return each(kind, batch.requests, self._complain)
        reading = self._reading(batch, context)
        if reading.ask.window == "days":
            return self._days(batch, reading)
        if reading.ask.window == "whole":
            return self._whole(batch, reading)
        now = Window(context.today, context.today)
        read = self._read(reading, None)
        return each(kind, batch.requests, lambda request: self._one_value(request, reading, [_Answered(now, (read,))]))

    # --- what belongs into one question -------------------------------------------------------------------------------

    def _part(self, request: Request) -> Hashable:
        try:
            parameters = tuple(sorted(read_parameters(request, self.manifest).items()))
            ask = self._ask(request)
        except SourceError:
            return FAULTY
        row = request.definition
        window = (row.start, row.due, row.cadence, span_of(row)) if ask.window == "whole" else ()
        return ask.name, parameters, window

    def _ask(self, request: Request) -> Ask:
        offer = need_offer(request, self.manifest)
        return self.declaration.asks[self.declaration.metrics[offer.name].ask]

    def _complain(self, request: Request) -> FetchOutcome:
        """Raises what is wrong with a row."""
        need_offer(request, self.manifest)
        read_parameters(request, self.manifest)
        raise AssertionError("unreachable: the plan found a fault in this row")

    def _reading(self, batch: Batch, context: FetchContext) -> _Reading:
        first = batch.requests[0]
        parameters = read_parameters(first, self.manifest)
        ask = self._ask(first)
        self._need(ask, parameters)
        base = filled(self.manifest.base, parameters)
        api = open_api(self.manifest, context, batch.account, base)
        names = dict.fromkeys(need_offer(request, self.manifest).name for request in batch.requests)
        metrics = tuple(self.declaration.metrics[name] for name in names)
        zone = zone_of(self.manifest.timezone or context.timezone)
        memory = None if ask.window == "now" else ask.look_back_days or self.manifest.look_back_days
        moving = self.manifest.restated_days if ask.restated_days is None else ask.restated_days
        limits = replace(self.manifest, look_back_days=memory, restated_days=moving)
        return _Reading(ask, api, context, parameters, metrics, zone, limits)

    def _need(self, ask: Ask, parameters: Mapping[str, str]) -> None:
        """Raises SourceError missing_parameter for what only this question needs."""
        for parameter in self.manifest.parameters:
            name = parameter.name or parameter.column
            if name not in parameters and f"{{{name}}}" in ask.path:
                facts = {"place": self.manifest.name, "name": name, "example": parameter.example}
                raise SourceError("missing_parameter", permanent=True, facts=facts)

    # --- asking -------------------------------------------------------------------------------------------------------

    def _days(self, batch: Batch, reading: _Reading) -> Mapping[str, FetchOutcome]:
        window = days_window([request.definition for request in batch.requests], reading.limits, reading.context.today)
        parts = parts_of(window, reading.ask.most_days) if window else []
        reads = [self._read(reading, part) for part in parts]

        def measure(request: Request) -> MeasurementSeries:
            wanted = self._wanted(request, reading)
            if window is None:
                return self._series(request, wanted, [], reading, [], None)
            found = [
                value
                for part, read in zip(parts, reads, strict=True)  # a day counts only in the piece that it was asked in
                for value in self._by_day(reading, read, wanted, part)
            ]
            if reading.ask.missing == "zero" and all(read.complete for read in reads):
                began = found[0][0] if found else max(request.definition.start or window.end, window.start)
                found = with_zeros(found, min(began, window.end), window.end)
            return self._series(request, wanted, found, reading, reads, window)

        return each(self.manifest.id, batch.requests, measure)

    def _by_day(self, reading: _Reading, read: Read, wanted: Wanted, part: Window) -> list[tuple[date, Any]]:
        rows = fitting(reading.ask, rows_of(reading.ask, read, wanted.field), reading.parameters)
        return values_by_day(reading.ask, rows, wanted, part, reading.zone)

    def _whole(self, batch: Batch, reading: _Reading) -> Mapping[str, FetchOutcome]:
        today, most = reading.context.today, reading.ask.most_days
        adds = any(metric.offer.additive for metric in reading.metrics)
        answers = []
        for window in whole_windows(batch.requests[0].definition, reading.limits, today):
            parts = parts_before(window, oldest_day(reading.limits, today), most)
            wanted = parts if adds else parts[-1:]
            reads = tuple(self._read(reading, part) for part in wanted)
            answers.append(_Answered(window, reads, len(parts) != 1 or parts[0] != window))
        return each(self.manifest.id, batch.requests, lambda request: self._one_value(request, reading, answers))

    def _one_value(self, request: Request, reading: _Reading, answers: Sequence[_Answered]) -> MeasurementSeries:
        """One value a window: of all its pieces where they may be added, of the last one where they may not."""
        wanted, ask = self._wanted(request, reading), reading.ask
        adds = wanted.measured.offer.additive
        values: list[tuple[date, Any]] = []
        used: list[Read] = []
        for answered in answers:
            reads = answered.reads if adds else answered.reads[-1:]
            used += reads
            rows = [fitting(ask, rows_of(ask, read, wanted.field), reading.parameters) for read in reads]
            zero = 0 if ask.missing == "zero" and all(read.complete for read in reads) else None
            found = [reduced(ask, part, wanted) if part else zero for part in rows]
            if zero == 0 or any(rows):
                values.append((answered.window.end, found[0] if len(found) == 1 else added(found)))
        window = Window(answers[0].window.start, answers[-1].window.end) if answers else None
        cut = not adds and any(answered.cut for answered in answers)
        return self._series(request, wanted, values, reading, used, window, cut=cut)

    def _wanted(self, request: Request, reading: _Reading) -> Wanted:
        measured = self.declaration.metrics[need_offer(request, self.manifest).name]
        return Wanted(measured, reading.fields.index(measured.field), self.manifest.name, reading.parameters)

    def _series(  # all of them are what an answer consists of
        self,
        request: Request,
        wanted: Wanted,
        values: Sequence[tuple[Any, Any]],
        reading: _Reading,
        reads: Sequence[Read],
        window: Window | None,
        *,
        cut: bool = False,
    ) -> MeasurementSeries:
        today = reading.context.today
        flags = flags_of(request.definition, window, reading.limits, today) if window else set()
        flags |= {"partial"} if cut else set()
        pages = [page for read in reads for page in read.pages]
        if reading.ask.partial_if and any(pick(reading.ask.partial_if, page) for page in pages):
            flags.add("partial")
        if wanted.measured.rounded:
            flags.add("rounded_values")
        about = About(
            self.manifest,
            today,
            window,
            reading.zone.key,
            next((read.served for read in reads if read.served), None),
            all(read.complete for read in reads),
            len(pages) or None,
            pages_in_all(reads, reading.ask.pages),
            reads[0].request if reads else None,
            _number(pick(reading.ask.n, pages[0])) if reading.ask.n and pages else None,
            frozenset(flags),
        )
        return series(request, wanted.measured.offer, values, about, wanted.measured.scale)

    def _read(self, reading: _Reading, window: Window | None) -> Read:
        """All pages of one question. Raises SourceError unknown_shape where an answer lacks what it always has."""
        ask, api = reading.ask, reading.api
        total = (lambda page: pick(ask.total, page)) if ask.total else None
        pager = pager_of(ask.pages, ask.total) if ask.pages else None
        call = self._call(reading, window)
        read = api.read(
            call, lambda page: rows_on(ask, page, reading.metrics[0].field), pager, total, self._complaint(reading)
        )
        if ask.needs and any(pick(ask.needs, page) is None for page in read.pages):
            raise api.failure("unknown_shape")
        return read

    def _call(self, reading: _Reading, window: Window | None) -> Call:
        ask = reading.ask
        values: dict[str, str | list[str]] = dict(reading.parameters)
        fields = reading.fields
        values |= {"fields": fields, "field": fields[0], "size": str(ask.pages.size if ask.pages else 100)}
        values["fields_json"] = json.dumps(fields)
        if window is not None:
            values |= written(ask, window, reading.zone)
        url = reading.api.base + filled(ask.path, values, into_path=True)
        query = filled_query(ask.query, values)
        wanted = {**self.declaration.headers, **ask.headers}
        headers = {
            name: filled(text, values)
            for name, text in wanted.items()
            if all(known in values for known, _ in names_in(text))
        }
        posts = ask.method == "POST"
        call = post_json(url, filled_body(ask.body or {}, values), query) if posts else get(url, query)
        return replace(call, headers={**call.headers, **headers})

    def _complaint(self, reading: _Reading) -> Complaint:
        return complaint_of(self.declaration, reading.parameters.get(self._place_name(), self.manifest.name))

    def _place_name(self) -> str:
        place = self.manifest.place
        return place.name or place.column if place else ""


def _cut(batch: Batch, most: int | None, name: Any) -> list[Batch]:
    """The batch in pieces of at most so many different metrics."""
    if most is None:
        return [batch]
    names = list(dict.fromkeys(name(request) for request in batch.requests))
    pieces = [set(names[at : at + most]) for at in range(0, len(names), most)]
    return [replace(batch, requests=tuple(r for r in batch.requests if name(r) in piece)) for piece in pieces]


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
