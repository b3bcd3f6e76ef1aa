"""Formula text to tokens and to a tree of nodes."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..ranges import column_number
from .nodes import Binary, Call, Corner, ErrorText, Literal, Name, Node, Number, Reference, Text, Unary

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)
    |(?P<error>\#(?:DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|NULL!|ERROR!))
    |(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]+(?![\w(.]))
    |(?P<column>\$?[A-Za-z]{1,3}(?=:\$?[A-Za-z]{1,3}(?![\w(.!])))
    |(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[^\W\d][\w.]*)
    |(?P<op><>|<=|>=|[-+*/^&=<>%(){},;:!$\\])""",
    re.VERBOSE,
)
CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")
COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
ROW = re.compile(r"(\$?)([0-9]+)")


class Token(NamedTuple):
    kind: str
    text: str


class FormulaSyntaxError(Exception):
    """The formula cannot be read."""


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Every token of a formula without its equals sign, blanks included. Raises FormulaSyntaxError."""
    out: list[Token] = []
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise FormulaSyntaxError(text[at:])
        out.append(Token(found.lastgroup or "", found[0]))
        at = found.end()
    return tuple(out)


RANKS = ({"=", "<>", "<", ">", "<=", ">="}, {"&"}, {"+", "-"}, {"*", "/"}, {"^"})


def corner_of(text: str) -> Corner:
    found = CELL.fullmatch(text)
    if found:
        return Corner(int(found[4]) - 1, column_number(found[2]), bool(found[3]), bool(found[1]))
    found = COLUMN.fullmatch(text)
    if found:
        return Corner(None, column_number(found[2]), False, bool(found[1]))
    found = ROW.fullmatch(text)
    if found:
        return Corner(int(found[2]) - 1, None, bool(found[1]), False)
    raise FormulaSyntaxError(text)


class Parser:
    """Precedence climbing over the tokens; `comma` says whether the decimal sign is a comma."""

    def __init__(self, text: str, comma: bool) -> None:
        self.items = [item for item in _decimals(tokens(text), comma) if item.kind != "space"]
        self.at = 0
        self.comma = comma

    def peek(self) -> Token:
        return self.items[self.at] if self.at < len(self.items) else Token("end", "")

    def take(self, text: str = "") -> Token:
        item = self.peek()
        if item.kind == "end" or (text and item.text != text):
            raise FormulaSyntaxError(item.text or "end of formula")
        self.at += 1
        return item

    def whole(self) -> Node:
        node = self.level(0)
        if self.peek().kind != "end":
            raise FormulaSyntaxError(self.peek().text)
        return node

    def level(self, rank: int) -> Node:
        if rank == len(RANKS):
            return self.signed()
        node = self.level(rank + 1)
        while self.peek().kind == "op" and self.peek().text in RANKS[rank]:
            sign = self.take().text
            node = Binary(sign, node, self.level(rank + 1))
        return node

    def signed(self) -> Node:
        if self.peek().text in ("+", "-") and self.peek().kind == "op":
            sign = self.take().text
            return Unary(sign, self.signed())
        node = self.primary()
        while self.peek().text == "%" and self.peek().kind == "op":
            self.take()
            node = Unary("%", node)
        return node

    def primary(self) -> Node:
        item = self.take()
        by_kind = {
            "number": self.number,
            "text": lambda item: Text(item.text[1:-1].replace('""', '"')),
            "error": lambda item: ErrorText(item.text),
            "sheet": self.on_sheet,
            "cell": lambda item: self.reference(None, item),
            "column": lambda item: self.reference(None, item),
            "name": self.named,
        }
        if item.kind in by_kind:
            return by_kind[item.kind](item)
        return self.bracketed(item)

    def bracketed(self, item: Token) -> Node:
        if item.text == "(":
            node = self.level(0)
            self.take(")")
            return node
        if item.text == "{":
            return self.array()
        if item.text == "$":
            return self.reference(None, item)
        raise FormulaSyntaxError(item.text)

    def on_sheet(self, item: Token) -> Node:
        title = item.text[:-1]
        quoted = title.startswith("'")
        return self.reference(title[1:-1].replace("''", "'") if quoted else title, self.take())

    def number(self, item: Token) -> Node:
        if self.peek().text == ":" and item.text.isdigit():
            return self.reference(None, item)
        value = float(item.text)
        return Number(int(value) if value.is_integer() and abs(value) < 2**53 else value)

    def reference(self, sheet: str | None, item: Token) -> Node:
        if sheet is not None and item.kind == "name" and self.peek().text != ":":
            return Name(item.text)
        if sheet is not None and item.kind == "error":
            return ErrorText(item.text)
        first = corner_of(self.glued(item))
        if self.peek().text == ":":
            self.take()
            return Reference(sheet, first, corner_of(self.glued(self.take())))
        if first.row is None or first.column is None:
            raise FormulaSyntaxError(item.text)
        return Reference(sheet, first)

    def glued(self, item: Token) -> str:
        """`$` and a row number come as two tokens."""
        return "$" + self.take().text if item.text == "$" else item.text

    def named(self, item: Token) -> Node:
        if self.peek().text == "(":
            return Call(item.text.upper(), self.arguments())
        upper = item.text.upper()
        if upper in ("TRUE", "FALSE"):
            return Call(upper, ())
        if self.peek().text == ":":
            return self.reference(None, item)
        return Name(item.text)

    def arguments(self) -> tuple[Node | None, ...]:
        self.take("(")
        out: list[Node | None] = []
        if self.peek().text == ")":
            self.take()
            return ()
        while True:
            if self.peek().text in (",", ";", ")"):
                out.append(None)
            else:
                out.append(self.level(0))
            mark = self.take()
            if mark.text == ")":
                return tuple(out)
            if mark.text not in (",", ";"):
                raise FormulaSyntaxError(mark.text)

    def array(self) -> Node:
        rows: list[tuple[Node, ...]] = []
        line: list[Node] = []
        across = ("\\",) if self.comma else (",", "\\")
        while True:
            line.append(self.level(0))
            mark = self.take()
            if mark.text in ("}", ";"):
                rows.append(tuple(line))
                line = []
                if mark.text == "}":
                    return Literal(tuple(rows))
            elif mark.text not in across:
                raise FormulaSyntaxError(mark.text)


def _decimals(items: tuple[Token, ...], comma: bool) -> list[Token]:
    """In a locale with a decimal comma, `1,5` is one number (three tokens without blanks between)."""
    if not comma:
        return list(items)
    out: list[Token] = []
    at = 0
    while at < len(items):
        window = items[at : at + 3]
        if (
            len(window) == 3
            and window[0].kind == window[2].kind == "number"
            and window[1].text == ","
            and window[0].text.isdigit()
        ):
            out.append(Token("number", f"{window[0].text}.{window[2].text}"))
            at += 3
        else:
            out.append(items[at])
            at += 1
    return out


@lru_cache(maxsize=4096)
def parse(text: str, comma: bool = False) -> Node:
    """The tree of a formula, with or without its equals sign. Raises FormulaSyntaxError."""
    return Parser(text.removeprefix("="), comma).whole()
