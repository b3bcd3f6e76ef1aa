"""Tokens and sharing, quotas and trouble, as a client meets them."""

import json
import threading
import time

import gspread
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sync.sheet.local import FaultsError, LocalServer, read_faults
from tests.contract.sheets.support import Api, rooted

NOTE = {"updateCells": {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}}


@pytest.fixture(scope="module")
def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.private_bytes(*form).decode()


@pytest.fixture
def server(tmp_path):
    with LocalServer(tmp_path / "books.db", test_api=True) as running:
        yield running


@pytest.fixture
def api(server: LocalServer) -> Api:
    requests.post(f"{server.url}/drive/v3/files", json={"id": "plan", "name": "Plan"}, timeout=5)
    return Api(server.url, "plan")


def account(server: LocalServer, key: str, name: str) -> gspread.Client:
    info = {"type": "service_account", "client_email": f"{name}@example.org", "private_key": key, "private_key_id": "1"}
    info |= {"token_uri": f"{server.url}/token", "project_id": "local", "client_id": "1"}
    return gspread.service_account_from_dict(info, http_client=rooted(server.url))


def test_a_service_account_creates_and_shares(server: LocalServer, key: str):
    ana, otto = account(server, key, "ana"), account(server, key, "otto")
    book = ana.create("Hers")
    with pytest.raises(PermissionError):
        otto.open_by_key(book.id)
    assert otto.list_spreadsheet_files() == []
    book.share("otto@example.org", perm_type="user", role="reader", notify=False)
    theirs = otto.open_by_key(book.id)
    with pytest.raises(gspread.exceptions.APIError, match="The caller does not have permission"):
        theirs.sheet1.update_acell("A1", "mine now")
    book.share("otto@example.org", perm_type="user", role="writer", notify=False)
    theirs.sheet1.update_acell("A1", "allowed")
    assert book.sheet1.acell("A1").value == "allowed"


def test_a_fence_keeps_other_writers_out(server: LocalServer, key: str):
    ana, otto = account(server, key, "ana"), account(server, key, "otto")
    book = ana.create("Hers")
    book.share("otto@example.org", perm_type="user", role="writer", notify=False)
    book.sheet1.add_protected_range("A1:B2", [])
    theirs = otto.open_by_key(book.id).sheet1
    with pytest.raises(gspread.exceptions.APIError, match="protected cell"):
        theirs.update_acell("B2", "x")
    theirs.update_acell("C3", "x")
    book.sheet1.update_acell("B2", "hers")


def test_a_forged_token_is_not_accepted(api: Api):
    headers = {"Authorization": "Bearer local.abc.def"}
    response = api.session.get(f"{api.url}/v4/spreadsheets/plan", headers=headers, timeout=5)
    assert (response.status_code, response.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_a_server_may_ask_for_tokens(tmp_path):
    with LocalServer(tmp_path / "books.db", require_token=True) as strict:
        response = requests.get(f"{strict.url}/v4/spreadsheets/x", timeout=5)
    assert (response.status_code, response.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


def set_faults(api: Api, **faults):
    assert api.session.put(f"{api.url}/_local/faults", json=faults, timeout=5).status_code == 200


def test_a_quota_is_a_sliding_minute(api: Api):
    set_faults(api, quota={"write": {"user": 2}})
    assert [api.send("POST", ":batchUpdate", {"requests": [NOTE]}).status_code for _ in range(3)] == [200, 200, 429]
    body = api.send("POST", ":batchUpdate", {"requests": [NOTE]}).json()["error"]
    assert body["status"] == "RESOURCE_EXHAUSTED"
    assert body["details"][0]["metadata"]["quota_limit"] == "WriteRequestsPerMinutePerUser"
    assert api.send("GET", "").status_code == 200


def test_the_minute_of_a_quota_may_be_shorter_and_refusals_are_counted(api: Api):
    set_faults(api, quota={"read": {"user": 1}}, window=0.3)
    assert [api.send("GET", "").status_code for _ in range(2)] == [200, 429]
    assert api.session.get(f"{api.url}/_local/faults", timeout=5).json() == {"refused": 1}
    time.sleep(0.35)
    assert api.send("GET", "").status_code == 200


def test_errors_come_at_the_call_they_were_set_for(api: Api):
    rules = [{"on": "read", "calls": [2], "fault": 503}, {"on": "read", "calls": [3], "fault": 429, "retry_after": 7}]
    set_faults(api, rules=rules)
    answers = [api.send("GET", "/values/A1") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 503, 429, 200]
    assert answers[2].headers["Retry-After"] == "7"


def test_a_cut_answer_was_applied_all_the_same(api: Api):
    set_faults(api, rules=[{"on": "batchUpdate", "calls": [1], "fault": "cut"}])
    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api.send("POST", ":batchUpdate", {"requests": [NOTE]})
    assert api.cell("A1", "note") == {"note": "x"}


def test_a_hang_answers_nothing(api: Api):
    set_faults(api, rules=[{"on": "read", "calls": [1], "fault": "hang", "seconds": 0.3}])
    with pytest.raises(requests.exceptions.RequestException):
        api.send("GET", "/values/A1")


def test_an_edit_comes_between_read_and_write(api: Api):
    set_faults(api, rules=[{"on": "read", "calls": [1], "fault": "edit", "body": {"requests": [NOTE]}, "after": True}])
    assert api.cell("A1", "note") == {}
    assert api.cell("A1", "note") == {"note": "x"}


@pytest.mark.parametrize(
    "bad",
    [{"rulez": []}, {"rules": [{"fault": 418}]}, {"rules": [{"fault": "edit"}]}, {"quota": {"reed": {}}}, [1]],
)
def test_settings_that_make_no_sense_are_named(bad):
    with pytest.raises(FaultsError):
        read_faults(bad)


def test_the_test_api_is_shut_unless_asked_for(tmp_path):
    with LocalServer(tmp_path / "books.db") as plain:
        assert requests.put(f"{plain.url}/_local/faults", json={}, timeout=5).status_code == 404


def test_concurrent_writers_lose_nothing(api: Api):
    def work(column: int) -> None:
        mine = Api(api.url, "plan")
        for row in range(10):
            mine.batch(
                {
                    "updateCells": {
                        "start": {"rowIndex": row, "columnIndex": column},
                        "rows": [{"values": [{"userEnteredValue": {"numberValue": row}}]}],
                        "fields": "userEnteredValue",
                    }
                }
            )

    threads = [threading.Thread(target=work, args=(column,)) for column in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert json.dumps(api.values("A1:D10", valueRenderOption="UNFORMATTED_VALUE")) == json.dumps(
        [[row] * 4 for row in range(10)]
    )
