"""Google Ads' stream of reports, from the package `google-ads`: messages as its protocol buffers declare them.

Of these messages the JSON form follows by rule (https://protobuf.dev/programming-guides/json/): names in camelCase,
numbers of 64 bits and masks as text. The address of the call stands nowhere in the package, which speaks gRPC.
"""

import ast
import re
from pathlib import Path
from typing import Any

from tests.vendors.annotations import ANY, Schema, last_name, named, tree_of

PACKAGE = "google/ads/googleads"
_MESSAGES = {
    "SearchGoogleAdsStreamRequest": "services/types/google_ads_service.py",
    "SearchGoogleAdsStreamResponse": "services/types/google_ads_service.py",
    "GoogleAdsRow": "services/types/google_ads_service.py",
    "Customer": "resources/types/customer.py",
    "Campaign": "resources/types/campaign.py",
    "Segments": "common/types/segments.py",
    "Metrics": "common/types/metrics.py",
}
_JSON = {"STRING": "string", "INT64": "string", "UINT64": "string", "INT32": "integer", "BOOL": "boolean"}
_JSON |= {"DOUBLE": "number", "FLOAT": "number", "ENUM": "string", "BYTES": "string"}


def made(home: Path) -> dict[str, Any]:
    """The document, from the package's folder: its newest version."""
    newest = max((path for path in home.glob("v*") if re.fullmatch(r"v\d+", path.name)), key=lambda p: int(p.name[1:]))
    schemas: dict[str, Schema] = {
        name: {"properties": _fields(named(tree_of(newest / place).body, name))} for name, place in _MESSAGES.items()
    }
    row = schemas["GoogleAdsRow"]["properties"]
    schemas["GoogleAdsRow"] = {"properties": {key: said for key, said in row.items() if said != ANY}}
    schemas["Stream"] = {"type": "array", "items": {"$ref": "SearchGoogleAdsStreamResponse"}}
    return {
        "revision": newest.name,
        "rootUrl": "https://googleads.googleapis.com/",
        "servicePath": f"{newest.name}/",
        "schemas": schemas,
        "methods": {
            "searchStream": {
                "httpMethod": "POST",
                "path": "customers/{customerId}/googleAds:searchStream",
                "request": {"$ref": "SearchGoogleAdsStreamRequest"},
                "response": {"$ref": "Stream"},
            }
        },
    }


def _fields(node: ast.ClassDef) -> dict[str, Schema]:
    return {
        _camel(item.target.id): _field(item.value)
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and isinstance(item.value, ast.Call)
    }


def _field(call: ast.Call) -> Schema:
    kind = last_name(call.args[0])
    message = next((last_name(word.value) for word in call.keywords if word.arg == "message"), "")
    if kind == "MESSAGE":
        said = {"type": "string"} if message == "FieldMask" else {"$ref": message} if message in _MESSAGES else ANY
    else:
        said = {"type": _JSON[kind]}
    return {"type": "array", "items": said} if last_name(call.func) == "RepeatedField" else said


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)
