"""Google Ads through searchStream and its query language: one question for many metrics and campaigns.

https://developers.google.com/google-ads/api/rest/common/search
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sync.errors import SourceError
from sync.model import FetchOutcome, MeasurementSeries, Snapshot, Window
from sync.periods import add_days
from sync.sources.api import Api, Complaint, open_api
from sync.sources.boundary import each
from sync.sources.google.json_parts import day_of, part, parts
from sync.sources.google.refusals import google_complaint
from sync.sources.google.wishes import (
    Wish,
    catalogue_offers,
    faulty_outcomes,
    fields_of,
    grouped,
    planned,
    window_key,
    wish_of,
)
from sync.sources.manifest import AllOf, ApiKey, GoogleServiceAccount, Manifest, OAuthRefresh, Parameter, Rate, Version
from sync.sources.names import shown
from sync.sources.outcomes import About, series
from sync.sources.protocol import FAULTY, Batch, FetchContext, Request
from sync.sources.web.call import Answer
from sync.sources.windows import days_window, flags_of, whole_windows

_MICROS = ("metrics.cost_micros", "metrics.average_cpc", "metrics.average_cpm", "metrics.cost_per_conversion")
_CONVERSIONS = (
    *("metrics.conversions", "metrics.conversions_value", "metrics.conversions_from_interactions_rate"),
    *("metrics.cost_per_conversion", "metrics.new_customer_lifetime_value"),
)
_RESTATED_DAYS = 7  # a conversion is dated on its click's day, mostly within a week after it
_TEST_ACCOUNTS_ONLY = (b"DEVELOPER_TOKEN_NOT_APPROVED", b"CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION")
_NO_CUSTOMER = (b"CUSTOMER_NOT_ENABLED", b"CUSTOMER_NOT_FOUND")  # told as a permission and as a credential
_BELOW_TENTH = 0.0999  # what an impression share of less than ten per cent is told as
_METRICS = (
    *("metrics.impressions", "metrics.clicks", "metrics.ctr", "metrics.search_impression_share", "metrics.phone_calls"),
    *("metrics.video_trueview_views", "metrics.video_trueview_view_rate", "metrics.video_quartile_p100_rate"),
    *(*_MICROS, *_CONVERSIONS),
)
_OAUTH = OAuthRefresh(
    "https://oauth2.googleapis.com/token", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GOOGLE_ADS_REFRESH_TOKEN"
)
_ROBOT = GoogleServiceAccount(("https://www.googleapis.com/auth/adwords",))
_DEVELOPER = ApiKey("GOOGLE_ADS_DEVELOPER_TOKEN", "developer-token")


@dataclass(frozen=True)
class Row:
    """A row of an answer: whose, of which day (None: of the whole window), and its metrics."""

    campaign: str
    on: date | None
    metrics: Mapping[str, Any]


class GoogleAds:
    """The reports of an advertising account."""

    manifest = Manifest(
        id="google_ads",
        titles={"es": "Google Ads", "en": "Google Ads"},
        about={
            "es": "Los anuncios de una cuenta de Google Ads, todos o los de una campaña.",
            "en": "The ads of a Google Ads account, all of them or those of one campaign.",
        },
        reads="platform",
        platform="google_ads",
        base="https://googleads.googleapis.com",
        auth=(AllOf((_DEVELOPER, _OAUTH)), AllOf((_DEVELOPER, _ROBOT)), _OAUTH),
        version=Version("v26"),
        rate=Rate(per_second=1, burst=5, parallel=2),  # 2,880 operations a day at the lowest level of access
        latency_hours=3,
        parameters=(
            Parameter(
                "place",
                {"es": "El número de la cuenta.", "en": "The account's number."},
                "123-456-7890",
                required=True,
                name="customer",
                pattern=r"\d{3}-?\d{3}-?\d{4}",
            ),
            Parameter(
                "filter",
                {"es": "Solo esta campaña (su número).", "en": "Only this campaign (its number)."},
                "20123456789",
                name="campaign",
                pattern=r"\d{1,20}",
            ),
            Parameter(
                "filter",
                {
                    "es": "La cuenta de administrador por la que se entra.",
                    "en": "The manager account through which we come in.",
                },
                "987-654-3210",
                name="manager",
                pattern=r"\d{3}-?\d{3}-?\d{4}",
            ),
        ),
        offers=catalogue_offers("google_ads", only=_METRICS),
        docs="https://developers.google.com/google-ads/api/rest/common/search",
        tested_on=("contract", "drift", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """A batch for the days of an account, one for those of all its campaigns, and one for each whole window."""

        def key(wish: Wish) -> Any:
            return wish.values.get("manager"), "campaign" in wish.values, wish.offer.additive or window_key(wish)

        return planned(requests, self._understand, lambda wishes: grouped(wishes, key))

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError and BlockedError where the platform gives none."""
        if batch.part == FAULTY:
            return faulty_outcomes(batch, self.manifest.id, self._understand)
        wishes = {request.definition.id: self._understand(request) for request in batch.requests}
        window = self._window(list(wishes.values()), context.today)
        about = About(self.manifest, context.today, window)
        if window is None:
            return each(self.manifest.id, batch.requests, lambda r: series(r, wishes[r.definition.id].offer, [], about))
        values = next(iter(wishes.values())).values
        api = open_api(self.manifest, context, batch.account)
        path = f"/v26/customers/{_digits(values['customer'])}/googleAds:searchStream"
        call = api.post(path, {"query": gaql(list(wishes.values()), window)})
        if "manager" in values:
            call = replace(call, headers={**call.headers, "login-customer-id": _digits(values["manager"])})
        content = api.json(call, _complaint(api, batch.place))
        rows, zone = rows_in(api, content)
        about = replace(about, timezone=zone, pages_read=1, pages_total=1, request=call.fingerprint)
        return each(self.manifest.id, batch.requests, lambda r: _series(wishes[r.definition.id], rows, window, about))

    def _window(self, wishes: Sequence[Wish], today: date) -> Window | None:
        if wishes[0].offer.additive:
            return days_window([wish.definition for wish in wishes], self.manifest, today)
        return next(iter(whole_windows(wishes[0].definition, self.manifest, today)), None)

    def _understand(self, request: Request) -> Wish:
        return wish_of(request, self.manifest)


