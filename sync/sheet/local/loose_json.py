"""JSON as Google's parser takes it: keys without quotes, single quotes and commas at the end pass; the rest is refused
with what was expected, a stretch of the text and a mark under the place.

Only asked when the strict parser has given up.
"""

import re
from typing import Any

CONTEXT = 20
KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
NUMBER = re.compile(r"[-+0-9.eE]+")
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
FLOAT = re.compile(r"-?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?|-?[0-9]+\.")
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
WORDS = {"true": True, "false": False, "null": None}
DEEPEST = 100


def whole_text(text: str) -> str:
    """Pairs of halves become one sign; a lone half becomes the sign for what cannot be read."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class LooseError(ValueError):
    """What is wrong, with the stretch of text around it."""


def parse(text: str) -> Any:
    """The value. Raises LooseError."""
    reader = _Reader(text)
    value = reader.value(0)
    reader.skip()
    if reader.at < len(text):
        raise reader.wrong("Parsing terminated before end of input.")
    return value


class _Reader:
    """A place in the text that moves on."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def wrong(self, message: str) -> LooseError:
        begin = max(0, self.at - CONTEXT)
        stretch = self.text[begin : self.at + CONTEXT]
        return LooseError(f"{message}\n{stretch}\n{' ' * (self.at - begin)}^")

    def expected(self, message: str) -> LooseError:
        ended = self.at >= len(self.text)
        return self.wrong(f"Unexpected end of string. {message}" if ended else message)

    def skip(self) -> str:
        """Past the blanks; gives the sign that follows, or nothing."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Any:
        sign = self.skip()
        if depth > DEEPEST:
            raise self.wrong("Message too deep. Max recursion depth reached.")
        if sign == "{":
            return self.message(depth)
        if sign == "[":
            return self.list(depth)
        if sign in ("'", '"') and sign:
            return self.string(sign)
        if sign and sign in "-0123456789":
            return self.number()
        for word, meaning in WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        if sign and (sign in "}]:," or KEY.match(sign)):
            raise self.wrong("Unexpected token.")
        raise self.expected("Expected a value.")

    def message(self, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        self.at += 1
        while self.skip() != "}":
            key = self.key()
            if self.skip() != ":":
                raise self.expected("Expected : between key:value pair.")
            self.at += 1
            out[key] = self.value(depth + 1)
            if self.skip() == ",":
                self.at += 1
            elif self.skip() != "}":
                raise self.expected("Expected , or } after key:value pair.")
        self.at += 1
        return out

    def key(self) -> str:
        sign = self.skip()
        if sign in ("'", '"') and sign:
            return self.string(sign)
        found = KEY.match(self.text, self.at)
        if not found:
            raise self.expected("Expected an object key or }.")
        self.at = found.end()
        return found.group()

    def list(self, depth: int) -> list[Any]:
        out: list[Any] = []
        self.at += 1
        while self.skip() != "]":
            if self.at >= len(self.text):
                raise self.expected("Expected a value or ] within an array.")
            out.append(self.value(depth + 1))
            if self.skip() == ",":
                self.at += 1
            elif self.skip() != "]":
                raise self.expected("Expected , or ] after array value.")
        self.at += 1
        return out

    def string(self, quote: str) -> str:
        out: list[str] = []
        self.at += 1
        while self.at < len(self.text):
            sign = self.text[self.at]
            self.at += 1
            if sign == quote:
                return whole_text("".join(out))
            out.append(self.escaped() if sign == "\\" else sign)
        raise self.wrong("Closing quote expected in string.")

    def escaped(self) -> str:
        sign = self.text[self.at : self.at + 1]
        self.at += 1
        if sign != "u":
            return ESCAPES.get(sign, sign)
        digits = self.text[self.at : self.at + 4]
        if not re.fullmatch(r"[0-9a-fA-F]{4}", digits):
            raise self.wrong("Invalid escape sequence.")
        self.at += 4
        return chr(int(digits, 16))

    def number(self) -> int | float:
        found = NUMBER.match(self.text, self.at)
        word = found.group() if found else ""
        if WHOLE.fullmatch(word) and len(word) < 25:
            self.at += len(word)
            return int(word)
        if re.match(r"-?0[0-9xX]", self.text[self.at :]):
            raise self.wrong("Octal/hex numbers are not valid JSON values.")
        if not FLOAT.fullmatch(word):
            raise self.wrong("Unable to parse number.")
        self.at += len(word)
        return float(word)
