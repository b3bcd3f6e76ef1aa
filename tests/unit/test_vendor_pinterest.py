"""The reader of Pinterest's package, on a small package built like the real one."""

import pytest

from tests.vendors.pinterest import made

ENDPOINT = """
class UserAccountApi:
    def __init__(self, api_client):
        self.{name}_endpoint = _Endpoint(
            settings={{'response_type': ({answer},), 'endpoint_path': '/{name}', 'http_method': 'GET'}},
            params_map={{'all': ['first'], 'required': ['first']}},
            root_map={{
                'validations': {{('first',): {{'max_length': 3, 'regex': {{'pattern': r'^x+$'}}}}}},
                'allowed_values': {{('kinds',): {{'B': 'B', 'A': 'A'}}}},
                'openapi_types': {{'first': (str,), 'kinds': ([str],)}},
                'attribute_map': {{'first': 'First', 'kinds': 'kinds'}},
                'location_map': {{'first': 'query', 'kinds': 'query'}},
            }},
        )
"""
MODEL = """
class {name}(ModelNormal):
    allowed_values = {allowed}
    @cached_property
    def additional_properties_type():
        return {others}
    @cached_property
    def openapi_types():
        lazy_import()
        return {types}
    attribute_map = {keys}
"""
ANYTHING = "(bool, dict, str,)"


@pytest.fixture
def home(tmp_path):
    """A package with two questions, a model of each kind."""
    files = {
        "configuration.py": 'self._base_path = "https://api.example.org/v5" if host is None else host\n',
        "api/user_account_api.py": ENDPOINT.format(name="user_account_analytics", answer="TheAnswer")
        + ENDPOINT.format(name="user_account_get", answer="Word"),
        "model/the_answer.py": MODEL.format(
            name="TheAnswer",
            allowed="{}",
            others=ANYTHING,
            types="{'days': ([Day],), 'sums': ({str: (float,)},)}",
            keys="{'days': 'Days', 'sums': 'sums'}",
        ),
        "model/day.py": MODEL.format(name="Day", allowed="{}", others="(int,)", types="{}", keys="{}"),
        "model/word.py": MODEL.format(
            name="Word",
            allowed="{('value',): {'NO': 'no', 'YES': 'yes'}}",
            others="None",
            types="{'value': (str,)}",
            keys="{}",
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_question_is_read_with_its_choices_its_pattern_and_what_it_must_have(home):
    asked = made(home)["methods"]["user_account_analytics"]
    assert (asked["httpMethod"], asked["path"], asked["response"]) == (
        *("GET", "user_account_analytics", {"$ref": "TheAnswer"}),
    )
    assert asked["parameters"] == {
        "First": {"type": "string", "pattern": "(?=.{0,3}$)^x+$", "location": "query", "required": True},
        "kinds": {"type": "array", "items": {"type": "string", "enum": ["A", "B"]}, "location": "query"},
    }


def test_answers_are_followed_to_the_last_model(home):
    assert made(home)["schemas"] == {
        "TheAnswer": {
            "type": "object",
            "properties": {
                "Days": {"type": "array", "items": {"$ref": "Day"}},
                "sums": {"type": "object", "additionalProperties": {"type": "number"}},
            },
        },
        "Day": {"type": "object", "additionalProperties": {"type": "integer"}},
        "Word": {"type": "string", "enum": ["no", "yes"]},
    }


def test_the_address_is_the_packages_own(home):
    found = made(home)
    assert (found["rootUrl"], found["servicePath"]) == ("https://api.example.org/", "v5/")
