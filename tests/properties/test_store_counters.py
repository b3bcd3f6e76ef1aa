"""The counters under any order of presses, claims, ends, deaths and pauses, against a model of what was promised.

No trigger is lost, a workbook never has two live claims, and a worker that was replaced changes nothing.
"""

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sync.store.records import Outcome, Run, RunState, failed
from sync.store.store import MAX_ATTEMPTS, open_store
from tests.store_servers import database

LEASE = 60.0
BOOKS = ("A", "B")


@dataclass
class Claim:
    run: Run
    until: float
    seen: int  # how many triggers of the workbook had come when it was made
    over: bool = False


class Counters(RuleBasedStateMachine):
    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.kept = ExitStack()
        folder = Path(self.kept.enter_context(tempfile.TemporaryDirectory()))
        self.store = open_store(self.kept.enter_context(database(self.kind, folder)))
        self.now = 0.0
        self.presses: dict[str, list[str]] = {book: [] for book in BOOKS}  # the run that each trigger was given
        self.answered = dict.fromkeys(BOOKS, 0)
        self.claims: dict[str, list[Claim]] = {book: [] for book in BOOKS}
        for book in BOOKS:
            self.store.enrol(book, 0.0)

    @rule(book=st.sampled_from(BOOKS))
    def press(self, book: str) -> None:
        run = self.store.request_run(book, f"key-{len(self.presses[book]):06}", self.now)
        self.presses[book].append(run.id)

    @rule()
    def claim(self) -> None:
        run = self.store.claim(self.now, LEASE)
        if run is not None:
            earlier = [claim for claim in self.claims[run.workbook] if not claim.over]
            assert all(claim.until <= self.now for claim in earlier), "two live claims"
            assert all(claim.run.token < run.token for claim in self.claims[run.workbook])
            self.claims[run.workbook].append(Claim(run, self.now + LEASE, len(self.presses[run.workbook])))

    @precondition(lambda self: any(self.claims.values()))
    @rule(data=st.data(), well=st.booleans(), later=st.booleans())
    def finish(self, data: st.DataObject, well: bool, later: bool) -> None:
        claim, live = self._some(data)
        outcome = Outcome(report={}) if well else failed("internal")
        accepted = self.store.finish(claim.run, outcome, self.now, retry_later=later and not well)
        assert accepted == live
        if accepted:
            claim.over = True
            self.answered[claim.run.workbook] = claim.seen

    @precondition(lambda self: any(self.claims.values()))
    @rule(data=st.data())
    def beat(self, data: st.DataObject) -> None:
        claim, live = self._some(data)
        held = self.store.beat(claim.run, self.now, LEASE)
        assert held == live
        if held:
            claim.until = self.now + LEASE

    @rule(seconds=st.sampled_from([1.0, 20.0, 61.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def every_unanswered_press_has_an_open_run(self) -> None:
        for book in BOOKS:
            for run_id in set(self.presses[book][self.answered[book] :]):
                run = self.store.run(run_id)
                assert run is not None
                assert run.finished_at is None or run.error_code == "gave_up"

    def teardown(self) -> None:
        """With time and a willing worker every press is answered, and then there is nothing left to do."""
        for _ in range(2 * MAX_ATTEMPTS):
            self.now += 4000.0
            while (run := self.store.claim(self.now, LEASE)) is not None:
                assert self.store.finish(run, Outcome(report={}), self.now)
        states = {self.store.run(run).state for runs in self.presses.values() for run in runs}  # type: ignore[union-attr]
        assert states <= {RunState.DONE, RunState.FAILED}
        self.store.close()
        self.kept.close()

    def _some(self, data: st.DataObject) -> tuple[Claim, bool]:
        """Any claim ever made, and whether it counts: its workbook's newest, neither ended nor given up."""
        claim = data.draw(st.sampled_from([claim for made in self.claims.values() for claim in made]))
        run = self.store.run(claim.run.id)
        assert run is not None
        newest = claim is self.claims[claim.run.workbook][-1]
        return claim, newest and not claim.over and run.error_code != "gave_up"


class CountersOnPostgres(Counters):
    kind = "postgres"


TestCounters = Counters.TestCase
TestCounters.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestCountersOnPostgres = CountersOnPostgres.TestCase
TestCountersOnPostgres.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
