"""`semaforo doctor` on deployments that are really broken: it finds what is wrong, and says what to mend."""

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sheet_templates.plugin import VERSION
from sheet_templates.words import LANGUAGES, say
from sync.doctor.examine import examine
from sync.doctor.finding import Finding, Level, bounded, exit_code
from sync.doctor.outside import probe
from sync.jobs.refresh import refresh_first
from sync.keys import master_key
from sync.settings import Secret, Settings
from sync.sheet.local import LocalServer
from sync.store.connection import connect
from sync.store.migrate import migrate
from sync.store.records import Outcome, Results
from sync.store.store import Store, open_store
from tests.integration.test_secret_settings import semaforo
from tests.store_servers import fresh_database
from webhook.app import ServiceThread, create_app

TODAY = date(2026, 11, 22)
NOBODY = "http://127.0.0.1:9"


def doctor(settings: Settings, google: str = NOBODY) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in examine(settings, TODAY, "en_GB", google):
        assert finding.sentence("es") != finding.sentence("en")
        assert all(say("cli", f"doctor.{finding.check}", language) for language in LANGUAGES)
        found.setdefault(finding.check, []).append(finding)
    return found


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.level.value, finding.code) for finding in found]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", sheets_url=NOBODY)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.store_url)
    yield opened
    opened.close()


def synced(store: Store, workbook: str = "local-plan", **outcome: Any) -> None:
    store.enrol(workbook, time.time())
    store.request_run(workbook, "key-0001")
    run = store.claim(None, 60.0)
    assert run is not None
    store.finish(run, Outcome(**({"report": {}} | outcome)), park=bool(outcome))


@pytest.fixture
def running(settings: Settings) -> Iterator[str]:
    with ServiceThread(create_app(settings, open_store(settings.store_url))) as service:
        yield service.url


def test_an_empty_place_is_no_illness_and_stays_empty(settings: Settings) -> None:
    found = doctor(settings)
    assert codes(found["store"]) == [("fine", "store_new")]
    assert codes(found["key"]) == [("fine", "key_first")]
    assert not settings.home.exists()


def test_a_deployment_that_is_well_is_told_so(settings: Settings, store: Store, running: str) -> None:
    master_key(settings)
    settings.home.chmod(0o700)
    synced(store)
    found = examine(Settings(home=settings.home, sheets_url=NOBODY, public_url=running), TODAY, "en_GB", NOBODY)
    assert {finding.code for finding in found if finding.level is not Level.FINE} == set()
    assert exit_code(found) == 0


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"identity_required": True}, "identity_settings"),
        ({"tasks_proof": "oidc"}, "tasks_settings"),
        ({"tasks_proof": "appengine"}, "tasks_place"),
        ({"jobs": "procrastinate"}, "jobs_need_postgres"),
        ({"jobs": "cloud_tasks", "tasks_proof": "hmac"}, "jobs_settings"),
        ({"public_url": "http://kpi.example.org"}, "not_https"),
    ],
)
def test_settings_that_do_not_fit_together_are_named(settings: Settings, wrong: dict[str, Any], code: str) -> None:
    found = doctor(Settings(home=settings.home, sheets_url=NOBODY, **wrong))
    assert ("broken", code) in codes(found["settings"])


def test_a_home_that_is_a_file_can_not_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    found = doctor(Settings(home=tmp_path / "home", database_url=f"sqlite:///{tmp_path / 's.db'}"))
    assert codes(found["home"]) == [("broken", "home_closed")]


def test_a_home_that_the_spreadsheet_server_made_is_closed_to_others(tmp_path: Path) -> None:
    home = tmp_path / "new"
    with LocalServer(home / "sheets.db"):
        assert codes(doctor(Settings(home=home, sheets_url=NOBODY))["home"]) == [("fine", "home_writable")]


def test_without_google_workbooks_no_time_is_reckoned_for_them(settings: Settings, store: Store) -> None:
    synced(store)
    assert codes(doctor(settings)["quota"]) == [("fine", "quota_ready")]


def test_a_home_that_others_read_is_told(settings: Settings, store: Store) -> None:
    settings.home.chmod(0o755)
    assert codes(doctor(settings)["home"]) == [("warn", "home_open")]


def test_a_key_that_is_gone_while_workbooks_hang_on_it_is_serious(settings: Settings, store: Store) -> None:
    store.enrol("local-plan", time.time())
    assert codes(doctor(settings)["key"]) == [("broken", "key_gone")]


def test_a_key_that_others_may_read_is_told(settings: Settings, store: Store) -> None:
    master_key(settings)
    (settings.home / "master.key").chmod(0o644)
    assert codes(doctor(settings)["key"]) == [("broken", "key_readable")]


def test_a_file_that_is_no_database_is_told(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "semaforo.db").write_text("this is no database" * 100)
    assert codes(doctor(settings)["store"]) == [("broken", "database_damaged")]


