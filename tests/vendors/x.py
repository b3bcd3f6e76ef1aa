"""X's calls, from the package `xdk`, which is made from X's OpenAPI document."""

import ast
from functools import reduce
from pathlib import Path
from typing import Any

from tests.vendors.annotations import ANY, Schema, fields, last_name, named, schema, tree_of

PACKAGE = "xdk"
_CALLS = (("users", "get_by_username"), ("posts", "get_by_id"), ("posts", "get_counts_recent"))
_DEPTH = 3  # an answer, what it holds, and the parts of that
_EXPANDED = "includes"  # what an answer holds beside what was asked for, to whoever asks for expansions: we never do


def made(home: Path) -> dict[str, Any]:
    """The document, from the package's folder."""
    classes = _classes(tree_of(home / "schemas.py"))
    methods = {name: _method(home, room, name) for room, name in _CALLS}
    reached = [method["response"]["$ref"] for method in methods.values()]
    schemas: dict[str, Schema] = {}
    for depth in range(_DEPTH):
        met: list[str] = []

        def known(name: str, last: bool = depth + 1 == _DEPTH, met: list[str] = met) -> Schema:
            if name not in classes or (last and name not in schemas):
                return ANY
            met.append(name)
            return {"$ref": name}

        for name in reached:
            parts = [fields(part, known) for part in classes[name]]
            schemas.setdefault(name, {"properties": reduce(_either, parts)})
        reached = [name for name in met if name not in schemas]
    return {"rootUrl": "https://api.x.com/", "servicePath": "", "schemas": schemas, "methods": methods}


def _classes(tree: ast.Module) -> dict[str, list[ast.ClassDef]]:
    """Name -> its class, or the classes of which it is one: `Problem = Union[...]`."""
    found = {node.name: [node] for node in tree.body if isinstance(node, ast.ClassDef)}
    for [node] in found.values():
        node.body = [item for item in node.body if ast.unparse(getattr(item, "target", item)) != _EXPANDED]
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Subscript)
            and last_name(node.value.value) == "Union"
        ):
            names = [part.id for part in ast.walk(node.value.slice) if isinstance(part, ast.Name)]
            found[ast.unparse(node.targets[0])] = [one for name in names for one in found.get(name, [])]
    return found


def _either(one: dict[str, Schema], other: dict[str, Schema]) -> dict[str, Schema]:
    """The fields of either; the words of both."""
    found = {**one, **other}
    for key in one.keys() & other.keys():
        if "enum" in one[key] and "enum" in other[key]:
            found[key] = {"type": "string", "enum": [*one[key]["enum"], *other[key]["enum"]]}
    return found


def _method(home: Path, room: str, name: str) -> dict[str, Any]:
    client = next(node for node in tree_of(home / room / "client.py").body if isinstance(node, ast.ClassDef))
    method = named(client.body, name)
    path = next(
        str(part.value)
        for part in ast.walk(method)
        if isinstance(part, ast.Constant) and str(part.value).startswith("/2/")
    )
    answers = {
        target.id: last_name(node.value)
        for node in tree_of(home / room / "models.py").body
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
    }
    return {
        "httpMethod": "GET",
        "path": path.lstrip("/"),
        "parameters": _parameters(method, path),
        "response": {"$ref": answers[last_name(method.returns)]},
    }


def _parameters(method: ast.FunctionDef, path: str) -> dict[str, Schema]:
    """The arguments under the names by which they go out; those without a default are a must."""
    sent = {
        node.test.left.id: str(key.value)
        for node in ast.walk(method)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and isinstance(node.test.left, ast.Name)
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Subscript)
        if isinstance(key := line.targets[0].slice, ast.Constant)
    }
    arguments = method.args.args[1:]
    musts = len(arguments) - len(method.args.defaults)
    found: dict[str, Schema] = {}
    for at, argument in enumerate(arguments):
        where = "path" if f"{{{argument.arg}}}" in path else "query"
        said = {**schema(argument.annotation, lambda _: {"type": "string"}), "location": where}
        found[sent.get(argument.arg, argument.arg)] = {**said, "required": True} if at < musts else said
    return found
