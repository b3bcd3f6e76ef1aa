"""Request bodies against the shapes of the v4 discovery document (names and types only, in schema.json).

A reader gives back the canonical form: nulls dropped, names in camelCase, numbers as numbers; `body.read_message`
says what is wrong with a body that does not fit.
"""

import json
import math
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

Reader = Callable[[Any], Any]
INT_LIMITS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
ONE_OF = {
    "ExtendedValue": "value",
    "ColorStyle": "kind",
    "Request": "kind",
    "DataFilter": "filter",
    "ConditionValue": "value",
}
# Messages where only some of the fields exclude each other: the group's name and its fields.
PART_OF: dict[str, tuple[str, frozenset[str]]] = {
    "AutoFillRequest": ("area", frozenset({"range", "sourceAndDestination"})),
    "ConditionalFormatRule": ("rule", frozenset({"booleanRule", "gradientRule"})),
    "DeveloperMetadataLocation": ("location", frozenset({"spreadsheet", "sheetId", "dimensionRange"})),
    "EmbeddedObjectPosition": ("location", frozenset({"sheetId", "overlayPosition", "newSheet"})),
    "FindReplaceRequest": ("scope", frozenset({"range", "sheetId", "allSheets"})),
    "PasteDataRequest": ("kind", frozenset({"delimiter", "html"})),
    "PivotGroupRule": ("rule", frozenset({"manualRule", "histogramRule", "dateTimeRule"})),
    "PivotValue": ("value", frozenset({"sourceColumnOffset", "formula"})),
    "UpdateCellsRequest": ("area", frozenset({"start", "range"})),
    "UpdateConditionalFormatRuleRequest": ("instruction", frozenset({"rule", "newIndex"})),
}
NAMED_ENUMS = {
    "valueInputOption": "ValueInputOption",
    "valueRenderOption": "ValueRenderOption",
    "responseValueRenderOption": "ValueRenderOption",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "majorDimension": "Dimension",
    "insertDataOption": "InsertDataOption",
    "dimension": "Dimension",
    "shiftDimension": "Dimension",
    "pasteType": "PasteType",
    "sortOrder": "SortOrder",
    "wrapStrategy": "WrapStrategy",
    "horizontalAlignment": "HorizontalAlign",
    "verticalAlignment": "VerticalAlign",
}


class MisfitError(Exception):
    """The quick pass met something that does not fit; says nothing about where."""


def _load() -> dict[str, dict[str, str]]:
    text = (files(__package__) / "schema.json").read_text(encoding="utf-8")
    shapes: dict[str, dict[str, str]] = json.loads(text)
    return shapes


SHAPES = _load()


def snake(name: str) -> str:
    """`userEnteredValue` -> `user_entered_value`, the spelling that error paths use."""
    return re.sub(r"(?<!^)([A-Z])", lambda found: "_" + found.group(1).lower(), name)


@cache
def names_of(shape: str) -> dict[str, str]:
    """Every accepted spelling of a message's fields -> its camelCase name."""
    names = {name: name for name in SHAPES[shape]}
    return names | {snake(name): name for name in SHAPES[shape]}


def _read_int(limits: tuple[int, int]) -> Reader:
    def read(value: Any) -> int:
        if type(value) is not int:
            value = _whole(value)
        if not limits[0] <= value <= limits[1]:
            raise MisfitError
        return int(value)

    return read


def _whole(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise MisfitError


def _read_number(value: Any) -> float | int:
    if type(value) is float or type(value) is int:
        if -1e308 < value < 1e308:
            return value
        raise MisfitError
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            raise MisfitError from None
        if math.isfinite(number):
            return number
    raise MisfitError


def _read_bool(value: Any) -> bool:
    if value is True or value is False:
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise MisfitError


def _read_string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise MisfitError


def _read_enum(words: str) -> Reader:
    allowed = words.split("|")
    known = set(allowed)

    def read(value: Any) -> str:
        if isinstance(value, str) and value in known:
            return value
        if type(value) is int and 0 <= value < len(allowed):
            return allowed[value]
        raise MisfitError

    return read


def _read_list(kind: str) -> Reader:
    """A lone value stands for a list of one, and lists inside of lists are flattened, as Google's parser does."""
    item = reader_of(kind)
    nested = kind.startswith("[]")

    def read(value: Any) -> list[Any]:
        if type(value) is not list:
            return [item(value)]
        if not nested and any(type(entry) is list for entry in value):
            value = flattened(value)
        return [item(entry) for entry in value]

    return read


def flattened(value: list[Any]) -> list[Any]:
    """The items of lists inside of lists, in order."""
    out = []
    for entry in value:
        out += flattened(entry) if isinstance(entry, list) else [entry]
    return out


def _read_map(item: Reader) -> Reader:
    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise MisfitError
        return {key: item(entry) for key, entry in value.items()}

    return read


def _read_message(shape: str) -> Reader:
    names = names_of(shape)
    kinds = SHAPES[shape]
    fields: dict[str, tuple[str, Reader]] = {}
    single = shape in ONE_OF
    group = PART_OF[shape][1] if shape in PART_OF else frozenset()

    def learn(given: str) -> tuple[str, Reader]:
        name = names.get(given)
        if name is None:
            raise MisfitError
        found = fields[given] = (name, reader_of(kinds[name]))
        return found

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise MisfitError
        out = {}
        for given, entry in value.items():
            name, reader = fields.get(given) or learn(given)
            if entry is not None:
                out[name] = reader(entry)
        if single and len(out) > 1:
            raise MisfitError
        if group and len(group & out.keys()) > 1:
            raise MisfitError
        return out

    return read


SCALARS: dict[str, Reader] = {
    "string": _read_string,
    "mask": _read_string,
    "bool": _read_bool,
    "float": _read_number,
    "double": _read_number,
    "any": lambda value: value,
    "[]any": lambda value: value if type(value) is list else _misfit(),
    "int32": _read_int(INT_LIMITS["int32"]),
    "uint32": _read_int(INT_LIMITS["uint32"]),
}


def _misfit() -> Any:
    raise MisfitError


@cache
def reader_of(kind: str) -> Reader:
    """The quick reader for a type word of schema.json."""
    if kind in SCALARS:
        return SCALARS[kind]
    if kind.startswith("enum:"):
        return _read_enum(kind.removeprefix("enum:"))
    if kind.startswith("[]"):
        return _read_list(kind.removeprefix("[]"))
    if kind.startswith("{}"):
        return _read_map(reader_of(kind.removeprefix("{}")))
    return _read_message(kind)
