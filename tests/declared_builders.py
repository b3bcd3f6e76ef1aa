"""Declared sources of a test's own, in a registry of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from sync.sources import registry

WORDS = {"es": "Visitas", "en": "Visits"}


def counter(kind: str, **changes: Any) -> dict[str, Any]:
    """A source with a metric by day and one for the whole window, without credentials."""
    return {
        "id": kind,
        "names": {"es": kind, "en": kind},
        "titles": {"es": kind.title(), "en": kind.title()},
        "about": WORDS,
        "base": f"https://{kind}.test",
        "timezone": "UTC",
        "parameters": [{"column": "place", "name": "site", "required": True, "example": "a", **WORDS}],
        "metrics": {"visits": {**WORDS, "ask": "days"}, "people": {**WORDS, "ask": "whole", "additive": False}},
        "asks": {
            "days": {"window": "days", "path": "/{site}", "rows": "rows", "date": "on"},
            "whole": {"window": "whole", "path": "/{site}/whole"},
        },
        **changes,
    }


@contextmanager
def declared(folder: Path, *contents: Mapping[str, Any]) -> Iterator[None]:
    """These declarations, and the packaged ones, are the registry while the block runs."""
    for content in contents:
        (folder / f"{content['id']}.yaml").write_text(yaml.safe_dump(dict(content)), encoding="utf-8")
    before = registry._JOINED
    registry._JOINED = registry._Joined()
    registry.add_folder(folder)
    try:
        yield
    finally:
        registry._JOINED = before
        registry.names_by_word.cache_clear()
