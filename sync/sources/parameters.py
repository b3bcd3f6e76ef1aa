"""What a KPI's row says to a source, checked against the manifest: the place, and `name=value` in the filter. Pure."""

import re
from collections.abc import Mapping

from sync.errors import SourceError
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import fold, nearest, shown
from sync.sources.protocol import Request

_LONGEST = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_parameters(request: Request, manifest: Manifest) -> Mapping[str, str]:
    """Values by the parameters' names; those that are neither typed nor have a default are absent.

    Raises SourceError: unknown_parameter, missing_parameter, bad_parameter, bad_place, bad_filter.
    """
    typed = _typed(request, manifest)
    values = {}
    for parameter in manifest.parameters:
        if parameter.column == "metric":
            continue
        name = parameter.name or parameter.column
        value = typed.get(name) or parameter.default
        if value:
            values[name] = checked(parameter, value, manifest)
        elif parameter.required:
            facts = {"place": manifest.name, "name": name, "example": parameter.example}
            raise SourceError("missing_parameter", permanent=True, facts=facts)
    return values


def _typed(request: Request, manifest: Manifest) -> dict[str, str]:
    by_name = {fold(p.name): p.name for p in manifest.parameters if p.column == "filter"}
    typed = {p.name or p.column: request.ref.place or "" for p in manifest.parameters if p.column == "place"}
    for part in (request.definition.filter or "").split(";"):
        if not part.strip():
            continue
        name, equals, value = part.partition("=")
        if not equals:
            raise SourceError("bad_filter", permanent=True, facts={"filter": shown(part.strip())})
        if fold(name) not in by_name:
            known = nearest(name, by_name.values(), count=8)
            facts = {"place": manifest.name, "name": shown(name.strip()), "known": known}
            raise SourceError("unknown_parameter", permanent=True, facts=facts)
        typed[by_name[fold(name)]] = value.strip()
    return typed


def checked(parameter: Parameter, value: str, manifest: Manifest) -> str:
    """The value, a choice as it is written. Raises SourceError: bad_parameter; bad_place for what follows the colon."""
    if parameter.kind == "choice":
        fitting = [choice for choice in parameter.choices if fold(choice) == fold(value)]
        if fitting:
            return fitting[0]
    elif _fits(parameter, value):
        return value
    facts = {"place": manifest.name, "name": parameter.name or parameter.column, "value": shown(value)}
    example = ", ".join(parameter.choices) or parameter.example
    code = "bad_place" if parameter.column == "place" else "bad_parameter"
    raise SourceError(code, permanent=True, facts={**facts, "example": example})


_PATTERNS = {"number": r"-?\d+(\.\d+)?", "date": r"\d{4}-\d{2}-\d{2}"}


def _fits(parameter: Parameter, value: str) -> bool:
    pattern = parameter.pattern or _PATTERNS.get(parameter.kind, r".+")
    return len(value) <= _LONGEST and not _CONTROL.search(value) and re.fullmatch(pattern, value) is not None
