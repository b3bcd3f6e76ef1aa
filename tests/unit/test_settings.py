"""The operator's choices, read whole and loudly."""

from contextlib import suppress
from pathlib import Path

import pytest

from sync.errors import UsageError
from sync.fit import unknown_sources
from sync.settings import _CONVERTERS, Secret, read_settings

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


@pytest.mark.parametrize(
    ("variable", "value", "form"),
    [
        ("JOBS", "kafka", "local, procrastinate, cloud_tasks"),
        ("TASKS_PROOF", "maybe", "none, hmac, oidc, appengine"),
        ("THREADS", "-3", "1-64"),
        ("BOOKS", "abc", "READER=BOOK"),
        ("ALLOWED_HOSTS", "http://x/y", "host, host:8080"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_form(variable: str, value: str, form: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings({f"SEMAFORO_{variable}": value}, NONE)
    assert f"SEMAFORO_{variable}={value!r} ({form})" in str(caught.value)


@pytest.mark.parametrize("name", sorted(_CONVERTERS))
def test_whatever_may_be_refused_has_a_form_to_show(name: str) -> None:
    for value in ("", "¿?", "-1", "a/b", "x=", "9" * 5000):
        with suppress(UsageError):
            read_settings({f"SEMAFORO_{name.upper()}": value}, NONE)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("PLAUSIBEL", "https://stats.example.org", "(SEMAFORO_SOURCE_URL_PLAUSIBLE?)"),
        ("PLAUSIBLE", "stats.example.org", "(https://…)"),
    ],
)
def test_another_address_for_no_source_or_of_no_form_is_refused(variable: str, value: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings({f"SEMAFORO_SOURCE_URL_{variable}": value}, NONE, judge=unknown_sources)
    assert f"SEMAFORO_SOURCE_URL_{variable} {told}" in str(caught.value)


def test_other_addresses_of_sources_their_tokens_and_the_secret_manager_are_known() -> None:
    given = {
        f"SEMAFORO_SOURCE_URL_{name}": "http://127.0.0.1:1"
        for name in ("X", "FACEBOOK_PAGE", "GA4_TOKEN", "SECRET_MANAGER")
    }
    assert len(read_settings(given, NONE, judge=unknown_sources).source_urls) == 4


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
