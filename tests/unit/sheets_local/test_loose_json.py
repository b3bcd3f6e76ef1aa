"""Bodies that are no strict JSON: what still passes, and what is said of the rest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sheet.local.loose_json import LooseError, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{requests: []}", {"requests": []}),
        ("{'a': 'it\\'s'}", {"a": "it's"}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        (' {"a": -1.5e3, "b": null} ', {"a": -1500.0, "b": None}),
    ],
)
def test_what_googles_parser_lets_pass(text, value):
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("values=1", "Unexpected token.\nvalues=1\n^"),
        ('{"a": 1 "b": 2}', 'Expected , or } after key:value pair.\n{"a": 1 "b": 2}\n        ^'),
        ('{"a" 1}', 'Expected : between key:value pair.\n{"a" 1}\n     ^'),
        ('{"a": [1 2]}', 'Expected , or ] after array value.\n{"a": [1 2]}\n         ^'),
        ("{1: 2}", "Expected an object key or }.\n{1: 2}\n ^"),
        ('{"a": ', 'Unexpected end of string. Expected a value.\n{"a": \n      ^'),
        ('{"a": "b', 'Closing quote expected in string.\n{"a": "b\n        ^'),
        ('{"a": 1.2.3}', 'Unable to parse number.\n{"a": 1.2.3}\n      ^'),
        ('{"a": 007}', 'Octal/hex numbers are not valid JSON values.\n{"a": 007}\n      ^'),
        ("{} x", "Parsing terminated before end of input.\n{} x\n   ^"),
        ('{"a": NaN}', 'Unexpected token.\n{"a": NaN}\n      ^'),
    ],
)
def test_what_is_wrong_is_said_with_the_place(text, message):
    with pytest.raises(LooseError) as trouble:
        parse(text)
    assert str(trouble.value) == message


def test_only_twenty_signs_on_either_side_are_shown():
    with pytest.raises(LooseError) as trouble:
        parse('{"a": "' + "x" * 50 + '" ' + "y" * 50)
    assert trouble.value.args[0].split("\n")[1:] == ["x" * 18 + '" ' + "y" * 20, " " * 20 + "^"]


@given(value=VALUES)
def test_strict_json_is_read_alike(value):
    assert parse(json.dumps(value)) == value


@given(text=st.text(alphabet="{}[]:,'\"ab1-.\\ \n", max_size=12))
def test_any_text_is_read_or_refused(text):
    try:
        parse(text)
    except LooseError as trouble:
        assert trouble.args[0].endswith("^")
