"""What this process saw last of the workbooks that press: enough to judge a signature before the store is asked.

Whoever relies on it has to compare it with the store before anything is accepted: another process may have changed it.
"""

import threading
from collections import OrderedDict

from sync.store.records import Workbook

MOST_BOOKS = 10_000  # beyond it the one that was looked up longest ago is forgotten


class Remembered:
    """Enrolments by workbook, in bounded memory. One object serves all threads."""

    def __init__(self, most_books: int = MOST_BOOKS) -> None:
        self._most_books = most_books
        self._books: OrderedDict[str, Workbook] = OrderedDict()
        self._plugins: dict[str, str] = {}  # of the same workbooks
        self._lock = threading.Lock()

    def keep(self, workbook: Workbook) -> None:
        """Remember what the store says."""
        with self._lock:
            self._books.pop(workbook.id, None)
            self._books[workbook.id] = workbook
            if len(self._books) > self._most_books:
                self._plugins.pop(self._books.popitem(last=False)[0], None)

    def keep_plugin(self, workbook: str, version: str) -> None:
        """Remember that the store knows this version of the workbook's plugin."""
        with self._lock:
            if workbook in self._books:
                self._plugins[workbook] = version

    def knows_plugin(self, workbook: str, version: str | None) -> bool:
        """Whether the store needn't be told: no version, or the one that it was told last."""
        return version is None or self._plugins.get(workbook) == version

    def live_epochs(self, workbook: str, now: float) -> tuple[int, ...]:
        """The epochs whose secret opened the workbook when it was looked up; none when we don't remember it."""
        found = self._books.get(workbook)
        return () if found is None else found.live_epochs(now)
