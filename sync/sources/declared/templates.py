"""Texts with `{names}` to fill in: nothing but plain names, and only those that are known. Pure.

`{fields*}`, alone in a text of a body, becomes a list. In a query what names an absent parameter is left out; in a body
`{when: name, then: ...}` is there only with that parameter.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from sync.sources.names import fold

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)(\*?)\}")
BUILT_IN = ("start", "end", "field", "fields", "fields_json", "size")

Values = Mapping[str, str | list[str]]


def names_in(template: Any) -> Iterator[tuple[str, bool]]:
    """Every name in a text or in a nested structure, with whether it stands alone in its text."""
    if isinstance(template, str):
        for found in _NAME.finditer(template):
            yield found.group(1), found.group(0) == template
    elif isinstance(template, Mapping):
        for key, value in template.items():
            yield from names_in(key)
            yield from names_in(value)
    elif isinstance(template, list):
        for value in template:
            yield from names_in(value)


def filled(template: str, values: Values, *, into_path: bool = False) -> str:
    """A text with its names filled in. Raises KeyError for a name without a value."""

    def one(found: re.Match[str]) -> str:
        value = values[found.group(1)]
        text = ",".join(value) if isinstance(value, list) else value
        return _quoted(text) if into_path else text

    return _NAME.sub(one, template)


def _quoted(text: str) -> str:
    """One step of a path: it can neither end the path nor climb out of it."""
    return text.replace(".", "%2E") if text in (".", "..") else quote(text, safe="")


def filled_query(query: Mapping[str, Any], values: Values) -> tuple[tuple[str, str], ...]:
    """The parts of a query whose names all have a value; a list gives a part for each of its items."""
    parts = []
    for name, template in query.items():
        for one in template if isinstance(template, list) else [template]:
            text = _plain(one)
            if all(found in values for found, _ in names_in(text)):
                parts.append((name, filled(text, values)))
    return tuple(parts)


def filled_body(template: Any, values: Values) -> Any:
    """A nested structure with its names filled in."""
    if isinstance(template, str):
        alone = _NAME.fullmatch(template)
        if alone and alone.group(2):
            value = values[alone.group(1)]
            return list(value) if isinstance(value, list) else [value]
        return filled(template, values)
    if isinstance(template, Mapping):
        return {key: filled_body(_then(value), values) for key, value in template.items() if _is_wanted(value, values)}
    if isinstance(template, list):
        return [filled_body(_then(value), values) for value in template if _is_wanted(value, values)]
    return template


def filled_expression(expression: str, field: str, index: int) -> str:
    """An expression for one metric. Its own braces stay: only {field} and {index} are ours."""
    return expression.replace("{field}", field).replace("{index}", str(index))


def equal(value: Any, wanted: str) -> bool:
    """Whether a value of the answer is what a person typed."""
    return fold(_plain(value)) == fold(wanted)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _conditional(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"when", "then"}


def _is_wanted(value: Any, values: Values) -> bool:
    return not _conditional(value) or value["when"] in values


def _then(value: Any) -> Any:
    return value["then"] if _conditional(value) else value
