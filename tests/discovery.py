"""Checks messages against the discovery documents that ship inside google-api-python-client, and against the documents
in tests/vendors, which have the same form.

misfits("bigquery.v2", "QueryRequest", body) == []
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import googleapiclient

from sync.sources.web.call import Call

OURS = Path(__file__).parent / "vendors" / "documents"
PYTHON_TYPES: dict[str, Any] = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "object": dict}


@cache
def document(name: str) -> dict[str, Any]:
    """A document by its file's name: `forms.v1` of Google's, `stripe` of those made from other vendors' packages."""
    theirs = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    path = next(path for folder in (OURS, theirs) if (path := folder / f"{name}.json").is_file())
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def misfits(name: str, schema: str, message: Any) -> list[str]:
    """Every place where a message does not fit the vendor's schema; a field that it does not know is one."""
    found: list[str] = []
    _check(document(name)["schemas"], {"$ref": schema}, message, schema, found)
    return found


def method_of(name: str, call: Call) -> dict[str, Any]:
    """The method of the interface that a call is for. Raises LookupError for none."""
    known = document(name)
    path = urlsplit(call.url).path.lstrip("/").removeprefix(known["servicePath"])
    assert call.url.startswith(known["rootUrl"]), call.url
    for method in _methods(known):
        form = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(method.get("flatPath", method["path"])))
        if method["httpMethod"] == call.method and re.fullmatch(form, path):
            return method
    raise LookupError(f"{call.method} {unquote(path)}")


def misasked(name: str, call: Call) -> list[str]:
    """What of a call does not fit its method: unknown or unfit parameters, an unfit body."""
    method = method_of(name, call)
    known = {**document(name).get("parameters", {}), **method.get("parameters", {})}
    asked = [*parse_qsl(urlsplit(call.url).query), *call.query]
    wrong = [f"{key}: unknown" for key, _ in asked if key not in known]
    wrong += [f"{key}={value}" for key, value in asked if not _fits(known.get(key, {}), value)]
    lacking = [key for key, said in known.items() if said.get("required") and said["location"] == "query"]
    wrong += [f"{key}: absent" for key in lacking if key not in dict(asked)]
    if call.body:
        wrong += misfits(name, method["request"]["$ref"], json.loads(call.body))
    return wrong


def misanswered(name: str, call: Call, content: Any) -> list[str]:
    """What of an answer does not fit what the method promises."""
    return misfits(name, method_of(name, call)["response"]["$ref"], content)


def scopes_of(name: str, call: Call) -> list[str]:
    """Any of these lets a caller use the method."""
    return list(method_of(name, call).get("scopes", []))


def _fits(said: dict[str, Any], value: str) -> bool:
    if said.get("type") == "array":
        return all(_fits(said["items"], item) for item in _listed(value))
    if said.get("type") == "object":
        return isinstance(json.loads(value), dict)
    if said.get("type") in ("integer", "number") and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return False
    return re.fullmatch(said.get("pattern", ".*"), value) is not None and value in said.get("enum", [value])


def _listed(value: str) -> list[str]:
    """The items of a list within a query, which is written as JSON or with commas."""
    if not value.startswith("["):
        return value.split(",")
    return [item if isinstance(item, str) else json.dumps(item) for item in json.loads(value)]


def _methods(known: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(known.get("methods", {}).values())
    return found + [method for inner in known.get("resources", {}).values() for method in _methods(inner)]


def _check(schemas: dict[str, Any], schema: dict[str, Any], value: Any, where: str, found: list[str]) -> None:
    if "$ref" in schema:
        schema = {"type": "object", **schemas[schema["$ref"]]}
    if schema.get("type") == "any":
        return
    expected = PYTHON_TYPES.get(schema["type"], list)
    if not isinstance(value, expected) or (isinstance(value, bool) and schema["type"] != "boolean"):
        found.append(f"{where}: {value!r} is no {schema['type']}")
    elif "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is not among the words")
    elif schema["type"] == "array":
        for place, item in enumerate(value):
            _check(schemas, schema["items"], item, f"{where}[{place}]", found)
    elif schema["type"] == "object":
        _check_fields(schemas, schema, value, where, found)


def _check_fields(schemas: dict[str, Any], schema: dict[str, Any], value: Any, where: str, found: list[str]) -> None:
    fields, others = schema.get("properties", {}), schema.get("additionalProperties")
    for key, item in value.items():
        if key in fields or others is not None:
            _check(schemas, fields.get(key, others), item, f"{where}.{key}", found)
        elif fields:
            found.append(f"{where}.{key}: unknown field")
