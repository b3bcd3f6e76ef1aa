"""The operator's BigQuery statements: a file each in the folder `bigquery` of SEMAFORO_SOURCES_DIR. No sheet holds SQL.

-- project: acme-data
-- workbooks: 1AbCdEf, 1GhIjKl
-- gives: days
-- location: EU
-- megabytes: 1000
SELECT day, SUM(total) AS sales FROM shop.orders WHERE day BETWEEN @start AND @end GROUP BY day

The project pays. `workbooks` are those that may ask it, or `any`. It gives days (a table with dates) or `whole` (one
cell a window), and may be billed for so many megabytes at most. Only the first two lines are needed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from sync.sources.named_files import broken, find_text, header_of

MEGABYTES = 1000
_COMMENT = re.compile(r"--[^\n]*|#[^\n]*|/\*.*?\*/", re.S)
_FORMS = {
    "project": r"[a-z][a-z0-9.:-]{4,60}[a-z0-9]",
    "workbooks": r"\S.*",
    "gives": "days|whole",
    "location": r"[A-Za-z0-9-]{2,40}",
    "megabytes": r"[1-9]\d{0,7}",
}


@dataclass(frozen=True)
class Statement:
    """A named statement. `megabytes` are millions of bytes."""

    name: str
    sql: str
    project: str
    gives: str = "days"
    location: str | None = None
    megabytes: int = MEGABYTES

    def binds(self, parameter: str) -> bool:
        """Whether the statement names @start or @end."""
        return re.search(rf"@{parameter}\b", _COMMENT.sub(" ", self.sql)) is not None


def find_statement(name: str, folder: Path | None, workbook: str) -> Statement:
    """The statement of that name, which this workbook may ask.

    Raises SourceError: query_not_found (facts query, known), query_broken (query, problem).
    """
    return read_statement(*find_text(name, folder, workbook))


def read_statement(name: str, text: str) -> Statement:
    """A file's text. Raises SourceError query_broken, whose fact `problem` names the line."""
    header = {key: value for key, value in header_of(text).items() if key in _FORMS}
    for key in ("project", "workbooks", *header):
        if re.fullmatch(_FORMS[key], header.get(key, "")) is None:
            raise broken(name, f"-- {key}: {header.get(key, '')}")
    bare = _COMMENT.sub(" ", text).strip().rstrip(";")
    if re.match(r"(select|with)\b", bare, re.IGNORECASE) is None:
        raise broken(name, "SELECT")
    return Statement(
        name,
        text,
        header["project"],
        header.get("gives", "days"),
        header.get("location"),
        int(header.get("megabytes", MEGABYTES)),
    )
