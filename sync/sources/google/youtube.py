"""YouTube's public counters through the Data API v3: the channel or video as it stands today, without a history.

https://developers.google.com/youtube/v3/docs/channels/list and /videos/list: fifty ids a call, one unit of the day's
10,000. Counters are text; subscribers are rounded to three figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sync.errors import SourceError
from sync.model import FetchOutcome, MeasurementSeries, Snapshot, Window
from sync.sources.api import Api, open_api
from sync.sources.boundary import each
from sync.sources.google.refusals import google_complaint
from sync.sources.google.wishes import (
    Wish,
    catalogue_offers,
    cut_by_fields,
    faulty_outcomes,
    grouped,
    planned,
    wish_of,
)
from sync.sources.manifest import ApiKey, Manifest, OAuthRefresh, Parameter, Rate, Version
from sync.sources.names import shown
from sync.sources.numbers_in_json import number_in
from sync.sources.outcomes import About, series
from sync.sources.protocol import FAULTY, Batch, FetchContext, Request

IDS_A_CALL = 50
_EXACT_BELOW = 1000  # three figures tell every subscriber of a smaller channel
_OF_VIDEOS = ("statistics.likeCount", "statistics.commentCount")
_OF_CHANNELS = ("statistics.subscriberCount",)


class YouTube:
    """Counters of channels and videos."""

    manifest = Manifest(
        id="youtube",
        titles={"es": "YouTube (contadores públicos)", "en": "YouTube (public counters)"},
        about={
            "es": "Los suscriptores, vistas, me gusta y comentarios de un canal o vídeo, como están hoy.",
            "en": "Subscribers, views, likes and comments of a channel or video, as they stand today.",
        },
        reads="platform",
        platform="youtube",
        base="https://youtube.googleapis.com",
        auth=(
            ApiKey("YOUTUBE_API_KEY", "X-Goog-Api-Key"),
            OAuthRefresh(
                "https://oauth2.googleapis.com/token",
                "GOOGLE_CLIENT_ID",
                "GOOGLE_CLIENT_SECRET",
                "YOUTUBE_REFRESH_TOKEN",
            ),
        ),
        version=Version("v3"),
        rate=Rate(per_second=5, burst=10),
        grain="now",
        parameters=(
            Parameter(
                "place",
                {"es": "El id del canal (UC…) o su nombre con @.", "en": "The channel's id (UC…) or its @ name."},
                "UC_x5XG1OV2P6uZZ5FSM9Ttw",
                required=True,
                name="channel",
                pattern=r"UC[\w-]{22}|@[\w.·-]{1,60}",
            ),
            Parameter(
                "filter",
                {"es": "Este vídeo en lugar del canal (su id).", "en": "This video instead of the channel (its id)."},
                "Ks-_Mh1QhMc",
                name="video",
                pattern=r"[A-Za-z0-9_-]{11}",
                whose=True,
            ),
        ),
        offers=catalogue_offers("youtube", only=(*_OF_CHANNELS, *_OF_VIDEOS, "statistics.viewCount")),
        docs="https://developers.google.com/youtube/v3/docs",
        tested_on=("contract", "drift", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """Fifty channels a batch, fifty videos a batch, and one for each channel that is called by its @ name."""

        def cut(wishes: Sequence[Wish]) -> list[list[Wish]]:
            groups = grouped(wishes, lambda wish: _key(wish) if _kind(wish) == "forHandle" else _kind(wish))
            return [piece for group in groups for piece in _pieces(group)]

        return planned(requests, self._understand, cut, across_places=True)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """Today's value of each KPI. Raises SourceError and BlockedError where the platform gives none."""
        if batch.part == FAULTY:
            return faulty_outcomes(batch, self.manifest.id, self._understand)
        wishes = {request.definition.id: self._understand(request) for request in batch.requests}
        kind = _kind(next(iter(wishes.values())))
        asked = list(dict.fromkeys(_key(wish) for wish in wishes.values()))
        api = open_api(self.manifest, context, batch.account)
        query = {"part": "statistics", "forHandle" if kind == "forHandle" else "id": ",".join(asked)}
        if kind == "id":
            query["maxResults"] = str(IDS_A_CALL)
        call = api.get("/youtube/v3/videos" if kind == "video" else "/youtube/v3/channels", query)
        # A refusal is the key's: a channel that is not there is merely not listed.
        complaint = google_complaint(api, asked[0], denied="permission_missing")
        items = _items(api, api.json(call, complaint))
        if kind == "forHandle" and items:
            items = {asked[0]: next(iter(items.values()))}
        today = Window(context.today, context.today)
        about = About(self.manifest, context.today, today, context.timezone, pages_read=1, request=call.fingerprint)
        return each(
            self.manifest.id, batch.requests, lambda request: _now(wishes[request.definition.id], items, api, about)
        )

    def _understand(self, request: Request) -> Wish:
        """Raises SourceError, also where a metric is a video's and the row names a channel, or the contrary."""
        wish = wish_of(request, self.manifest)
        facts = {"place": self.manifest.name, "name": "video"}
        if wish.field in _OF_VIDEOS and "video" not in wish.values:
            raise SourceError("missing_parameter", permanent=True, facts={**facts, "example": "video=Ks-_Mh1QhMc"})
        if wish.field in _OF_CHANNELS and "video" in wish.values:
            raise SourceError("unknown_parameter", permanent=True, facts={**facts, "known": "–"})
        return wish


def _kind(wish: Wish) -> str:
    if "video" in wish.values:
        return "video"
    return "forHandle" if wish.values["channel"].startswith("@") else "id"


def _key(wish: Wish) -> str:
    """The id by which the answer is found."""
    return wish.values.get("video") or wish.values["channel"]


def _pieces(wishes: Sequence[Wish]) -> list[list[Wish]]:
    """At most fifty ids in each."""
    by_id = [replace(wish, field=_key(wish)) for wish in wishes]
    return cut_by_fields(by_id, IDS_A_CALL)


def _items(api: Api, content: Any) -> dict[str, Mapping[str, Any]]:
    """Statistics by id. A channel or video that does not exist is simply not among them."""
    items = content.get("items", []) if isinstance(content, Mapping) else None
    if not isinstance(items, list):
        raise api.failure("unknown_shape")
    known = [item for item in items if isinstance(item, Mapping) and isinstance(item.get("statistics"), Mapping)]
    return {str(item.get("id")): item["statistics"] for item in known}


def _now(wish: Wish, items: Mapping[str, Mapping[str, Any]], api: Api, about: About) -> MeasurementSeries:
    statistics = items.get(_key(wish))
    if statistics is None:
        raise api.failure("thing_not_found", permanent=True, what=shown(_key(wish)))
    value = statistics.get(wish.field.removeprefix("statistics."))
    if wish.field in _OF_CHANNELS and statistics.get("hiddenSubscriberCount") is True:
        value = None  # told as zero, or not at all
    rounded = wish.field in _OF_CHANNELS and (number_in(value)[0] or 0) >= _EXACT_BELOW
    flags = frozenset({"rounded_values"} if rounded else ())
    return series(wish.request, wish.offer, [(about.as_of, value)], replace(about, flags=flags))


SOURCE = YouTube()
