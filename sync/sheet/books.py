"""Tabs of a workbook that is not the one under sync: one read for all of them, with the same account and quota."""

from collections.abc import Mapping, Sequence
from threading import Lock

from sync.model import CellValue
from sync.sheet.google import SheetsClient, UnknownRangeError
from sync.sheet.tables import quoted

Columns = Sequence[tuple[CellValue, ...]]


class Books:
    """What the source `book` is given. Sources run side by side; a client is one thread's at a time."""

    def __init__(self, client: SheetsClient) -> None:
        self._client = client
        self._turn = Lock()

    @property
    def account(self) -> str:
        """Whom a workbook has to be shared with."""
        return self._client.account

    def __call__(self, workbook: str, titles: Sequence[str]) -> Mapping[str, Columns]:
        """Columns by title, the heading first; without tabs that are not there, each of which costs one call more.

        Raises WorkbookError.
        """
        names = {quoted(title): title for title in titles}
        with self._turn:
            while names:
                try:
                    answers = self._client.read(workbook, list(names))
                    break
                except UnknownRangeError as error:
                    if names.pop(str(error.facts["range"]), None) is None:
                        raise
            else:
                return {}
        found = zip(names.values(), answers, strict=True)
        return {title: tuple(tuple(column) for column in answer.get("values", ())) for title, answer in found}
