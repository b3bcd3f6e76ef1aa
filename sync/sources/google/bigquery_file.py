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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.errors import SourceError
from sync.sources.names import fold, nearest, shown

ANYBODY = "any"
MEGABYTES = 1000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_HEADER = re.compile(r"--\s*(project|workbooks|gives|location|megabytes)\s*:\s*(.*?)\s*", re.IGNORECASE)
_COMMENT = re.compile(r"--[^\n]*|#[^\n]*|/\*.*?\*/", re.S)
_FORMS = {
    "project": r"[a-z][a-z0-9.:-]{4,60}[a-z0-9]",
    "workbooks": r"\S.*",
    "gives": "days|whole",
    "location": r"[A-Za-z0-9-]{2,40}",
    "megabytes": r"[1-9]\d{0,7}",
}
_LONGEST = 64 * 1024


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
    """The statement of that name, which this workbook may ask; one that is for others is told like none.

    Raises SourceError bigquery_not_found (facts query, known) or bigquery_broken (query, problem).
    """
    texts = {path.stem: _text(path) for path in sorted(folder.glob("*.sql"))} if folder else {}
    mine = {stem: text for stem, text in texts.items() if _NAME.fullmatch(stem) and _may_ask(text, workbook)}
    found = next((stem for stem in mine if fold(stem) == fold(name)), None)
    if found is None:
        facts = {"query": shown(name), "known": nearest(name, mine)}
        raise SourceError("bigquery_not_found", permanent=True, facts=facts)
    return read_statement(found, mine[found])


def read_statement(name: str, text: str) -> Statement:
    """A file's text. Raises SourceError bigquery_broken, whose fact `problem` names the line."""
    header = _header(text)
    for key in ("project", "workbooks", *header):
        if re.fullmatch(_FORMS[key], header.get(key, "")) is None:
            raise _broken(name, f"-- {key}: {header.get(key, '')}")
    bare = _COMMENT.sub(" ", text).strip().rstrip(";")
    if re.match(r"(select|with)\b", bare, re.IGNORECASE) is None:
        raise _broken(name, "SELECT")
    return Statement(
        name,
        text,
        header["project"],
        header.get("gives", "days"),
        header.get("location"),
        int(header.get("megabytes", MEGABYTES)),
    )


def _may_ask(text: str, workbook: str) -> bool:
    named = {part.strip() for part in _header(text).get("workbooks", "").split(",") if part.strip()}
    return ANYBODY in named or workbook in named


def _header(text: str) -> Mapping[str, str]:
    lines = (_HEADER.fullmatch(line.strip()) for line in text.splitlines())
    return {line.group(1).lower(): line.group(2) for line in lines if line}


def _broken(name: str, problem: str) -> SourceError:
    return SourceError("bigquery_broken", permanent=True, facts={"query": shown(name), "problem": shown(problem)})


def _text(path: Path) -> str:
    """A file's text; empty for one that can't be read, which then is for nobody."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST)
    except (OSError, UnicodeDecodeError):
        return ""
