"""What a JMESPath expression reads, followed through a vendor's schema in the words of discovery documents.

misread("data[?status=='paid'].net", {"$ref": "List"}, schemas) == ["paid is none of status's words"]
"""

from collections.abc import Mapping
from typing import Any

import jmespath

Schema = Mapping[str, Any]
ANY: Schema = {"type": "any"}


def misread(expression: str, schema: Schema, schemas: Mapping[str, Schema]) -> list[str]:
    """The names that the schema lacks, and the words that a field never says."""
    return followed(expression, schema, schemas)[1]


def followed(expression: str, schema: Schema, schemas: Mapping[str, Schema]) -> tuple[Schema, list[str]]:
    """The schema of what the expression gives, and what is wrong with it."""
    walk = _Walk(schemas)
    return walk.step(jmespath.compile(expression).parsed, schema), walk.wrong


class _Walk:
    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.schemas, self.wrong = schemas, list[str]()

    def step(self, node: dict[str, Any], at: Schema) -> Schema:
        at = {"type": "object", **self.schemas[at["$ref"]]} if "$ref" in at else at
        known = getattr(self, node["type"], None)
        if known is not None:
            return known(node, at)
        for child in node["children"]:  # comparisons of other kinds, functions, negations: all their parts
            self.step(child, at)
        return ANY

    def field(self, node, at):
        if at["type"] == "any" or (at["type"] == "object" and not at.keys() & {"properties", "additionalProperties"}):
            return ANY
        found = at.get("properties", {}).get(node["value"], at.get("additionalProperties"))
        if found is None:
            self.wrong.append(f"{node['value']}: not there")
        return found or ANY

    def subexpression(self, node, at):
        for child in node["children"]:
            at = self.step(child, at)
        return at

    index_expression = pipe = subexpression

    def index(self, node, at):
        return self._items(at, f"[{node['value']}]")

    def projection(self, node, at):
        left, right = node["children"]
        return {"type": "array", "items": self.step(right, self._items(self.step(left, at), "[]"))}

    def filter_projection(self, node, at):
        left, right, condition = node["children"]
        items = self._items(self.step(left, at), "[?]")
        self.step(condition, items)
        return {"type": "array", "items": self.step(right, items)}

    def flatten(self, node, at):
        inner = self.step(node["children"][0], at)
        return inner if self._items(inner, "[]").get("type") != "array" else inner["items"]

    def or_expression(self, node, at):
        """One of two names that is there is enough: the other one is what it was called before."""
        before = list(self.wrong)
        found = []
        for child in node["children"]:
            self.wrong = list(before)
            found.append((self.step(child, at), self.wrong))
        good = [schema for schema, wrong in found if wrong == before]
        self.wrong = before if good else found[0][1]
        return good[0] if good else ANY

    def comparator(self, node, at):
        sides = [self.step(child, at) for child in node["children"]]
        words = [side["word"] for side in sides if "word" in side]
        self._need(sides, words, lambda word, choice: word == choice)
        return ANY

    def function_expression(self, node, at):
        sides = [self.step(child, at) for child in node["children"]]
        words = [side["word"] for side in sides if "word" in side]
        if node["value"] in ("starts_with", "ends_with"):
            part = str.startswith if node["value"] == "starts_with" else str.endswith
            self._need(sides, words, lambda word, choice: part(choice, word))
        return ANY

    def literal(self, node, at):
        return {"type": "any", "word": node["value"]} if isinstance(node["value"], str) else ANY

    def identity(self, node, at):
        return at

    current = identity

    def _items(self, at, what):
        at = {"type": "object", **self.schemas[at["$ref"]]} if "$ref" in at else at
        if at["type"] == "any":
            return ANY
        if at["type"] != "array":
            self.wrong.append(f"{what} of {at['type']}")
        return at.get("items", ANY)

    def _need(self, sides, words, fits):
        for choices in (side["enum"] for side in sides if "enum" in side):
            lacking = [word for word in words if not any(fits(word, choice) for choice in choices)]
            self.wrong += [f"{word!r}: not among the words" for word in lacking]
