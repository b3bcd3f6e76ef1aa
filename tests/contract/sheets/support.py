"""Real HTTP and real gspread against a running embedded server."""

from typing import Any

import gspread
import requests
from flask import request
from google.auth.credentials import AnonymousCredentials
from gspread.http_client import HTTPClient

from sync.sheet.local import LocalServer
from tests.contract.sheets.discovery import misfits, shape_of

GOOGLE_HOSTS = ("sheets.googleapis.com", "www.googleapis.com")


class CheckedServer(LocalServer):
    """The embedded server; every good answer is held against the discovery document on its way out."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.found: list[str] = []
        self.app.flask.after_request(self._check)

    def _check(self, response: Any) -> Any:
        shape = shape_of(request.method, request.path)
        if shape and response.status_code == 200:
            self.found += [f"{request.method} {request.path}: {text}" for text in misfits(shape, response.get_json())]
        return response


def rooted(url: str) -> type[HTTPClient]:
    """gspread's own HTTP client with Google's hosts led to `url`; any other host is refused."""

    class Rooted(HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **named: Any) -> Any:
            host, _, path = endpoint.removeprefix("https://").partition("/")
            if host not in GOOGLE_HOSTS:
                raise ValueError(host)
            return super().request(method, f"{url}/{path}", *args, **named)

    return Rooted


def gspread_client(url: str) -> gspread.Client:
    client = gspread.Client(auth=AnonymousCredentials(), http_client=rooted(url))
    client.set_timeout(20)
    return client


class Api:
    """Plain calls to one workbook."""

    def __init__(self, url: str, workbook: str) -> None:
        self.url, self.workbook = url, workbook
        self.session = requests.Session()

    def send(self, verb: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        address = f"{self.url}/v4/spreadsheets/{self.workbook}{path}"
        return self.session.request(verb, address, json=body, params=query, timeout=20)

    def get(self, path: str = "", **query: Any) -> Any:
        return _good(self.send("GET", path, **query))

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        return _good(self.send("POST", path, body or {}, **query))

    def batch(self, *requests_: Any, **more: Any) -> Any:
        return self.post(":batchUpdate", {"requests": list(requests_), **more})

    def refused(self, *requests_: Any) -> str:
        """The message of the 400 that answers this batch."""
        response = self.send("POST", ":batchUpdate", {"requests": list(requests_)})
        assert response.status_code == 400, response.text
        return response.json()["error"]["message"]

    def put(self, where: str, values: Any, option: str = "USER_ENTERED", **query: Any) -> Any:
        return _good(self.send("PUT", f"/values/{where}", {"values": values}, valueInputOption=option, **query))

    def values(self, where: str, **query: Any) -> Any:
        return self.get(f"/values/{where}", **query).get("values")

    def cells(self, where: str, fields: str) -> list[list[Any]]:
        """CellData of a range, masked."""
        mask = f"sheets.data.rowData.values({fields})"
        data = self.get("", ranges=where, fields=mask)["sheets"][0]["data"][0]
        return [row.get("values", []) for row in data.get("rowData", [])]

    def cell(self, where: str, fields: str) -> Any:
        rows = self.cells(where, fields)
        return rows[0][0] if rows and rows[0] else {}


def _good(response: requests.Response) -> Any:
    assert response.status_code == 200, response.text
    return response.json()
