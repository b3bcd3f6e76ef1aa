"""YouTube Analytics API v2: the days of a channel that its owner has opened to us; about three days late.

https://developers.google.com/youtube/analytics/reference/reports/query
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sync.model import FetchOutcome, MeasurementSeries, Snapshot, Window
from sync.sources.api import Api, open_api
from sync.sources.boundary import each
from sync.sources.google.json_parts import day_of, parts
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
from sync.sources.manifest import Manifest, OAuthRefresh, Parameter, Rate, Version
from sync.sources.outcomes import About, series
from sync.sources.protocol import FAULTY, Batch, FetchContext, Request
from sync.sources.windows import days_window, flags_of, whole_windows

_METRICS = (  # those that the channel reports of user activity take together
    *("views", "engagedViews", "estimatedMinutesWatched", "averageViewDuration", "averageViewPercentage", "likes"),
    *("dislikes", "comments", "shares", "subscribersGained", "subscribersLost", "videosAddedToPlaylists"),
)


class YouTubeAnalytics:
    """Reports of a channel."""

    manifest = Manifest(
        id="youtube_analytics",
        titles={"es": "YouTube Analytics", "en": "YouTube Analytics"},
        about={
            "es": "Lo que pasó cada día en un canal propio; la dueña del canal tiene que dar permiso.",
            "en": "What happened each day on a channel of your own; its owner has to give permission.",
        },
        reads="platform",
        platform="youtube",
        base="https://youtubeanalytics.googleapis.com",
        timezone="America/Los_Angeles",
        auth=(
            OAuthRefresh(
                "https://oauth2.googleapis.com/token",
                "GOOGLE_CLIENT_ID",
                "GOOGLE_CLIENT_SECRET",
                "YOUTUBE_REFRESH_TOKEN",
            ),
        ),
        version=Version("v2"),
        rate=Rate(per_second=2, burst=5),
        latency_hours=72,
        parameters=(
            Parameter(
                "place",
                {
                    "es": "El id del canal (UC…); vacío, el de quien dio permiso.",
                    "en": "The channel's id (UC…); empty, that of whoever gave permission.",
                },
                "UC_x5XG1OV2P6uZZ5FSM9Ttw",
                name="channel",
                pattern=r"MINE|UC[\w-]{22}",
                default="MINE",
            ),
            Parameter(
                "filter",
                {"es": "Solo este vídeo (su id).", "en": "Only this video (its id)."},
                "Ks-_Mh1QhMc",
                name="video",
                pattern=r"[A-Za-z0-9_-]{11}",
            ),
            Parameter(
                "filter",
                {"es": "Solo este país (dos letras).", "en": "Only this country (two letters)."},
                "ES",
                name="country",
                pattern="[A-Z]{2}",
            ),
        ),
        offers=catalogue_offers("youtube", only=_METRICS),
        docs="https://developers.google.com/youtube/analytics/reference/reports/query",
        tested_on=("contract", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """A batch for the days of each channel and filter, whatever the metrics, and one for each whole window."""

        def key(wish: Wish) -> Any:
            return tuple(sorted(wish.values.items())), wish.offer.additive or window_key(wish)

        return planned(requests, self._understand, lambda wishes: grouped(wishes, key))

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError and BlockedError where the platform gives none."""
        if batch.part == FAULTY:
            return faulty_outcomes(batch, self.manifest.id, self._understand)
        wishes = {request.definition.id: self._understand(request) for request in batch.requests}
        first = next(iter(wishes.values()))
        window = self._window(list(wishes.values()), context.today)
        api = open_api(self.manifest, context, batch.account)
        about = About(self.manifest, context.today, window)
        if window is None:
            return each(self.manifest.id, batch.requests, lambda r: series(r, wishes[r.definition.id].offer, [], about))
        call = api.get("/v2/reports", query_of(list(wishes.values()), window))
        content = api.json(call, google_complaint(api, first.values["channel"]))
        about = replace(about, pages_read=1, pages_total=1, request=call.fingerprint)

        def measure(request: Request) -> MeasurementSeries:
            wish = wishes[request.definition.id]
            flags = frozenset(flags_of(wish.definition, window, self.manifest, context.today))
            values = _values(api, content, wish.field, window)
            return series(request, wish.offer, values, replace(about, flags=flags))

        return each(self.manifest.id, batch.requests, measure)

    def _window(self, wishes: Sequence[Wish], today: date) -> Window | None:
        if wishes[0].offer.additive:
            return days_window([wish.definition for wish in wishes], self.manifest, today)
        return next(iter(whole_windows(wishes[0].definition, self.manifest, today)), None)

    def _understand(self, request: Request) -> Wish:
        return wish_of(request, self.manifest)


def query_of(wishes: Sequence[Wish], window: Window) -> dict[str, str]:
    """The question for wishes that agree in filter and window."""
    values = wishes[0].values
    query = {
        "ids": f"channel=={values['channel']}",
        "startDate": str(window.start),
        "endDate": str(window.end),
        "metrics": ",".join(fields_of(wishes)),
    }
    if wishes[0].offer.additive:
        query["dimensions"] = "day"
    filters = [f"{name}=={values[name]}" for name in ("video", "country") if name in values]
    return {**query, "filters": ";".join(filters)} if filters else query


def _values(api: Api, content: Any, field: str, window: Window) -> list[tuple[date, Any]]:
    """(day, value) of one metric; an answer without rows has none. Raises SourceError unknown_shape."""
    rows = content.get("rows") or [] if isinstance(content, Mapping) else None
    if not isinstance(rows, list):
        raise api.failure("unknown_shape")
    names = [str(header.get("name")) for header in parts(content, "columnHeaders")]
    if rows and field not in names:
        raise api.failure("unknown_shape")
    found = []
    for row in rows:
        told = dict(zip(names, row if isinstance(row, list) else [], strict=False))
        on = day_of(told.get("day")) if "day" in names else window.end
        if on is not None and window.start <= on <= window.end:
            found.append((on, told.get(field)))
    return found


SOURCE = YouTubeAnalytics()
