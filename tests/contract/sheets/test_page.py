"""The page's own addresses: what a tab looks like, revisions, properties, the way to the service, and who may ask."""

import http.client
import json
import re
import threading
from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from sync.sheet.local import LocalServer, PageSetup
from tests.contract.sheets.support import Api, CheckedServer


def frame(api: Api, **query: Any) -> requests.Response:
    return requests.get(f"{api.url}/workbooks/{api.workbook}", params=query, timeout=5)


def config(api: Api, **query: Any) -> dict[str, Any]:
    """What the server writes into the frame for the page."""
    found = re.search(r'name="semaforo-page" content="([^"]*)"', frame(api, **query).text)
    assert found
    content: dict[str, Any] = json.loads(unescape(found[1]))
    return content


def ask(api: Api, path: str, verb: str = "GET", body: Any = None, **headers: str) -> requests.Response:
    signed = {"Authorization": f"Bearer {config(api)['token']}", **headers}
    return requests.request(verb, api.url + path, json=body, headers=signed, timeout=5)


def tab(api: Api, sheet: int = 0, **query: Any) -> dict[str, Any]:
    more = "&".join(f"{name}={value}" for name, value in query.items())
    answer = ask(api, f"/page/tab/{api.workbook}/{sheet}?{more}")
    assert answer.status_code == 200
    content: dict[str, Any] = answer.json()
    return content


def test_the_first_page_lists_the_workbooks_in_the_readers_language(server: CheckedServer, api: Api):
    spanish = requests.get(server.url, headers={"Accept-Language": "es"}, timeout=5)
    assert "Libros" in spanish.text
    assert f"/workbooks/{api.workbook}" in spanish.text
    assert "Workbooks" in requests.get(server.url, headers={"Accept-Language": "en"}, timeout=5).text


def test_a_title_is_escaped(api: Api):
    title = "</title><script>alert(1)</script>"
    api.batch({"updateSpreadsheetProperties": {"properties": {"title": title}, "fields": "title"}})
    assert "<script>alert" not in frame(api).text
    assert "<script>alert" not in requests.get(api.url, timeout=5).text


def test_the_page_runs_its_own_files_only(api: Api):
    rules = frame(api).headers["Content-Security-Policy"]
    assert "default-src 'none'" in rules
    assert "script-src 'self';" in rules
    assert "unsafe" not in rules
    assert "<script>" not in frame(api).text


def test_a_worker_may_evaluate_and_the_sidebar_has_no_origin_and_no_way_out(api: Api):
    worker = requests.get(f"{api.url}/page/static/plugin_worker.js", timeout=5).headers["Content-Security-Policy"]
    sidebar = requests.get(f"{api.url}/page/static/sidebar.html", timeout=5).headers["Content-Security-Policy"]
    assert "'unsafe-eval'" in worker
    assert "sandbox allow-scripts allow-forms;" in sidebar
    assert "form-action 'none'" in sidebar
    assert "connect-src" not in sidebar  # what is not named falls back on default-src 'none'
    assert "default-src 'none'" in sidebar


def test_no_file_outside_the_pages_own_is_given(api: Api):
    for path in ("../page.py", "%2e%2e/page.py", "..%2fpage.py", "nothing.js"):
        parts = urlsplit(api.url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=5)
        line.request("GET", f"/page/static/{path}")
        assert line.getresponse().status == 404
        line.close()


def test_numbers_lights_notes_and_rules_are_told(api: Api):
    api.put("A1:B2", [["n", "state"], ["1,234.5", "▲ fine"]])
    box = {"startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 1, "endColumnIndex": 2}
    look = {
        "condition": {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "▲"}]},
        "format": {"backgroundColor": {"green": 1}},
    }
    choice = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}, "strict": True}
    api.batch(
        {"addConditionalFormatRule": {"rule": {"ranges": [box], "booleanRule": look}}},
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": "what it is"}]}], "fields": "note"}},
        {"setDataValidation": {"range": box, "rule": choice}},
    )
    told = tab(api)
    assert told["cells"]["0"][0][4] == "what it is"
    number, state = told["cells"]["1"]
    assert number[:4] == [0, "1,234.50", number[2], "1234.5"]
    assert "background-color:#00ff00" in told["styles"][state[2]]["css"]
    assert told["rules"][state[5]] == {"kind": "list", "strict": True, "options": ["x"]}


