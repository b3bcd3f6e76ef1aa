"""Meta's insights, from the package `facebook-business`, which is made from the Graph API's own description."""

import ast
import re
from pathlib import Path
from typing import Any

from tests.vendors.annotations import ANY, Schema, constants, named, tree_of

PACKAGE = "facebook_business"
_PLAIN = {"string": "string", "datetime": "string", "int": "integer", "float": "number", "bool": "boolean"}
_PLAIN |= {"map": "object", "Object": "any"}
# Source -> the node whose insights it asks for, and the node whose own fields.
_NODES: dict[str, tuple[str, str]] = {
    "meta_ads": ("AdAccount", ""),
    "facebook_page": ("Page", ""),
    "instagram": ("IGUser", "IGUser"),
}


def made(home: Path) -> dict[str, dict[str, Any]]:
    """A document for each source, from the package's folder."""
    return {kind: _document(home, *nodes) for kind, nodes in _NODES.items()}


def _document(home: Path, node: str, itself: str) -> dict[str, Any]:
    schemas: dict[str, Schema] = {}
    methods = {"insights": _edge(home, node, "get_insights", schemas)}
    if itself:
        methods["itself"] = {
            "httpMethod": "GET",
            "path": "{id}",
            "parameters": {"fields": _list_of({"type": "string", "enum": _choices(home, itself, "Field")})},
            "response": _reached(home, itself, schemas, 1),
        }
    said = ast.literal_eval(_assigned(tree_of(home / "apiconfig.py").body, "ads_api_config"))
    root = {"rootUrl": "https://graph.facebook.com/", "servicePath": f"{said['API_VERSION']}/"}
    return {"revision": said["API_VERSION"], **root, "schemas": schemas, "methods": methods}


def _edge(home: Path, node: str, name: str, schemas: dict[str, Schema]) -> dict[str, Any]:
    """An edge of a node; what stands around its rows, and `after`, is what the package's cursor takes and sends."""
    method = named(_class(home, node).body, name)
    types = ast.literal_eval(_assigned(method.body, "param_types"))
    enums = _assigned(method.body, "enums")
    target = next(
        keyword.value.id
        for call in ast.walk(method)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "target_class" and isinstance(keyword.value, ast.Name)
    )
    choices = {
        str(key.value): _choices(home, *_words(value))
        for key, value in zip(enums.keys, enums.values, strict=True)
        if isinstance(key, ast.Constant)
    }
    known = {key: {**_parameter(text, choices), "location": "query"} for key, text in types.items()}
    if "fields" in known:
        known["fields"]["items"] = {"type": "string", "enum": _choices(home, target, "Field")}
    rows = {"type": "array", "items": _reached(home, target, schemas, 2)}
    schemas["Page of rows"] = {"properties": {"data": rows, "paging": {"$ref": "Paging"}}}
    cursors = {"type": "object", "additionalProperties": {"type": "string"}}
    schemas["Paging"] = {"properties": {"cursors": cursors, "next": {"type": "string"}, "previous": {"type": "string"}}}
    return {
        "httpMethod": "GET",
        "path": "{id}/insights",
        "parameters": {**known, "after": {"type": "string", "location": "query"}},
        "response": {"$ref": "Page of rows"},
    }


def _words(node: ast.expr) -> tuple[str, str]:
    """AdsInsights.Level.__dict__.values() -> AdsInsights, Level."""
    found = re.match(r"(\w+)\.(\w+)\.__dict__", ast.unparse(node))
    assert found
    return found[1], found[2]


def _parameter(text: str, choices: dict[str, list[str]]) -> Schema:
    inner = re.fullmatch(r"list<(.+)>", text)
    if inner:
        return _list_of(_parameter(inner[1], choices))
    return {"type": "string", "enum": choices[text]} if text in choices else {"type": _PLAIN[text]}


def _reached(home: Path, name: str, schemas: dict[str, Schema], depth: int) -> Schema:
    """A class's fields with their types; classes within it down to a depth."""
    if not depth or not (home / "adobjects" / f"{name.lower()}.py").is_file():
        return ANY
    types = ast.literal_eval(_assigned(_class(home, name).body, "_field_types"))
    schemas[name] = {"properties": {key: _field(home, text, schemas, depth) for key, text in types.items()}}
    return {"$ref": name}


def _field(home: Path, text: str, schemas: dict[str, Schema], depth: int) -> Schema:
    inner = re.fullmatch(r"list<(.+)>", text)
    if inner:
        return _list_of(_field(home, inner[1], schemas, depth))
    return {"type": _PLAIN[text]} if text in _PLAIN else _reached(home, text, schemas, depth - 1)


def _choices(home: Path, name: str, inner: str) -> list[str]:
    return sorted(constants(named(_class(home, name).body, inner)).values())


def _class(home: Path, name: str) -> Any:
    return named(tree_of(home / "adobjects" / f"{name.lower()}.py").body, name)


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _assigned(body: list[ast.stmt], name: str) -> Any:
    """What stands behind `name =`. Raises LookupError."""
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return node.value
    raise LookupError(name)
