"""Channels and videos as https://developers.google.com/youtube/v3/docs documents them; the numbers are ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

NUMBERS_AS_TEXT = True
EXPECTED = {"statistics.subscriberCount": 12300.0, "statistics.viewCount": 45678.0}

CHANNEL = {"viewCount": "45678", "subscriberCount": "12300", "hiddenSubscriberCount": False, "videoCount": "42"}
VIDEO = {"viewCount": "810", "likeCount": "31", "favoriteCount": "0", "commentCount": "7"}


def answer(call: Call) -> Answer:
    """Every channel or video that was asked for."""
    kind, statistics = ("video", VIDEO) if call.url.endswith("/videos") else ("channel", CHANNEL)
    asked = dict(call.query)
    ids = asked["id"].split(",") if "id" in asked else ["UC0123456789012345678901"]
    items = [{"kind": f"youtube#{kind}", "etag": "e", "id": one, "statistics": statistics} for one in ids]
    return ok({"kind": f"youtube#{kind}ListResponse", "etag": "e", "pageInfo": PAGE, "items": items})


PAGE = {"totalResults": 1, "resultsPerPage": 5}
