"""Bytes of a CSV to headings and columns, with every size bounded before the heavy library sees them."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sync.errors import SourceError
from sync.model import Fact
from sync.sources.grid import Cells, Grid

MOST_COLUMNS = 500
MOST_ROWS = 200_000
LONGEST_CELL = 10_000
_SEPARATORS = ",;\t|"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FOREIGN = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")  # Excel, PDF, old Excel, a gzip within


@dataclass(frozen=True)
class Shape:
    """Where the table lies in the text: its separator, the row of its headings (0-based), widest row and height."""

    separator: str
    heading_row: int
    headings: tuple[str, ...]
    width: int
    height: int


def text_of(content: bytes, place: str) -> str:
    """The text of a file: UTF-8 or, with its mark, UTF-16; else Windows-1252. Raises SourceError `not_a_table`."""
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    if content.startswith(_FOREIGN):
        raise not_a_table(place)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise not_a_table(place) from None
        text = content.decode("cp1252", errors="replace")
    start = text[:500].lstrip().lower()
    if "\0" in text or start.startswith(("<!doctype", "<html", "<?xml")):
        raise not_a_table(place)
    return text


def not_a_table(place: str) -> SourceError:
    """It is something else: a sign-in page, an Excel file."""
    return SourceError("not_a_table", permanent=True, facts={"place": place})


def too_big(place: str) -> SourceError:
    """More than we read."""
    facts: dict[str, Fact] = {
        "place": place,
        "columns": float(MOST_COLUMNS),
        "rows": float(MOST_ROWS),
        "letters": float(LONGEST_CELL),
    }
    return SourceError("table_too_big", permanent=True, facts=facts)


def grid_of_csv(text: str, place: str) -> Grid:
    """The table of a CSV text; its columns are parsed on demand. Raises SourceError empty_table, table_too_big;
    its columns may raise broken_table."""
    shape = measure(text, place)
    known: dict[int, Cells] = {}

    def load(wanted: frozenset[int]) -> Mapping[int, Cells]:
        if new := wanted - known.keys():
            known.update(_columns(text, shape, frozenset(new), place))
        return {at: known[at] for at in wanted}

    return Grid(place, shape.headings, load, machine_made=shape.separator == ",")


def measure(text: str, place: str) -> Shape:
    """Separator, headings and size, by the `csv` module alone, which is linear where the table is hostile.

    The headings are the first row of at least two cells (exports put titles above), or the first that is not empty.
    """
    separator = _separator(text)
    first: tuple[int, list[str]] | None = None
    heading: tuple[int, list[str]] | None = None
    width, height = 0, 0
    for at, row in enumerate(_bounded_rows(text, separator, place)):
        width, height = max(width, len(row)), at + 1
        filled = sum(1 for cell in row if cell.strip()) if heading is None and at < 20 else 0
        first = first or ((at, row) if filled else None)
        heading = heading or ((at, row) if filled >= 2 else None)
    found = heading or first
    if found is None:
        raise SourceError("empty_table", permanent=False, facts={"place": place})
    headings = tuple(cell.strip() for cell in found[1])
    return Shape(separator, found[0], headings + ("",) * (width - len(headings)), width, height)


def _bounded_rows(text: str, separator: str, place: str) -> Iterator[list[str]]:
    try:
        for at, row in enumerate(_rows(text, separator)):
            if len(row) > MOST_COLUMNS or at > MOST_ROWS or max(map(len, row), default=0) > LONGEST_CELL:
                raise too_big(place)
            yield row
    except csv.Error:  # a field beyond the module's own limit
        raise too_big(place) from None


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _separator(text: str) -> str:
    """The mark that cuts the most of the first rows into equally many cells, and into the most."""
    return max(_SEPARATORS, key=lambda mark: _fit(text, mark))


def _fit(text: str, separator: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in islice(_rows(text, separator), 30) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (rows, width)


def _columns(text: str, shape: Shape, wanted: frozenset[int], place: str) -> Mapping[int, Cells]:
    """The wanted columns only: a wide export of many rows stays small in memory."""
    import pandas as pd

    broken = SourceError("broken_table", permanent=True, facts={"place": place})
    try:
        frame = pd.read_csv(
            io.BytesIO(text.encode("utf-8")),  # bytes only: given a text, read_csv would open files and addresses
            sep=shape.separator,
            header=None,
            names=list(range(shape.width)),
            usecols=sorted(wanted),
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            index_col=False,
            encoding="utf-8",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError):  # a quotation mark that nobody closed
        raise broken from None
    if len(frame) != shape.height:  # two readers that disagree about rows: neither is to be believed
        raise broken
    below = frame.iloc[shape.heading_row + 1 :]
    return {at: [cell if isinstance(cell, str) else None for cell in below[at].tolist()] for at in wanted}
