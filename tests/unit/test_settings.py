"""The operator's choices, read whole and loudly."""

from pathlib import Path

import pytest

from sync.errors import UsageError
from sync.settings import Secret, read_settings

NONE = Path("no-such-file")


def test_everything_has_a_default() -> None:
    settings = read_settings({}, NONE)
    assert settings.store_url == f"sqlite:///{settings.home / 'semaforo.db'}"
    assert settings.files_folder == settings.home / "files"


def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text('# ours\nSEMAFORO_PORT=9000\nSEMAFORO_HOST="0.0.0.0"\n')
    settings = read_settings({"SEMAFORO_PORT": "9001"}, dotenv)
    assert (settings.port, settings.host) == (9001, "0.0.0.0")  # noqa: S104  # read, never listened on


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        read_settings({"SEMAFORO_PROT": "1", "SEMAFORO_PORT": "many"}, NONE)
    assert "SEMAFORO_PROT" in str(caught.value)
    assert "SEMAFORO_PORT='many'" in str(caught.value)


def test_other_variables_are_none_of_our_business() -> None:
    assert read_settings({"PATH": "/bin", "SEMAFOROS": "x"}, NONE) == read_settings({}, NONE)


def test_hosts_are_a_list() -> None:
    assert read_settings({"SEMAFORO_ALLOWED_HOSTS": "Localhost:80, inner "}, NONE).allowed_hosts == (
        "localhost:80",
        "inner",
    )


def test_a_secret_does_not_show_itself() -> None:
    settings = read_settings({"SEMAFORO_MASTER_KEY": "hush"}, NONE)
    assert "hush" not in repr(settings)
    assert settings.master_key == Secret("hush")
