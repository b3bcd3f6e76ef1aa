"""Google Search Console: one question a site and filter answers every row, because its days hold all four metrics.

https://developers.google.com/webmaster-tools/v1/searchanalytics/query
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from sync.model import FetchOutcome, MeasurementSeries, Snapshot, Window
from sync.sources.api import Api, open_api
from sync.sources.boundary import each
from sync.sources.google.json_parts import day_of, listed, part
from sync.sources.google.refusals import google_complaint
from sync.sources.google.wishes import Wish, catalogue_offers, faulty_outcomes, grouped, planned, wish_of
from sync.sources.manifest import GoogleServiceAccount, Manifest, OAuthRefresh, Parameter, Rate, Version
from sync.sources.numbers_in_json import number_in
from sync.sources.outcomes import About, series
from sync.sources.protocol import FAULTY, Batch, FetchContext, Request
from sync.sources.windows import days_window, flags_of, whole_windows

MOST_ROWS = 25_000
_PERIODS = 13  # of a rate: those before show what is usual, and cost nothing as their days are read anyway
_FILTERS = {  # a parameter -> dimension and operator
    "page": ("PAGE", "CONTAINS"),
    "query": ("QUERY", "CONTAINS"),
    "without": ("QUERY", "NOT_CONTAINS"),
    "country": ("COUNTRY", "EQUALS"),
    "device": ("DEVICE", "EQUALS"),
}


@dataclass(frozen=True)
class Day:
    """One day of a site; None for what the answer lacks."""

    on: date
    row: Mapping[str, Any]

    def number(self, name: str) -> float | None:
        """A number that is not below zero."""
        value, _ = number_in(self.row.get(name))
        return None if value is None or value < 0 else value


def _only(name: str, example: str, es: str, en: str, **more: Any) -> Parameter:
    return Parameter("filter", {"es": es, "en": en}, example, name=name, **more)


class SearchConsole:
    """How a site does in Google's search."""

    manifest = Manifest(
        id="search_console",
        titles={"es": "Google Search Console", "en": "Google Search Console"},
        about={
            "es": "Cómo le va a una web en la búsqueda de Google.",
            "en": "How a site does in Google's search.",
        },
        reads="platform",
        platform="search_console",
        base="https://searchconsole.googleapis.com",
        timezone="America/Los_Angeles",
        auth=(
            GoogleServiceAccount(("https://www.googleapis.com/auth/webmasters.readonly",)),
            OAuthRefresh(
                "https://oauth2.googleapis.com/token",
                "GOOGLE_CLIENT_ID",
                "GOOGLE_CLIENT_SECRET",
                "SEARCH_CONSOLE_REFRESH_TOKEN",
            ),
        ),
        version=Version("v3"),
        rate=Rate(per_second=15, burst=20),  # 1,200 a minute for a site and user
        look_back_days=486,  # sixteen months
        latency_hours=48,
        parameters=(
            Parameter(
                "place",
                {
                    "es": "La propiedad: sc-domain:… o la dirección con su barra final.",
                    "en": "The property: sc-domain:… or the address with its final slash.",
                },
                "sc-domain:example.org",
                required=True,
                name="site",
                pattern=r"(sc-domain:[^\s/]{1,253}|https?://\S{1,280})",
            ),
            _only(
                "page", "/blog", "Solo páginas cuya dirección contiene esto.", "Only pages whose address holds this."
            ),
            _only("query", "shoes", "Solo búsquedas que contienen esto.", "Only searches that hold this."),
            _only("without", "acme", "Solo búsquedas sin esto (tu marca).", "Only searches without this (your brand)."),
            _only(
                "country",
                "esp",
                "Solo este país (tres letras).",
                "Only this country (three letters).",
                pattern="[A-Za-z]{3}",
            ),
            _only(
                "device",
                "MOBILE",
                "Solo este tipo de aparato.",
                "Only this kind of device.",
                kind="choice",
                choices=("DESKTOP", "MOBILE", "TABLET"),
            ),
            _only(
                "type",
                "WEB",
                "El buscador: web, imágenes, vídeos, noticias, Discover.",
                "The kind of search: web, images, videos, news, Discover.",
                kind="choice",
                choices=("WEB", "IMAGE", "VIDEO", "NEWS", "DISCOVER", "GOOGLE_NEWS"),
                default="WEB",
            ),
        ),
        offers=catalogue_offers("search_console"),
        docs="https://developers.google.com/webmaster-tools/v1/searchanalytics/query",
        tested_on=("contract", "drift", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a site and filter, whatever the metrics."""
        return planned(
            requests,
            self._understand,
            lambda wishes: grouped(wishes, lambda wish: tuple(sorted(wish.values.items()))),
        )

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError and BlockedError where the platform gives none."""
        if batch.part == FAULTY:
            return faulty_outcomes(batch, self.manifest.id, self._understand)
        wishes = {request.definition.id: self._understand(request) for request in batch.requests}
        window = days_window([wish.definition for wish in wishes.values()], self.manifest, context.today)
        api = open_api(self.manifest, context, batch.account)
        if window is None:
            raise AssertionError("unreachable: a memory of sixteen months holds a settled day")
        path = f"/webmasters/v3/sites/{quote(batch.place, safe='')}/searchAnalytics/query"
        call = api.post(path, body_of(next(iter(wishes.values())).values, window))
        content = api.json(call, google_complaint(api, batch.place))
        days = _days(api, content, window)
        about = About(
            self.manifest,
            context.today,
            window,
            complete=len(days) < MOST_ROWS,
            pages_read=1,
            request=call.fingerprint,
        )
        unsettled = _unsettled(content, window)

        def measure(request: Request) -> MeasurementSeries:
            wish = wishes[request.definition.id]
            flags = flags_of(wish.definition, window, self.manifest, context.today) | unsettled
            return _series(wish, days, replace(about, flags=frozenset(flags)))

        return each(self.manifest.id, batch.requests, measure)

    def _understand(self, request: Request) -> Wish:
        return wish_of(request, self.manifest)


def body_of(values: Mapping[str, str], window: Window) -> dict[str, Any]:
    """A SearchAnalyticsQueryRequest for the days of a window, fresh ones included: the answer tells which they are."""
    body: dict[str, Any] = {
        "startDate": str(window.start),
        "endDate": str(window.end),
        "dimensions": ["DATE"],
        "type": values["type"],
        "dataState": "ALL",
        "rowLimit": MOST_ROWS,
    }
    filters = [
        {"dimension": dimension, "operator": operator, "expression": values[name]}
        for name, (dimension, operator) in _FILTERS.items()
        if name in values
    ]
    if filters:
        body["dimensionFilterGroups"] = [{"groupType": "AND", "filters": filters}]
    return body


def _days(api: Api, content: Any, window: Window) -> list[Day]:
    """The days of an answer, oldest first. Raises SourceError unknown_shape."""
    rows = content.get("rows", []) if isinstance(content, Mapping) else None
    if not isinstance(rows, list):
        raise api.failure("unknown_shape")
    dated = [(day_of(next(iter(listed(row, "keys")), None)), row) for row in rows]
    found = [Day(on, row) for on, row in dated if on is not None and window.start <= on <= window.end]
    fresh = _incomplete_from(content)
    known = [day for day in found if fresh is None or day.on < fresh or day.number("impressions") != 0]
    return sorted(known, key=lambda day: day.on)  # an incomplete day of zeros is one that nothing is known of yet


def _incomplete_from(content: Any) -> date | None:
    told = part(content, "metadata")
    return day_of(told.get("firstIncompleteDate") or told.get("first_incomplete_date"))  # documented the second way


def _unsettled(content: Any, window: Window) -> set[str]:
    """`provisional` where the site's first incomplete day lies within the window."""
    first = _incomplete_from(content)
    return {"provisional"} if first is not None and first <= window.end else set()


def _series(wish: Wish, days: Sequence[Day], about: About) -> MeasurementSeries:
    if wish.offer.additive:
        return series(wish.request, wish.offer, [(day.on, day.row.get(wish.field)) for day in days], about)
    windows = whole_windows(wish.definition, about.manifest, about.as_of, _PERIODS)
    read = about.window or windows[-1]
    kept = [window for window in windows if window.start >= read.start] or list(windows[-1:])
    found = [(window.end, over(wish.field, [d for d in days if window.start <= d.on <= window.end])) for window in kept]
    whole = Window(kept[0].start, kept[-1].end) if kept else read
    values = [(on, value) for on, value in found if value is not None]
    return series(wish.request, wish.offer, values, replace(about, window=whole))


def over(field: str, days: Sequence[Day]) -> float | None:
    """Several days as one: clicks over impressions in per cent, or the position weighted by impressions.

    None where no day has impressions: a site that was not shown has no place among the results.
    """
    parts = [(day.number("impressions"), day.number("clicks" if field == "ctr" else field)) for day in days]
    known = [(shown, value) for shown, value in parts if shown and value is not None]
    shown = sum(count for count, _ in known)
    if not shown:
        return None
    if field == "ctr":
        return 100 * sum(value for _, value in known) / shown
    return sum(count * value for count, value in known) / shown


SOURCE = SearchConsole()
