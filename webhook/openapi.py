"""/openapi.json, made of webhook/api.yaml. Pure but for reading that file."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from sheet_templates.words import sentences
from webhook.events import STATUS

_SIGNATURE = ("unsigned", "malformed_signature", "clock_ahead", "clock_behind", "bad_signature")
_BY_PROOF: Mapping[str, Sequence[str]] = {
    "signed": (*_SIGNATURE, "too_large", "slow_down"),
    "scheduler": (*_SIGNATURE, "bad_token", "not_proved", "identity_unavailable", "too_large"),
    "token": ("bad_token",),
    "none": (),
}
ANYWHERE = ("bad_request", "no_such_page", "wrong_method", "internal", "store_unavailable")
_HEADERS = ("X-Kpi-Sheet", "X-Kpi-Timestamp", "X-Kpi-Nonce", "X-Kpi-Signature")
_SCHEMES: dict[str, Any] = {
    **{name: {"type": "apiKey", "in": "header", "name": name} for name in _HEADERS},
    "bearer": {"type": "http", "scheme": "bearer"},
}
_SECURITY: Mapping[str, list[dict[str, list[str]]]] = {
    "signed": [{name: [] for name in _HEADERS}],
    "scheduler": [{name: [] for name in _HEADERS}, {"bearer": []}],
    "token": [{"bearer": []}, {}],
    "none": [],
}
_PLACE = re.compile(r"<(\w+)>")


@cache
def endpoints() -> tuple[Mapping[str, Any], ...]:
    """The endpoints as api.yaml lists them."""
    return tuple(_contract()["endpoints"])


@cache
def openapi() -> Mapping[str, Any]:
    """The OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints():
        path = _PLACE.sub(r"{\1}", endpoint["path"])
        paths.setdefault(path, {})[endpoint["method"].lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Semáforo", "version": version("semaforo")},
        "paths": paths,
        "components": {"schemas": _linked(_contract()["schemas"]), "securitySchemes": _SCHEMES},
    }


def refusals(endpoint: Mapping[str, Any]) -> list[str]:
    """Every code with which an endpoint may refuse."""
    own = [*endpoint["refusals"], *_BY_PROOF[endpoint["proof"]]]
    here = [code for code in ANYWHERE if code not in ("no_such_page", "wrong_method")]
    return [code for code in STATUS if code in {*own, *here}]


def _operation(endpoint: Mapping[str, Any]) -> dict[str, Any]:
    place = _PLACE.findall(endpoint["path"])
    found: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{endpoint['method'].lower()}{endpoint['path']}").strip("_"),
        "summary": endpoint["summary"],
        "security": _SECURITY[endpoint["proof"]],
        "responses": {str(endpoint["status"]): _answer(endpoint), **_refused(endpoint)},
    }
    if place:
        schema = {"type": "string", "minLength": 1}
        found["parameters"] = [{"name": name, "in": "path", "required": True, "schema": schema} for name in place]
    if endpoint.get("body"):
        content = {"application/json": {"schema": _link(endpoint["body"])}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _answer(endpoint: Mapping[str, Any]) -> dict[str, Any]:
    if endpoint["answer"] is None:
        return {"description": endpoint["summary"], "content": {"text/plain": {"schema": {"type": "string"}}}}
    content = {"application/json": {"schema": _link(endpoint["answer"])}}
    return {"description": endpoint["summary"], "content": content}


def _refused(endpoint: Mapping[str, Any]) -> dict[str, Any]:
    by_status: dict[str, list[str]] = {}
    for code in refusals(endpoint):
        by_status.setdefault(str(STATUS[code]), []).append(code)
    content = {"application/problem+json": {"schema": _link("Problem")}}
    return {
        status: {"description": " · ".join(f"{code}: {sentences('web')[code]['en']}" for code in codes)}
        | {"content": content}
        for status, codes in by_status.items()
    }


def _link(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _linked(value: Any) -> Any:
    """The same with the short names of schemas written out."""
    if isinstance(value, dict):
        return {key: _link(each)["$ref"] if key == "$ref" else _linked(each) for key, each in value.items()}
    return [_linked(each) for each in value] if isinstance(value, list) else value


@cache
def _contract() -> Any:
    return yaml.load((Path(__file__).parent / "api.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
