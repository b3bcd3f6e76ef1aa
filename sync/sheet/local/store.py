"""Workbooks on disk: one SQLite file in WAL mode.

A tab's rows are kept in chunks of 64; only the chunks that a batch touched are written again. One transaction holds
a whole batch, and `synchronous=FULL` makes it durable before the answer leaves.
"""

import json
import sqlite3
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

from .document import LISTS, Cell, Formula, Json, Tab, Workbook

CHUNK = 64
SCHEMA = """
CREATE TABLE IF NOT EXISTS workbooks (id TEXT PRIMARY KEY, head TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, message TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tabs (workbook TEXT NOT NULL, sheet INTEGER NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (workbook, sheet));
CREATE TABLE IF NOT EXISTS chunks (workbook TEXT NOT NULL, sheet INTEGER NOT NULL, place INTEGER NOT NULL,
    data TEXT NOT NULL, PRIMARY KEY (workbook, sheet, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS properties (workbook TEXT NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (workbook, kind));
"""


def mark_of(path: str | Path) -> str:
    """What a server says of the file that it keeps: a digest of its place, so that somebody can tell their own."""
    return sha256(str(Path(path).resolve()).encode()).hexdigest()[:16]


class StoreBusyError(RuntimeError):
    """Another server has this file open. Two of them would not see each other's writes."""


class StoreUnusableError(RuntimeError):
    """The file can't be made or opened, or is no file of ours."""


class Store:
    """The SQLite file. One connection, one writer at a time, and one process: the file is locked while it is open."""

    def __init__(self, path: str | Path) -> None:
        if str(path) != ":memory:":
            _make_folder(Path(path).parent)
        try:
            self._db = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None, timeout=2)
        except sqlite3.OperationalError as trouble:
            raise StoreUnusableError(f"{path}: {trouble}") from trouble
        self._lock = threading.Lock()
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(SCHEMA)
        except sqlite3.DatabaseError as trouble:
            self._db.close()
            if "locked" in str(trouble):
                raise StoreBusyError(f"{path} is open in another spreadsheet server") from trouble
            raise StoreUnusableError(f"{path}: {trouble}") from trouble

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def copy_to(self, path: str | Path) -> None:
        """Everything as of this moment into a new SQLite file."""
        with self._lock:
            target = sqlite3.connect(str(path))
            try:
                self._db.backup(target)
            finally:
                target.close()

    def files(self) -> list[Json]:
        """Every Drive file record."""
        with self._lock:
            rows = self._db.execute("SELECT message FROM files").fetchall()
        return [json.loads(message) for (message,) in rows]

    def load(self, workbook_id: str) -> Workbook | None:
        """A workbook as it was last committed."""
        with self._lock:
            head = self._db.execute("SELECT head FROM workbooks WHERE id = ?", (workbook_id,)).fetchone()
            tabs = self._db.execute("SELECT sheet, message FROM tabs WHERE workbook = ?", (workbook_id,)).fetchall()
            chunks = self._db.execute(
                "SELECT sheet, data FROM chunks WHERE workbook = ? ORDER BY sheet, place", (workbook_id,)
            ).fetchall()
        if head is None:
            return None
        return _read(workbook_id, json.loads(head[0]), tabs, chunks)

    def save(self, workbook: Workbook | None, old: Workbook | None, file: Json | None = None) -> None:
        """Write what differs from `old`, and the file record, in one transaction."""
        writes: list[tuple[str, tuple[Any, ...]]] = []
        if workbook is not None:
            writes += _changes(workbook, old)
        if file is not None:
            writes.append(("REPLACE INTO files VALUES (?, ?)", (file["id"], _dump(file))))
        self._commit(writes)

    def remove(self, file_id: str) -> None:
        """Forget a file and its workbook."""
        self._commit(
            [
                ("DELETE FROM files WHERE id = ?", (file_id,)),
                ("DELETE FROM workbooks WHERE id = ?", (file_id,)),
                ("DELETE FROM tabs WHERE workbook = ?", (file_id,)),
                ("DELETE FROM chunks WHERE workbook = ?", (file_id,)),
                ("DELETE FROM properties WHERE workbook = ?", (file_id,)),
            ]
        )

    def properties(self, workbook_id: str, kind: str) -> Json:
        """What a script keeps with a workbook, name -> text; empty when it never kept any."""
        with self._lock:
            asked = "SELECT content FROM properties WHERE workbook = ? AND kind = ?"
            row = self._db.execute(asked, (workbook_id, kind)).fetchone()
        kept: Json = json.loads(row[0]) if row else {}
        return kept

    def keep_properties(self, workbook_id: str, kind: str, content: Json) -> None:
        """Put these in the place of all that was kept."""
        self._commit([("REPLACE INTO properties VALUES (?, ?, ?)", (workbook_id, kind, _dump(content)))])

    def _commit(self, writes: list[tuple[str, tuple[Any, ...]]]) -> None:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for statement, values in writes:
                    self._db.execute(statement, values)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _dump(message: Any) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _changes(workbook: Workbook, old: Workbook | None) -> list[tuple[str, tuple[Any, ...]]]:
    head = {
        "props": workbook.props,
        "order": [tab.sheet_id for tab in workbook.tabs],
        "namedRanges": workbook.named_ranges,
        "metadata": workbook.metadata,
        "comments": workbook.comments,
        "sources": workbook.sources,
    }
    writes: list[tuple[str, tuple[Any, ...]]] = [("REPLACE INTO workbooks VALUES (?, ?)", (workbook.id, _dump(head)))]
    before = {tab.sheet_id: tab for tab in old.tabs} if old else {}
    for tab in workbook.tabs:
        writes += _tab_changes(workbook.id, tab, before.pop(tab.sheet_id, None))
    for sheet_id in before:
        writes.append(("DELETE FROM tabs WHERE workbook = ? AND sheet = ?", (workbook.id, sheet_id)))
        writes.append(("DELETE FROM chunks WHERE workbook = ? AND sheet = ?", (workbook.id, sheet_id)))
    return writes


