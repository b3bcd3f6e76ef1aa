"""app.yaml as App Engine would take it: its entrypoint started for real, with its variables, on a real PostgreSQL."""

import json
import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from sync.keys import workbook_secret
from sync.store.store import open_store
from tests.fake_cloud_tasks import QUEUE, FakeCloudTasks
from tests.fake_google import FakeGoogle
from tests.store_servers import fresh_database
from webhook.access import signed_headers

ROOT = Path(__file__).parents[2]
# Another folder and its programs, to try what `make appengine` lays in an environment of its own: docs/deploy.md.
FOLDER = Path(os.environ.get("APPENGINE_FOLDER", ROOT))
PROGRAMS = Path(os.environ.get("APPENGINE_PROGRAMS", Path(sys.executable).parent))
KEY = "a master key that is long enough for a test"


def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "app.yaml").read_text(encoding="utf-8"))
    return loaded


def environment(folder: Path, port: int, **others: str) -> dict[str, str]:
    """What App Engine gives to a process, with the manifest's own variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    app_engine = {"GAE_ENV": "standard", "GAE_APPLICATION": "e~p", "GAE_SERVICE": "default", "PORT": str(port)}
    chosen = {name: str(value) for name, value in manifest()["env_variables"].items()}
    return {**kept, **app_engine, **chosen, "SEMAFORO_HOME": str(folder), **others}


def entrypoint(port: int) -> list[str]:
    words = shlex.split(manifest()["entrypoint"].replace("$PORT", str(port)))
    return [str(PROGRAMS / words[0]), *words[1:]]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Deployed:
    url: str
    database: str
    tasks: FakeCloudTasks

    def press(self, workbook: str) -> requests.Response:
        body = json.dumps({"spreadsheetId": workbook}).encode()
        secret = workbook_secret(KEY.encode(), workbook, 1)
        signed = signed_headers(
            secret, "POST", "/v1/sync", body, workbook=workbook, now=time.time(), nonce="nonce-0001"
        )
        headers = {**signed, "Content-Type": "application/json"}
        return requests.post(self.url + "/v1/sync", data=body, headers=headers, timeout=30)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder, port = tmp_path_factory.mktemp("appengine"), free_port()
    with fresh_database() as database, FakeGoogle() as google, FakeCloudTasks() as tasks:
        google.secrets = {
            ("p", "semaforo-database-url"): database,
            ("p", "semaforo-master-key"): KEY,
            ("p", "semaforo-metrics-token"): "t0ken",
        }
        store = open_store(database)
        store.enrol("W1", time.time())
        store.close()
        there = {**google.environment, "SEMAFORO_TASKS_URL": tasks.url, "SEMAFORO_TASKS_QUEUE": QUEUE}
        variables = environment(folder, port, **there)
        process = subprocess.Popen(entrypoint(port), cwd=FOLDER, env=variables, stderr=subprocess.PIPE, text=True)
        try:
            yield Deployed(reachable(process, f"http://127.0.0.1:{port}"), database, tasks)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def reachable(process: "subprocess.Popen[str]", url: str) -> str:
    for _ in range(300):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            requests.get(url + "/healthz", timeout=5)
            return url
        except requests.RequestException:  # not yet listening, or still loading
            time.sleep(0.1)
    raise AssertionError("it never listened")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/_ah/warmup"])
def test_what_app_yaml_starts_lives_is_ready_and_warms_up(deployed: Deployed, path: str) -> None:
    assert requests.get(deployed.url + path, timeout=60).status_code == 200


def test_a_press_becomes_a_task(deployed: Deployed) -> None:
    answer = deployed.press("W1")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert [task["httpRequest"]["url"] for task in deployed.tasks.created] == [
        manifest()["env_variables"]["SEMAFORO_TASKS_HANDLER"]
    ]


def test_only_app_engine_s_cron_may_ask_for_a_refresh(deployed: Deployed) -> None:
    assert requests.get(deployed.url + "/cron/refresh", timeout=30).status_code == 403
    answer = requests.get(deployed.url + "/cron/refresh", headers={"X-Appengine-Cron": "true"}, timeout=30)
    assert (answer.status_code, set(answer.json())) == (200, {"asked"})


def test_the_figures_ask_for_the_token_from_the_secret_manager(deployed: Deployed) -> None:
    assert requests.get(deployed.url + "/metrics", timeout=30).status_code == 401
    told = requests.get(deployed.url + "/metrics", headers={"Authorization": "Bearer t0ken"}, timeout=30)
    assert told.status_code == 200


@pytest.mark.parametrize(
    ("missing", "said"),
    [("SEMAFORO_DATABASE_URL", "SQLite would lose"), ("SEMAFORO_MASTER_KEY", "the master key would be lost")],
)
def test_what_would_be_lost_with_the_instance_is_refused_in_both_languages(
    tmp_path: Path, missing: str, said: str
) -> None:
    given = {"SEMAFORO_DATABASE_URL": "postgresql://127.0.0.1:9/x", "SEMAFORO_MASTER_KEY": KEY, missing: ""}
    given |= {"SEMAFORO_METRICS_TOKEN": KEY}
    command = [sys.executable, "-c", "import webhook.wsgi"]
    variables = environment(tmp_path, 0, **given)
    ran = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode != 0
    assert said in ran.stderr
    assert "En App Engine el disco no dura" in ran.stderr
