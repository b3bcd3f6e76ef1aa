"""Checks a message against the v4 discovery document that ships inside google-api-python-client."""

import re
from typing import Any

from tests import discovery

ANSWERS = (
    (re.compile(r"POST /v4/spreadsheets"), "Spreadsheet"),
    (re.compile(r"GET /v4/spreadsheets/[^/:]+"), "Spreadsheet"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+:getByDataFilter"), "Spreadsheet"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+:batchUpdate"), "BatchUpdateSpreadsheetResponse"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/sheets/.*:copyTo"), "SheetProperties"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/developerMetadata:search"), "SearchDeveloperMetadataResponse"),
    (re.compile(r"GET /v4/spreadsheets/[^/]+/developerMetadata/.*"), "DeveloperMetadata"),
    (re.compile(r"GET /v4/spreadsheets/[^/]+/values:batchGet"), "BatchGetValuesResponse"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/values:batchUpdate"), "BatchUpdateValuesResponse"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/values:batchClear"), "BatchClearValuesResponse"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/values:batchGetByDataFilter"), "BatchGetValuesByDataFilterResponse"),
    (
        re.compile(r"POST /v4/spreadsheets/[^/]+/values:batchUpdateByDataFilter"),
        "BatchUpdateValuesByDataFilterResponse",
    ),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/values:batchClearByDataFilter"), "BatchClearValuesByDataFilterResponse"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/values/.*:append"), "AppendValuesResponse"),
    (re.compile(r"POST /v4/spreadsheets/[^/]+/values/.*:clear"), "ClearValuesResponse"),
    (re.compile(r"PUT /v4/spreadsheets/[^/]+/values/.*"), "UpdateValuesResponse"),
    (re.compile(r"GET /v4/spreadsheets/[^/]+/values/.*"), "ValueRange"),
)


def document() -> dict[str, Any]:
    """The document itself."""
    return discovery.document("sheets.v4")


def shape_of(verb: str, path: str) -> str | None:
    """The name of the schema that answers this call."""
    return next((name for form, name in ANSWERS if form.fullmatch(f"{verb} {path}")), None)


def misfits(name: str, value: Any) -> list[str]:
    """Every place where the value does not fit the schema."""
    return discovery.misfits("sheets.v4", name, value)
