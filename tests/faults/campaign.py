"""`python -m tests.faults.campaign [SECONDS]`: workers that are killed and put to sleep at random, on both databases.

While presses come and people type, every second or so a worker gets SIGKILL, or SIGSTOP for longer than its lease. In
the end every press must have been answered, every sheet must show the last number typed, no claim's token may have been
used by two, and of one workbook only a worker that had slept may have called after its successor began.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import request

from sync.sheet.local import LocalServer
from sync.store.records import RunState
from sync.store.store import Store, open_store
from tests.builders import kpi_row
from tests.faults.nursery import LEASE, TAG
from tests.store_servers import database
from tests.workbooks import Book, local_settings, make_book

WORKERS, BOOKS = 4, 6
DRAIN = 60.0  # seconds that calm may take at the end


@dataclass(frozen=True)
class Seen:
    """One call as the spreadsheet server saw it."""

    at: float
    workbook: str
    write: bool
    process: int
    token: int


@dataclass
class Figures:
    """What happened, and what must not have: `wrong` is empty when every promise held."""

    store: str
    presses: int = 0
    kills: int = 0
    pauses: int = 0
    syncs: int = 0
    given_up: int = 0
    zombies_refused: int = 0
    late_calls: int = 0
    late_writes: int = 0
    wrong: list[str] = field(default_factory=list)


class Campaign:
    """One run over one kind of store."""

    def __init__(self, kind: str, folder: Path, url: str, server: LocalServer, seen: list[Seen], seed: int) -> None:
        self.figures = Figures(kind)
        self.folder, self.url, self.server = folder, url, server
        self.chance = random.Random(seed)  # noqa: S311  # repeatable on purpose
        self.store: Store = open_store(url)
        self.books = [self._book(number) for number in range(BOOKS)]
        self.typed: dict[str, float] = {}
        self.runs: list[str] = []
        self.seen = seen
        self.slept: set[int] = set()
        self.alive: list[int] = []

    def _book(self, number: int) -> Book:
        today = datetime.now(UTC).date()
        dates = {"start": today - timedelta(days=100), "due": today + timedelta(days=200)}
        rows = [{key: value for key, value in kpi_row(**dates).items() if key != "id"}]
        readings = [{"date": today - timedelta(days=90), "metric": "seguidores", "value": 10000.0}]
        settings = local_settings(self.folder, self.server.url)
        book = make_book(settings, self.store, f"w{number}", rows, measurements=readings)
        self.store.enrol(book.id, 0.0)
        return book

    @contextmanager
    def nursery(self) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "tests.faults.nursery", str(self.folder), self.server.url, self.url]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            yield process

    def spawn(self, nursery: "subprocess.Popen[str]") -> None:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write("worker\n")
        nursery.stdin.flush()
        self.alive.append(int(nursery.stdout.readline()))

    def press(self, number: int) -> None:
        """A person types a number and presses; now and then without having typed."""
        book = self.chance.choice(self.books)
        if self.chance.random() < 0.7:
            value = 10_500.0 + number
            today = datetime.now(UTC).date()
            book.type_in("measurements", [{"date": today, "metric": "seguidores", "value": value}], first=1)
            self.typed[book.id] = value
        self.runs.append(self.store.request_run(book.id, f"press-{number:06}").id)
        self.figures.presses += 1

    def strike(self, nursery: "subprocess.Popen[str]") -> None:
        """One worker dies, or sleeps for longer than its lease."""
        victim = self.chance.choice(self.alive)
        if self.chance.random() < 0.6:
            os.kill(victim, signal.SIGKILL)
            self.alive.remove(victim)
            self.figures.kills += 1
            self.spawn(nursery)
        elif victim not in self.slept:
            self.slept.add(victim)
            os.kill(victim, signal.SIGSTOP)
            threading.Timer(LEASE * 1.6, wake, (victim,)).start()
            self.figures.pauses += 1

    def rage(self, nursery: "subprocess.Popen[str]", seconds: float) -> None:
        end, strike, number = time.monotonic() + seconds, 0.0, 0
        while time.monotonic() < end:
            number += 1
            self.press(number)
            if time.monotonic() > strike:
                self.strike(nursery)
                strike = time.monotonic() + self.chance.uniform(0.3, 1.2)
            time.sleep(self.chance.uniform(0.02, 0.15))

    def calm(self) -> None:
        """Everything that was asked for comes to its end."""
        deadline = time.monotonic() + DRAIN
        while any(self.store.next_due(book.id) is not None for book in self.books):
            if time.monotonic() > deadline:
                self.figures.wrong.append("not calm in time")
                return
            for parked in self.store.parked():  # bad luck: five deaths in a row
                self.figures.given_up += 1
                self.runs.append(self.store.request_run(parked.workbook, f"again-{time.time()}").id)
            time.sleep(0.1)

    def judge(self) -> Figures:
        wrong = self.figures.wrong
        for run_id in set(self.runs):
            run = self.store.run(run_id)
            if run is None or (run.state is not RunState.DONE and run.error_code != "gave_up"):
                wrong.append(f"a press was not answered: {run}")
        for book in self.books:
            shown, wanted = book.cell("kpis", 0, "actual"), self.typed.get(book.id, 10_000.0)
            if shown is not None or book.id in self.typed:
                self._judge_sheet(book, shown, wanted)
            if self.store.open_intent(book.id) is not None:
                wrong.append(f"{book.id}: a write is still open")
        self._judge_calls()
        log = (self.folder / "workers.log").read_text()
        self.figures.zombies_refused = log.count("was taken over by another worker; its result is dropped")
        if "failed by a bug" in log:
            wrong.append(log[log.index("failed by a bug") :][:2000])
        return self.figures

    def _judge_sheet(self, book: Book, shown: Any, wanted: float) -> None:
        if shown != wanted:
            self.figures.wrong.append(f"{book.id} shows {shown}, typed was {wanted}")
        if book.cell("kpis", 0, "computed_for") != book.cell("kpis", 0, "id"):
            self.figures.wrong.append(f"{book.id}: the light belongs to another row")

    def _judge_calls(self) -> None:
        """The server's own record: whose call came when."""
        users: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        newest: dict[str, int] = {}
        for call in self.seen:
            users[call.workbook, call.token].add(call.process)
            newest[call.workbook] = max(newest.get(call.workbook, 0), call.token)
            if call.token < newest[call.workbook]:
                self.figures.late_calls += 1
                self.figures.late_writes += call.write
                if call.process not in self.slept:
                    self.figures.wrong.append(f"two syncs at once: {call}")
        self.figures.syncs = len(users)
        self.figures.wrong += [f"one token, two workers: {claim}" for claim, used in users.items() if len(used) > 1]


