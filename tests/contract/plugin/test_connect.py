"""Connecting a workbook: a code that only its editors can read, traded for a secret that nobody sees."""

import json
import re
from collections.abc import Callable
from typing import Any

from sync.store.store import Store
from tests.contract.plugin.conftest import Plugin

Make = Callable[..., Plugin]


def test_a_workbook_connects_by_the_code_that_the_service_leaves_in_it(
    plugin: Make, service: str, store: Store
) -> None:
    sheet = plugin()
    assert sheet.ask("connectTo", service + "/") == {"host": service.removeprefix("http://")}
    assert store.workbook(sheet.book.id) is not None
    assert sheet.ask("sidebarState")["connected"] is True


def test_the_secret_is_kept_in_the_document_and_shown_nowhere(plugin: Make, service: str) -> None:
    sheet = plugin()
    answer = sheet.run("connectTo", service)
    secret = sheet.kept()["semaforo.secret"]
    assert re.fullmatch("[0-9a-f]{64}", secret)
    shown = [answer["value"], answer["logs"], sheet.run("sidebarState")["value"], sheet.run("showConnect")["sidebar"]]
    assert secret not in str(shown)


def test_the_code_is_gone_from_the_workbook_afterwards(connected: Make) -> None:
    sheet = connected()
    assert sheet.book.client.look(sheet.book.id, "developerMetadata") == {}


def test_the_address_may_stand_in_the_settings_tab(plugin: Make, service: str) -> None:
    sheet = plugin(settings=[{"key": "service_url", "value": service}])
    assert sheet.ask("sidebarState")["address"] == service
    assert sheet.ask("connectTo", "")["host"] in service


def test_a_copied_workbook_has_to_connect_anew(connected: Make, plugin: Make) -> None:
    sheet, copy = connected(), plugin()
    kept = {"document": sheet.kept()}
    state = copy.ask("sidebarState", properties=kept)
    assert state["connected"] is False
    assert "es una copia" in state["message"]
    assert copy.trouble("startSync", False)["offer"] == "connect"


def test_after_revoking_the_old_secret_opens_nothing(connected: Make) -> None:
    sheet = connected()
    before = {"document": sheet.kept()}
    assert sheet.ask("disconnect") is True
    assert sheet.kept() == {}
    told = sheet.trouble("startSync", False, properties=before)
    assert (told["code"], told["offer"]) == ("revoked", "connect")


def test_revoking_a_dead_secret_forgets_it_all_the_same(connected: Make) -> None:
    sheet = connected()
    before = {"document": sheet.kept()}
    sheet.ask("disconnect")
    assert sheet.ask("disconnect", properties=before) is True
    assert sheet.kept() == {}


def test_a_revoked_workbook_can_connect_again(connected: Make, service: str) -> None:
    sheet = connected()
    sheet.ask("disconnect")
    sheet.ask("connectTo", service)
    assert sheet.ask("startSync", False)["state"] in ("queued", "running")


def test_an_address_that_is_none_is_told_before_anything_is_sent(plugin: Make) -> None:
    sheet = plugin(settings=[{"key": "language", "value": "Español"}])
    for typed, code in (
        ("", "no_address"),
        ("semaforo.example.com", "bad_address"),
        ("http://semaforo.example.com", "bad_address"),
        ("https://ana@semaforo.example.com", "bad_address"),
    ):
        answer = sheet.run("connectTo", typed)
        assert answer["value"]["trouble"]["code"] == code
        assert not [each for each in answer["requests"] if "/v1/" in each["url"]]


def test_a_changed_address_in_settings_asks_to_connect_again(connected: Make) -> None:
    sheet = connected(settings=[{"key": "service_url", "value": "https://other.example.com"}])
    state = sheet.ask("sidebarState")
    assert state["connected"] is True
    assert (state["offer"], state["address"]) == ("connect", "https://other.example.com")
    assert "ha cambiado" in state["message"]


def test_a_workbook_that_is_not_shared_is_told_with_whom_to_share_it(plugin: Make) -> None:
    sentence = "Compártelo con robot@example.com como editor."
    refusal = problem(403, code="not_shared", detail=sentence)
    told = plugin().trouble("connectTo", "https://semaforo.example.com", answers=[refusal])
    assert told["message"] == sentence


def test_without_a_code_in_the_workbook_nothing_is_connected(plugin: Make) -> None:
    accepted = {"status": 202, "headers": {}, "text": '{"expires": 1}'}
    sheet = plugin()
    told = sheet.trouble("connectTo", "https://semaforo.example.com", answers=[accepted])
    assert told["code"] == "no_code"
    assert sheet.kept() == {}


def problem(status: int, **content: Any) -> dict[str, Any]:
    return {"status": status, "headers": {"Content-Type": "application/problem+json"}, "text": json.dumps(content)}
