import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sync.errors import UsageError
from sync.keys import master_key
from sync.settings import Secret, Settings


def test_a_key_is_made_at_the_first_start_and_kept(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    assert master_key(settings) == master_key(settings)
    assert len(master_key(settings)) == 64
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["master.key"]


def test_the_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    master_key(Settings(home=tmp_path))
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600


def test_two_homes_have_different_keys(tmp_path: Path) -> None:
    assert master_key(Settings(home=tmp_path / "a")) != master_key(Settings(home=tmp_path / "b"))


def test_processes_that_start_together_use_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: master_key(Settings(home=tmp_path)), range(16)))
    assert len(keys) == 1


def test_the_operators_key_goes_first_and_no_file_is_made(tmp_path: Path) -> None:
    assert master_key(Settings(home=tmp_path, master_key=Secret("k" * 32))) == b"k" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused_without_showing_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="SEMAFORO_MASTER_KEY is too short") as told:
        master_key(Settings(home=tmp_path, master_key=Secret("hunter2")))
    assert "hunter2" not in str(told.value)


@pytest.mark.skipif(os.name != "posix", reason="file modes mean something else on this system")
def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    master_key(Settings(home=tmp_path))
    (tmp_path / "master.key").chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        master_key(Settings(home=tmp_path))


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="can't be read or made"):
        master_key(Settings(home=tmp_path / "file"))