def test_a_database_that_nobody_answers_for_is_told_without_its_password(settings: Settings) -> None:
    found = doctor(Settings(home=settings.home, database_url="postgresql://me:hunter2@127.0.0.1:9/x"))["store"]
    assert codes(found) == [("broken", "database_closed")]
    assert "hunter2" not in found[0].sentence("en")


def test_tables_of_another_version_are_told_and_left(settings: Settings, store: Store) -> None:
    with sqlite3.connect(settings.home / "semaforo.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '0001'")
    assert codes(doctor(settings)["store"]) == [("broken", "database_behind")]
    with sqlite3.connect(settings.home / "semaforo.db") as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_a_queue_without_its_tables_is_told(settings: Settings) -> None:
    with fresh_database("template0") as url:  # a used one may have the queue's tables from another test
        engine = connect(url)
        migrate(engine)
        engine.dispose()
        found = doctor(Settings(home=settings.home, database_url=url, jobs="procrastinate", sheets_url=NOBODY))
    assert codes(found["carrier"]) == [("broken", "jobs_tables")]
    assert codes(found["clock"]) == [("fine", "clock_right")]


def test_work_that_nobody_does_is_told(settings: Settings, store: Store) -> None:
    store.enrol("local-plan", 0.0)
    store.request_run("local-plan", "key-0001", now=time.time() - 7200)
    (found,) = doctor(settings)["carrier"]
    assert (found.level, found.code, found.facts["minutes"]) == (Level.BROKEN, "work_left", 120)


def test_a_schedule_that_nobody_keeps_is_told(settings: Settings, store: Store) -> None:
    store.enrol("local-plan", 0.0)
    refresh_first(store, time.time() - 3 * 86_400)
    assert codes(doctor(settings)["schedule"]) == [("broken", "schedule_late")]


def test_a_parked_workbook_and_one_that_was_never_synced_are_named(settings: Settings, store: Store) -> None:
    synced(store, "local-a", error_code="workbook_not_shared", error={"es": "No está compartido.", "en": "Not shared."})
    store.enrol("local-b", time.time())
    found = doctor(settings)["workbooks"]
    assert codes(found) == [("fine", "synced"), ("warn", "parked"), ("warn", "never_synced")]
    assert "local:a" in found[1].sentence("en")
    assert "Not shared." in found[1].sentence("en")


@pytest.mark.parametrize(
    ("secrets", "expected"),
    [
        ({}, [("broken", "missing_secret")]),
        ({"PLAUSIBLE_KEY": "k", "PLAUSIBLE_KEY_EXPIRES": "2026-11-30"}, [("warn", "secret_expires_soon")]),
        ({"PLAUSIBLE_KEY": "k", "PLAUSIBLE_KEY_EXPIRES": "2026-11-01"}, [("broken", "secret_expired")]),
        ({"PLAUSIBLE_KEY": "k"}, [("fine", "sources_fine")]),
    ],
)
def test_what_a_source_in_use_lacks_or_will_lack_is_told(
    settings: Settings, store: Store, secrets: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    store.enrol("local-plan", time.time())
    store.keep("local-plan", Results(1, definitions={"K1": {"source": "plausible: example.org"}}))
    given = {name: Secret(value) for name, value in secrets.items()}
    found = doctor(Settings(home=settings.home, sheets_url=NOBODY, secrets=given))["sources"]
    assert codes(found) == expected


def measuring(store: Store, workbook: str, *sources: str) -> None:
    store.enrol(workbook, time.time())
    rows: dict[str, Any] = {f"K{number}": {"source": source} for number, source in enumerate(sources)}
    store.keep(workbook, Results(len(rows), definitions=rows))


def places(settings: Settings, **more: Any) -> list[Finding]:
    return doctor(Settings(home=settings.home, sheets_url=NOBODY, **more))["places"]


KEYS = {"secrets": {"HUBSPOT_TOKEN": Secret("k"), "STRIPE_KEY_SHOP": Secret("k"), "X_TOKEN_EXPIRES": Secret("2027")}}


def test_several_workbooks_with_common_secrets_and_no_list_are_told_what_to_set(
    settings: Settings, store: Store
) -> None:
    measuring(store, "local-a", "hubspot", "plausible: a.example", "measurements")
    assert codes(places(settings, **KEYS)) == [("fine", "places_alone")]
    assert codes(places(settings, **KEYS, public_url="https://127.0.0.1:9")) == [("warn", "places_open")]
    measuring(store, "local-b", "plausible: b.example", "telepathy")
    (found,) = places(settings, **KEYS)
    assert (found.level, found.code, found.facts["count"]) == (Level.WARN, "places_open", 2)
    assert set(str(found.facts["sources"]).split(", ")) == {"HubSpot", "Plausible", "Stripe"}
    assert found.facts["lines"] == "local:a=hubspot, local:a=plausible:a.example, local:b=plausible:b.example"


def test_the_lines_that_it_says_keep_everything_as_it_is(settings: Settings, store: Store) -> None:
    measuring(store, "local-a", "hubspot", "plausible: a.example")
    measuring(store, "local-b", "plausible: b.example")
    lines = tuple(str(places(settings)[0].facts["lines"]).split(", "))
    assert codes(places(settings, places=lines)) == [("fine", "places_listed")]
    (_, lacking) = places(settings, places=lines[1:])
    assert (lacking.level, lacking.code, lacking.facts["line"]) == (Level.WARN, "place_missing", lines[0])


def test_workbooks_that_share_nothing_need_no_list(settings: Settings, store: Store, tmp_path: Path) -> None:
    for workbook in ("local-a", "local-b"):
        measuring(store, workbook, "plausible: a.example", "measurements")
        (tmp_path / "secrets" / workbook).mkdir(parents=True)
        (tmp_path / "secrets" / workbook / "PLAUSIBLE_KEY").write_text("own")
    assert codes(places(settings, secrets_dir=tmp_path / "secrets")) == [("fine", "places_unshared")]


def test_a_bad_key_file_and_a_google_that_can_not_be_reached_are_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}")
    found = doctor(Settings(home=settings.home, credentials=tmp_path / "key.json", sheets_url=NOBODY))
    assert codes(found["credentials"]) == [("broken", "bad_credentials")]
    assert codes(found["sheets"]) == [("broken", "unreachable")]


