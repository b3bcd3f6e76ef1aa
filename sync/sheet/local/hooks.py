"""What happens around an API call: counting, a caller's own function, edits by a pretended user."""

import threading
from collections.abc import Callable
from typing import Any

from . import batch
from .body import read_message
from .document import Json, Workbook

BeforeCall = Callable[[str, int, str], Any]


class Hooks:
    """`before_call(workbook, number, kind)` runs before each API call; `number` counts from one for each workbook."""

    def __init__(self, before_call: BeforeCall | None = None) -> None:
        self.before_call = before_call
        self._edits: dict[tuple[str, int, bool], list[Json]] = {}
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}

    def plan_edit(self, workbook_id: str, number: int, body: Json, after: bool = False) -> None:
        """Do a batchUpdate as a user, before (or after) the workbook's n-th API call."""
        with self._lock:
            self._edits.setdefault((workbook_id, number, after), []).append(body)

    def before(self, app: Any, workbook_id: str, kind: str) -> None:
        """Count the call and do what is planned before it."""
        number = app.library.count(workbook_id, kind)
        with self._lock:
            self._numbers[workbook_id] = number
        if self.before_call is not None:
            self.before_call(workbook_id, number, kind)
        self._run(app, workbook_id, number, False)

    def after(self, app: Any, workbook_id: str) -> None:
        self._run(app, workbook_id, self._numbers.get(workbook_id, 0), True)

    def _run(self, app: Any, workbook_id: str, number: int, after: bool) -> None:
        with self._lock:
            bodies = self._edits.pop((workbook_id, number, after), [])
        for body in bodies:
            edit(app.library, workbook_id, body)


def edit(library: Any, workbook_id: str, body: Json) -> None:
    """A batchUpdate that no API call is counted for, as an edit in the browser is not."""
    message = read_message("BatchUpdateSpreadsheetRequest", body)
    context = library.context(workbook_id, "person@localhost")

    def work(copy: Workbook) -> list[Json]:
        return batch.apply(copy, message.get("requests", []), context)

    library.change(workbook_id, work)
