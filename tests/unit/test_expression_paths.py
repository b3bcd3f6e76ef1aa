"""Expressions followed through a vendor's schema: what it lacks is named, what it has is not."""

import pytest

from tests.expression_paths import followed, misread

WORDS = {"type": "string", "enum": ["paid", "payout", "payout_failure"]}
SCHEMAS = {
    "List": {"properties": {"data": {"type": "array", "items": {"$ref": "Row"}}, "total": {"type": "integer"}}},
    "Row": {
        "properties": {
            "net": {"type": "integer"},
            "status": WORDS,
            "inner": {"type": "object"},
            "more": {"type": "array", "items": {"$ref": "Row"}},
        }
    },
}
LIST = {"$ref": "List"}


@pytest.mark.parametrize(
    "expression",
    [
        "data",
        "@",
        "data[-1].net",
        "data[?status=='paid' && net].net",
        "data[?!starts_with(status, 'payout')]",
        "data[].more[].net",
        "data[0].inner.whatever",
        "data[0].former || data[0].net",
        "data[*].status | [0]",
    ],
)
def test_what_the_schema_has_is_no_complaint(expression):
    assert misread(expression, LIST, SCHEMAS) == []


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("date", "date: not there"),
        ("data[-1].gross", "gross: not there"),
        ("data[?state=='paid']", "state: not there"),
        ("data[?status=='settled']", "'settled': not among the words"),
        ("data[?starts_with(status, 'topup')]", "'topup': not among the words"),
        ("total[0]", "[0] of integer"),
        ("data[0].former || data[0].earlier", "former: not there"),
    ],
)
def test_what_the_schema_lacks_is_named(expression, complaint):
    assert misread(expression, LIST, SCHEMAS) == [complaint]


def test_an_expression_leads_to_the_schema_of_what_it_gives():
    assert followed("data[?net]", LIST, SCHEMAS)[0]["items"]["properties"] == SCHEMAS["Row"]["properties"]
    assert followed("data[].more[].net", LIST, SCHEMAS)[0] == {"type": "array", "items": {"type": "integer"}}
