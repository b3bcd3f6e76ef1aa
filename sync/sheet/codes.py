"""The pairing code in the workbook: a mark of the spreadsheet's that only who may edit it can read.

https://developers.google.com/workspace/sheets/api/guides/metadata
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sync.errors import WorkbookError, WorkbookNotFoundError
from sync.logs import hashed
from sync.settings import Settings
from sync.sheet.google import SheetsClient
from sync.sheet.opening import answers, open_client
from sync.sheet.reference import read_reference

log = logging.getLogger(__name__)

KEY = "semaforo.pair"
PATIENCE = (5.0, 20.0)  # seconds to connect and to read: somebody waits for the answer


def put_code(workbook: str, code: str, before: int | None, settings: Settings) -> int | None:
    """Write the code in place of the one `before`; the number of the new mark. Raises SemaforoError."""
    mark = {"metadataKey": KEY, "metadataValue": code, "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    create = {"createDeveloperMetadata": {"developerMetadata": mark}}
    with _client(workbook, settings) as client:
        try:
            answer = client.write(workbook, [*_deletion(before), create], fields="replies")
        except WorkbookError as error:
            if before is None or error.code != "workbook_refused":
                raise
            answer = client.write(workbook, [create], fields="replies")  # somebody took the old mark out
    made = answer["replies"][-1]["createDeveloperMetadata"]["developerMetadata"]
    return int(made["metadataId"]) if "metadataId" in made else None


def drop_code(workbook: str, mark: int | None, settings: Settings) -> None:
    """Take the mark out again. What can't be taken out is harmless: its code is spent."""
    if mark is None:
        return
    try:
        with _client(workbook, settings) as client:
            client.write(workbook, list(_deletion(mark)))
    except WorkbookError as error:
        log.warning("the pairing code could not be taken out of %s: %s", hashed(workbook), error)


def _deletion(mark: int | None) -> Iterator[dict[str, object]]:
    if mark is not None:
        lookup = {"developerMetadataLookup": {"metadataId": mark}}
        yield {"deleteDeveloperMetadata": {"dataFilter": lookup}}


@contextmanager
def _client(workbook: str, settings: Settings) -> Iterator[SheetsClient]:
    """A client that asks once: what may work later is told at once instead of being tried again."""
    reference = read_reference(workbook)
    if reference.local and not answers(settings.sheets_url):
        raise WorkbookNotFoundError("workbook_not_found", facts={"workbook": reference.text})
    with open_client(reference.local, settings) as client:
        http: Any = client.http
        http.patience = PATIENCE
        client.sleep = _do_not_wait
        yield client


def _do_not_wait(seconds: float) -> None:
    raise WorkbookError("workbook_quota", permanent=False)
