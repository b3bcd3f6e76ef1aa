"""Reading a request body: in canonical form, or with a sentence for each misfit, worded as Google words it.

A body that fits is read in one quick pass; only one that does not fit is walked a second time.
"""

import json
from typing import Any

from .errors import violations
from .schema import NAMED_ENUMS, ONE_OF, PART_OF, SHAPES, MisfitError, flattened, names_of, reader_of, snake

Violations = list[tuple[str, str]]
PROTO_OF = {
    "string": "TYPE_STRING",
    "mask": "type.googleapis.com/google.protobuf.FieldMask",
    "bool": "TYPE_BOOL",
    "int32": "TYPE_INT32",
    "uint32": "TYPE_UINT32",
    "float": "TYPE_FLOAT",
    "double": "TYPE_DOUBLE",
}


def read_message(shape: str, body: Any, root: str = "") -> dict[str, Any]:
    """`body` in canonical form. Raises ApiError 400 that names every misfit; `root` is the path of the body."""
    try:
        message: dict[str, Any] = reader_of(shape)(body)
    except MisfitError:
        found: Violations = []
        _explain(shape, shape, body, root, found)
        raise violations(found or [(root, "Request contains an invalid argument.")]) from None
    return message


def _explain(kind: str, owner: str, value: Any, path: str, found: Violations) -> None:
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
    elif not _fits(kind, value):
        found.append((path, _sentence(path, _type_name(kind, owner), value)))


def _fits(kind: str, value: Any) -> bool:
    try:
        reader_of("[]any" if kind == "listvalue" else kind)(value)
    except MisfitError:
        return False
    return True


def _explain_list(item: str, owner: str, value: Any, path: str, found: Violations) -> None:
    if not isinstance(value, list):
        _explain("listvalue" if item == "[]any" else item, owner, value, path, found)
        return
    if not item.startswith("[]"):
        value = flattened(value)
    for place, entry in enumerate(value):
        if item != "[]any" or not isinstance(entry, list):
            _explain("listvalue" if item == "[]any" else item, owner, entry, f"{path}[{place}]", found)


def _explain_message(shape: str, value: dict[str, Any], path: str, found: Violations) -> None:
    names = names_of(shape)
    group, taken = PART_OF.get(shape, (ONE_OF.get(shape, ""), frozenset(SHAPES[shape]))), False
    for given, entry in value.items():
        name = names.get(given)
        if name is None:
            where = f" at '{path}'" if path else ""
            found.append((path, f'Invalid JSON payload received. Unknown name "{given}"{where}: Cannot find field.'))
            continue
        if entry is None:
            continue
        if group[0] and name in group[1]:
            if taken:
                text = f"oneof field '{group[0]}' is already set. Cannot set '{name}'"
                found.append((path, f"Invalid value at '{path}' (oneof), {text}"))
                continue
            taken = True
        inner = f"{path}.{snake(name)}" if path else snake(name)
        _explain(SHAPES[shape][name], f"{shape}.{name}", entry, inner, found)


def _type_name(kind: str, owner: str) -> str:
    if kind == "listvalue":
        return "type.googleapis.com/google.protobuf.ListValue"
    if kind in PROTO_OF:
        return PROTO_OF[kind]
    if kind.startswith("enum:"):
        name = owner.rpartition(".")[2]
        home = NAMED_ENUMS.get(name) or f"{owner.partition('.')[0]}.{name[:1].upper()}{name[1:]}"
        return f"type.googleapis.com/google.apps.sheets.v4.{home}"
    return f"type.googleapis.com/google.apps.sheets.v4.{kind}"


def _sentence(path: str, kind: str, value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, str | int | float | bool) else ""
    return f"Invalid value at '{path}' ({kind})" + (f", {shown}" if shown else "")


def proto_text(item: Any, indent: int = 0) -> str:
    """A JSON value in protobuf's text form, as Google's message shows a cell that is no plain value."""
    pad = "  " * indent
    if isinstance(item, dict):
        fields = "".join(
            f"{pad}  fields {{\n{pad}    key: {json.dumps(key)}\n{pad}    value {{\n"
            f"{pad}      {proto_text(value, indent + 3)}{pad}    }}\n{pad}  }}\n"
            for key, value in item.items()
        )
        return f"struct_value {{\n{fields}{pad}}}\n"
    if isinstance(item, list):
        inner = "".join(f"{pad}  values {{\n{pad}    {proto_text(value, indent + 2)}{pad}  }}\n" for value in item)
        return f"list_value {{\n{inner}{pad}}}\n"
    if item is None:
        return "null_value: NULL_VALUE\n"
    name = "bool_value" if isinstance(item, bool) else "string_value" if isinstance(item, str) else "number_value"
    return f"{name}: {json.dumps(item)}\n"
