"""JMESPath that only selects: what it finds is added up by our own code. Pure.

Its arithmetic is for rough work: `to_number` and `sum` go through binary fractions, `max` and `sort_by` refuse mixed
lists. Grammar and functions: https://jmespath.org/specification.html
"""

from functools import cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

_FUNCTIONS = {"contains", "ends_with", "join", "keys", "length", "not_null", "starts_with", "to_array", "to_string"} | {
    "type",
    "values",
}


@cache
def compiled(expression: str) -> Any:
    """The expression, ready. Raises ValueError for what is none, and for functions that compute."""
    try:
        found = jmespath.compile(expression)
    except JMESPathError as error:
        raise ValueError(f"{expression!r} is no JMESPath expression") from error
    for name in _functions(found.parsed):
        if name not in _FUNCTIONS:
            raise ValueError(f"{name}() computes; an expression only selects")
    return found


def pick(expression: str, content: Any) -> Any:
    """What the expression selects; None where there is nothing, or something of another kind than it expects."""
    try:
        return compiled(expression).search(content)
    except JMESPathError:
        return None


def _functions(node: dict[str, Any]) -> set[str]:
    own = {str(node["value"])} if node.get("type") == "function_expression" else set()
    return own.union(*(_functions(child) for child in node.get("children", ()) if isinstance(child, dict)))
