"""Counting the triggers of several callers at once, inside one transaction: a handful of statements for all of them.

The order is that of the list, and what comes out is what would come out one after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from sync.store.base import change_row, moment
from sync.store.nonces import NONCE_SECONDS, forget_use
from sync.store.records import INTERACTIVE, KeyReusedError, NotEnrolledError, Run, SecretChangedError
from sync.store.records import live_epochs as live
from sync.store.runs import UNPARKED, insert_run, queued_run, to_run
from sync.store.sets import BookRow, Use, sets_of
from sync.store.tables import RUNS

_RUN = select(RUNS).where(RUNS.c.id == bindparam("run"))


@dataclass(frozen=True)
class Trigger:
    """What one caller asks for; `Triggers.request_run` says what each field means."""

    workbook: str
    key: str
    now: float | None
    fingerprint: str
    priority: int
    dry: bool
    asked_by: str | None
    epochs: tuple[int, ...] | None


@dataclass
class _Book:
    """A workbook's row, and what the triggers so far make of it."""

    row: BookRow
    more: int = 0
    due: float | None = None
    priority: int = 0
    pressed: bool = False

    def count(self, at_once: float, priority: int) -> int:
        """The number of one more trigger."""
        if self.due is None:
            self.due, self.priority = at_once, priority
        else:
            self.due, self.priority = min(self.due, at_once), min(self.priority, priority)
        self.pressed = self.pressed or priority == INTERACTIVE
        self.more += 1
        return self.row.wanted + self.more

    @property
    def changes(self) -> dict[str, Any]:
        """The columns that change besides the counter."""
        changed: dict[str, Any] = {}
        if (self.due, self.priority) != (self.row.due, self.row.priority):
            changed = {"due": self.due, "priority": self.priority}
        if self.pressed and self.row.parked_reason is not None:
            changed |= {"attempts": 0, "deaths": 0, **UNPARKED}
        return changed


def count_triggers(db: Connection, triggers: Sequence[Trigger]) -> list[Run | Exception]:
    """For each trigger the run that answers it, or why it is refused: then nothing of it is kept."""
    group = _Group(db, triggers)
    answers = [group.answer(trigger) for trigger in triggers]
    group.write()
    return answers


class _Group:
    """What the store says of the workbooks and keys of these triggers, and what is to be written."""

    def __init__(self, db: Connection, triggers: Sequence[Trigger]) -> None:
        ids = sorted({trigger.workbook for trigger in triggers})
        keys = list({(trigger.workbook, trigger.key) for trigger in triggers})
        self._db = db
        self._sets = sets_of(db)
        self._books = {row.id: _Book(row, 0, row.due, row.priority) for row in self._sets.books(db, ids)}
        self._own = moment(db, None)
        self._used = {(use.workbook, use.nonce): use for use in self._sets.used(db, keys)}
        self._queued = {(run.workbook, run.dry): run for run in self._sets.queued(db, ids)}
        self._fresh: set[str] = set()  # runs that are to be kept for the first time
        self._urged: set[str] = set()  # runs that became more urgent
        self._kept: dict[tuple[str, str], tuple[Trigger, Run, float]] = {}

    def answer(self, trigger: Trigger) -> Run | Exception:
        """The run that answers this trigger, which is counted; or the error that is its caller's."""
        book = self._books.get(trigger.workbook)
        if book is None:
            return NotEnrolledError("not_enrolled", facts={"workbook": trigger.workbook})
        asked = self._own if trigger.now is None else trigger.now
        if trigger.epochs is not None and trigger.epochs != live(book.row.epoch, book.row.old_epoch_until, asked):
            return SecretChangedError("secret_changed", facts={"workbook": trigger.workbook})
        return self._known(trigger, asked) or self._counted(trigger, book, asked)

    def _known(self, trigger: Trigger, asked: float) -> Run | Exception | None:
        """The answer to a key's first use; None when it is new, or so old that no fresh request can carry it."""
        place = trigger.workbook, trigger.key
        if place in self._kept:
            first, run, _ = self._kept[place]
            return run if first.fingerprint == trigger.fingerprint else _reused(trigger)
        row = self._used.get(place)
        if row is None:
            return None
        if row.at < asked - NONCE_SECONDS:
            forget_use(self._db, *place)
            return None
        if row.fingerprint != trigger.fingerprint:
            return _reused(trigger)
        return to_run(self._db.execute(_RUN, {"run": row.run}).one())

    def _counted(self, trigger: Trigger, book: _Book, asked: float) -> Run:
        # A caller whose clock is ahead of the store's must not make the trigger wait.
        ticket = book.count(min(asked, self._own), trigger.priority)
        kind = trigger.workbook, trigger.dry
        run = self._queued.get(kind)
        if run is None:
            more = {"dry": trigger.dry, "asked_by": trigger.asked_by}
            run = queued_run(trigger.workbook, trigger.key, ticket, asked, trigger.priority, **more)
            self._fresh.add(run.id)
        elif trigger.priority < run.priority:
            run = replace(run, priority=trigger.priority)
            self._urged.add(run.id)
        self._queued[kind] = run
        self._kept[trigger.workbook, trigger.key] = trigger, run, asked
        return run

    def write(self) -> None:
        """Keep what the answers said."""
        for run in self._queued.values():
            if run.id in self._fresh:
                insert_run(self._db, run)
            elif run.id in self._urged:
                self._db.execute(update(RUNS).where(RUNS.c.id == run.id).values(priority=run.priority))
        raised: dict[int, list[str]] = {}
        for workbook, book in self._books.items():
            if book.more:
                raised.setdefault(book.more, []).append(workbook)
                if changes := book.changes:
                    change_row(self._db, workbook, **changes)
        for more, ids in raised.items():
            self._sets.count(self._db, ids, more)
        kept = self._kept.values()
        uses = [Use(trigger.workbook, trigger.key, trigger.fingerprint, run.id, at) for trigger, run, at in kept]
        if uses:
            self._sets.keep(self._db, uses)


def _reused(trigger: Trigger) -> KeyReusedError:
    return KeyReusedError("key_reused", facts={"key": trigger.key})
