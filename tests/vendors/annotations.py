"""Python annotations -> schemas in the words of discovery documents; and finding things in a syntax tree. Pure."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Schema = dict[str, Any]
Known = Callable[[str], Schema]  # what a class's name stands for

ANY: Schema = {"type": "any"}
_PLAIN = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "dict": "object"}
_SAME = {"Optional", "NotRequired", "Required", "Iterator", "ClassVar"}
_LISTS = {"List", "list", "Sequence", "MutableSequence"}


def tree_of(path: Path) -> ast.Module:
    """A source file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def named(body: list[ast.stmt], name: str) -> Any:
    """The class or function of that name. Raises LookupError."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return node
    raise LookupError(name)


def constants(node: ast.AST) -> dict[str, Any]:
    """`name = 'value'` in a body."""
    found = (item for item in getattr(node, "body", []) if isinstance(item, ast.Assign))
    return {
        item.targets[0].id: item.value.value
        for item in found
        if isinstance(item.targets[0], ast.Name) and isinstance(item.value, ast.Constant)
    }


def fields(node: ast.ClassDef, known: Known) -> dict[str, Schema]:
    """The annotated fields of a class."""
    return {
        item.target.id: schema(item.annotation, known)
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.target.id != "OBJECT_NAME"
    }


def schema(node: ast.expr | None, known: Known) -> Schema:
    """What an annotation stands for; `any` where it stands for several things."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return schema(ast.parse(node.value, mode="eval").body, known)
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        return {"type": _PLAIN[name]} if name in _PLAIN else known(name)
    if isinstance(node, ast.BinOp):
        return _one_of([schema(node.left, known), schema(node.right, known)])
    return _subscript(node, known) if isinstance(node, ast.Subscript) else ANY


def last_name(node: ast.expr | None) -> str:
    """The innermost name of an annotation: Iterator["schemas.Answer"] -> Answer."""
    names = [part.id if isinstance(part, ast.Name) else part.attr for part in _names(node)]
    return names[-1] if names else ""


def _subscript(node: ast.Subscript, known: Known) -> Schema:
    outer = last_name(node.value)
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if outer in _SAME:
        return schema(inner[0], known)
    if outer in _LISTS:
        return {"type": "array", "items": schema(inner[0], known)}
    if outer == "Literal":
        return {"type": "string", "enum": [item.value for item in inner if isinstance(item, ast.Constant)]}
    if outer == "Dict":
        return {"type": "object", "additionalProperties": schema(inner[1], known)}
    return _one_of([schema(item, known) for item in inner]) if outer == "Union" else ANY


def _one_of(choices: list[Schema]) -> Schema:
    """`Literal[...] | str` is a list of words that may grow: the words that are known count."""
    words = [choice for choice in choices if "enum" in choice]
    if words and all(choice["type"] == "string" for choice in choices):
        return words[0]
    return choices[0] if all(choice == choices[0] for choice in choices) else ANY


def _names(node: ast.AST | None) -> Iterator[ast.Name | ast.Attribute]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _names(ast.parse(node.value, mode="eval").body)
    elif isinstance(node, ast.Name | ast.Attribute):
        yield node
    elif isinstance(node, ast.Subscript):
        yield from _names(node.value)
        yield from _names(node.slice)
