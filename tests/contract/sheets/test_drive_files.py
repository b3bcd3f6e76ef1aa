"""Drive's records: folders, searches, sharing, masks and what version 2 answers."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.contract.sheets.support import Api, CheckedServer

SHEET = "application/vnd.google-apps.spreadsheet"


class Files:
    """Plain calls to Drive."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/drive/v3/files"

    def send(self, verb: str, path: str = "", body: Any = None, **query: Any) -> requests.Response:
        return requests.request(verb, self.url + path, json=body, params=query, timeout=5)

    def names(self, q: str) -> list[str]:
        found = self.send("GET", q=q, fields="files(name)").json()["files"]
        return sorted(file["name"] for file in found)


@pytest.fixture
def files(server: CheckedServer, api: Api) -> Iterator[Files]:
    """Three files: a spreadsheet, one in the bin, one in a folder."""
    made = Files(server.url)
    zebra = made.send("POST", body={"name": "zebra", "mimeType": SHEET}).json()["id"]
    thrown = made.send("POST", body={"name": "old zebra", "mimeType": SHEET}).json()["id"]
    made.send("PATCH", f"/{thrown}", {"trashed": True})
    kept = made.send("POST", body={"name": "kept", "mimeType": SHEET, "parents": ["folder-1"]}).json()["id"]
    yield made
    for file_id in (zebra, thrown, kept):
        made.send("DELETE", f"/{file_id}")


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("name contains 'zebra'", ["old zebra", "zebra"]),
        ("name contains 'zebra' and trashed = false", ["zebra"]),
        ("'folder-1' in parents or name = 'zebra'", ["kept", "zebra"]),
        ("not (name = 'zebra' or 'folder-1' in parents) and name contains 'zebra'", ["old zebra"]),
        ("'root' in parents and name = 'kept'", []),
        ("trashed and createdTime > '2020-01-01T00:00:00'", ["old zebra"]),
    ],
)
def test_searches_join_clauses_as_drive_does(files: Files, q, names):
    assert files.names(q) == names


@pytest.mark.parametrize(
    "q", ["nope = 'x'", "name >", "name > true", "'a' in nowhere", "(name = 'x'", "name = 'x' 'y'"]
)
def test_a_search_that_makes_no_sense_is_refused(files: Files, q):
    answer = files.send("GET", q=q)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Invalid Value")


def test_the_own_folder_has_an_id_and_holds_new_files(files: Files, api: Api):
    root = files.send("GET", "/root", fields="id,name").json()
    assert root["name"] == "My Drive"
    held = files.send("GET", f"/{api.workbook}", fields="parents").json()
    assert held == {"parents": [root["id"]]}
    files.send("PATCH", f"/{api.workbook}", addParents="folder-1", removeParents=root["id"])
    assert files.send("GET", f"/{api.workbook}", fields="parents").json() == {"parents": ["folder-1"]}


@pytest.mark.parametrize(
    ("path", "fields", "name"), [("", "files(id,nope)", "nope"), ("/{}", "id,size2", "size2"), ("", "file", "file")]
)
def test_a_field_that_drive_does_not_know_is_named(files: Files, api: Api, path, fields, name):
    error = files.send("GET", path.format(api.workbook), fields=fields).json()["error"]
    assert error["message"] == f"Invalid field selection {name}"
    assert error["errors"][0] == {
        "message": error["message"],
        "domain": "global",
        "reason": "invalidParameter",
        "location": "fields",
        "locationType": "parameter",
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"role": "reader"}, "The permission type field is required."),
        ({"type": "anyone"}, "The permission role field is required."),
        (
            {"type": "user", "role": "reader"},
            "The specified emailAddress is invalid or not applicable for the given permission type.",
        ),
        ({"type": "anyone", "role": "boss"}, "The specified role is invalid: boss"),
    ],
)
def test_sharing_needs_a_kind_a_role_and_an_address(files: Files, api: Api, body, message):
    answer = files.send("POST", f"/{api.workbook}/permissions", body)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, message)


def test_a_permission_is_made_changed_and_taken_away(files: Files, api: Api):
    path = f"/{api.workbook}/permissions"
    made = files.send("POST", path, {"type": "user", "role": "reader", "emailAddress": "ana@example.org"}).json()
    assert set(made) == {"kind", "id", "type", "role"}
    changed = files.send("PATCH", f"{path}/{made['id']}", {"role": "writer"}, fields="role,emailAddress").json()
    assert changed == {"role": "writer", "emailAddress": "ana@example.org"}
    assert files.send("GET", f"/{api.workbook}", fields="shared").json() == {"shared": True}
    assert files.send("DELETE", f"{path}/{made['id']}").status_code == 204
    assert files.send("GET", f"{path}/{made['id']}").status_code == 404


def test_comments_want_to_be_asked_for_by_field(files: Files, api: Api):
    error = files.send("GET", f"/{api.workbook}/comments").json()["error"]
    assert (error["code"], error["errors"][0]["reason"]) == (400, "required")


def test_version_two_answers_an_upload_with_the_whole_record(server: CheckedServer, api: Api):
    address = f"{server.url}/upload/drive/v2/files/{api.workbook}"
    file = requests.put(address, data=b"a,b", headers={"Content-Type": "text/csv"}, timeout=5).json()
    assert file["labels"] == {"viewed": True, "restricted": False, "starred": False, "hidden": False, "trashed": False}
    assert file["userPermission"]["role"] == "owner"
    assert file["parents"][0]["isRoot"] is True
    assert file["owners"][0]["isAuthenticatedUser"] is True
    assert file["exportLinks"]["text/csv"].endswith(f"id={api.workbook}&exportFormat=csv")
    assert {"etag", "selfLink", "alternateLink", "embedLink", "createdDate", "modifiedDate", "quotaBytesUsed"} <= set(
        file
    )


def test_version_two_makes_and_deletes_files(server: CheckedServer):
    address = f"{server.url}/drive/v2/files"
    made = requests.post(address, json={"title": "two", "mimeType": SHEET}, timeout=5).json()
    assert (made["title"], made["mimeType"]) == ("two", SHEET)
    assert requests.delete(f"{address}/{made['id']}", timeout=5).status_code == 204
    assert requests.get(f"{address}/{made['id']}", timeout=5).status_code == 404


def test_the_caller_is_told_who_they_are(server: CheckedServer):
    told = requests.get(f"{server.url}/userinfo/v2/me", timeout=5).json()
    assert told["verified_email"] is True
    assert "@" in told["email"]
