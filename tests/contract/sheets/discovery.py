"""Checks a message against the v4 discovery document that ships inside google-api-python-client."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient

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
PYTHON_TYPES: dict[str, Any] = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "object": dict}


@cache
def document() -> dict[str, Any]:
    folder = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    return json.loads((folder / "sheets.v4.json").read_text(encoding="utf-8"))


def shape_of(verb: str, path: str) -> str | None:
    """The name of the schema that answers this call."""
    return next((name for form, name in ANSWERS if form.fullmatch(f"{verb} {path}")), None)


def misfits(name: str, value: Any) -> list[str]:
    """Every place where the value does not fit the schema."""
    found: list[str] = []
    _check({"$ref": name}, value, name, found)
    return found


def _check(schema: dict[str, Any], value: Any, where: str, found: list[str]) -> None:
    if "$ref" in schema:
        _check_message(schema["$ref"], value, where, found)
    elif schema.get("type") == "array":
        if not isinstance(value, list):
            found.append(f"{where}: not a list")
            return
        for place, item in enumerate(value):
            _check(schema["items"], item, f"{where}[{place}]", found)
    elif schema.get("type") != "any":
        _check_scalar(schema, value, where, found)


def _check_message(name: str, value: Any, where: str, found: list[str]) -> None:
    if not isinstance(value, dict):
        found.append(f"{where}: not a message")
        return
    fields = document()["schemas"][name].get("properties", {})
    for key, item in value.items():
        if key not in fields:
            found.append(f"{where}.{key}: unknown field")
        else:
            _check(fields[key], item, f"{where}.{key}", found)


def _check_scalar(schema: dict[str, Any], value: Any, where: str, found: list[str]) -> None:
    expected = PYTHON_TYPES[schema["type"]]
    if not isinstance(value, expected) or (isinstance(value, bool) and schema["type"] != "boolean"):
        found.append(f"{where}: {value!r} is no {schema['type']}")
    elif "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is not among the words")
    elif schema["type"] == "object" and "additionalProperties" in schema:
        for key, item in value.items():
            _check(schema["additionalProperties"], item, f"{where}[{key}]", found)
