"""What a worker needs to know of a sync: how to start one, hear from it, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

LEASE_SECONDS = 60.0  # how long a worker may be silent before another takes over; longer than any write may take


class ProgressSink(Protocol):
    """How a sync speaks to the worker that carries it. Both ways raise LeaseLostError once another has taken over."""

    @property
    def token(self) -> int | None:
        """The fencing token of the claim; None outside of one."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """The step's name, how many of it are done, of how many."""

    def hold(self) -> None:
        """To be called before each write: from now on more lease is left than a write may take."""


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
