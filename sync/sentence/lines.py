"""Lines of text or JSON -> rows of fields: the pure part of `semaforo parse`."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from sync.sentence.parse import parse_sentence


def parse_lines(lines: Iterable[str], today: date, lang: str | None = None) -> Iterator[dict[str, object]]:
    """One row a line: {id, text, direction, ...} as in docs/parse.md, or {id, text, error} for a line that is no row.

    A line that begins with '{' is JSON {id?, text, lang?}; any other is the sentence, its line number the id.
    Empty lines are left out.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield parse_line(line.strip(), str(number), today, lang)


def parse_line(line: str, number: str, today: date, lang: str | None = None) -> dict[str, object]:
    """The row of one line that is not empty."""
    if not line.startswith("{"):
        return parse_sentence(line, today, lang, number).as_dict()
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": number, "text": line, "error": "not JSON"}
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return {"id": number, "text": line, "error": "no field 'text' that is a text"}
    given = row.get("id")
    return parse_sentence(
        row["text"], today, _language(row.get("lang")) or lang, number if given is None else str(given)
    ).as_dict()


def _language(given: object) -> str | None:
    """'es' of 'es-MX'; None for what is no language of ours."""
    code = given[:2].lower() if isinstance(given, str) else ""
    return code if code in ("es", "en") else None
