"""`semaforo parse | evaluate | forecast | addresses`: a line in, a JSON line out; nothing is kept."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sync.commands.base import FINE, NEEDS_A_PERSON, Call, a_day, local_today


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """Each has options of its own; all read stdin."""
    parser.epilog = f"{words(f'fields.{name}')}\n\n{parser.epilog}"
    if name == "parse":
        parser.add_argument("--today", type=a_day, metavar="DATE", help=words("arg.today"))
        parser.add_argument("--lang", choices=("es", "en"), help=words("arg.lines_lang"))
    if name == "addresses":
        parser.add_argument("--resolve-to", metavar="IP", help=words("arg.resolve_to"))


def run(call: Call) -> int:
    """Answer every line of stdin; exit code 1 when one could not be understood."""
    code = FINE
    for answer in ANSWERS[call.name](call, sys.stdin):
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201  # the answer
        if "error" in answer:
            code = NEEDS_A_PERSON
    return code


def _parse(call: Call, lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    from sync.sentence import parse_lines

    return parse_lines(lines, today=call.args.today or local_today(), lang=call.args.lang)


def _evaluate(call: Call, lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    from sync.cases import judge_lines
    from sync.projection import project

    return judge_lines(lines, forecast=project)


def _forecast(call: Call, lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    from sync.forecast import answers

    return answers(lines)


def _addresses(call: Call, lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    from sync.sources.address_cases import judge_lines

    return judge_lines(lines, call.args.resolve_to, call.settings.allowed_hosts)


ANSWERS: Mapping[str, Callable[[Call, Iterable[str]], Iterable[Mapping[str, Any]]]] = {
    "parse": _parse,
    "evaluate": _evaluate,
    "forecast": _forecast,
    "addresses": _addresses,
}
