"""Google Analytics 4 through its Data API v1beta: up to fifty metrics in one call, five reports of ten.

The days are the property's own; an answer that is sampled, thresholded or cut has no colour.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sync.model import FetchOutcome, MeasurementSeries, Snapshot, Window
from sync.sources.api import Api, open_api
from sync.sources.boundary import each
from sync.sources.google.ga4_reports import (
    Report,
    body_of,
    calls_of,
    doubts_of,
    is_report,
    reports_of,
    restricted,
    values_in,
    windows_of,
)
from sync.sources.google.json_parts import part
from sync.sources.google.refusals import google_complaint
from sync.sources.google.wishes import Wish, catalogue_offers, faulty_outcomes, planned, wish_of
from sync.sources.manifest import GoogleServiceAccount, Manifest, OAuthRefresh, Parameter, Rate, Version
from sync.sources.outcomes import About, series
from sync.sources.protocol import FAULTY, Batch, FetchContext, Request
from sync.sources.windows import flags_of

_SCOPE = "https://www.googleapis.com/auth/analytics.readonly"
_PLAIN = ("sessionsPerUser", "screenPageViewsPerSession", "transactionsPerPurchaser", "returnOnAdSpend")
_OF_ONE_EVENT = re.compile(r"\s*(keyEvents|sessionKeyEventRate|userKeyEventRate)\s*:\s*([A-Za-z]\w{0,39})\s*", re.ASCII)


def _only(name: str, example: str, es: str, en: str, pattern: str | None = None) -> Parameter:
    return Parameter("filter", {"es": es, "en": en}, example, name=name, pattern=pattern)


class Ga4:
    """Reports of a property."""

    manifest = Manifest(
        id="ga4",
        titles={"es": "Google Analytics 4", "en": "Google Analytics 4"},
        about={
            "es": "Las visitas, las personas y los eventos clave de una web o app.",
            "en": "The visits, people and key events of a site or app.",
        },
        reads="platform",
        platform="ga4",
        base="https://analyticsdata.googleapis.com",
        auth=(
            GoogleServiceAccount((_SCOPE,)),
            OAuthRefresh(
                "https://oauth2.googleapis.com/token", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GA4_REFRESH_TOKEN"
            ),
        ),
        version=Version("v1beta"),
        rate=Rate(parallel=4),  # ten at once for a property; 40,000 tokens an hour, of which a report takes about ten
        latency_hours=24,
        restated_days=1,
        parameters=(
            Parameter(
                "place",
                {"es": "El número de la propiedad.", "en": "The property's number."},
                "123456789",
                required=True,
                name="property",
                pattern=r"\d{1,20}",
            ),
            _only("page", "/blog", "Solo esta página.", "Only this page."),
            _only("host", "example.org", "Solo este dominio.", "Only this host."),
            _only("country", "ES", "Solo este país (dos letras).", "Only this country (two letters).", "[A-Za-z]{2}"),
            _only("channel", "Organic Search", "Solo las visitas de este canal.", "Only visits of this channel."),
            _only("source", "google", "Solo las visitas que vienen de aquí.", "Only visits that come from here."),
            _only("medium", "email", "Solo las visitas de este medio.", "Only visits by this medium."),
            _only("campaign", "spring", "Solo las visitas de esta campaña.", "Only visits of this campaign."),
            _only("device", "mobile", "Solo desde este tipo de aparato.", "Only from this kind of device."),
            _only("event", "purchase", "Solo este evento.", "Only this event."),
        ),
        offers=catalogue_offers("ga4", plain=_PLAIN),
        docs="https://developers.google.com/analytics/devguides/reporting/data/v1",
        tested_on=("contract", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """A batch a call: the rows of five reports of one property."""
        return planned(requests, self._understand, calls_of)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError and BlockedError where the platform gives none."""
        if batch.part == FAULTY:
            return faulty_outcomes(batch, self.manifest.id, self._understand)
        wishes = {request.definition.id: self._understand(request) for request in batch.requests}
        reports = reports_of(list(wishes.values()))
        windows = [windows_of(report, self.manifest, context.today) for report in reports]
        asked = [(report, found) for report, found in zip(reports, windows, strict=True) if found]
        api = open_api(self.manifest, context, batch.account)
        call = api.post(
            f"/v1beta/properties/{batch.place}:batchRunReports",
            {"requests": [body_of(report, found) for report, found in asked]},
        )
        content = api.json(call, google_complaint(api, batch.place)) if asked else {"reports": []}
        answers = _answers(api, content, [report for report, _ in asked])
        by_kpi = {
            wish.definition.id: (answer, found)
            for (report, found), answer in zip(asked, answers, strict=True)
            for wish in report.wishes
        }

        def measure(request: Request) -> MeasurementSeries:
            wish, found = wishes[request.definition.id], by_kpi.get(request.definition.id)
            about = About(self.manifest, context.today, request=call.fingerprint)
            # without an answer nothing of its window is settled yet
            return _series(wish, *found, api, about) if found else series(request, wish.offer, [], about)

        return each(self.manifest.id, batch.requests, measure)

    def _understand(self, request: Request) -> Wish:
        """`keyEvents:purchase` counts one key event only: the metric of that name, asked for with the event's."""
        found = _OF_ONE_EVENT.fullmatch(request.metric)
        if found is None:
            return wish_of(request, self.manifest)
        name, event = found.groups()
        wish = wish_of(replace(request, definition=replace(request.definition, metric=name)), self.manifest)
        return replace(wish, request=request, field=f"{name}:{event}")


def _answers(api: Api, content: Any, reports: Sequence[Report]) -> list[Mapping[str, Any]]:
    """The reports of a call, each beside its question. Raises SourceError unknown_shape."""
    found = content.get("reports") if isinstance(content, Mapping) else None
    if not isinstance(found, list) or len(found) != len(reports):
        raise api.failure("unknown_shape")
    if not all(is_report(answer, report) for answer, report in zip(found, reports, strict=True)):
        raise api.failure("unknown_shape")
    return found


def _series(
    wish: Wish, answer: Mapping[str, Any], windows: Sequence[Window], api: Api, about: About
) -> MeasurementSeries:
    if wish.offer.name in restricted(answer):
        raise api.blocked("permission_missing")
    whole = Window(windows[0].start, windows[-1].end)
    flags = flags_of(wish.definition, whole, about.manifest, about.as_of) | doubts_of(answer)
    zone = part(answer, "metadata").get("timeZone")
    found = replace(
        about, window=whole, timezone=str(zone) if zone else None, flags=frozenset(flags), pages_read=1, pages_total=1
    )
    return series(wish.request, wish.offer, values_in(answer, wish.field, windows), found, _scale(wish))


def _scale(wish: Wish) -> float:
    """Rates come as fractions: 0.63 are 63 %."""
    return 100.0 if wish.offer.unit == "%" else 1.0


SOURCE = Ga4()
