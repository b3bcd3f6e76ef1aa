"""`semaforo sources`: what can measure, what it needs, and whether that is there."""

import argparse
import json
from collections.abc import Callable

from sheet_templates.words import language_of, say
from sync.commands.base import FINE, NEEDS_A_PERSON, Call, local_today
from sync.model import Fact, Severity


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """--json, and whose secrets to look for."""
    parser.add_argument("--json", action="store_true", help=words("arg.json"))
    parser.add_argument("--account", metavar="NAME", help=words("arg.account"))
    parser.add_argument("--workbook", metavar="ID", default="", help=words("arg.secrets_of"))


def run(call: Call) -> int:
    """Print every source; exit code 1 when a file that should declare one does not."""
    from sync.sources.api import secrets_of
    from sync.sources.describe import describe_sources, tested_on
    from sync.sources.health import lacks
    from sync.sources.protocol import FetchContext, Lack
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
    language = language_of(call.locale)
    for source in describe_sources():
        manifest, found = load(source["id"]).manifest, check(source["id"])
        mark = "✗" if any(lack.severity is Severity.ERROR for lack in found) else "✓"
        name = source["names"][language]
        print(f"{mark} {name:<16} {source['titles'][language]}. {source['about'][language]}")  # noqa: T201  # the same
        if manifest.reads == "platform":
            facts: dict[str, Fact] = {"metrics": float(len(source["metrics"])), "rungs": tested_on(manifest, language)}
            print(f"    {call.say('source_line', **facts)}")  # noqa: T201  # the same
        for lack in found:
            print(f"    {say('failures', lack.code, call.locale, lack.facts)}")  # noqa: T201  # the same
    for file, problems in broken.items():
        print(f"✗ {file}: {'; '.join(problems)}")  # noqa: T201  # the same
    return NEEDS_A_PERSON if broken else FINE
