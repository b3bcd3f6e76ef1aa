"""Addresses of the Sheets v4 REST API, read by hand: a range in the path may hold slashes, colons and blanks."""

import re
from typing import Any

from . import masks
from .document import Json
from .errors import violations
from .filtered import FilteredSheets
from .schema import NAMED_ENUMS, snake

ENUMS = {
    "valueInputOption": ("INPUT_VALUE_OPTION_UNSPECIFIED", "RAW", "USER_ENTERED"),
    "valueRenderOption": ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"),
    "responseValueRenderOption": ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"),
    "dateTimeRenderOption": ("SERIAL_NUMBER", "FORMATTED_STRING"),
    "responseDateTimeRenderOption": ("SERIAL_NUMBER", "FORMATTED_STRING"),
    "majorDimension": ("DIMENSION_UNSPECIFIED", "ROWS", "COLUMNS"),
    "insertDataOption": ("OVERWRITE", "INSERT_ROWS"),
}
BOOLEANS = ("includeGridData", "includeValuesInResponse", "excludeTablesInBandedRanges")
LISTS = ("ranges",)
SYSTEM = ("alt", "fields", "key", "prettyPrint", "quotaUser", "access_token", "callback", "oauth_token")
OTHERS = (
    "uploadType",
    "upload_protocol",
    "uploadProtocol",
    "$.xgafv",
    "xgafv",
    "$alt",
    "$prettyPrint",
    "commentsViewMode",
)


class NoSuchMethodError(Exception):
    """The path and verb are not of this API: Google answers with an HTML 404."""


def read_query(pairs: list[tuple[str, str]]) -> Json:
    """Query parameters with their types. Raises ApiError 400 for unknown names and wrong values."""
    out: Json = {}
    found: list[tuple[str, str]] = []
    for given, text in pairs:
        name = _camel(given)
        if name in ENUMS:
            out[name] = _enum(name, text, found)
        elif name in BOOLEANS:
            out[name] = _boolean(name, text, found)
        elif name in LISTS:
            out.setdefault(name, []).append(text)
        elif name in SYSTEM or given in OTHERS or name in OTHERS:
            out[name] = text
        else:
            sentence = f'Invalid JSON payload received. Unknown name "{given}": Cannot bind query parameter. '
            found.append(("", sentence + f"Field '{given}' could not be found in request message."))
    if found:
        raise violations(found)
    return out


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest) if rest and name not in SYSTEM else name


def _enum(name: str, text: str, found: list[tuple[str, str]]) -> str:
    allowed = ENUMS[name]
    if text.isdigit() and int(text) < len(allowed):
        return allowed[int(text)]
    if text not in allowed:
        kind = f"type.googleapis.com/google.apps.sheets.v4.{NAMED_ENUMS[name]}"
        found.append((snake(name), f"Invalid value at '{snake(name)}' ({kind}), \"{text}\""))
    return text


def _boolean(name: str, text: str, found: list[tuple[str, str]]) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        found.append((snake(name), f"Invalid value at '{snake(name)}' (TYPE_BOOL), \"{text}\""))
    return text.lower() in ("true", "1")


class Call:
    """One understood request: which workbook, whether it writes, and how to answer it."""

    def __init__(self, workbook_id: str, writes: bool, name: str) -> None:
        self.workbook_id, self.writes, self.name = workbook_id, writes, name
        self.argument: Any = None


def understand(verb: str, path: str) -> Call:
    """The call that a verb and a path below /v4/spreadsheets/ make. Raises NoSuchMethodError."""
    head, slash, rest = path.partition("/")
    if not slash:
        return _top(verb, head)
    if rest.startswith("values"):
        return _values(verb, head, rest.removeprefix("values"))
    if rest.startswith("sheets/") and rest.endswith(":copyTo") and verb == "POST":
        call = Call(head, True, "copyTo")
        call.argument = _integer(rest.removeprefix("sheets/").removesuffix(":copyTo"), "sheet_id")
        return call
    if rest == "developerMetadata:search" and verb == "POST":
        return Call(head, False, "metadataSearch")
    if rest.startswith("developerMetadata/") and verb == "GET":
        call = Call(head, False, "metadataGet")
        call.argument = _integer(rest.removeprefix("developerMetadata/"), "metadata_id")
        return call
    raise NoSuchMethodError


def _integer(text: str, name: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,10}", text) or abs(int(text)) >= 2**31:
        raise violations([(name, f"Invalid value at '{name}' (TYPE_INT32), \"{text}\"")])
    return int(text)


