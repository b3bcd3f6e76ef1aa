"""Field masks: `a.b`, `a/b`, `a(b,c)` and `*`, read into a tree and used to pick from answers or to write under.

A tree is a dict of names; an empty dict means "all of it". `*` as a name stands for every field.
"""

from typing import Any

from .document import Json
from .errors import ApiError, RequestError
from .schema import SHAPES, names_of, snake

Tree = dict[str, Any]


class MaskSyntaxError(Exception):
    """The mask's brackets or names make no sense."""


def parse(text: str) -> Tree:
    """The mask as a tree. Raises MaskSyntaxError."""
    tree: Tree = {}
    rest = _parse_list(text.replace(" ", "").replace("\n", ""), 0, [tree])
    if rest != len(text.replace(" ", "").replace("\n", "")):
        raise MaskSyntaxError(text)
    return tree


def _parse_list(text: str, at: int, parents: list[Tree]) -> int:
    """Parse `path,path,…` from `at`, adding below the parents; returns where it stopped."""
    while at < len(text):
        at = _parse_path(text, at, parents)
        if at < len(text) and text[at] == ",":
            at += 1
            continue
        break
    return at


def _parse_path(text: str, at: int, parents: list[Tree]) -> int:
    node = parents[-1]
    while True:
        start = at
        while at < len(text) and text[at] not in ",./()":
            at += 1
        name = text[start:at]
        if not name:
            raise MaskSyntaxError(text)
        child = node.get(name)
        closes = at >= len(text) or text[at] in ",)"
        if closes:
            node[name] = {}
            return at
        if child is None:
            child = node[name] = {}
        elif not child:
            child = {}  # the whole field was asked already: the rest of this path adds nothing
        node = child
        if text[at] == "(":
            at = _parse_list(text, at + 1, [*parents, node])
            if at >= len(text) or text[at] != ")":
                raise MaskSyntaxError(text)
            return at + 1
        at += 1


def for_answer(text: str | None, shape: str) -> Tree | None:
    """The `fields` parameter for an answer of this shape; None asks for everything. Raises ApiError 400."""
    if text is None or text.strip() in ("", "*"):
        return None
    try:
        tree = parse(text)
    except MaskSyntaxError:
        raise _bad_mask(text, "Invalid field mask") from None
    canonical, unknown = fit(tree, shape)
    if unknown:
        raise _bad_mask(text, f"Cannot find matching fields for path '{unknown}'.")
    return canonical


def _bad_mask(text: str, why: str) -> ApiError:
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": text, "description": f"Error expanding 'fields' parameter. {why}"}],
    }
    return ApiError(400, "Request contains an invalid argument.", [detail])


def fit(tree: Tree, kind: str, path: str = "") -> tuple[Tree, str]:
    """The tree in camelCase names, and the first path that the shape does not have (or "")."""
    kind = kind.removeprefix("[]").removeprefix("[]")
    if not tree or kind.startswith("{}") or kind == "any":
        return tree, ""
    if kind not in SHAPES:
        return tree, path or next(iter(tree))
    names = names_of(kind)
    out: Tree = {}
    for name, below in tree.items():
        here = f"{path}.{name}" if path else name
        if name == "*":
            if below:
                out.update(dict.fromkeys(SHAPES[kind], below))
            else:
                out["*"] = {}
            continue
        known = names.get(name)
        if known is None:
            return out, here
        inner, unknown = fit(below, SHAPES[kind][known], here)
        if unknown:
            return out, unknown
        out[known] = inner
    return out, ""


def pick(message: Any, tree: Tree | None) -> Any:
    """What the mask lets through of an answer."""
    if not tree or "*" in tree:
        return message
    if isinstance(message, list):
        return [pick(item, tree) for item in message]
    if not isinstance(message, dict):
        return message
    return {name: pick(item, tree[name]) for name, item in message.items() if name in tree}


def wants(tree: Tree | None, *path: str) -> bool:
    """Does the mask let anything through at this path? Saves the work of making what will be dropped."""
    for name in path:
        if not tree or "*" in tree:
            return True
        if name not in tree:
            return False
        tree = tree[name]
    return True


def below(tree: Tree | None, name: str) -> Tree | None:
    """The mask for one field's content; call it only where `wants` said yes."""
    if not tree or "*" in tree:
        return None
    return tree.get(name) or None


def for_write(text: str | None, shape: str, root: str = "") -> Tree:
    """A request's own `fields`, rooted at `shape`. Raises RequestError."""
    if not text or not text.strip():
        raise RequestError("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        tree = parse(text)
    except MaskSyntaxError:
        raise RequestError(f"Invalid field: {text}") from None
    if root and set(tree) == {root}:
        tree = tree[root] or {"*": {}}
    fitted, unknown = fit(tree, shape)
    if unknown:
        raise RequestError(f"Invalid field: {snake(unknown)}")
    if "*" in fitted:
        return {name: {} for name in SHAPES[shape]}
    return fitted


def merge(old: Json | None, new: Json | None, tree: Tree, kind: str = "") -> Json:
    """`old` with the masked fields taken from `new`; a masked field absent from `new` goes away."""
    out = dict(old or {})
    new = new or {}
    for name, inner in tree.items():
        if not inner:
            if name in new:
                out[name] = new[name]
            else:
                out.pop(name, None)
            continue
        child_old, child_new = out.get(name), new.get(name)
        if isinstance(child_old, list) or isinstance(child_new, list):
            out[name] = child_new or []
            continue
        merged = merge(child_old, child_new, inner)
        if merged:
            out[name] = merged
        else:
            out.pop(name, None)
    return out