def watched(server: LocalServer) -> list[Seen]:
    """What the server will have seen of the workers."""
    seen: list[Seen] = []

    def see() -> None:
        tag = request.headers.get(TAG)
        if tag:
            process, token = tag.split("/")
            workbook = request.path.split("/")[3].split(":")[0]
            seen.append(Seen(time.time(), workbook, request.method == "POST", int(process), int(token)))

    server.app.flask.before_request(see)
    return seen


def wake(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGCONT)


def campaign(kind: str, folder: Path, seconds: float, seed: int) -> Figures:
    """Rage for so many seconds, then calm, then judge."""
    with ExitStack() as stack:
        url = stack.enter_context(database(kind, folder))
        server = LocalServer(folder / "sheets.db")
        seen = watched(server)
        run = Campaign(kind, folder, url, stack.enter_context(server), seen, seed)
        stack.callback(run.store.close)
        with run.nursery() as nursery:
            for _ in range(WORKERS):
                run.spawn(nursery)
            try:
                run.rage(nursery, seconds)
                for process in run.slept:
                    wake(process)
                run.calm()
            finally:
                for process in run.alive:
                    wake(process)
                assert nursery.stdin is not None
                nursery.stdin.close()
        return run.judge()


def main(seconds: float) -> int:
    failed = 0
    for kind in ("sqlite", "postgres"):
        with tempfile.TemporaryDirectory() as folder:
            figures = campaign(kind, Path(folder), seconds, seed=int(time.time()))
        print(figures)
        failed += bool(figures.wrong)
    return failed


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0))
