"""`semaforo history`: the readings that were kept of what platforms don't remember, such as followers."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

from sync.commands.base import FINE, Call
from sync.model import Reading
from sync.sheet.reference import read_reference
from sync.store.store import open_store

COLUMNS = ("day", "subject", "value", "definition", "read_at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # the wide twins too


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """WORKBOOK [--csv]."""
    parser.add_argument("workbook", metavar="WORKBOOK", help=words("arg.workbook"))
    parser.add_argument("--csv", action="store_true", help=words("arg.csv"))


def run(call: Call) -> int:
    """A line for each thing that is read, or all readings as CSV. Raises UsageError."""
    workbook = read_reference(call.args.workbook)
    store = open_store(call.settings.store_url)
    try:
        kept = store.history(workbook.id)
        if call.args.csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(csv_rows(kept))
            return FINE
        lines = list(_lines(call, (reading for reading, _ in kept)))
    finally:
        store.close()
    for line in lines or [call.say("history_empty", workbook=workbook.text)]:
        print(line)  # noqa: T201  # the answer
    return FINE


def csv_rows(kept: Iterable[tuple[Reading, float]]) -> Iterator[tuple[str, ...]]:
    """As COLUMNS; a text that a spreadsheet would take for a formula stands behind an apostrophe."""
    for reading, at in kept:
        moment = datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
        value = f"{reading.value:.15g}"
        yield reading.on.isoformat(), _plain(reading.subject), value, _plain(reading.definition or ""), moment


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(call: Call, readings: Iterable[Reading]) -> Iterator[str]:
    for subject, group in groupby(readings, lambda reading: reading.subject):
        days = list(group)
        first, last = days[0], days[-1]
        count = float(len(days))
        yield call.say("history_line", subject=subject, count=count, first=first.on, last=last.on, value=last.value)
