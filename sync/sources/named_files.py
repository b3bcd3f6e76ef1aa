"""The operator's statements by name: a file each, whose comment lines say who may ask it. No sheet holds SQL."""

import re
from collections.abc import Mapping
from pathlib import Path

from sync.errors import SourceError
from sync.sources.names import fold, nearest, shown

ANYBODY = "any"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_HEADER = re.compile(r"--\s*(\w+)\s*:\s*(.*?)\s*")
_LONGEST = 64 * 1024


def find_text(name: str, folder: Path | None, workbook: str) -> tuple[str, str]:
    """The name and text of the file that is called so and that this workbook may ask.

    One that is for others is told like one that does not exist. Raises SourceError query_not_found (query, known).
    """
    texts = {path.stem: _text(path) for path in sorted(folder.glob("*.sql"))} if folder else {}
    mine = {stem: text for stem, text in texts.items() if _NAME.fullmatch(stem) and _may_ask(text, workbook)}
    found = next((stem for stem in mine if fold(stem) == fold(name)), None)
    if found is None:
        facts = {"query": shown(name), "known": nearest(name, mine)}
        raise SourceError("query_not_found", permanent=True, facts=facts)
    return found, mine[found]


def header_of(text: str) -> Mapping[str, str]:
    """The comment lines `-- key: value`, the keys in small letters."""
    lines = (_HEADER.fullmatch(line.strip()) for line in text.splitlines())
    return {line.group(1).casefold(): line.group(2) for line in lines if line}


def broken(name: str, problem: str) -> SourceError:
    """The operator's file is wrong; `problem` shows the place."""
    return SourceError("query_broken", permanent=True, facts={"query": shown(name), "problem": shown(problem)})


def _may_ask(text: str, workbook: str) -> bool:
    named = {part.strip() for part in header_of(text).get("workbooks", "").split(",")}
    return ANYBODY in named or workbook in named


def _text(path: Path) -> str:
    """A file's text; empty for one that can't be read, which then is for nobody."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST)
    except (OSError, UnicodeDecodeError):
        return ""
