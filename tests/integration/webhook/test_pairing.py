"""A workbook is connected by a code that only its editors can read; over HTTP, with a real spreadsheet server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from sync.settings import Settings
from sync.sheet.google import open_local
from sync.sheet.local import LocalServer, read_faults
from sync.store.pairing import CODE_SECONDS, MOST_TRIES
from sync.store.store import Store
from tests.contract.sheets.support import CheckedServer
from tests.integration.webhook.conftest import Plugin, Syncs
from webhook.app import ServiceThread, create_app

WORKBOOK = "local-paired"


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sheets(tmp_path: Any) -> Iterator[LocalServer]:
    with CheckedServer(tmp_path / "sheets.db") as server:
        open_local(server.url).create(WORKBOOK, "Plan", "en_GB", "Europe/Madrid")
        yield server
    assert server.found == []


@pytest.fixture
def url(tmp_path: Any, sheets: LocalServer, store: Store, syncs: Syncs, clock: Clock) -> Iterator[str]:
    settings = Settings(home=tmp_path, sheets_url=sheets.url)
    with ServiceThread(create_app(settings, store, syncs, clock)) as running:
        yield running.url


@pytest.fixture
def code(sheets: LocalServer) -> Callable[[], str | None]:
    """The code as an editor's script reads it."""

    def read() -> str | None:
        found = open_local(sheets.url).look(WORKBOOK, "developerMetadata").get("developerMetadata", [])
        assert len(found) < 2
        return next((each["metadataValue"] for each in found if each["metadataKey"] == "semaforo.pair"), None)

    return read


def start(url: str, workbook: str = WORKBOOK) -> requests.Response:
    return requests.post(url + "/v1/pair/start", json={"spreadsheetId": workbook}, timeout=20)


def finish(url: str, code: str | None, workbook: str = WORKBOOK) -> requests.Response:
    return requests.post(url + "/v1/pair/finish", json={"spreadsheetId": workbook, "code": code}, timeout=20)


def test_a_workbook_that_was_never_seen_is_connected_and_may_sync(
    url: str, code: Callable[[], str], clock: Clock
) -> None:
    started = start(url)
    assert (started.status_code, started.json()) == (202, {"expires": int(clock.now) + CODE_SECONDS})
    paired = finish(url, code())
    assert (paired.status_code, paired.json()["workbook"], paired.json()["epoch"]) == (200, WORKBOOK, 1)
    plugin = Plugin(url, paired.json()["secret"], WORKBOOK)
    assert plugin.press(now=clock.now).status_code == 202


def test_the_code_leaves_the_workbook_and_is_good_once(url: str, code: Callable[[], str]) -> None:
    start(url)
    once = code()
    assert finish(url, once).status_code == 200
    assert code() is None
    assert finish(url, once).json()["code"] == "bad_code"


def test_connecting_again_gives_the_present_secret_and_leaves_one_code(url: str, code: Callable[[], str]) -> None:
    start(url)
    first = finish(url, code()).json()
    start(url)
    start(url)  # in place of the one before
    assert finish(url, code()).json() == first


def test_a_code_dies_after_ten_minutes(url: str, code: Callable[[], str], clock: Clock) -> None:
    start(url)
    clock.now += CODE_SECONDS
    assert finish(url, code()).json()["code"] == "bad_code"


def test_a_service_for_known_workbooks_alone_connects_no_other_and_writes_nothing_into_it(
    tmp_path: Any, sheets: LocalServer, store: Store, syncs: Syncs, clock: Clock, code: Callable[[], str | None]
) -> None:
    settings = Settings(home=tmp_path, sheets_url=sheets.url, pairing="enrolled")
    with ServiceThread(create_app(settings, store, syncs, clock)) as running:
        refused = [start(running.url).json(), finish(running.url, "any").json()]
        assert [answer["code"] for answer in refused] == ["not_enrolled"] * 2
        assert f"semaforo enrol {WORKBOOK}" in refused[0]["detail"]
        assert code() is None
        store.enrol(WORKBOOK, clock.now)
        start(running.url)
        assert finish(running.url, code()).status_code == 200


def test_five_wrong_tries_burn_the_code(url: str, code: Callable[[], str]) -> None:
    start(url)
    for _ in range(MOST_TRIES):
        assert finish(url, "wrong").status_code == 403
    assert finish(url, code()).json()["code"] == "bad_code"


def test_only_a_digest_of_the_code_is_kept(url: str, code: Callable[[], str], tmp_path: Any) -> None:
    start(url)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("semaforo.db*"))
    assert str(code()).encode() not in kept


def test_a_workbook_that_is_not_there_is_told(url: str) -> None:
    assert (start(url, "local-nowhere").json()["code"], start(url, "no id").json()["code"]) == (
        "no_such_workbook",
        "no_such_workbook",
    )


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(403, 403, "not_shared"), (503, 503, "sheets_unavailable"), (429, 503, "sheets_unavailable")],
)
def test_a_workbook_that_can_not_be_opened_is_told_at_once(
    tmp_path: Any, store: Store, syncs: Syncs, fault: int, status: int, code: str
) -> None:
    faults = read_faults({"rules": [{"on": "write", "every": 1, "fault": fault}]})
    with LocalServer(tmp_path / "closed.db", faults=faults) as closed:
        settings = Settings(home=tmp_path, sheets_url=closed.url)
        with ServiceThread(create_app(settings, store, syncs)) as running:
            answer = start(running.url)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert code != "not_shared" or "local" in answer.json()["detail"]  # the account to share it with


def test_a_revoked_secret_is_dead_at_once_and_its_own_request_may_be_repeated(
    url: str, code: Callable[[], str], clock: Clock
) -> None:
    start(url)
    plugin = Plugin(url, finish(url, code()).json()["secret"], WORKBOOK)
    body = b'{"spreadsheetId": "local-paired"}'
    answers = [plugin.send("POST", "/v1/pair/revoke", body, nonce="nonce-end", now=clock.now) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"revoked": True}] * 2
    assert plugin.press(now=clock.now).json()["code"] == "bad_signature"
    assert plugin.send("POST", "/v1/pair/revoke", body, now=clock.now).json()["code"] == "bad_signature"
    start(url)
    again = finish(url, code()).json()
    assert (again["epoch"], again["secret"] == plugin.secret) == (2, False)


def test_whoever_asks_too_often_is_told_how_long_to_wait(url: str, clock: Clock) -> None:
    answers = [start(url, "local-nowhere") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 6
    clock.now += 6
    assert start(url, "local-nowhere").status_code == 404