@pytest.mark.parametrize(
    ("typed", "option", "shown"),
    [
        ("7.5%", "USER_ENTERED", "7.5%"),
        ("2026-02-03", "USER_ENTERED", "2/3/2026"),
        ("=1+1", "USER_ENTERED", "=1+1"),
        ("=1+1", "RAW", "'=1+1"),
        ("007", "RAW", "'007"),
        ("TRUE", "RAW", "'TRUE"),
        ("plain", "RAW", "plain"),
        (0.07, "RAW", "0.07"),
        (True, "RAW", "TRUE"),
    ],
)
def test_what_the_formula_bar_shows_gives_the_same_value_when_typed_again(api: Api, typed, option, shown):
    api.put("A1", [[typed]], option=option)
    before = api.values("A1", valueRenderOption="UNFORMATTED_VALUE")
    cell = tab(api)["cells"]["0"][0]
    bar = cell[3] if len(cell) > 3 and cell[3] is not None else cell[1]
    assert bar == shown
    api.put("A1", [[bar]])
    assert api.values("A1", valueRenderOption="UNFORMATTED_VALUE") == before


def test_only_the_rows_that_changed_come_again(api: Api):
    api.put("A1:A3", [["one"], ["two"], ["three"]])
    first = tab(api)
    api.put("A2:A3", [["TWO"], [""]])
    second = tab(api, have=first["revision"])
    assert second["part"] is True
    assert second["cells"] == {"1": [[0, "TWO", second["cells"]["1"][0][2]]], "2": []}
    assert tab(api, have=12345)["part"] is False


def test_the_revision_grows_with_every_write(api: Api):
    def revision() -> int:
        return int(ask(api, f"/page/revision/{api.workbook}").json()["revision"])

    before = revision()
    assert revision() == before
    api.put("A1", [["x"]])
    assert revision() > before


def test_a_tab_is_chosen_by_title_or_id(api: Api):
    api.batch({"addSheet": {"properties": {"title": "Second", "sheetId": 77}}})
    assert config(api, tab="Second")["tab"] == config(api, tab="77")["tab"] == 77
    assert frame(api, tab="nope").status_code == 404
    assert requests.get(f"{api.url}/workbooks/nope", timeout=5).status_code == 404


def test_properties_outlive_the_server(tmp_path: Path):
    with LocalServer(tmp_path / "books.db") as server:
        answer = requests.post(f"{server.url}/v4/spreadsheets", json={}, timeout=5)
        api = Api(server.url, answer.json()["spreadsheetId"])
        assert ask(api, f"/page/properties/{api.workbook}/document", "PUT", {"a": "é"}).status_code == 200
    with LocalServer(tmp_path / "books.db") as server:
        api = Api(server.url, api.workbook)
        assert ask(api, f"/page/properties/{api.workbook}/document").json() == {"a": "é"}
        assert ask(api, f"/page/properties/{api.workbook}/user").json() == {}
        assert ask(api, f"/page/properties/{api.workbook}/other").status_code == 404
        assert ask(api, f"/page/properties/{api.workbook}/document", "PUT", {"a": 1}).status_code == 400


def test_without_the_pages_token_nothing_below_page_answers(api: Api):
    paths = [("GET", f"/page/tab/{api.workbook}/0"), ("GET", "/page/plugin"), ("GET", f"/page/revision/{api.workbook}")]
    paths += [("POST", "/page/fetch"), ("GET", f"/page/properties/{api.workbook}/document")]
    paths += [("PUT", f"/page/properties/{api.workbook}/document")]
    for verb, path in paths:
        assert requests.request(verb, api.url + path, json={}, timeout=5).status_code == 401
        for token in ("x", "local.x.y", "local.."):
            signed = {"Authorization": f"Bearer {token}"}
            assert requests.request(verb, api.url + path, json={}, headers=signed, timeout=5).status_code == 401


