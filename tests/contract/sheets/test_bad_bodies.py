"""What arrives broken over the wire is told apart and answered, never dropped and never a crash."""

import json

import pytest
import requests

from tests.contract.sheets.support import Api


def put(api: Api, data: bytes) -> requests.Response:
    address = f"{api.url}/v4/spreadsheets/{api.workbook}/values/A1"
    return requests.put(address, data=data, params={"valueInputOption": "RAW"}, timeout=5)


def test_half_a_sign_becomes_the_sign_for_it(api: Api):
    assert put(api, b'{"values": [["\\ud83d\\ude00 \\ud800"]]}').status_code == 200
    assert api.values("A1") == [["\U0001f600 \ufffd"]]


def test_a_key_without_quotes_passes(api: Api):
    assert put(api, b"{values: [['x',],]}").status_code == 200
    assert api.values("A1") == [["x"]]


def test_broken_json_is_shown_with_its_place(api: Api):
    error = put(api, b'{"values": [["x"]]').json()["error"]
    text = "Invalid JSON payload received. Unexpected end of string. Expected , or } after key:value pair.\n"
    assert error["message"].startswith(text)
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["details"][0]["fieldViolations"] == [{"description": error["message"]}]


def test_bytes_that_are_no_text_are_refused(api: Api):
    assert put(api, b'{"values": [["\xff"]]}').json()["error"]["message"].endswith("non UTF-8 code points.")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", [1]),
        ("", {"name": 5}),
        ("", {"name": "x", "parents": "y"}),
        ("/{}/copy", {"name": []}),
        ("/{}/permissions", {"type": "user", "role": "reader", "emailAddress": 5}),
        ("/{}/comments?fields=id", {"content": {}}),
    ],
)
def test_drive_refuses_wrong_types(api: Api, path, body):
    address = f"{api.url}/drive/v3/files" + path.format(api.workbook)
    assert requests.post(address, json=body, timeout=5).status_code == 400


def test_an_upload_of_two_parts_needs_an_object_and_makes_no_half_file(api: Api):
    head = "Content-Type: application/json\r\n\r\n"
    kind = {"Content-Type": "multipart/related; boundary=b"}
    address = f"{api.url}/upload/drive/v3/files"
    for meta, data in (([1], "a,b"), ({"name": "half-made"}, '"' + "x" * 200_000 + '"')):
        parts = f"--b\r\n{head}{json.dumps(meta)}\r\n--b\r\nContent-Type: text/csv\r\n\r\n{data}\r\n--b--"
        assert requests.post(address, data=parts.encode(), headers=kind, timeout=5).status_code == 400
    found = requests.get(f"{api.url}/drive/v3/files", params={"q": "name = 'half-made'"}, timeout=5).json()
    assert found["files"] == []


def test_a_number_beyond_its_type_is_named(api: Api):
    error = api.send("GET", "/developerMetadata/99999999999").json()["error"]
    assert error["message"] == "Invalid value at 'metadata_id' (TYPE_INT32), \"99999999999\""
