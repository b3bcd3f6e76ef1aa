"""Drive's search language, `q`, and its error form."""

import re
from collections.abc import Callable

from .document import Json
from .errors import ApiError

Test = Callable[[Json], bool]


class DriveError(ApiError):
    """An error with Drive's extra `errors` list."""

    def __init__(self, code: int, message: str, reason: str, place: str = "") -> None:
        super().__init__(code, message)
        self.reason, self.place = reason, place

    def body(self) -> Json:
        item: Json = {"message": self.message, "domain": "global", "reason": self.reason}
        if self.place:
            item |= {"location": self.place, "locationType": "parameter"}
        return {"error": {"code": self.code, "message": self.message, "errors": [item]}}


def missing(file_id: str) -> DriveError:
    return DriveError(404, f"File not found: {file_id}.", "notFound", "fileId")


def not_enough() -> DriveError:
    message = "The user does not have sufficient permissions for this file."
    return DriveError(403, message, "insufficientFilePermissions")


TOKEN = re.compile(
    r"\s*(?:(?P<quote>['\"])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)|(?P<sign>!=|<=|>=|=|<|>|\(|\))|(?P<word>\w+))",
    re.DOTALL,
)
TEXTS = {"name": "name", "fulltext": "name", "mimetype": "mimeType", "visibility": "visibility"}
TIMES = {"createdtime": "createdTime", "modifiedtime": "modifiedTime", "viewedbymetime": "modifiedTime"}
FLAGS = {"trashed": "trashed", "starred": "starred", "sharedwithme": "sharedWithMe"}
LISTS = ("parents", "owners", "writers", "readers")
SIGNS = ("=", "!=", "<", "<=", ">", ">=", "contains")


def parse_query(text: str) -> Test:
    """A test for file records from Drive's q. Raises DriveError 400."""
    parser = _Parser(_tokens(text))
    if not parser.left:
        return lambda file: True
    test = parser.terms()
    if parser.left:
        raise nonsense()
    return test


def nonsense() -> DriveError:
    return DriveError(400, "Invalid Value", "invalid", "q")


def _tokens(text: str) -> list[tuple[str, str]]:
    """(kind, text) pairs; kind is `text`, `sign` or `word`."""
    out, at = [], 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if not found:
            raise nonsense()
        kind = found.lastgroup or ""
        if found["text"] is not None:
            out.append(("text", re.sub(r"\\(.)", r"\1", found["text"])))
        else:
            out.append((kind, found[kind]))
        at = found.end()
    return out


class _Parser:
    """`and` and `or` bind alike and from the left, as Drive reads them."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens

    def next(self, *kinds: str) -> str:
        if not self.left or self.left[0][0] not in kinds:
            raise nonsense()
        return self.left.pop(0)[1]

    def ahead(self, *words: str) -> bool:
        return bool(self.left) and self.left[0][0] != "text" and self.left[0][1].lower() in words

    def terms(self) -> Test:
        test = self.term()
        while self.ahead("and", "or"):
            joined, first, second = self.next("word").lower(), test, self.term()
            test = _both(first, second) if joined == "and" else _either(first, second)
        return test

    def term(self) -> Test:
        if self.ahead("not"):
            self.next("word")
            inner = self.term()
            return lambda file: not inner(file)
        if self.ahead("("):
            self.next("sign")
            inside = self.terms()
            if not self.ahead(")"):
                raise nonsense()
            self.next("sign")
            return inside
        if self.left and self.left[0][0] == "text":
            return self.member()
        return self.clause()

    def member(self) -> Test:
        wanted, word, name = self.next("text"), self.next("word"), self.next("word").lower()
        if word.lower() != "in" or name not in LISTS:
            raise nonsense()
        return lambda file: wanted in _members(file, name)

    def clause(self) -> Test:
        name = self.next("word").lower()
        if name in FLAGS:
            return self.flag(FLAGS[name])
        field, sign = {**TEXTS, **TIMES}.get(name), self.next("sign", "word").lower()
        if field is None or sign not in SIGNS or (sign == "contains" and name in TIMES):
            raise nonsense()
        wanted = self.next("text")
        return lambda file: _compare(sign, str(file.get(field, "")), wanted)

    def flag(self, field: str) -> Test:
        wanted = True
        if self.ahead("=", "!="):
            same = self.next("sign") == "="
            if not self.ahead("true", "false"):
                raise nonsense()
            wanted = (self.next("word").lower() == "true") == same
        return lambda file: bool(file.get(field, False)) == wanted


def _both(first: Test, second: Test) -> Test:
    return lambda file: first(file) and second(file)


def _either(first: Test, second: Test) -> Test:
    return lambda file: first(file) or second(file)


def _members(file: Json, name: str) -> list[str]:
    if name == "parents":
        return list(file.get("parents", ()))
    roles = {"owners": ("owner",), "writers": ("owner", "writer")}.get(name, ("owner", "writer", "reader"))
    return [item.get("emailAddress", "") for item in file["permissions"] if item["role"] in roles]


def _compare(sign: str, value: str, wanted: str) -> bool:
    if sign == "contains":
        return wanted.casefold() in value.casefold()
    if sign in ("=", "!="):
        return (value == wanted) == (sign == "=")
    return {"<": value < wanted, ">": value > wanted, "<=": value <= wanted, ">=": value >= wanted}[sign]
