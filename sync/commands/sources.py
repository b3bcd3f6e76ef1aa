"""`semaforo sources`: what can measure, what it needs, and whether that is there."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sheet_templates.words import language_of, say
from sync.commands.base import FINE, NEEDS_A_PERSON, Call, local_today
from sync.model import Fact, Severity
from sync.sources.manifest import Manifest
from sync.sources.protocol import Lack

_READY, _NOT_WANTED, _FAULTY = "✓", "○", "✗"
_NOT_SET_UP = "missing_secret"


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """--json, and whose secrets to look for."""
    parser.add_argument("--json", action="store_true", help=words("arg.json"))
    parser.add_argument("--account", metavar="NAME", help=words("arg.account"))
    parser.add_argument("--workbook", metavar="ID", default="", help=words("arg.secrets_of"))


def run(call: Call) -> int:
    """Print every source; exit code 1 when a file that should declare one does not."""
    from sync.sources.api import secrets_of
    from sync.sources.describe import describe_sources
    from sync.sources.health import lacks
    from sync.sources.protocol import FetchContext
    from sync.sources.registry import broken_files, load

    context = FetchContext(local_today(), call.settings, call.locale, workbook=call.args.workbook)
    secrets = secrets_of(context)

    def check(kind: str) -> tuple[Lack, ...]:
        return lacks(load(kind).manifest, secrets, context.today, call.args.account)

    broken = broken_files()
    if call.args.json:
        document = {"sources": describe_sources(check), "broken": broken}
        print(json.dumps(document, ensure_ascii=False, indent=2))  # noqa: T201  # the answer
        return NEEDS_A_PERSON if broken else FINE
    listed = [(source, load(source["id"]).manifest, check(source["id"])) for source in describe_sources()]
    width = max(len(source["names"][language_of(call.locale)]) for source, _, _ in listed)
    for source, manifest, found in listed:
        for line in _lines(call, source, manifest, found, width):
            print(line)  # noqa: T201  # the answer
    ready = sum(1 for _, _, found in listed if _mark(found) == _READY)
    print(call.say("sources_ready", ready=float(ready), count=float(len(listed))))  # noqa: T201  # the same
    for file, problems in broken.items():
        print(f"✗ {file}: {'; '.join(problems)}")  # noqa: T201  # the same
    return NEEDS_A_PERSON if broken else FINE


def _lines(
    call: Call, source: Mapping[str, Any], manifest: Manifest, found: Sequence[Lack], width: int
) -> Iterator[str]:
    """What a person reads of one source: what it is, what it was tested on, what it lacks."""
    from sync.sources.describe import secrets_in_words, tested_on

    language = language_of(call.locale)
    under = " " * (width + 3)
    title, about = source["titles"][language], source["about"][language]
    yield f"{_mark(found)} {source['names'][language]:<{width}} {title}. {about}"
    if manifest.reads == "platform":
        facts: dict[str, Fact] = {"metrics": float(len(source["metrics"])), "rungs": tested_on(manifest, language)}
        yield under + call.say("source_line", **facts)
    for lack in found:
        if lack.code == _NOT_SET_UP:
            yield under + call.say("source_needs", secrets=secrets_in_words(manifest, language))
        else:
            yield under + say("failures", lack.code, call.locale, lack.facts)


def _mark(found: Sequence[Lack]) -> str:
    """Nobody has set up every source; that is no fault of the ones that nobody wants."""
    errors = {lack.code for lack in found if lack.severity is Severity.ERROR}
    return _FAULTY if errors - {_NOT_SET_UP} else _NOT_WANTED if errors else _READY
