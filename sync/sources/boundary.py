"""The edge between a source and the sync: whatever happens beyond it spoils no other KPI."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from sync.errors import BlockedError, SourceError
from sync.model import FetchFailure, FetchOutcome
from sync.sources.protocol import Request

_LOG = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


def attempt(source: str, call: Callable[[], _Answer]) -> _Answer | FetchFailure:
    """What `call` gives; a SourceError, or a bug (after its traceback went to the log), becomes a FetchFailure."""
    try:
        return call()
    except SourceError as error:
        return FetchFailure(source, error.code, error.permanent, error.facts, isinstance(error, BlockedError))
    except Exception:  # the one broad except: a bug in one source must not cost the others their numbers
        _LOG.exception("bug in source %s", source)
        return FetchFailure(source, "bug", permanent=False, facts={"source": source})


def each(
    source: str, requests: Iterable[Request], measure: Callable[[Request], FetchOutcome]
) -> dict[str, FetchOutcome]:
    """`measure` for every request; the failure of one KPI stays its own."""

    def outcome(request: Request) -> FetchOutcome:
        return attempt(source, lambda: measure(request))

    return {request.definition.id: outcome(request) for request in requests}
