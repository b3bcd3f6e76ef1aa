"""Pinterest's calls, from the package Pinterest_Generated_Client, which is made from Pinterest's OpenAPI document.

Endpoints and models stand in it as tables: types, choices, patterns, and how attributes are called on the wire.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.vendors.annotations import Schema, named, tree_of

PACKAGE = "openapi_generated/pinterest_client"
_CALLS = ("user_account_analytics", "user_account_get")
_PLAIN = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "date": "string"}


def made(home: Path) -> dict[str, Any]:
    """The document, from the package's folder."""
    tree = tree_of(home / "api" / "user_account_api.py")
    methods = {name: _method(_argument(tree, name)) for name in _CALLS}
    schemas: dict[str, Schema] = {}
    waiting = [method["response"]["$ref"] for method in methods.values()]
    while waiting:
        name = waiting.pop()
        if name not in schemas:
            schemas[name] = _model(home, name)
            waiting += _refs(schemas[name])
    server = re.search(r'self\._base_path = "(https://[^/]+/)([^"]+)"', (home / "configuration.py").read_text("utf-8"))
    assert server
    return {"rootUrl": server[1], "servicePath": f"{server[2]}/", "schemas": schemas, "methods": methods}


def _argument(tree: ast.Module, name: str) -> dict[str, dict[str, ast.expr]]:
    """What `self.NAME_endpoint = _Endpoint(...)` is given: argument -> its parts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == f"self.{name}_endpoint":
            assert isinstance(node.value, ast.Call)
            return {str(item.arg): _parts(item.value) for item in node.value.keywords}
    raise LookupError(name)


def _method(said: dict[str, dict[str, ast.expr]]) -> dict[str, Any]:
    settings, root = said["settings"], said["root_map"]
    musts = ast.literal_eval(said["params_map"]["required"])
    choices, rules = _parts(root["allowed_values"]), _parts(root["validations"])
    found: dict[str, Schema] = {}
    for name, kind in _parts(root["openapi_types"]).items():
        schema = _narrowed(_schema(kind), choices.get(name), rules.get(name))
        place = ast.literal_eval(root["location_map"])[name]
        key = ast.literal_eval(root["attribute_map"])[name]
        found[key] = {**schema, "location": place, **({"required": True} if name in musts else {})}
    return {
        "httpMethod": ast.literal_eval(settings["http_method"]),
        "path": ast.literal_eval(settings["endpoint_path"]).lstrip("/"),
        "parameters": found,
        "response": _schema(settings["response_type"]),
    }


def _narrowed(schema: Schema, choices: ast.expr | None, rules: ast.expr | None) -> Schema:
    """A type with its choices, or with its pattern and its greatest length as one pattern."""
    if choices is not None:
        words = {"enum": sorted(ast.literal_eval(choices).values())}
        return {**schema, "items": {**schema["items"], **words}} if "items" in schema else {**schema, **words}
    if rules is None:
        return schema
    known = ast.literal_eval(rules)
    most = f"(?=.{{0,{known['max_length']}}}$)" if "max_length" in known else ""
    return {**schema, "pattern": most + known.get("regex", {}).get("pattern", ".*")}


def _model(home: Path, name: str) -> Schema:
    tree = tree_of(home / "model" / f"{re.sub(r'(?<!^)(?=[A-Z])', '_', name).lower()}.py")
    body = named(tree.body, name)
    kinds = {node.name: _returned(node) for node in body.body if isinstance(node, ast.FunctionDef)}
    plain = {ast.unparse(node.targets[0]): node.value for node in body.body if isinstance(node, ast.Assign)}
    types, choices = _parts(kinds["openapi_types"]), _parts(plain["allowed_values"])
    if set(types) == {"value"}:  # a model that is one word
        return _narrowed(_schema(types["value"]), choices.get("value"), None)
    keys = ast.literal_eval(plain["attribute_map"])
    found: Schema = {"type": "object"}
    if types:
        found["properties"] = {
            keys[key]: _narrowed(_schema(kind), choices.get(key), None) for key, kind in types.items()
        }
    others = kinds["additional_properties_type"]
    if isinstance(others, ast.Tuple) and len(others.elts) == 1:  # several kinds stand for any
        found["additionalProperties"] = _schema(others)
    return found


def _returned(function: ast.FunctionDef) -> ast.expr | None:
    return next((node.value for node in ast.walk(function) if isinstance(node, ast.Return)), None)


def _schema(node: ast.expr) -> Schema:
    """(str,) | ([Model],) | ({str: (float,)},) | (int, none_type,)"""
    if isinstance(node, ast.Tuple):
        return _schema(node.elts[0])
    if isinstance(node, ast.List):
        return {"type": "array", "items": _schema(node.elts[0])}
    if isinstance(node, ast.Dict):
        return {"type": "object", "additionalProperties": _schema(node.values[0])}
    assert isinstance(node, ast.Name)
    return {"type": _PLAIN[node.id]} if node.id in _PLAIN else {"$ref": node.id}


def _parts(node: ast.expr | None) -> dict[str, ast.expr]:
    """A dict's parts by their names; a name within a tuple counts as that name."""
    if not isinstance(node, ast.Dict):
        return {}
    names = (ast.literal_eval(key) for key in node.keys if key)
    return {name[0] if isinstance(name, tuple) else name: value for name, value in zip(names, node.values, strict=True)}


def _refs(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            yield from [value] if key == "$ref" else _refs(value)
