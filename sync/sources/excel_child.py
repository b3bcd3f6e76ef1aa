"""Reads one sheet of an Excel or OpenDocument file: run as a process of its own, which may take only so much memory.

A file of a few kilobytes can hold one cell in the farthest corner, or inflate to gigabytes; the library lays out what
lies between. Here that ends this process, not the service. In: bytes on stdin, the sheet's name as argument. Out: JSON.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 500, 200_000, 10_000
_MEMORY = 1536 * 1024 * 1024  # bytes of address space; 200,000 rows of 30 numbers take 0.8 GB
_LOOKED_AT = 20  # rows among which the headings are sought


def read(content: bytes, wanted: str) -> dict[str, Any]:
    """`sheet`, `sheets` and `rows` (headings first); or `error`: a code, and `sheets` where that helps."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        names = [str(sheet.name) for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        name = _chosen(wanted, names)
        if name is None:
            return {"error": "missing_sheet", "sheets": names}
        rows = list(_rows(book.get_sheet_by_name(name)))
    except calamine.PasswordError:
        return {"error": "locked_file"}
    except calamine.CalamineError:
        return {"error": "not_a_workbook"}
    except OverflowError:
        return {"error": "table_too_big"}
    return {"sheet": name, "sheets": names, "rows": rows}


def _chosen(wanted: str, names: list[str]) -> str | None:
    """The sheet of that name; the first where none is asked for."""
    if not wanted:
        return names[0] if names else None
    same = [name for name in names if name == wanted] or [
        name for name in names if name.casefold().strip() == wanted.casefold().strip()
    ]
    return same[0] if same else None


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """From the headings on: the first row of at least two cells (reports have titles above), or the first at all."""
    if sheet.width > MOST_COLUMNS or sheet.height > MOST_ROWS:
        raise OverflowError
    head: list[list[Any]] = []
    started = False
    for values in sheet.iter_rows():
        row = [_cell(value) for value in values]
        if started:
            yield row
            continue
        filled = sum(1 for cell in row if cell is not None)
        head += [row] if filled or head else []
        if filled >= 2 or len(head) >= _LOOKED_AT:
            started = True
            yield from [row] if filled >= 2 else head
    if not started:
        yield from head


def _cell(value: Any) -> Any:
    """As JSON holds it: a day as ISO text, an empty cell as null."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise OverflowError
    return text if text.strip() else None


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):  # there is none on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _limit()
    try:
        answer = read(sys.stdin.buffer.read(), sys.argv[1])
    except MemoryError:
        answer = {"error": "table_too_big"}
    json.dump(answer, sys.stdout, ensure_ascii=False, allow_nan=True)