def _tab_changes(workbook_id: str, tab: Tab, old: Tab | None) -> list[tuple[str, tuple[Any, ...]]]:
    key = (workbook_id, tab.sheet_id)
    message = {
        "props": tab.props,
        "rowMeta": {str(place): item for place, item in tab.row_meta.items()},
        "columnMeta": {str(place): item for place, item in tab.column_meta.items()},
        "lists": {name: items for name, items in tab.lists.items() if items},
        "basicFilter": tab.basic_filter,
    }
    writes: list[tuple[str, tuple[Any, ...]]] = [("REPLACE INTO tabs VALUES (?, ?, ?)", (*key, _dump(message)))]
    places = _chunk_count(tab)
    for place in range(places):
        if old is None or not _same_chunk(tab, old, place):
            data = _chunk(tab, place)
            writes.append(("REPLACE INTO chunks VALUES (?, ?, ?, ?)", (*key, place, data)))
    if old is None or _chunk_count(old) > places:
        gone = "DELETE FROM chunks WHERE workbook = ? AND sheet = ? AND place >= ?"
        writes.append((gone, (*key, places)))
    return writes


def _chunk_count(tab: Tab) -> int:
    return (len(tab.rows) + CHUNK - 1) // CHUNK


def _same_chunk(tab: Tab, old: Tab, place: int) -> bool:
    """Rows are replaced, never changed, once they are shared: identity tells."""
    start = place * CHUNK
    mine, theirs = tab.rows[start : start + CHUNK], old.rows[start : start + CHUNK]
    return len(mine) == len(theirs) and all(a is b for a, b in zip(mine, theirs, strict=True))


def _chunk(tab: Tab, place: int) -> str:
    """{"formats": […], "rows": [[[column, value, format, note, rule, extra]…]…]}; formats and rules are shared."""
    shared: list[Json] = []
    index: dict[int, int] = {}

    def share(message: Json | None) -> int | None:
        if message is None:
            return None
        found = index.get(id(message))
        if found is None:
            found = index[id(message)] = len(shared)
            shared.append(message)
        return found

    rows = []
    for cells in tab.rows[place * CHUNK : (place + 1) * CHUNK]:
        line = []
        for column, cell in cells.items():
            value: Any = cell.value
            if type(value) is Formula:
                value = [value.text]
            if cell.format is None and cell.rule is None and not cell.note and cell.extra is None:
                line.append([column, value])
            else:
                line.append([column, value, share(cell.format), cell.note, share(cell.rule), cell.extra])
        rows.append(line)
    return _dump({"shared": shared, "rows": rows})


def _read(workbook_id: str, head: Json, tabs: list[tuple[int, str]], chunks: list[tuple[int, str]]) -> Workbook:
    by_sheet: dict[int, list[dict[int, Cell]]] = {}
    for sheet_id, data in chunks:
        by_sheet.setdefault(sheet_id, []).extend(_read_chunk(json.loads(data)))
    found = {sheet_id: _read_tab(json.loads(message), by_sheet.get(sheet_id, [])) for sheet_id, message in tabs}
    return Workbook(
        id=workbook_id,
        props=head["props"],
        tabs=[found[sheet_id] for sheet_id in head["order"]],
        named_ranges=head["namedRanges"],
        metadata=head["metadata"],
        comments=head.get("comments", []),
        sources=head.get("sources", []),
    )


def _read_tab(message: Json, rows: list[dict[int, Cell]]) -> Tab:
    return Tab(
        props=message["props"],
        rows=rows,
        row_meta={int(place): item for place, item in message["rowMeta"].items()},
        column_meta={int(place): item for place, item in message["columnMeta"].items()},
        lists={name: message["lists"].get(name, []) for name in LISTS},
        basic_filter=message["basicFilter"],
    )


def _read_chunk(message: Json) -> list[dict[int, Cell]]:
    shared = message["shared"]
    rows = []
    for line in message["rows"]:
        cells = {}
        for column, value, *rest in line:
            kept = Formula(value[0]) if isinstance(value, list) else value
            if rest:
                shape, note, rule, extra = rest
                cells[column] = Cell(
                    kept,
                    None if shape is None else shared[shape],
                    note,
                    None if rule is None else shared[rule],
                    extra,
                )
            else:
                cells[column] = Cell(kept)
        rows.append(cells)
    return rows


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise StoreUnusableError(f"{folder}: {trouble}") from trouble
