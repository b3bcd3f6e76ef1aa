"""What holds for SQLite alone: its traps, and addresses that can't be used."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from sync.errors import UsageError
from sync.store.store import open_store


def address(folder: Path) -> str:
    return f"sqlite:///{folder / 'semaforo.db'}"


def test_a_writer_waits_for_another_instead_of_failing(tmp_path: Path) -> None:
    store = open_store(address(tmp_path))
    other = sqlite3.connect(tmp_path / "semaforo.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    timer.start()
    assert store.enrol("W1", 0.0).id == "W1"
    timer.join()


def test_a_reader_goes_on_beside_a_writer(tmp_path: Path) -> None:
    store = open_store(address(tmp_path))
    store.enrol("W1", 0.0)
    other = sqlite3.connect(tmp_path / "semaforo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert store.workbook("W1") is not None
    assert store.claim(0.0, 60.0) is None  # an idle worker only reads
    other.execute("ROLLBACK")


def test_a_transaction_that_reads_first_and_writes_later_is_not_overtaken(tmp_path: Path) -> None:
    """Two stores on one file, both reading the counter before they raise it: no press may vanish."""
    stores = [open_store(address(tmp_path)) for _ in range(2)]
    stores[0].enrol("W1", 0.0)

    def press(number: int) -> None:
        for each in range(25):
            stores[number].request_run("W1", f"key-{number}-{each:04}", 0.0)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        assert db.execute("SELECT wanted FROM workbooks").fetchone() == (50,)


def test_the_file_is_kept_with_a_log_and_flushed_at_every_commit(tmp_path: Path) -> None:
    store = open_store(address(tmp_path))
    with store._reading() as db:
        assert db.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert db.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "must outlive the process"),
        ("sqlite:///:memory:", "must outlive the process"),
        ("not an address", "no database address"),
        ("nosuchdb://u:hunter2@h/d", "no database address"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(url: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as told:
        open_store(url)
    assert "hunter2" not in str(told.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "semaforo.db").write_text("this is a letter, not a database, and quite a long one" * 50)
    with pytest.raises(UsageError, match="is damaged"):
        open_store(address(tmp_path))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="can't be made"):
        open_store(address(tmp_path / "file" / "below"))
