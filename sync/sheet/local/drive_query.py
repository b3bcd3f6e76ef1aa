"""Drive's search language, `q`, and its error form."""

import re
from typing import Any

from .document import Json
from .errors import ApiError


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


CLAUSE = re.compile(
    r"\s*(?:(?P<negated>not)\s+)?(?:(?P<field>\w+)\s*(?P<sign>=|!=|contains|<=|<|>=|>)\s*"
    r"(?:(?P<quote>['\"])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)|(?P<word>true|false))"
    r"|(?P<quote2>['\"])(?P<member>[^'\"]*)(?P=quote2)\s+in\s+(?P<list>\w+))\s*(?P<join>and|$)",
    re.IGNORECASE,
)


def parse_query(text: str) -> Any:
    """A test for file records from Drive's q (clauses joined by `and`). Raises DriveError 400."""
    tests: list[Any] = []
    at = 0
    while at < len(text):
        found = CLAUSE.match(text, at)
        if not found:
            raise DriveError(400, "Invalid Value", "invalid", "q")
        tests.append(_clause(found))
        at = found.end()
    return lambda file: all(test(file) for test in tests)


def _clause(found: re.Match[str]) -> Any:
    negated = bool(found["negated"])
    if found["member"] is not None:
        member, name = found["member"], found["list"]
        return lambda file: (member in _members(file, name)) != negated
    field, sign = found["field"], found["sign"].lower()
    wanted: Any = re.sub(r"\\(.)", r"\1", found["text"] or "")
    if found["word"]:
        wanted = found["word"].lower() == "true"

    def test(file: Json) -> bool:
        value = file.get(field, False if isinstance(wanted, bool) else "")
        return bool(_compare(sign, value, wanted)) != negated

    return test


def _members(file: Json, name: str) -> list[str]:
    if name == "parents":
        return list(file.get("parents", ()))
    roles = {"owners": ("owner",), "writers": ("owner", "writer")}.get(name, ("owner", "writer", "reader"))
    return [item.get("emailAddress", "") for item in file["permissions"] if item["role"] in roles]


def _compare(sign: str, value: Any, wanted: Any) -> bool:
    if sign == "contains":
        return str(wanted).casefold() in str(value).casefold()
    if sign in ("=", "!="):
        return bool((value == wanted) == (sign == "="))
    return bool({"<": value < wanted, ">": value > wanted, "<=": value <= wanted, ">=": value >= wanted}[sign])