@pytest.fixture
def stranger() -> Iterator[str]:
    """A server that is not ours, whose clock is two minutes behind."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is http.server's
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"hi")

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(time.time() - 120)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_workbooks_with_an_older_plugin_are_named(settings: Settings, store: Store) -> None:
    for workbook, version in (("local-a", str(int(VERSION) - 1)), ("local-b", VERSION), ("local-c", "999999")):
        synced(store, workbook)
        store.keep_plugin(workbook, version, 1.0)
    synced(store, "local-silent")
    well, old = doctor(settings)["plugin"]
    assert (well.code, well.facts["count"], well.facts["all"]) == ("plugin_version", 3.0, 4.0)
    assert (old.level.value, old.code, old.facts["names"]) == ("warn", "plugin_old", "local:a")


def test_another_server_at_our_address_is_told(settings: Settings, stranger: str) -> None:
    found = doctor(Settings(home=settings.home, public_url=stranger, sheets_url=NOBODY))["address"]
    assert codes(found) == [("broken", "address_foreign")]


def test_a_clock_that_is_off_is_told(settings: Settings, stranger: str, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}")
    found = doctor(Settings(home=settings.home, credentials=tmp_path / "key.json"), google=stranger)
    assert codes(found["clock"]) == [("broken", "clock_off")]


def test_an_address_that_never_answers_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = time.monotonic()
        found = bounded("sheets", lambda: (probe(f"http://127.0.0.1:{silent.getsockname()[1]}"), ())[1], 0.3)
    assert (codes(list(found)), time.monotonic() - begun < 3) == ([("broken", "too_slow")], True)


@pytest.mark.parametrize(("language", "said"), [("es_ES", "dirección"), ("en_GB", "address")])
def test_the_command_speaks_and_shows_no_secret(tmp_path: Path, language: str, said: str) -> None:
    given = {"SEMAFORO_MASTER_KEY": "hunter2" * 5, "SEMAFORO_PUBLIC_URL": NOBODY, "LANG": language}
    ran = semaforo(tmp_path, "doctor", **given)
    assert (ran.returncode, said in ran.stdout, ran.stderr) == (2, True, "")
    told = semaforo(tmp_path, "doctor", "--json", **given)
    document = json.loads(told.stdout)
    assert (told.returncode, document["verdict"]) == (2, 2)
    assert {"check", "level", "code", "sentence"} == set(document["findings"][0])
    assert "hunter2" not in ran.stdout + told.stdout


def test_a_folder_that_is_named_and_not_there_is_told(settings: Settings, tmp_path: Path) -> None:
    found = doctor(replace(settings, secrets_dir=tmp_path / "gone", queries=tmp_path))["settings"]
    assert [(finding.code, finding.facts["variable"]) for finding in found] == [
        ("folder_closed", "SEMAFORO_SECRETS_DIR")
    ]


def test_a_workbook_that_was_synced_by_hand_was_synced(settings: Settings, store: Store) -> None:
    store.enrol("local-plan", time.time())
    assert ("warn", "never_synced") in codes(doctor(settings)["workbooks"])
    store.keep("local-plan", Results(1, definitions={"K-1": {"name": "Leads"}}))
    assert codes(doctor(settings)["workbooks"]) == [("fine", "synced")]
