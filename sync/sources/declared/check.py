"""What is wrong with a declaration although every part of it has the right form. Pure."""

import re
from collections.abc import Iterator
from typing import Any, get_args
from urllib.parse import urlsplit

from sheet_templates.words import sentences
from sync.sources.declared.expressions import compiled
from sync.sources.declared.form import Ask, Declaration
from sync.sources.declared.templates import BUILT_IN, filled_expression, names_in
from sync.sources.manifest import AUTH_NAMES, Manifest, Parameter, Rung

_EXPRESSIONS = ("needs", "rows", "date", "value", "total", "partial_if", "n")
_CHOICES = {
    "window": ("days", "whole", "now"),
    "method": ("GET", "POST"),
    "end": ("inclusive", "exclusive"),
    "date_is": ("start", "end"),
    "reduce": ("only", "sum", "count", "last"),
    "missing": ("none", "zero"),
}
_KINDS = ("count", "rate", "currency", "duration", "score")
_SECRET = re.compile(r"[A-Z][A-Z0-9_]*")
_HOST_PART = re.compile(r"[A-Za-z0-9-]{1,63}")
_ODD = ("a/b", "a.b", "a@b", "a:b", "a b", "a?b", "a#b", "a%b", "")


def problems_of(found: Declaration) -> list[str]:
    """All problems, in the order of the file."""
    return [
        *_of_manifest(found.manifest),
        *_of_base(found.manifest),
        *(problem for ask in found.asks.values() for problem in _of_ask(ask, found)),
        *_of_metrics(found),
        *_of_errors(found),
    ]


def _of_manifest(manifest: Manifest) -> Iterator[str]:
    for where, words in (("titles", manifest.titles), ("about", manifest.about)):
        if not isinstance(words, dict) or set(words) != {"es", "en"} or not all(words.values()):
            yield f"{where}: es and en, and nothing else"
    yield from (f"tested_on: {rung} is no rung" for rung in manifest.tested_on if rung not in get_args(Rung))
    for auth in manifest.auth:
        yield from (f"auth: {name!r} is no name of a secret" for name in auth.needs if not _SECRET.fullmatch(name))
        assert type(auth) in AUTH_NAMES  # noqa: S101  # the loader made it
    for parameter in manifest.parameters:
        yield from _of_parameter(parameter)


def _of_parameter(parameter: Parameter) -> Iterator[str]:
    name = parameter.name or parameter.column
    if parameter.column not in ("place", "metric", "filter"):
        yield f"parameters.{name}: column is place, metric or filter"
    if parameter.column == "filter" and not parameter.name:
        yield "parameters: one of the filter has no name"
    if not all(parameter.about.get(language) for language in ("es", "en")):
        yield f"parameters.{name}: es and en say what it is"
    if parameter.pattern is not None:
        try:
            re.compile(parameter.pattern)
        except re.error:
            yield f"parameters.{name}: the pattern is no regular expression"


def _of_base(manifest: Manifest) -> Iterator[str]:
    """A parameter in the host must not be able to make another host of it."""
    if not manifest.base:
        return
    if urlsplit(manifest.base).scheme != "https":
        yield "base: an https address"
    host = urlsplit(manifest.base).netloc
    for name, _ in names_in(manifest.base):
        parameter = _parameter(manifest, name)
        if parameter is None or not parameter.required:
            yield f"base: {{{name}}} is no required parameter"
        elif f"{{{name}}}" in host and not _is_host_part(parameter):
            yield f"base: {name} needs a pattern that lets through letters, digits and hyphens only"


def _is_host_part(parameter: Parameter) -> bool:
    if parameter.kind == "choice":
        return all(_HOST_PART.fullmatch(choice) for choice in parameter.choices)
    pattern = parameter.pattern
    return pattern is not None and not any(re.fullmatch(pattern, odd) for odd in _ODD) and "." not in pattern


def _of_ask(ask: Ask, found: Declaration) -> Iterator[str]:
    where = f"asks.{ask.name}"
    for key, choices in _CHOICES.items():
        if getattr(ask, key) not in choices:
            yield f"{where}.{key}: one of {', '.join(choices)}"
    expressions = {key: getattr(ask, key) for key in _EXPRESSIONS}
    expressions |= {f"keep.{name}": expression for name, expression in ask.keep.items()}
    expressions |= {"pages.at": ask.pages.at, "pages.more": ask.pages.more} if ask.pages else {}
    for key, expression in expressions.items():
        yield from _of_expression(f"{where}.{key}", expression)
    if ask.window == "days" and not (ask.rows and ask.date):
        yield f"{where}: a question for days needs rows and date"
    if ask.missing == "zero" and not ask.needs:
        yield f"{where}: who reads what is missing as zero says in needs what a good answer holds"
    known = {p.name or p.column: p for p in found.manifest.parameters if p.column != "metric"}
    for name in (name for name in ask.keep if name not in known):
        yield f"{where}.keep: there is no parameter {name}"
    yield from _of_names(where, [dict(ask.query), dict(ask.headers), ask.body], found, known)
    for name, _ in names_in(ask.path):  # each is percent-encoded there, so it may stand within a longer text
        if name not in known and name not in BUILT_IN:
            yield f"{where}.path: {{{name}}} is neither a parameter nor one of {', '.join(BUILT_IN)}"


def _of_names(where: str, templates: Any, found: Declaration, known: dict[str, Parameter]) -> Iterator[str]:
    for name, alone in names_in([*templates, dict(found.headers)]):
        if name in BUILT_IN:
            continue
        if name not in known:
            yield f"{where}: {{{name}}} is neither a parameter nor one of {', '.join(BUILT_IN)}"
        elif not alone and not _bounded(known[name]):
            yield f"{where}: {name} stands within a longer text, so it needs a pattern"


def _bounded(parameter: Parameter) -> bool:
    return parameter.pattern is not None or parameter.kind != "text"


def _of_expression(where: str, expression: str) -> Iterator[str]:
    try:
        if expression:
            compiled(filled_expression(expression, "x", 0))
    except ValueError as error:
        yield f"{where}: {error}"


def _of_metrics(found: Declaration) -> Iterator[str]:
    for name, metric in found.metrics.items():
        if metric.ask not in found.asks:
            yield f"metrics.{name}: there is no question {metric.ask!r} in asks"
            continue
        ask = found.asks[metric.ask]
        if not metric.offer.additive and ask.window == "days" and metric.offer.kind == "count":
            yield f"metrics.{name}: its days can't be added, so its question is for the whole window"
        if metric.offer.kind not in _KINDS:
            yield f"metrics.{name}: kind is one of {', '.join(_KINDS)}"
        yield from _of_expression(f"metrics.{name}", filled_expression(metric.value or ask.value, metric.field, 0))


def _of_errors(found: Declaration) -> Iterator[str]:
    for rule in found.errors:
        if rule.say not in sentences("failures"):
            yield f"errors: {rule.say} is not in failures.yaml"
        if not rule.status and not rule.at and not rule.text:
            yield f"errors: {rule.say} needs a status, a place in the answer, or words of it"
        yield from _of_expression("errors.at", rule.at)


def _parameter(manifest: Manifest, name: str) -> Parameter | None:
    return next((p for p in manifest.parameters if (p.name or p.column) == name), None)
