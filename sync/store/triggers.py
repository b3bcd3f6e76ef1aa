"""The part of the state store that takes triggers, and knows the runs that answer them by their ids."""

from functools import cached_property

from sqlalchemy import select

from sync.store.base import Transactions
from sync.store.counting import Trigger, count_triggers
from sync.store.records import INTERACTIVE, Run
from sync.store.runs import to_run
from sync.store.tables import RUNS
from sync.store.together import Together


class Triggers(Transactions):
    """Triggers, and their runs by id."""

    def request_run(  # noqa: PLR0913  # each is one fact of a request, and all but two have a default
        self,
        workbook: str,
        key: str,
        now: float | None = None,
        fingerprint: str = "",
        priority: int = INTERACTIVE,
        *,
        dry: bool = False,
        asked_by: str | None = None,
        epochs: tuple[int, ...] | None = None,
    ) -> Run:
        """Count a trigger and give the run that answers it: a `dry` one joins dry ones only.

        While a run is queued every further trigger joins it; while one is running exactly one more is queued. A key
        that was used before gives the run of its first use and counts nothing. A press (priority INTERACTIVE) lets a
        parked workbook go; it does not cut a back-off short. On SQLite threads that come at the same time share one
        commit.
        `epochs` are those that the caller took for live when it judged a signature.
        Raises NotEnrolledError, SecretChangedError when other epochs are live, and KeyReusedError for a known key with
        another fingerprint.
        """
        trigger = Trigger(workbook, key, now, fingerprint, priority, dry, asked_by, epochs)
        if self._engine.dialect.name == "sqlite":
            return self._together.do(trigger)
        with self._writing() as db:
            (answer,) = count_triggers(db, [trigger])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def run(self, run_id: str) -> Run | None:
        """A run by its id; None when there is none, or it is older than we keep them."""
        with self._reading() as db:
            row = db.execute(select(RUNS).where(RUNS.c.id == run_id)).one_or_none()
        return None if row is None else to_run(row)

    @cached_property
    def _together(self) -> Together[Trigger, Run]:
        return Together(self._writing, count_triggers)
