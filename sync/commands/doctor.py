"""`semaforo doctor`: checks a deployment and says what to mend; changes nothing."""

import argparse
import json
from collections.abc import Callable

from sync.commands.base import Call, local_today
from sync.doctor.finding import Finding, Level, exit_code

_MARKS = {Level.FINE: "✓", Level.WARN: "!", Level.BROKEN: "✗"}


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--json]."""
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Print what was found; 0 all well, 1 something should be mended, 2 something does not work."""
    from sync.doctor.examine import examine

    found = examine(call.settings, local_today(), call.locale)
    if call.args.json:
        document = {"verdict": exit_code(found), "findings": [_plain(finding, call.locale) for finding in found]}
        print(json.dumps(document, ensure_ascii=False, indent=1))  # noqa: T201  # the answer
        return exit_code(found)
    width = max(len(call.say(f"doctor.{finding.check}")) for finding in found)
    for finding in found:
        name = call.say(f"doctor.{finding.check}")
        print(f"{_MARKS[finding.level]} {name:<{width}}  {finding.sentence(call.locale)}")  # noqa: T201  # the same
    print(call.say(f"doctor_verdict_{exit_code(found)}"))  # noqa: T201  # the same
    return exit_code(found)


def _plain(finding: Finding, locale: str) -> dict[str, str]:
    return {
        "check": finding.check,
        "level": finding.level.value,
        "code": finding.code,
        "sentence": finding.sentence(locale),
    }
