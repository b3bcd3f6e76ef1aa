"""One checked server for all contract tests, a fresh workbook for each."""

from collections.abc import Iterator

import gspread
import pytest

from tests.contract.sheets.support import Api, CheckedServer, gspread_client


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CheckedServer]:
    path = tmp_path_factory.mktemp("sheets") / "books.db"
    with CheckedServer(path) as running:
        yield running
    assert running.found == []


@pytest.fixture
def client(server: CheckedServer) -> gspread.Client:
    return gspread_client(server.url)


@pytest.fixture
def book(client: gspread.Client) -> gspread.Spreadsheet:
    return client.create("Plan")


@pytest.fixture
def api(server: CheckedServer, book: gspread.Spreadsheet) -> Api:
    return Api(server.url, book.id)