def _top(verb: str, head: str) -> Call:
    name, colon, action = head.partition(":")
    if verb == "GET" and not colon:
        return Call(name, False, "get")
    if verb == "POST" and action == "batchUpdate":
        return Call(name, True, "batchUpdate")
    if verb == "POST" and action == "getByDataFilter":
        return Call(name, False, "getByDataFilter")
    raise NoSuchMethodError


VALUES_WHOLE = {
    ("GET", ":batchGet"): ("valuesBatchGet", False),
    ("POST", ":batchUpdate"): ("valuesBatchUpdate", True),
    ("POST", ":batchClear"): ("valuesBatchClear", True),
    ("POST", ":batchGetByDataFilter"): ("valuesBatchGetByFilter", False),
    ("POST", ":batchUpdateByDataFilter"): ("valuesBatchUpdateByFilter", True),
    ("POST", ":batchClearByDataFilter"): ("valuesBatchClearByFilter", True),
}


def _values(verb: str, head: str, rest: str) -> Call:
    whole = VALUES_WHOLE.get((verb, rest))
    if whole:
        return Call(head, whole[1], whole[0])
    if not rest.startswith("/"):
        raise NoSuchMethodError
    text, name, writes = rest[1:], "", True
    if verb == "GET":
        name, writes = "valuesGet", False
    elif verb == "PUT":
        name = "valuesUpdate"
    elif verb == "POST" and text.endswith(":append"):
        name, text = "valuesAppend", text.removesuffix(":append")
    elif verb == "POST" and text.endswith(":clear"):
        name, text = "valuesClear", text.removesuffix(":clear")
    if not name:
        raise NoSuchMethodError
    call = Call(head, writes, name)
    call.argument = text
    return call


# Calls whose answer is cut to the mask here; the others need the mask while they make their answer.
MASKED = {
    "copyTo": "SheetProperties",
    "metadataSearch": "SearchDeveloperMetadataResponse",
    "metadataGet": "DeveloperMetadata",
    "valuesGet": "ValueRange",
    "valuesUpdate": "UpdateValuesResponse",
    "valuesAppend": "AppendValuesResponse",
    "valuesClear": "ClearValuesResponse",
    "valuesBatchGet": "BatchGetValuesResponse",
    "valuesBatchUpdate": "BatchUpdateValuesResponse",
    "valuesBatchClear": "BatchClearValuesResponse",
    "valuesBatchGetByFilter": "BatchGetValuesByDataFilterResponse",
    "valuesBatchUpdateByFilter": "BatchUpdateValuesByDataFilterResponse",
    "valuesBatchClearByFilter": "BatchClearValuesByDataFilterResponse",
}


def answer(sheets: FilteredSheets, call: Call, query: Json, body: Any, user: str) -> Json:
    """Run an understood call. Raises ApiError, for a mask that leads nowhere before anything is done."""
    shape = MASKED.get(call.name)
    tree = masks.for_answer(query.get("fields"), shape) if shape else None
    message = _run(sheets, call, query, body, user)
    picked: Json = masks.pick(message, tree)
    return picked


def _run(sheets: FilteredSheets, call: Call, query: Json, body: Any, user: str) -> Json:
    key, extra = call.workbook_id, call.argument
    table: dict[str, Any] = {
        "get": lambda: sheets.get(key, query),
        "batchUpdate": lambda: sheets.batch_update(key, query, body, user),
        "getByDataFilter": lambda: sheets.get_by_filter(key, query, body),
        "copyTo": lambda: sheets.copy_to(key, extra, body, user),
        "metadataSearch": lambda: sheets.metadata_search(key, body),
        "metadataGet": lambda: sheets.metadata_get(key, extra),
        "valuesGet": lambda: sheets.values_get(key, extra, query),
        "valuesUpdate": lambda: sheets.values_update(key, extra, query, body),
        "valuesAppend": lambda: sheets.values_append(key, extra, query, body),
        "valuesClear": lambda: sheets.values_clear(key, extra, body),
        "valuesBatchGet": lambda: sheets.values_batch_get(key, query),
        "valuesBatchUpdate": lambda: sheets.values_batch_update(key, body),
        "valuesBatchClear": lambda: sheets.values_batch_clear(key, body),
        "valuesBatchGetByFilter": lambda: sheets.values_batch_get_by_filter(key, body),
        "valuesBatchUpdateByFilter": lambda: sheets.values_batch_update_by_filter(key, body),
        "valuesBatchClearByFilter": lambda: sheets.values_batch_clear_by_filter(key, body),
    }
    message: Json = table[call.name]()
    return message
