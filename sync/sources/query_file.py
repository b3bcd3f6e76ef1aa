"""The operator's named queries: a file each, with a few lines of comment that say what it is for. No sheet holds SQL.

-- secret: SHOP_DATABASE            the secret that holds the database's address
-- workbooks: 1AbCdEf, 1GhIjKl      who may ask it; any: every workbook
-- gives: days                      days (a table with dates), whole (one cell a window) or now (one cell)
SELECT day, SUM(total) AS sales FROM orders WHERE day BETWEEN :start AND :end GROUP BY day
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from sync.errors import SourceError
from sync.sources.names import fold, nearest, shown

Gives = Literal["days", "whole", "now"]
ANYBODY = "any"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_HEADER = re.compile(r"--\s*(\w+)\s*:\s*(.*?)\s*")
_KEYS = {"secret", "workbooks", "gives"}
_LONGEST = 64 * 1024
_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|;|\w+|\s+|.", re.S
)


@dataclass(frozen=True)
class Query:
    """A named query. `workbooks` are ids, or "any"; `secret` names the database's address."""

    name: str
    sql: str
    secret: str
    gives: Gives
    workbooks: frozenset[str]


def find_query(name: str, folder: Path, workbook: str) -> Query:
    """The query of that name, which this workbook may ask.

    One that is for others is told like one that does not exist. Raises SourceError: query_not_found (facts query,
    known), query_broken (query, problem).
    """
    found = {path.stem: path for path in sorted(folder.glob("*.sql")) if _NAME.fullmatch(path.stem)}
    wanted = next((stem for stem in found if fold(stem) == fold(name)), None)
    if wanted is None or not may_ask(found[wanted], workbook):
        known = nearest(name, [stem for stem, path in found.items() if may_ask(path, workbook)])
        raise SourceError("query_not_found", permanent=True, facts={"query": shown(name), "known": known})
    return read_query(wanted, _text(found[wanted]))


def may_ask(path: Path, workbook: str) -> bool:
    """Whether the file names this workbook. A file that can't be read is for nobody."""
    named = _named(_header(_text(path)).get("workbooks", ""))
    return ANYBODY in named or workbook in named


def read_query(name: str, text: str) -> Query:
    """A file's text as a query. Raises SourceError `query_broken`."""
    header = _header(text)
    missing = sorted(_KEYS - {"gives"} - {key for key, value in header.items() if value})
    if missing:
        raise broken(name, f"-- {missing[0]}:")
    gives = header.get("gives", "days")
    if gives not in ("days", "whole", "now"):
        raise broken(name, f"-- gives: {gives}")
    words = [match.group().casefold() for match in _TOKEN.finditer(text) if not _is_blank(match.group())]
    while words and words[-1] == ";":
        words.pop()
    if ";" in words or not words or words[0] not in ("select", "with", "values"):
        raise broken(name, "SELECT … ;" if ";" in words else "SELECT")
    return Query(name, text, header["secret"], cast("Gives", gives), _named(header["workbooks"]))


def broken(name: str, problem: str) -> SourceError:
    """The operator's file is wrong; `problem` shows the place."""
    return SourceError("query_broken", permanent=True, facts={"query": shown(name), "problem": shown(problem)})


def _header(text: str) -> dict[str, str]:
    lines = (_HEADER.fullmatch(line.strip()) for line in text.splitlines())
    return {line.group(1).casefold(): line.group(2) for line in lines if line and line.group(1).casefold() in _KEYS}


def _named(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _is_blank(token: str) -> bool:
    return token.isspace() or token.startswith(("--", "/*"))


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST)
    except (OSError, UnicodeDecodeError):
        return ""
