"""The tree of a formula. References stay relative or absolute as written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    value: float | int


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class ErrorText:
    value: str


@dataclass(frozen=True, slots=True)
class Corner:
    """One corner of a reference; None where a whole row or column is meant."""

    row: int | None
    column: int | None
    row_fixed: bool = False
    column_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or a range; `sheet` is a title or None for the formula's own tab."""

    sheet: str | None
    first: Corner
    last: Corner | None = None


@dataclass(frozen=True, slots=True)
class Name:
    value: str


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: "tuple[Node | None, ...]"


@dataclass(frozen=True, slots=True)
class Unary:
    sign: str
    item: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Literal:
    """An array in braces: rows of nodes."""

    rows: "tuple[tuple[Node, ...], ...]"


Node = Number | Text | ErrorText | Reference | Name | Call | Unary | Binary | Literal


def moves_with(node: Node, rows: bool) -> bool:
    """Does the formula read other cells when it is asked one row (or one column) further?"""
    if isinstance(node, Reference):
        corners = [corner for corner in (node.first, node.last) if corner is not None]
        return any(_free(corner, rows) for corner in corners)
    if isinstance(node, Call) and node.name in (("ROW" if rows else "COLUMN"), *RESTLESS):
        return True
    return any(moves_with(item, rows) for item in children(node))


RESTLESS = ("OFFSET", "INDIRECT", "RAND", "RANDBETWEEN")


def _free(corner: Corner, rows: bool) -> bool:
    if rows:
        return corner.row is not None and not corner.row_fixed
    return corner.column is not None and not corner.column_fixed


def children(node: Node) -> list[Node]:
    """The nodes directly below."""
    if isinstance(node, Call):
        return [arg for arg in node.args if arg is not None]
    if isinstance(node, Binary):
        return [node.left, node.right]
    if isinstance(node, Unary):
        return [node.item]
    return [item for line in node.rows for item in line] if isinstance(node, Literal) else []
