"""A process that dies at its Nth step, N = 1, 2, ..., each time in the middle of another workbook's sync.

`python -m tests.faults.crash_sweep HOME SHEETS_URL STORE_URL TODAY STRIDE NAME...`: for every name one process that is
killed by SIGKILL, a stride further on each time, then one that runs to its end. Prints for each name whether the first
one was killed. A step is a statement or the end of a transaction of the state store, and each side of every call to the
spreadsheet.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import Engine, event

from sync.engine import SyncOptions
from sync.session import sync_workbook
from sync.sheet.reference import read_reference
from sync.store.store import open_store
from tests.workbooks import local_settings


class Steps:
    """Counts steps and kills this very process at one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, *_: Any, **__: Any) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*args: Any, **kwargs: Any) -> Any:
            self()
            answer = call(*args, **kwargs)
            self()
            return answer

        return stepping


def install(steps: Steps) -> None:
    """Make everything that outlives a process a step."""
    event.listen(Engine, "after_cursor_execute", steps)
    event.listen(Engine, "commit", steps)
    event.listen(Engine, "checkin", steps)  # after the commit: the connection goes back
    requests.Session.send = steps.around(requests.Session.send)  # type: ignore[method-assign]


def forked(act: Callable[[], None]) -> int:
    """Run in a process of its own; the signal that ended it, 0 for none."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the sync failed instead of dying"
    return 0


def main(home: str, sheets_url: str, store_url: str, today: str, stride: str, *names: str) -> None:
    settings = local_settings(Path(home), sheets_url)

    def sync(name: str, steps: Steps | None = None) -> None:
        if steps is not None:
            install(steps)
        store = open_store(store_url)
        options = SyncOptions(settings, datetime.now(UTC), date.fromisoformat(today))
        sync_workbook(read_reference(f"local:{name}"), options, store)
        store.close()

    for place, name in enumerate(names):
        ended = forked(lambda name=name, place=place: sync(name, Steps(1 + place * int(stride))))
        forked(lambda name=name: sync(name))
        print(name, "killed" if ended == signal.SIGKILL else "survived", flush=True)
        if not ended:
            break


if __name__ == "__main__":
    main(*sys.argv[1:])
