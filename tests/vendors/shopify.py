"""ShopifyQL's question, from `@shopify/dev-mcp`, which carries the schemas of Shopify's GraphQL interfaces."""

import gzip
import json
import re
from pathlib import Path

from graphql import GraphQLObjectType, GraphQLSchema, build_client_schema, get_named_type, print_type

PACKAGE = "dev-mcp"
_QUESTION = "shopifyqlQuery"
_OTHERS = {"AnalyticsTarget"}  # goals set within Shopify: of no use to us, and half a schema behind them


def made(home: Path, version: str) -> str:
    """The part of the Admin schema that answers a ShopifyQL question, in GraphQL's own language."""
    packed = next(home.rglob(f"admin_{version}.json.gz")).read_bytes()
    schema = build_client_schema(json.loads(gzip.decompress(packed))["data"])
    assert schema.query_type
    schema.query_type.fields = {_QUESTION: schema.query_type.fields[_QUESTION]}
    types = [print_type(schema.type_map[name]) for name in _reached(schema, schema.query_type.name)]
    return "\n\n".join([f"schema {{ query: {schema.query_type.name} }}", *(_bare(text) for text in types)]) + "\n"


def _reached(schema: GraphQLSchema, name: str) -> list[str]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        kind = schema.type_map[waiting.pop(0)]
        if kind.name in found or kind.name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        found[kind.name] = None
        if isinstance(kind, GraphQLObjectType):
            kept = {key: field for key, field in kind.fields.items() if get_named_type(field.type).name not in _OTHERS}
            kind.fields = kept
            waiting += [get_named_type(field.type).name for field in kept.values()]
    return list(found)


def _bare(text: str) -> str:
    """Without what is said about it."""
    return re.sub(r'\n?\s*"""[\s\S]*?"""', "", f"\n{text}").strip()
