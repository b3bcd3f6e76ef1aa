"""Whatever goes wrong outside is one plain sentence, in the workbook's language."""

from collections.abc import Callable
from typing import Any

import pytest

from sheet_templates.plugin import VERSION
from tests.contract.plugin.conftest import Plugin
from tests.contract.plugin.test_connect import problem

Make = Callable[..., Plugin]
ADDRESS = "https://semaforo.example.com"


def paired(sheet: Plugin) -> dict[str, Any]:
    kept = {"semaforo.url": ADDRESS, "semaforo.secret": "clé-µ", "semaforo.workbook": sheet.book.id}
    return {"document": kept}


def told(sheet: Plugin, *answers: dict[str, Any], **how: Any) -> dict[str, str]:
    return sheet.trouble("startSync", False, properties=paired(sheet), answers=list(answers), **how)


HTML = {"status": 200, "headers": {"Content-Type": "text/html"}, "text": "<html>Sign in</html>"}


def test_no_network_is_told_with_the_address_that_was_tried(plugin: Make) -> None:
    trouble = told(plugin(), offline=True)
    assert trouble["code"] == "no_network"
    assert trouble["message"].startswith("No se llega al servicio (semaforo.example.com)")


def test_a_page_of_html_is_not_our_service(plugin: Make) -> None:
    assert told(plugin(), HTML)["message"].startswith("En semaforo.example.com no contesta Semáforo")
    moved = {"status": 302, "headers": {"Location": "https://elsewhere.example.com"}, "text": ""}
    assert told(plugin(), moved)["code"] == "not_ours"


def test_a_gateway_s_page_is_a_passing_trouble(plugin: Make) -> None:
    trouble = told(plugin(), {**HTML, "status": 502})
    assert (trouble["code"], "502" in trouble["message"]) == ("server", True)


@pytest.mark.parametrize("code", ["bad_signature", "unsigned", "malformed_signature"])
def test_a_secret_that_is_no_longer_accepted_offers_to_connect(plugin: Make, code: str) -> None:
    trouble = told(plugin(), problem(401, code=code))
    assert (trouble["code"], trouble["offer"]) == ("revoked", "connect")


def test_a_clock_that_is_off_is_told_in_seconds(plugin: Make) -> None:
    trouble = told(plugin(language="en"), problem(401, code="clock_ahead", seconds=712))
    assert trouble["message"] == "The service's clock is 712 seconds off from Google's. Tell whoever runs it."


def test_too_many_requests_say_how_long_to_wait(plugin: Make) -> None:
    assert "7 s " in told(plugin(), problem(429, code="slow_down", seconds=7))["message"]
    bare = {"status": 429, "headers": {"retry-after": "9"}, "text": ""}
    assert "9 s " in told(plugin(), bare)["message"]
    assert "60 s " in told(plugin(), {"status": 429, "headers": {}, "text": ""})["message"]


def test_any_other_refusal_is_told_in_the_service_s_own_sentence(plugin: Make) -> None:
    assert told(plugin(), problem(503, code="not_ready", detail="Aún no."))["message"] == "Aún no."
    assert "500" in told(plugin(), problem(500))["message"]


def test_a_lost_answer_is_asked_for_again_with_the_same_nonce(plugin: Make) -> None:
    sheet = plugin()
    accepted = {"status": 202, "headers": {}, "text": '{"run": "r1", "state": "queued"}'}
    answers = [problem(503, code="store_unavailable", detail="x"), accepted]
    done = sheet.run("startSync", False, properties=paired(sheet), answers=answers)
    sent = [each["headers"]["X-Kpi-Nonce"] for each in done["requests"] if "/v1/sync" in each["url"]]
    assert done["value"]["value"]["id"] == "r1"
    assert [each["headers"]["X-Kpi-Plugin"] for each in done["requests"] if "/v1/sync" in each["url"]] == [VERSION] * 2
    assert len(sent) == 2
    assert len(set(sent)) == 1


def test_a_missing_permission_is_told(plugin: Make) -> None:
    sheet = plugin()
    scopes = ["https://www.googleapis.com/auth/spreadsheets.currentonly"]
    trouble = told(sheet, manifest={"oauthScopes": scopes})
    assert trouble["code"] == "permission"


def test_an_unconnected_workbook_says_so(plugin: Make) -> None:
    sheet = plugin()
    assert sheet.trouble("startSync", False)["offer"] == "connect"
    assert sheet.trouble("runState", "r1")["code"] == "not_connected"
    assert sheet.ask("sidebarState")["message"].startswith("Este libro aún no está conectado")


def test_a_workbook_without_the_template_says_so_everywhere(plugin: Make) -> None:
    sheet = plugin()
    sheet.book.edit({"deleteNamedRange": {"namedRangeId": "semaforo_kpis"}})
    sheet.select(0)
    for fn, args in (("startSync", [False]), ("selectedCard", []), ("insertKpi", ["x", {}])):
        assert sheet.trouble(fn, *args)["code"] == "no_template"
    assert "no tiene la plantilla" in sheet.ask("sidebarState")["templateMessage"]
    assert "no tiene la plantilla" in sheet.run("checkThisRow")["toasts"][0]["message"]
    assert not sheet.edit(0)["toasts"]


def test_a_workbook_with_no_tab_of_ours_at_all_still_has_its_menu(plugin: Make) -> None:
    sheet = plugin(language="en")
    names = [{"deleteNamedRange": {"namedRangeId": f"semaforo_{key}"}} for key in ("kpis", "settings")]
    sheet.book.edit(*names)
    opened = sheet.run("onOpen", authMode="LIMITED", event={"type": "open"})
    assert opened["menu"][0]["items"][0]["caption"] == "Sync now"
    assert sheet.ask("sidebarState")["language"] == "en"


def test_an_answer_without_a_secret_connects_nothing(plugin: Make) -> None:
    sheet = plugin()
    location = {"key": "semaforo.pair"}
    made = {"metadataKey": location["key"], "metadataValue": "c", "location": {"spreadsheet": True}}
    sheet.book.edit({"createDeveloperMetadata": {"developerMetadata": {**made, "visibility": "DOCUMENT"}}})
    fine = {"status": 200, "headers": {}, "text": "{}"}
    assert sheet.trouble("connectTo", ADDRESS, answers=[fine, dict(fine)])["code"] == "not_ours"
