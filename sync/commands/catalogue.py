"""`semaforo catalogue`: the platforms' metrics as we know them, and whether the platforms' own packages agree."""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sheet_templates.catalogue import Metric, catalogue_rows, metrics, platforms
from sheet_templates.words import language_of
from sync.catalogue_check import UNCHECKED, Verdict, check_catalogue
from sync.commands.base import FINE, NEEDS_A_PERSON, Call


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--check] [--json]."""
    parser.add_argument("--check", action="store_true", help=words("arg.catalogue_check"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """List, or compare; exit code 1 when something disagrees."""
    verdicts = check_catalogue() if call.args.check else []
    if call.args.json:
        listed = [metric for platform in platforms() for metric in metrics(platform).values()]
        checked: list[dict[str, Any]] = [_checked(verdict) for verdict in verdicts]
        document = checked if call.args.check else [_described(metric) for metric in listed]
        print(json.dumps(document, ensure_ascii=False, indent=2))  # noqa: T201  # the answer
    else:
        for line in _told(call, verdicts) if call.args.check else _lines(call):
            print(line)  # noqa: T201  # the same
    return NEEDS_A_PERSON if any(verdict.disagrees for verdict in verdicts) else FINE


def _lines(call: Call) -> Iterator[str]:
    rows = catalogue_rows(language_of(call.locale), call.locale)
    for platform, group in groupby(rows, lambda row: row[0]):
        yield platform
        for _, metric, meaning, _, changes in group:
            yield f"  {metric}: {meaning}"
            yield from (f"      {line}" for line in changes.splitlines())


def _told(call: Call, verdicts: Sequence[Verdict]) -> Iterator[str]:
    for platform, group in groupby(verdicts, lambda verdict: verdict.metric.platform):
        found = list(group)
        mark = "✗" if any(verdict.disagrees for verdict in found) else "✓"
        counts = Counter(verdict.state for verdict in found if verdict.state != UNCHECKED)
        where = next((verdict.where for verdict in found if verdict.state != UNCHECKED), "")
        if counts:
            states = ", ".join(f"{count} {call.say(f'check_{state}')}" for state, count in counts.items())
            yield f"{mark} {platforms()[platform].title}: {states} ({where})"
        for verdict in found:
            if verdict.disagrees:
                yield f"    {verdict.metric.name}: {call.say(f'check_{verdict.state}')} {verdict.metric.source_url}"
        for (why, package), same in groupby(_unchecked(found), lambda verdict: (verdict.why, verdict.package)):
            names = [verdict.metric.name for verdict in same]
            told = call.say(why, package=package, count=float(len(names)), names=", ".join(names))
            yield f"– {platforms()[platform].title}: {told}"


def _unchecked(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.state == UNCHECKED]


def _described(metric: Metric) -> dict[str, Any]:
    return {
        "platform": metric.platform,
        "metric": metric.name,
        "meaning": dict(metric.meaning),
        "stage": metric.stage,
        "kind": metric.kind,
        "additive": metric.additive,
        "vanity": metric.vanity,
        "available_from": metric.available_from,
        "withdrawn_on": metric.withdrawn_on,
        "replaced_by": metric.replaced_by,
        "changes": [{"from": change.on, **change.meaning} for change in metric.changes],
        "source_url": metric.source_url,
    }


def _checked(verdict: Verdict) -> dict[str, Any]:
    return {
        "platform": verdict.metric.platform,
        "metric": verdict.metric.name,
        "state": verdict.state,
        "disagrees": verdict.disagrees,
        "withdrawn_on": verdict.metric.withdrawn_on,
        "where": verdict.where or None,
        "why": verdict.why or None,
        "package": verdict.package or None,
    }
