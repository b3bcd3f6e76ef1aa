"""Accepting a trigger is quick from a cold start: it loads nothing that only a sync needs."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, sys, tempfile, time
from pathlib import Path
import webhook
from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import open_store
from webhook.access import signed_headers
from webhook.app import create_app

settings = Settings(home=Path(tempfile.mkdtemp()))
store = open_store(settings.store_url)
store.enrol("W1", 0.0)
client = create_app(settings, store, runner=None).test_client()
body = json.dumps({"spreadsheetId": "W1"}).encode()
secret = workbook_secret(master_key(settings), "W1", 1)
headers = signed_headers(secret, "POST", "/v1/sync", body, workbook="W1", now=time.time(), nonce="nonce-0001")
answer = client.post("/v1/sync", data=body, headers=headers, content_type="application/json")
heavy = {"pandas", "numpy", "gspread", "requests", "google", "babel", "rich"} & set(sys.modules)
print(answer.status_code, sorted(heavy))
"""


def test_accepting_a_trigger_loads_neither_pandas_nor_gspread() -> None:
    root = Path(__file__).parents[3]
    ran = subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout == "202 []\n"


WSGI = """
import sys, requests as _  # a WSGI server may have loaded anything; what counts is what we add
before = set(sys.modules)
from webhook.wsgi import app
heavy = {"pandas", "numpy", "gspread", "google.auth", "babel"} & (set(sys.modules) - before)
print(app.test_client().get("/readyz").json["status"], sorted(heavy))
"""


def test_a_wsgi_server_gets_an_app_whose_worker_is_at_work(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "SEMAFORO_HOME": str(tmp_path)}
    command = [sys.executable, "-c", WSGI]
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "ready []\n"


DUE = """
import os, time
from pathlib import Path
from sqlalchemy import select
from sync.settings import Settings
from sync.store.schedules import Scheduled
from sync.store.store import open_store
from sync.store.tables import RUNS
store = open_store(Settings(home=Path(os.environ["SEMAFORO_HOME"])).store_url)
store.enrol("W1", 0.0)
store.add_schedules([Scheduled("W1", "every 15", "UTC", time.time() - 60)])
import webhook.wsgi
while store.schedule("W1").next_at < time.time():
    time.sleep(0.05)
with store._reading() as db:
    print([key.partition("-")[0] for key in db.execute(select(RUNS.c.key)).scalars()], flush=True)
os._exit(0)  # the sync itself is no part of this
"""


def test_under_a_wsgi_server_too_what_is_due_by_itself_is_asked_for(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    nowhere = {"SEMAFORO_SHEETS_URL": "http://127.0.0.1:9", "SEMAFORO_CREDENTIALS": str(tmp_path / "none.json")}
    environment = {**os.environ, **nowhere, "SEMAFORO_HOME": str(tmp_path)}
    command = [sys.executable, "-c", DUE]
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout) == (0, "['refresh']\n"), ran.stderr
