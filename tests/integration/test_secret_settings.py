"""Secrets of the service: typed, in files, or in Google's Secret Manager; refused by name, never by value."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sync.errors import UsageError
from sync.secret_settings import resolved
from sync.settings import Secret, Settings, read_settings
from tests.fake_google import TOKEN, FakeGoogle

NONE = Path("no-such-file")
ROOT = Path(__file__).parents[2]


def semaforo(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, in an empty environment but for what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "sync", *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "SEMAFORO_HOME": str(folder / "home"), "LANG": "en_GB", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", ["MASTER_KEY", "MASTER_KEY_OLD", "DATABASE_URL", "METRICS_TOKEN"])
def test_a_secret_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("hush-hush\n")
    settings = read_settings({f"SEMAFORO_{name}_FILE": str(tmp_path / "secret")}, NONE)
    assert getattr(settings, name.lower()) == Secret("hush-hush")
    assert "hush" not in repr(settings)


def test_typed_and_in_a_file_is_once_too_often(tmp_path: Path) -> None:
    given = {"SEMAFORO_MASTER_KEY": "typed", "SEMAFORO_MASTER_KEY_FILE": str(tmp_path / "secret")}
    with pytest.raises(UsageError) as told:
        read_settings(given, NONE)
    assert (told.value.code, "typed" in str(told.value)) == ("secret_twice", False)


@pytest.mark.parametrize("content", [None, "", " \n", b"\xff\xfe"])
def test_a_file_without_a_secret_is_named(tmp_path: Path, content: str | bytes | None) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as told:
        read_settings({"SEMAFORO_MASTER_KEY_FILE": str(path)}, NONE)
    assert (told.value.code, told.value.facts["path"]) == ("secret_file", str(path))


def test_settings_without_references_ask_nobody() -> None:
    settings = Settings(master_key=Secret("typed"))
    assert resolved(settings) is settings


@pytest.mark.parametrize("text", ["secret:", "secret:a b", "secret:projects/p/secrets/", "secret:a/versions/newest"])
def test_a_reference_that_is_none_is_named(text: str) -> None:
    with pytest.raises(UsageError) as told:
        resolved(Settings(master_key=Secret(text), secrets_project="p"))
    assert (told.value.code, told.value.facts["variable"]) == ("secret_reference", "SEMAFORO_MASTER_KEY")


def test_a_command_takes_its_secrets_from_the_secret_manager(tmp_path: Path) -> None:
    with FakeGoogle({("other", "db"): f"sqlite:///{tmp_path / 'there.db'}", ("p", "key"): "k" * 64}) as google:
        chosen = {
            "SEMAFORO_DATABASE_URL": "secret:projects/other/secrets/db/versions/3",
            "SEMAFORO_MASTER_KEY": "secret:key",
        }
        ran = semaforo(tmp_path, "migrate", **google.environment, **chosen)
    assert (ran.returncode, (tmp_path / "there.db").is_file()) == (0, True), ran.stderr
    assert {path for path, _ in google.asked} == {
        "/v1/projects/other/secrets/db/versions/3:access",
        "/v1/projects/p/secrets/key/versions/latest:access",
    }
    assert {sent for _, sent in google.asked} == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    ("name", "said"), [("absent", "gcloud secrets create absent"), ("denied", "roles/secretmanager.secretAccessor")]
)
def test_a_secret_that_can_not_be_had_is_told_with_its_remedy(tmp_path: Path, name: str, said: str) -> None:
    with FakeGoogle(denied=("denied",)) as google:
        ran = semaforo(tmp_path, "migrate", **google.environment, SEMAFORO_MASTER_KEY=f"secret:{name}")
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "SEMAFORO_MASTER_KEY" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "hunter2" not in ran.stderr


def test_a_secret_manager_that_is_gone_is_told(tmp_path: Path) -> None:
    with FakeGoogle() as google:
        gone = {**google.environment, "SEMAFORO_SOURCE_URL_SECRET_MANAGER": "http://127.0.0.1:9"}
        ran = semaforo(tmp_path, "migrate", **gone, SEMAFORO_MASTER_KEY="secret:key")
    assert ran.returncode == 2
    assert "could not be read" in ran.stderr
