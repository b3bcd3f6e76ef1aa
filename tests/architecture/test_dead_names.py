"""What only tests use is no part of the product: it goes, or moves to the tests."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("sheet_templates", "sync", "webhook")
CALLED_BY_OTHERS = {
    "disable_nagle_algorithm": "socketserver reads it",
    "down_revision": "alembic reads it",
    "downgrade": "alembic calls it",
    "handle_data": "html.parser calls it",
    "handle_starttag": "html.parser calls it",
    "parser_class": "waitress reads it",
    "protocol_version": "http.server reads it",
    "ROOMS": "the imports behind it are what counts: each declares its tables",
}
WORDS = {"AWARENESS", "CONSIDERATION", "CONVERSION", "LOYALTY"}  # members that are only met by their value


def files() -> list[Path]:
    return [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]


def defined(tree: ast.Module) -> Iterator[str]:
    """Functions, methods, classes, and the constants of modules and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.Module | ast.ClassDef):
            for line in node.body:
                targets = line.targets if isinstance(line, ast.Assign) else ()
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def mentioned(tree: ast.Module) -> Iterator[str]:
    """Names that are read, wherever; what a text names as a whole too, since some names are looked up."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from re.split("[.:]", node.value) if re.fullmatch(r"[\w.:]+", node.value) else ()


def test_nothing_is_there_for_tests_alone() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files()]
    used = {name for tree in trees for name in mentioned(tree)}
    names = {name for tree in trees for name in defined(tree) if not name.startswith("__")}
    assert names - used == set(CALLED_BY_OTHERS) | WORDS