def test_another_sites_page_can_neither_write_nor_read(api: Api):
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1", api.url):
        answer = requests.put(
            f"{api.url}/v4/spreadsheets/{api.workbook}/values/A1?valueInputOption=RAW",
            data='{"values": [["stolen"]]}',
            headers={"Origin": origin, "Content-Type": "text/plain"},
            timeout=5,
        )
        allowed = origin == api.url
        assert (answer.status_code == 200) is allowed
    signs = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert requests.get(f"{api.url}/v4/spreadsheets/{api.workbook}", headers=signs, timeout=5).status_code == 403
    opened = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert requests.get(f"{api.url}/workbooks/{api.workbook}", headers=opened, timeout=5).status_code == 200


def test_a_rebound_name_gets_no_token(api: Api):
    answer = requests.get(f"{api.url}/workbooks/{api.workbook}", headers={"Host": "rebound.example"}, timeout=5)
    assert answer.status_code == 403
    assert "semaforo-page" not in answer.text


@pytest.fixture
def service() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A service that notes what reaches it."""
    heard: list[dict[str, str]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            heard.append(
                {"path": self.path, "body": body, **{name.lower(): text for name, text in self.headers.items()}}
            )
            self.send_response(302 if self.path == "/away" else 202)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Set-Cookie", "a=b")
            self.end_headers()
            self.wfile.write("sí".encode())

        def log_message(self, *args: object) -> None:
            return

    running = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", heard
    running.shutdown()
    running.server_close()


@pytest.fixture
def relayed(tmp_path: Path, service: tuple[str, list[dict[str, str]]]) -> Iterator[Api]:
    with LocalServer(tmp_path / "books.db", page=PageSetup(services={service[0]})) as server:
        answer = requests.post(f"{server.url}/v4/spreadsheets", json={}, timeout=5)
        yield Api(server.url, answer.json()["spreadsheetId"])


def test_a_request_to_the_service_goes_on_as_it_is(relayed: Api, service: tuple[str, list[dict[str, str]]]):
    message = {"method": "POST", "url": f"{service[0]}/v1/sync?a=%20b", "body": '{"é":1}'}
    message["headers"] = {"X-Kpi-Sheet": "S1", "Cookie": "no", "Host": "evil"}
    answer = ask(relayed, "/page/fetch", "POST", message).json()
    assert (answer["status"], answer["text"]) == (202, "sí")
    assert "set-cookie" not in answer["headers"]
    heard = service[1][0]
    assert (heard["path"], heard["body"], heard["x-kpi-sheet"]) == ("/v1/sync?a=%20b", '{"é":1}', "S1")
    assert "cookie" not in heard
    assert heard["host"] == urlsplit(service[0]).netloc


def test_a_redirect_is_told_not_followed(relayed: Api, service: tuple[str, list[dict[str, str]]]):
    message = {"method": "POST", "url": f"{service[0]}/away", "headers": {}, "body": ""}
    assert ask(relayed, "/page/fetch", "POST", message).json()["status"] == 302


@pytest.mark.parametrize(
    "change",
    [
        lambda url: "http://example.com/",
        lambda url: url.replace("127.0.0.1", "localhost"),
        lambda url: url.replace("http://", "https://"),
        lambda url: url.replace("127.0.0.1", "user@127.0.0.1"),
        lambda url: url + "@example.com/",
        lambda url: url.replace("http://", "http://example.com\\@"),
        lambda url: "file:///etc/passwd",
        lambda url: re.sub(r":\d+$", ":1", url),
        lambda url: url + "9",
    ],
)
def test_the_way_to_the_service_leads_nowhere_else(relayed: Api, service, change):
    message = {"method": "GET", "url": change(service[0]), "headers": {}}
    assert ask(relayed, "/page/fetch", "POST", message).status_code in (400, 403)
    assert service[1] == []


def test_the_plugins_files_are_read_as_they_are(tmp_path: Path):
    folder = tmp_path / "plugin"
    folder.mkdir()
    for name, text in {"B.gs": "b", "A.gs": "a", "Side.html": "<p>", "appsscript.json": "{}", "note.txt": "x"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    with LocalServer(tmp_path / "books.db", page=PageSetup(plugin=folder)) as server:
        answer = requests.post(f"{server.url}/v4/spreadsheets", json={}, timeout=5)
        told = ask(Api(server.url, answer.json()["spreadsheetId"]), "/page/plugin").json()
    assert told == {
        "files": [{"name": "A", "source": "a"}, {"name": "B", "source": "b"}],
        "html": {"Side": "<p>"},
        "manifest": {},
    }
