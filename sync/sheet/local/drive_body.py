"""Bodies that Drive reads: an object whose known fields have their types; unknown fields are passed over."""

from typing import Any

from .document import Json
from .drive_query import DriveError

TEXTS = (
    "id",
    "name",
    "title",
    "mimeType",
    "description",
    "type",
    "role",
    "emailAddress",
    "domain",
    "content",
    "anchor",
)
FLAGS = ("trashed", "starred")


def read(body: Any) -> Json:
    """The body without its nulls. Raises DriveError 400."""
    if not isinstance(body, dict):
        raise DriveError(400, "Parse Error", "parseError")
    out = {name: item for name, item in body.items() if item is not None}
    for name in TEXTS:
        if not isinstance(out.get(name, ""), str):
            raise _wrong(name)
    for name in FLAGS:
        if not isinstance(out.get(name, False), bool):
            raise _wrong(name)
    parents = out.get("parents", [])
    if not isinstance(parents, list) or not all(isinstance(item, str) for item in parents):
        raise _wrong("parents")
    return out


def _wrong(name: str) -> DriveError:
    return DriveError(400, "Invalid Value", "invalid", name)
