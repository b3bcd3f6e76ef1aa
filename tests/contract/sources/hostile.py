"""What platforms answer instead of what they should: made from a good answer by damaging it in one way each."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sync.errors import SourceError
from sync.sources.web.call import Answer
from tests.platforms import TOKEN, ok, text

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]+)?")  # eight figures and more: a day or an id


def damaged(change: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    """The good answer with its JSON changed."""

    def damage(good: Answer) -> Answer:
        return ok(
            change(json.loads(good.body)), good.status, **{k.replace("-", "_"): v for k, v in good.headers.items()}
        )

    return damage


def in_depth(value: Any, leaf: Callable[[Any], Any]) -> Any:
    """Every number in a structure replaced by what `leaf` makes of it."""
    if isinstance(value, Mapping):
        return {key: in_depth(inner, leaf) for key, inner in value.items()}
    if isinstance(value, list):
        return [in_depth(inner, leaf) for inner in value]
    return leaf(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def unquoted(value: Any) -> Any:
    """Every number that a platform writes as text as a plain number, so that damage to numbers meets it too."""
    if isinstance(value, Mapping):
        return {key: unquoted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [unquoted(inner) for inner in value]
    return json.loads(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def emptied(value: Any) -> Any:
    """Every list without its items, every count of them zero."""
    if isinstance(value, Mapping):
        return {key: emptied(inner) for key, inner in value.items()}
    return [] if isinstance(value, list) else value


def refused(code: str) -> Callable[[Answer], Answer]:
    """What the way out itself gives up on."""

    def refuse(good: Answer) -> Answer:
        raise SourceError(code, permanent=True, facts={"place": "x", "megabytes": 5.0, "seconds": 8.0})

    return refuse


def under_200(good: Answer) -> Answer:
    """An error in the body of a success, in the words of several platforms at once; its text holds our token."""
    told = {"code": 190, "message": f"token {TOKEN} expired", "type": "OAuthException"}
    return ok({"error": told, "errors": [told], "status": "error", "title": "Denied"})


EMPTY: Mapping[str, Callable[[Answer], Answer]] = {
    "empty lists": damaged(emptied),
    "rows absent": damaged(lambda content: {}),
    "null": damaged(lambda content: None),
    "numbers null": damaged(lambda content: in_depth(content, lambda number: None)),
}
BROKEN: Mapping[str, Callable[[Answer], Answer]] = {
    "an error under 200": under_200,
    "429 without headers": lambda good: text("", 429),
    "429 that wants an hour": lambda good: text("", 429, Retry_After="3600"),
    "403 without a body": lambda good: text("", 403),
    "500": lambda good: text(f"trace with {TOKEN}", 500),
    "expired token": lambda good: ok({"error": f"{TOKEN} has expired"}, 401),
    "gone": lambda good: ok({}, 404),
    "a page cut in two": lambda good: text(good.body[: len(good.body) // 2].decode(), kind="application/json"),
    "a web page": lambda good: text(f"<!doctype html><title>Sign in</title>{TOKEN}"),
    "nothing at all": lambda good: text(""),
    "a text": lambda good: ok("fine"),
    "a bomb": refused("too_large"),
    "silence": refused("too_slow"),
}
STRINGS = damaged(lambda content: in_depth(content, str))
NEGATIVE = damaged(lambda content: in_depth(content, lambda number: -abs(number) if number < 10**8 else number))
