"""How long the embedded server takes for the calls of a big sync (1,000 KPI rows)."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from sync.sheet.local import LocalServer

READ_LIMIT, WRITE_LIMIT = 0.060, 0.120  # seconds, on two quiet cores
SLACK = 3  # the machine of the tests is shared


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    with LocalServer(tmp_path_factory.mktemp("bench") / "books.db") as server:
        requests.post(f"{server.url}/drive/v3/files", json={"id": "bench", "name": "Bench"}, timeout=10)
        address = f"{server.url}/v4/spreadsheets/bench"
        grid = {"properties": {"gridProperties": {"rowCount": 1100, "columnCount": 40}}, "fields": "gridProperties"}
        body = {"requests": [{"updateSheetProperties": grid}, cells(35, 0)]}
        assert requests.post(f"{address}:batchUpdate", json=body, timeout=20).status_code == 200
        yield address


def cells(width: int, left: int) -> dict[str, Any]:
    values = [
        [
            {"userEnteredValue": {"stringValue": f"K{row}-{n}"} if n % 2 else {"numberValue": row + n / 7}}
            for n in range(width)
        ]
        for row in range(1000)
    ]
    start = {"rowIndex": 1, "columnIndex": left}
    return {
        "updateCells": {"start": start, "rows": [{"values": line} for line in values], "fields": "userEnteredValue"}
    }


def quickest(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def test_everything_is_read_in_time(workbook):
    session = requests.Session()
    query = {"ranges": "A1:AI1001", "majorDimension": "COLUMNS", "valueRenderOption": "UNFORMATTED_VALUE"}
    took = quickest(lambda: session.get(f"{workbook}/values:batchGet", params=query, timeout=10))
    print(f"batchGet of 1,000 x 35: {took * 1000:.0f} ms")
    assert took < READ_LIMIT * SLACK


def test_a_batch_of_thirteen_columns_is_written_in_time(workbook):
    session = requests.Session()
    body = json.dumps({"requests": [cells(13, 22)]})
    took = quickest(lambda: session.post(f"{workbook}:batchUpdate", data=body, timeout=10))
    print(f"batchUpdate of 1,000 x 13: {took * 1000:.0f} ms")
    assert took < WRITE_LIMIT * SLACK
