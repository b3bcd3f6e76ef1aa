"""What a worker needs to know of a sync: how to start one, hear from it, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

ProgressSink = Callable[[str, int, int], None]  # the step's name, how many of it are done, of how many


@dataclass(frozen=True)
class RunResult:
    """What a sync came to: its report as values that JSON can hold, and whether something needs a person."""

    report: Mapping[str, Any]
    needs_person: bool = False


class Runner(Protocol):
    """One sync of the workbook with this id; a dry run says what it would change, and writes nothing."""

    def __call__(self, workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        """Raises SemaforoError."""
        ...


class LeaseLostError(Exception):
    """Another worker has taken over. A progress sink raises it: let it through, and write nothing more.

    No SemaforoError, since nobody is ever told: the run goes on, elsewhere.
    """


class RunCancelledError(Exception):
    """Nobody wants this run any more. A progress sink raises it between two steps: let it through, write nothing."""
