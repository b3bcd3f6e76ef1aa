"""Request bodies against the shapes of the v4 discovery document (names and types only, in schema.json).

`read_message` gives back the body in its canonical form: nulls dropped, names in camelCase, numbers as numbers.
A body that fits is read in one quick pass; only a body that does not fit is walked a second time, for the
sentences that name each misfit the way Google names them.
"""

import json
import math
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from .errors import violations

Reader = Callable[[Any], Any]
INT_LIMITS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
PROTO_OF = {
    "string": "TYPE_STRING",
    "mask": "type.googleapis.com/google.protobuf.FieldMask",
    "bool": "TYPE_BOOL",
    "int32": "TYPE_INT32",
    "uint32": "TYPE_UINT32",
    "float": "TYPE_FLOAT",
    "double": "TYPE_DOUBLE",
}
ONE_OF = {
    "ExtendedValue": "value",
    "ColorStyle": "kind",
    "Request": "kind",
    "DataFilter": "filter",
    "ConditionValue": "value",
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


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


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
        return value
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


def _read_list(item: Reader) -> Reader:
    def read(value: Any) -> list[Any]:
        if type(value) is not list:
            raise MisfitError
        return [item(entry) for entry in value]

    return read


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
        return _read_list(reader_of(kind.removeprefix("[]")))
    if kind.startswith("{}"):
        return _read_map(reader_of(kind.removeprefix("{}")))
    return _read_message(kind)


def read_message(shape: str, body: Any, root: str = "") -> dict[str, Any]:
    """`body` in canonical form. Raises ApiError 400 that names every misfit; `root` is the path of the body."""
    try:
        message: dict[str, Any] = reader_of(shape)(body)
    except MisfitError:
        found: list[tuple[str, str]] = []
        _explain(shape, shape, body, root, found)
        raise violations(found or [(root, "Request contains an invalid argument.")]) from None
    return message


def _explain(kind: str, owner: str, value: Any, path: str, found: list[tuple[str, str]]) -> None:
    """Walk `value` and collect a sentence for each misfit; `owner` names the enum's home."""
    if value is None:
        return
    if kind.startswith("[]"):
        _explain_list(kind.removeprefix("[]"), owner, value, path, found)
    elif kind.startswith("{}") and isinstance(value, dict):
        for key, entry in value.items():
            _explain(kind.removeprefix("{}"), owner, entry, f"{path}[{key}]", found)
    elif kind in SHAPES and isinstance(value, dict):
        _explain_message(kind, value, path, found)
    else:
        try:
            reader_of(kind)(value)
        except MisfitError:
            found.append((path, _sentence(path, _type_name(kind, owner, path), value)))


def _explain_list(item: str, owner: str, value: Any, path: str, found: list[tuple[str, str]]) -> None:
    if item == "[]any":
        item = "listvalue"
    if not isinstance(value, list):
        # A lone value stands for a list of one in Google's parser; it is the item's type that is named.
        text = _sentence(path, _type_name(item, owner, path), value)
        found.append((path, text))
        return
    for place, entry in enumerate(value):
        if item == "listvalue":
            if not isinstance(entry, list):
                found.append((f"{path}[{place}]", _sentence(f"{path}[{place}]", _type_name(item, owner, path), entry)))
        else:
            _explain(item, owner, entry, f"{path}[{place}]", found)


def _explain_message(shape: str, value: dict[str, Any], path: str, found: list[tuple[str, str]]) -> None:
    names = names_of(shape)
    taken = ""
    for given, entry in value.items():
        name = names.get(given)
        if name is None:
            where = f" at '{path}'" if path else ""
            found.append((path, f'Invalid JSON payload received. Unknown name "{given}"{where}: Cannot find field.'))
            continue
        if entry is None:
            continue
        if taken and shape in ONE_OF:
            text = f"oneof field '{ONE_OF[shape]}' is already set. Cannot set '{name}'"
            found.append((path, f"Invalid value at '{path}' (oneof), {text}"))
            continue
        taken = name
        inner = f"{path}.{snake(name)}" if path else snake(name)
        _explain(SHAPES[shape][name], f"{shape}.{name}", entry, inner, found)


def _type_name(kind: str, owner: str, path: str) -> str:
    if kind == "listvalue":
        return "type.googleapis.com/google.protobuf.ListValue"
    if kind in PROTO_OF:
        return PROTO_OF[kind]
    if kind.startswith("enum:"):
        name = owner.rpartition(".")[2]
        home = NAMED_ENUMS.get(name) or f"{owner.partition('.')[0]}.{name[:1].upper()}{name[1:]}"
        return f"type.googleapis.com/google.apps.sheets.v4.{home}"
    if kind == "[]any":
        return "type.googleapis.com/google.protobuf.ListValue"
    return f"type.googleapis.com/google.apps.sheets.v4.{kind}"


def _sentence(path: str, kind: str, value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, str | int | float | bool) else ""
    return f"Invalid value at '{path}' ({kind})" + (f", {shown}" if shown else "")
