"""A write that was answered is on disk, and readers see whole batches."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from sync.sheet.local import StoreBusyError
from tests.contract.sheets.support import Api, CheckedServer

ROOT = Path(__file__).parents[3]
SERVE = """
import sys
from sync.sheet.local import serve_forever
serve_forever(sys.argv[1], port=0, on_start=lambda url: print(url, flush=True))
"""


def started(path: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_an_answered_write_survives_a_kill(tmp_path: Path):
    process, url = started(tmp_path / "books.db")
    try:
        requests.post(f"{url}/drive/v3/files", json={"id": "plan", "name": "Plan"}, timeout=10)
        Api(url, "plan").put("A1:B1", [["kept", 1]])
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
    with CheckedServer(tmp_path / "books.db") as again:
        assert Api(again.url, "plan").values("A1:B1") == [["kept", "1"]]


def test_a_second_server_on_the_same_file_is_refused(tmp_path: Path):
    with CheckedServer(tmp_path / "books.db"), pytest.raises(StoreBusyError, match="open in another"):
        CheckedServer(tmp_path / "books.db")


def test_readers_never_see_half_a_batch(api: Api):
    def both(value: int):
        cells = [{"values": [{"userEnteredValue": {"numberValue": value}}] * 20}]
        return [
            {"updateCells": {"start": {"rowIndex": row}, "rows": cells, "fields": "userEnteredValue"}}
            for row in range(2)
        ]

    def write() -> None:
        mine = Api(api.url, api.workbook)
        for value in range(1, 15):
            mine.batch(*both(value))

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while writer.is_alive():
        rows = api.values("A1:T2", valueRenderOption="UNFORMATTED_VALUE")
        seen.add(tuple(sorted({value for row in rows or [] for value in row})))
    writer.join()
    assert all(len(values) <= 1 for values in seen)
    assert len(seen) > 1
