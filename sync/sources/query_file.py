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

from sync.sources.named_files import broken, find_text, header_of

Gives = Literal["days", "whole", "now"]
_KEYS = {"secret", "workbooks", "gives"}
_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|;|\w+|\s+|.", re.S
)


@dataclass(frozen=True)
class Query:
    """A named query. `secret` names the database's address."""

    name: str
    sql: str
    secret: str
    gives: Gives


def find_query(name: str, folder: Path, workbook: str) -> Query:
    """The query of that name, which this workbook may ask.

    Raises SourceError: query_not_found (facts query, known), query_broken (query, problem).
    """
    return read_query(*find_text(name, folder, workbook))


def read_query(name: str, text: str) -> Query:
    """A file's text as a query. Raises SourceError `query_broken`."""
    header = {key: value for key, value in header_of(text).items() if key in _KEYS}
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
    return Query(name, text, header["secret"], cast("Gives", gives))


def _is_blank(token: str) -> bool:
    return token.isspace() or token.startswith(("--", "/*"))
