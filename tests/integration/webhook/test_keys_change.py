"""Keys that change: one workbook's by command, everybody's by a new master key; the old one opens for a while."""

from pathlib import Path
from typing import Any

import pytest

from sync.errors import UsageError
from sync.keys import forget_old_master, master_key, master_keys, renew_master, workbook_secret
from sync.settings import Secret, Settings
from sync.store.store import Store
from tests.integration.commands.test_command_line import Shell
from tests.integration.webhook.conftest import Plugin, Syncs
from webhook.app import ServiceThread, create_app


def status(settings: Settings, store: Store, syncs: Syncs, secret: str) -> int:
    with ServiceThread(create_app(settings, store, syncs)) as running:
        return Plugin(running.url, secret).press().status_code


def test_two_master_keys_open_until_the_change_is_finished(settings: Settings, store: Store, syncs: Syncs) -> None:
    old = workbook_secret(master_key(settings), "W1", 1)
    renew_master(settings)
    new = workbook_secret(master_key(settings), "W1", 1)
    assert old != new
    assert [status(settings, store, syncs, secret) for secret in (old, new)] == [202, 202]
    assert forget_old_master(settings)
    assert status(settings, store, syncs, old) == 401


def test_a_second_change_waits_for_the_end_of_the_first(settings: Settings) -> None:
    renew_master(settings)
    with pytest.raises(UsageError, match="still opens"):
        renew_master(settings)
    assert master_keys(settings)[1:] != ()


def test_the_settings_may_hold_both_keys(tmp_path: Path) -> None:
    both = Settings(home=tmp_path, master_key=Secret("n" * 32), master_key_old=Secret("o" * 32))
    assert master_keys(both) == (b"n" * 32, b"o" * 32)
    with pytest.raises(UsageError, match="SEMAFORO_MASTER_KEY_OLD"):
        renew_master(both)
    with pytest.raises(UsageError, match="MASTER_KEY_OLD"):
        master_keys(Settings(home=tmp_path, master_key=Secret("n" * 32), master_key_old=Secret("short")))


@pytest.fixture
def shell(tmp_path: Path) -> Any:
    return Shell(tmp_path, "http://127.0.0.1:9")


def test_a_secret_is_shown_changed_and_ended_by_command(shell: Any, store: Store) -> None:
    shown = shell.json("pair", "local:plan")
    assert shell.json("pair", "local:plan") == shown
    changed = shell.json("pair", "local:plan", "--rotate")
    assert (shown["epoch"], changed["epoch"]) == (1, 2)
    workbook = store.workbook("local-plan")
    assert workbook is not None
    assert workbook.live_epochs(workbook.enrolled_at + 60) == (2, 1)
    assert shell.json("pair", "local:plan", "--revoke")["epoch"] == 3
    ended = store.workbook("local-plan")
    assert ended is not None
    assert ended.live_epochs(workbook.enrolled_at + 60) == (3,)


def test_the_schedulers_secret_is_no_workbooks(shell: Any, store: Store) -> None:
    assert shell("pair", "@service").stdout.strip() == workbook_secret(
        master_key(Settings(home=Path(shell.environment["SEMAFORO_HOME"]))), "@service", 1
    )
    assert store.workbook("@service") is None


def test_the_master_key_is_changed_by_command(shell: Any, settings: Settings) -> None:
    before = master_key(settings)
    assert shell("rotate-master").returncode == 0
    assert master_keys(settings)[1] == before
    assert shell("rotate-master").returncode == 2
    assert shell("rotate-master", "--finish").returncode == 0
    assert len(master_keys(settings)) == 1
