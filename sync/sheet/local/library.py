"""All workbooks of one store: opening, changing, counting calls. One lock for each workbook."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from random import SystemRandom
from typing import TypeVar

from . import formats
from .context import Context
from .document import Json, Tab, Workbook
from .errors import not_found
from .fences import check_fences
from .store import Store

Outcome = TypeVar("Outcome")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SHEETS_MIME = "application/vnd.google-apps.spreadsheet"
RANDOM = SystemRandom()
DEFAULT_USER = "user@localhost"
# The address that an API call comes from; empty for the person at this machine, whom no fence keeps out.
CALLER: ContextVar[str] = ContextVar("caller", default="")


def new_file_id() -> str:
    """Forty-four signs, beginning with 1, as Google's ids do."""
    return "1" + "".join(RANDOM.choice(ALPHABET) for _ in range(43))


def timestamp() -> str:
    """RFC 3339 with milliseconds, as Drive writes it."""
    now = datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def new_workbook(workbook_id: str, title: str) -> Workbook:
    """An empty workbook with one tab, as Google makes it."""
    props: Json = {
        "title": title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        "defaultFormat": formats.default_format(),
        "spreadsheetTheme": formats.default_theme(),
    }
    return Workbook(workbook_id, props, [new_first_tab()])


def new_first_tab() -> Tab:
    grid = {"rowCount": 1000, "columnCount": 26}
    return Tab({"sheetId": 0, "title": "Sheet1", "sheetType": "GRID", "gridProperties": grid})


class Library:
    """The open workbooks. Readers get a finished Workbook that nobody will change; writers swap in a new one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.files: dict[str, Json] = {file["id"]: file for file in store.files()}
        self.calls: dict[str, Counter[str]] = {}
        self._open: dict[str, Workbook] = {}
        self._locks: dict[str, threading.RLock] = {}
        self._guard = threading.Lock()
        self._begun = time.time_ns() // 1_000_000
        self._revisions = count(self._begun + 1)
        self._revision: dict[str, int] = {}

    def revision(self, workbook_id: str) -> int:
        """A number that grows with every finished write; never the same one again, not even after a new start."""
        with self._guard:
            return self._revision.get(workbook_id, self._begun)

    def lock(self, workbook_id: str) -> AbstractContextManager[bool]:
        with self._guard:
            return self._locks.setdefault(workbook_id, threading.RLock())

    def get(self, workbook_id: str) -> Workbook:
        """The workbook as of its last finished write. Raises ApiError 404."""
        with self._guard:
            found = self._open.get(workbook_id)
        if found is not None:
            return found
        if workbook_id not in self.files:
            raise not_found()
        with self.lock(workbook_id):
            loaded = self.store.load(workbook_id)
            if loaded is None:
                raise not_found()
            with self._guard:
                return self._open.setdefault(workbook_id, loaded)

    def change(self, workbook_id: str, work: Callable[[Workbook], Outcome]) -> tuple[Workbook, Outcome]:
        """Run `work` on a copy; on success the copy is committed to disk and takes the workbook's place."""
        with self.lock(workbook_id):
            old = self.get(workbook_id)
            copy = old.copy()
            outcome = work(copy)
            if CALLER.get():
                check_fences(old, copy, CALLER.get(), str(self.files[workbook_id]["owner"]))
            file = self.files[workbook_id] | {"modifiedTime": timestamp(), "name": copy.props["title"]}
            self.store.save(copy, old, file)
            self._swap(copy, file)
            return copy, outcome

    def _swap(self, workbook: Workbook, file: Json) -> None:
        for tab in workbook.tabs:
            tab.owned = set()
        with self._guard:
            self._open[workbook.id] = workbook
            self.files[workbook.id] = file
            self._revision[workbook.id] = next(self._revisions)

    def add(self, workbook: Workbook, owner: str = DEFAULT_USER, parents: list[str] | None = None) -> Json:
        """Keep a new workbook and give its file record."""
        now = timestamp()
        file: Json = {
            "kind": "drive#file",
            "id": workbook.id,
            "name": workbook.props["title"],
            "mimeType": SHEETS_MIME,
            "createdTime": now,
            "modifiedTime": now,
            "owner": owner,
            "parents": parents or ["root"],
            "permissions": [permission(owner, "owner")],
        }
        self.store.save(workbook, None, file)
        self._swap(workbook, file)
        return file

    def set_file(self, file: Json) -> None:
        """Keep a changed file record."""
        self.store.save(None, None, file)
        with self._guard:
            self.files[file["id"]] = file

    def remove(self, file_id: str) -> None:
        if file_id not in self.files:
            raise not_found()
        with self.lock(file_id):
            self.store.remove(file_id)
            with self._guard:
                self.files.pop(file_id, None)
                self._open.pop(file_id, None)

    def count(self, workbook_id: str, kind: str) -> int:
        """Note one API call, `read` or `write`; gives how many calls the workbook has now had."""
        with self._guard:
            counter = self.calls.setdefault(workbook_id, Counter())
            counter[kind] += 1
            return counter.total()

    def counted(self, workbook_id: str) -> dict[str, int]:
        """{"read": n, "write": n} of a workbook."""
        counter = self.calls.get(workbook_id, Counter())
        return {"read": counter["read"], "write": counter["write"]}

    def context(self, workbook_id: str, user: str) -> Context:
        owner = self.files.get(workbook_id, {}).get("owner", DEFAULT_USER)
        return Context(user=user, owner=owner)


def permission(address: str, role: str, kind: str = "user") -> Json:
    """A Drive permission record."""
    digest = sha256(f"{kind}:{address}".encode()).hexdigest()
    number = str(int(digest, 16) % 10**20).rjust(20, "0")
    out: Json = {"id": number, "type": kind, "kind": "drive#permission", "role": role}
    if kind == "anyone":
        return out | {"id": "anyoneWithLink", "allowFileDiscovery": False}
    if kind == "domain":
        return out | {"domain": address, "displayName": address, "allowFileDiscovery": False}
    name = address.partition("@")[0]
    return out | {"emailAddress": address, "displayName": name, "deleted": False, "pendingOwner": False}