def gaql(wishes: Sequence[Wish], window: Window) -> str:
    """The question. Its words are the catalogue's and ours; of the owner's row only figures go in."""
    by_campaign = "campaign" in wishes[0].values
    fields = ["customer.time_zone", *(["campaign.id"] if by_campaign else [])]
    fields += [*(["segments.date"] if wishes[0].offer.additive else []), *fields_of(wishes)]
    where = [f"segments.date BETWEEN '{window.start}' AND '{window.end}'"]
    if by_campaign:
        ids = dict.fromkeys(wish.values["campaign"] for wish in wishes)
        where.append(f"campaign.id IN ({', '.join(ids)})")
    source = "campaign" if by_campaign else "customer"
    return f"SELECT {', '.join(fields)} FROM {source} WHERE {' AND '.join(where)}"  # noqa: S608  # see above


def rows_in(api: Api, content: Any) -> tuple[list[Row], str | None]:
    """The rows of all pieces of a stream, and the account's time zone. Raises SourceError unknown_shape."""
    pieces: list[Any] = content if isinstance(content, list) else [None]
    if not all(isinstance(piece, Mapping) and isinstance(piece.get("results") or [], list) for piece in pieces):
        raise api.failure("unknown_shape")
    results = [row for piece in pieces for row in parts(piece, "results")]
    zones = [part(row, "customer").get("timeZone") for row in results]
    rows = [
        Row(str(part(row, "campaign").get("id", "")), day_of(part(row, "segments").get("date")), part(row, "metrics"))
        for row in results
    ]
    return rows, next((str(zone) for zone in zones if zone), None)


def json_name(field: str) -> str:
    """`metrics.cost_micros` -> costMicros: how the JSON calls it."""
    first, *others = field.removeprefix("metrics.").split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def _series(wish: Wish, rows: Sequence[Row], window: Window, about: About) -> MeasurementSeries:
    name, campaign = json_name(wish.field), wish.values.get("campaign", "")
    mine = [row for row in rows if row.campaign == campaign]
    if wish.offer.additive:
        values = [(row.on, row.metrics.get(name)) for row in mine if row.on and window.start <= row.on <= window.end]
    else:
        values = [(window.end, row.metrics.get(name)) for row in mine]
        if len(values) > 1:
            facts = {"place": about.manifest.name, "metric": wish.field}
            raise SourceError("several_values", permanent=True, facts=facts)
    flags = flags_of(wish.definition, window, about.manifest, about.as_of)
    if wish.field in _CONVERSIONS and window.end > add_days(about.as_of, -1 - _RESTATED_DAYS):
        flags.add("provisional")
    if wish.field == "metrics.search_impression_share" and any(value == _BELOW_TENTH for _, value in values):
        flags.add("rounded_values")
    return series(wish.request, wish.offer, values, replace(about, flags=frozenset(flags)), _scale(wish))


def _scale(wish: Wish) -> float:
    """Money comes in millionths, rates as fractions."""
    if wish.field in _MICROS:
        return 1e-6
    return 100.0 if wish.offer.unit == "%" else 1.0


def _complaint(api: Api, what: str) -> Complaint:
    known = google_complaint(api, what)

    def complain(answer: Answer, content: Any) -> SourceError | None:
        if answer.status < 400:
            return known(answer, content)
        said = answer.body
        if b"UNSUPPORTED_VERSION" in said:
            return api.failure("api_version_gone", permanent=True, version="v26")
        if any(reason in said for reason in _TEST_ACCOUNTS_ONLY):
            return api.blocked("not_approved_yet")
        if any(reason in said for reason in _NO_CUSTOMER):
            return api.failure("thing_not_found", permanent=True, what=shown(what))
        return known(answer, content)

    return complain


def _digits(number: str) -> str:
    return number.replace("-", "")


SOURCE = GoogleAds()
