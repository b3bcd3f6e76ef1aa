"""`semaforo runs`: what is waiting, and what was left alone because it can't be helped by trying again."""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from sheet_templates.words import language_of
from sync.commands.base import FINE, NEEDS_A_PERSON, Call
from sync.sheet.reference import read_reference, reference_text
from sync.store.records import Parked
from sync.store.store import open_store


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--parked] [--release WORKBOOK] [--json]."""
    parser.add_argument("--parked", action="store_true", help=words("arg.parked"))
    parser.add_argument("--release", metavar="WORKBOOK", help=words("arg.release"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """List; exit code 1 when something is parked."""
    store = open_store(call.settings.store_url)
    try:
        if call.args.release:
            workbook = read_reference(call.args.release)
            code = "released" if store.release(workbook.id) else "not_parked"
            print(call.say(code, workbook=workbook.text))  # noqa: T201  # the answer
            return FINE
        parked, due = store.parked(), () if call.args.parked else store.due_workbooks()
    finally:
        store.close()
    if call.args.json:
        print(json.dumps({"due": due, "parked": [asdict(each) for each in parked]}, ensure_ascii=False))  # noqa: T201
    else:
        for line in _lines(call, due, parked):
            print(line)  # noqa: T201  # the same
    return NEEDS_A_PERSON if parked else FINE


def _lines(call: Call, due: tuple[str, ...], parked: tuple[Parked, ...]) -> Iterator[str]:
    if not call.args.parked:
        yield call.say("due_count", count=float(len(due)))
        yield from (f"  {reference_text(workbook)}" for workbook in due)
    yield call.say("parked_count", count=float(len(parked)))
    for each in parked:
        told = (each.error or {}).get(language_of(call.locale), each.reason)
        until = (
            call.say("parked_for_good") if each.until is None else call.say("parked_until", when=_moment(each.until))
        )
        yield f"  {reference_text(each.workbook)}  {each.reason}  {_moment(each.since)}  {until}"
        yield f"    {told}"


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
