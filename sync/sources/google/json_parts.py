"""Parts of an answer, whatever it holds: an object or a list that is something else counts as empty. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def part(value: Any, name: str) -> Mapping[str, Any]:
    """The object of that name within another one."""
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def parts(value: Any, name: str) -> list[Mapping[str, Any]]:
    """The objects of a list within an object; each keeps its position, an empty one in the place of what is none."""
    return [item if isinstance(item, Mapping) else {} for item in listed(value, name)]


def listed(value: Any, name: str) -> list[Any]:
    """The list of that name within an object."""
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def day_of(text: Any) -> date | None:
    """`2026-06-28` or `20260628`; None for anything else."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
