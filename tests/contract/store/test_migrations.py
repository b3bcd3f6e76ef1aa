"""The tables: what the revisions make is what the code says, and databases from before there were revisions go on."""

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text

from sync.errors import UsageError
from sync.store.connection import connect
from sync.store.migrate import alembic_config, migrate, newest, revision
from sync.store.store import open_store
from sync.store.tables import METADATA, WORKBOOKS
from tests.store_servers import fresh_database, upgraded


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path):
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'semaforo.db'}"
    else:
        with fresh_database("template0") as url:
            yield url


def differences(url: str) -> list[object]:
    with connect(url).connect() as db:
        return compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), METADATA)


def as_before_revisions(url: str) -> None:
    """The tables of the first version, with a workbook, and no word about revisions."""
    with connect(url).begin() as db:
        command.upgrade(alembic_config(db), "0001")
        db.execute(text("DROP TABLE alembic_version"))
        old = {"token": 3, "wanted": 5, "seen": 4, "attempts": 1, "not_before": 0.0, "due": 7.0}
        names = ("id", "epoch", "enrolled_at", "extra_tabs", *old)
        columns = ", ".join(names)
        db.execute(
            text(f"INSERT INTO workbooks ({columns}) VALUES ({', '.join(':' + name for name in names)})"),  # noqa: S608  # our own names
            {"id": "W1", "epoch": 2, "enrolled_at": 1.0, "extra_tabs": '["Ventas ñ"]', **old},
        )


def test_the_revisions_make_the_tables_that_the_code_expects(empty: str) -> None:
    with connect(empty).begin() as db:
        upgraded(db)
    assert differences(empty) == []


def test_an_empty_database_gets_them_at_once(empty: str) -> None:
    assert migrate(connect(empty)) == (None, newest())
    assert differences(empty) == []
    assert migrate(connect(empty)) == (newest(), newest())


def test_a_database_from_before_revisions_is_adopted_with_all_that_is_in_it(empty: str) -> None:
    as_before_revisions(empty)
    assert migrate(connect(empty)) == (None, newest())
    assert differences(empty) == []
    store = open_store(empty)
    found = store.workbook("W1")
    assert found is not None
    assert (found.epoch, found.extra_tabs) == (2, ("Ventas ñ",))
    claim = store.claim(100.0, 60.0)
    assert claim is not None
    assert claim.token == 4
    store.close()


def test_going_back_and_forth_loses_no_workbook(empty: str) -> None:
    migrate(connect(empty))
    open_store(empty).enrol("W1", 0.0)
    with connect(empty).begin() as db:
        command.downgrade(alembic_config(db), "0001")
        command.upgrade(alembic_config(db), "head")
    assert differences(empty) == []
    assert open_store(empty).workbook("W1") is not None


def test_an_old_sqlite_file_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'semaforo.db'}"
    as_before_revisions(url)
    open_store(url).close()
    assert differences(url) == []


def test_processes_that_open_a_new_file_at_once_all_get_it(tmp_path: Path) -> None:
    url, opened = f"sqlite:///{tmp_path / 'semaforo.db'}", []
    threads = [threading.Thread(target=lambda: opened.append(open_store(url))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    assert differences(url) == []


def test_a_postgresql_that_is_behind_is_refused_with_the_command_that_mends_it() -> None:
    with fresh_database("template0") as url:
        with pytest.raises(UsageError, match="semaforo migrate"):
            open_store(url)
        as_before_revisions(url)
        with pytest.raises(UsageError, match="semaforo migrate"):
            open_store(url)
        migrate(connect(url))
        open_store(url).close()


def test_a_store_of_a_newer_version_is_left_alone(empty: str) -> None:
    migrate(connect(empty))
    with connect(empty).begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="newer version"):
        open_store(empty)


def test_a_revision_that_fails_leaves_the_database_as_it_was(empty: str) -> None:
    as_before_revisions(empty)
    with connect(empty).begin() as db:
        db.execute(text("CREATE TABLE outbox (nobody INTEGER)"))  # in the way of the second revision
    with pytest.raises(UsageError):
        migrate(connect(empty))
    with connect(empty).connect() as db:
        assert revision(db) is None
        assert db.execute(select(WORKBOOKS.c.id, WORKBOOKS.c.token)).all() == [("W1", 3)]


def test_two_who_migrate_at_once_take_turns() -> None:
    with fresh_database("template0") as url:
        made: list[object] = []
        threads = [threading.Thread(target=lambda: made.append(migrate(connect(url)))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(map(str, made)) == sorted(map(str, [(None, newest())] + 3 * [(newest(), newest())]))
        with connect(url).begin() as db:
            db.execute(insert(WORKBOOKS).values(id="W1", epoch=1, enrolled_at=0.0, extra_tabs=[], **_COUNTERS))


_COUNTERS = {"token": 0, "wanted": 0, "seen": 0, "attempts": 0, "not_before": 0.0}
