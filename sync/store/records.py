"""What the store hands out: frozen values, no behaviour beyond what follows from their own fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sheet_templates.words import LANGUAGES, say
from sync.errors import SemaforoError
from sync.model import Change, Fields

INTERACTIVE, SCHEDULED = 0, 1  # who asks: a person who waits for the answer, or a clock


class RunState(StrEnum):
    """Where a run stands. The last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Workbook:
    """An enrolled workbook. Times are Unix seconds.

    `extra_tabs` are the titles of the person's own tabs that the last sync needed, `kpi_count` how many KPIs it saw:
    None before the first one.
    """

    id: str
    epoch: int
    old_epoch_until: float | None
    enrolled_at: float
    kpi_count: int | None = None
    extra_tabs: tuple[str, ...] = ()

    def live_epochs(self, now: float) -> tuple[int, ...]:
        """The epochs whose secret opens the workbook: the newest first, two of them while the secret is changed."""
        return live_epochs(self.epoch, self.old_epoch_until, now)


def live_epochs(epoch: int, old_epoch_until: float | None, now: float) -> tuple[int, ...]:
    """The epochs whose secret opens a workbook of this epoch, the newest first."""
    rotating = old_epoch_until is not None and now < old_epoch_until
    return (epoch, epoch - 1) if rotating else (epoch,)


@dataclass(frozen=True)
class Run:
    """One run as people watch it. Times are Unix seconds.

    `ticket` is the number of the trigger that asked for it: a claim that has seen at least this trigger answers it.
    `token` is the fencing token of the claim that works on it, 0 before. A `dry` run writes nothing; `cancel` says that
    somebody wants it to stop, `asked_by` who asked for it where that was proved. A failed run has an `error_code` and
    an `error`, its sentence in each of our languages.
    """

    id: str
    workbook: str
    key: str
    state: RunState
    ticket: int
    token: int
    asked_at: float
    step: str = ""
    done: int = 0
    total: int = 0
    started_at: float | None = None
    finished_at: float | None = None
    report: Mapping[str, Any] | None = None
    needs_person: bool = False
    error_code: str | None = None
    error: Mapping[str, str] | None = None
    priority: int = INTERACTIVE
    dry: bool = False
    cancel: bool = False
    asked_by: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How a run ended: a report, an error (its code, its sentence in each of our languages), or cancelled."""

    report: Mapping[str, Any] | None = None
    needs_person: bool = False
    error_code: str | None = None
    error: Mapping[str, str] | None = None
    cancelled: bool = False

    @property
    def state(self) -> RunState:
        """Cancelled when it was, failed when there is an error."""
        if self.cancelled:
            return RunState.CANCELLED
        return RunState.DONE if self.error_code is None else RunState.FAILED


@dataclass(frozen=True)
class Parked:
    """A workbook that is left alone, and why. Times are Unix seconds; `until` is None when only a press helps."""

    workbook: str
    reason: str
    since: float
    until: float | None
    attempts: int
    error: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Results:
    """What a sync leaves behind, committed together: what the next one wants to know, and the intent to write.

    `intent` holds rows as JSON can hold them, by KPI and value, never by address; empty: there is nothing to write.
    """

    kpi_count: int
    extra_tabs: tuple[str, ...] = ()
    definitions: Mapping[str, Fields] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    intent: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Intent:
    """A write that was decided and may not have gone out. Numbers grow within a workbook."""

    workbook: str
    number: int
    rows: Sequence[Mapping[str, Any]]


def failed(code: str) -> Outcome:
    """A failure that has nothing to say but one of the fixed sentences of `web.yaml`."""
    return Outcome(error_code=code, error={language: say("web", code, language) for language in LANGUAGES})


class NotEnrolledError(SemaforoError):
    """The workbook is not enrolled here."""


class KeyReusedError(SemaforoError):
    """An idempotency key came back with another request than its first one."""


class SecretChangedError(SemaforoError):
    """Other epochs' secrets open the workbook now than the caller took for live."""
