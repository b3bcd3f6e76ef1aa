"""Stripe's lists, from the package `stripe`, which is made from Stripe's OpenAPI document."""

import ast
from pathlib import Path
from typing import Any

from tests.vendors.annotations import ANY, Schema, constants, fields, last_name, named, schema, tree_of

PACKAGE = "stripe"
_LISTS = {
    "balance_transaction": "BalanceTransaction",
    "charge": "Charge",
    "refund": "Refund",
    "subscription": "Subscription",
}


def made(home: Path) -> dict[str, Any]:
    """The document, from the package's folder."""
    known = constants(named(tree_of(home / "_api_version.py").body, "_ApiVersion"))
    schemas: dict[str, Schema] = {}
    for module, name in _LISTS.items():
        resource = named(tree_of(home / f"_{module}.py").body, name)
        schemas[name] = {"properties": fields(resource, lambda _: ANY)}
        schemas[f"{name}List"] = {"properties": _page(home, name)}
    return {
        "revision": known["CURRENT"],
        "rootUrl": "https://api.stripe.com/",
        "servicePath": "",
        "schemas": schemas,
        "methods": {module: _list(home, module, name) for module, name in _LISTS.items()},
    }


def _page(home: Path, name: str) -> dict[str, Schema]:
    """ListObject's own fields, of that kind; `object` is said by a constant."""
    found = fields(named(tree_of(home / "_list_object.py").body, "ListObject"), lambda _: {"$ref": name})
    return {**found, "object": {"type": "string", "enum": ["list"]}}


def _list(home: Path, module: str, name: str) -> dict[str, Any]:
    service = named(tree_of(home / f"_{module}_service.py").body, f"{name}Service")
    method = named(service.body, "list")
    request = next(
        node for node in ast.walk(method) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_request"
    )
    verb, path = (str(part.value) for part in request.args[:2] if isinstance(part, ast.Constant))
    assert last_name(method.returns) == name
    return {
        "httpMethod": verb.upper(),
        "path": path.lstrip("/"),
        "parameters": _parameters(home, module, f"{name}ListParams"),
        "response": {"$ref": f"{name}List"},
    }


def _parameters(home: Path, module: str, name: str) -> dict[str, Schema]:
    """Spans of time are asked for in brackets: created[gte]."""
    tree = tree_of(home / "params" / f"_{module}_list_params.py")
    spans = {node.name: fields(node, lambda _: ANY) for node in tree.body if isinstance(node, ast.ClassDef)}
    found: dict[str, Schema] = {}
    for item in named(tree.body, name).body:
        if not isinstance(item, ast.AnnAssign) or not isinstance(item.target, ast.Name):
            continue
        said = {**schema(item.annotation, lambda _: ANY), "location": "query"}
        found[item.target.id] = said
        inner = next((spans[part] for part in spans if f"{part}|int" in ast.unparse(item.annotation)), {})
        found |= {f"{item.target.id}[{key}]": {**value, "location": "query"} for key, value in inner.items()}
    return found
