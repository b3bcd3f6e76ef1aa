"""The documents are made from packages built as the vendors' are; the real ones are read by hand: `tests.vendors`."""

import gzip
import json

import pytest
from graphql import build_schema, introspection_from_schema

from tests.vendors import __main__ as command
from tests.vendors import google_ads, meta, shopify, stripe, x


def package(home, files):
    for name, text in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return home


def stripes(home):
    files = {
        "_api_version.py": 'class _ApiVersion:\n    CURRENT = "2030-01-01.fern"\n',
        "_list_object.py": "class ListObject(StripeObject, Generic[T]):\n    data: List[T]\n    has_more: bool\n",
    }
    for module, name in stripe._LISTS.items():
        files[f"_{module}.py"] = (
            f'class {name}(Resource):\n    OBJECT_NAME: ClassVar[Literal["x"]] = "x"\n'
            '    amount: int\n    customer: Optional[ExpandableField["Customer"]]\n'
            '    status: Union[Literal["paid", "open"], str]\n'
        )
        files[f"_{module}_service.py"] = (
            f"class {name}Service(StripeService):\n"
            f'    def list(self, params: Optional["{name}ListParams"] = None) -> "ListObject[{name}]":\n'
            f'        return cast("ListObject[{name}]", self._request("get", "/v1/{module}s", params=params))\n'
        )
        files[f"params/_{module}_list_params.py"] = (
            f'class {name}ListParams(RequestOptions):\n    created: NotRequired["{name}ListParamsCreated|int"]\n'
            f"    limit: NotRequired[int]\n\n\nclass {name}ListParamsCreated(TypedDict):\n    gte: NotRequired[int]\n"
        )
    return package(home, files)


def test_stripes_lists_bring_their_spans_words_and_pages(tmp_path):
    found = stripe.made(stripes(tmp_path))
    method = found["methods"]["charge"]
    assert (found["revision"], method["httpMethod"], method["path"]) == ("2030-01-01.fern", "GET", "v1/charges")
    assert set(method["parameters"]) == {"created", "created[gte]", "limit"}
    assert found["schemas"]["ChargeList"]["properties"]["data"]["items"] == {"$ref": "Charge"}
    fields = found["schemas"]["Charge"]["properties"]
    assert fields["status"] == {"type": "string", "enum": ["paid", "open"]}
    assert (fields["amount"], fields["customer"]) == ({"type": "integer"}, {"type": "any"})


def test_xs_arguments_go_out_under_their_own_names(tmp_path):
    files = {
        "schemas.py": 'class Answer(BaseModel):\n    data: Optional["Post"] = None\n\n\nclass Post:\n    id: str\n'
    }
    problem = 'class {0}:\n    type: Literal["{0}"]\n\n\n'
    files["schemas.py"] = files["schemas.py"].replace("= None\n", "= None\n    errors: List[Problem]\n")
    files["schemas.py"] += f"\n\n{problem.format('Gone')}{problem.format('Denied')}Problem = Union[Gone, Denied]\n"
    for room, name in x._CALLS:
        client = files.get(f"{room}/client.py", "class Client:\n")
        files[f"{room}/client.py"] = client + (
            f"    def {name}(self, id: str, post_fields: Optional[List[Literal['text']]] = None) -> One:\n"
            '        url = self.client.base_url + "/2/things/{id}"\n'
            "        if post_fields is not None:\n"
            '            params["post.fields"] = ",".join(post_fields)\n'
        )
        files[f"{room}/models.py"] = "One = schemas.Answer\n"
    found = x.made(package(tmp_path, files))
    method = found["methods"]["get_by_id"]
    assert method["parameters"]["post.fields"]["items"] == {"type": "string", "enum": ["text"]}
    assert method["parameters"]["id"] == {"type": "string", "location": "path", "required": True}
    assert method["response"] == {"$ref": "Answer"}
    assert found["schemas"]["Post"] == {"properties": {"id": {"type": "string"}}}
    assert found["schemas"]["Problem"]["properties"]["type"]["enum"] == ["Gone", "Denied"]


INSIGHTS = """
class {node}(Base):
    class Field(Base.Field):
        id = 'id'
    _field_types = {{'id': 'string'}}
    def get_insights(self, fields=None, params=None):
        param_types = {{'level': 'level_enum', 'since': 'datetime', 'fields': 'list<string>'}}
        enums = {{'level_enum': Row.Level.__dict__.values()}}
        request = Request(target_class=Row)
"""
ROW = """
class Row(Base):
    class Field(Base.Field):
        clicks = 'clicks'
    class Level:
        ad = 'ad'
    _field_types = {'clicks': 'string', 'parts': 'list<Part>'}
"""


def test_metas_rows_stand_in_the_page_of_its_cursor(tmp_path):
    files = {"apiconfig.py": "ads_api_config = {'API_VERSION': 'v30.0'}\n", "adobjects/row.py": ROW}
    files["adobjects/part.py"] = "class Part(Base):\n    _field_types = {'value': 'Object'}\n"
    for node in ("AdAccount", "Page", "IGUser"):
        files[f"adobjects/{node.lower()}.py"] = INSIGHTS.format(node=node)
    found = meta.made(package(tmp_path, files))
    ads = found["meta_ads"]
    known = ads["methods"]["insights"]["parameters"]
    assert (ads["revision"], ads["servicePath"]) == ("v30.0", "v30.0/")
    assert known["level"] == {"type": "string", "enum": ["ad"], "location": "query"}
    assert known["fields"]["items"]["enum"] == ["clicks"]
    assert ads["schemas"]["Page of rows"]["properties"]["data"]["items"] == {"$ref": "Row"}
    assert ads["schemas"]["Row"]["properties"]["parts"] == {"type": "array", "items": {"$ref": "Part"}}
    assert found["instagram"]["methods"]["itself"]["response"] == {"$ref": "IGUser"}


def test_google_ads_messages_are_read_as_their_json(tmp_path):
    def message(name, *fields):
        lines = "".join(f"    {field}: x = proto.{kind}\n" for field, kind in fields)
        return f"class {name}(proto.Message):\n{lines or '    pass'}\n\n\n"

    texts = {}
    for name, place in google_ads._MESSAGES.items():
        texts.setdefault(place, "")
        texts[place] += message(
            name,
            ("cost_micros", "Field(proto.INT64, number=1)"),
            ("metrics", "Field(proto.MESSAGE, number=2, message=gagc_metrics.Metrics)"),
            ("field_mask", "Field(proto.MESSAGE, number=3, message=field_mask_pb2.FieldMask)"),
            ("results", 'RepeatedField(proto.MESSAGE, number=4, message="GoogleAdsRow")'),
        )
    home = package(tmp_path, {f"v{n}/{place}": text for n in (9, 10) for place, text in texts.items()})
    found = google_ads.made(home)
    assert found["revision"] == "v10"
    assert found["schemas"]["SearchGoogleAdsStreamResponse"]["properties"] == {
        "costMicros": {"type": "string"},
        "metrics": {"$ref": "Metrics"},
        "fieldMask": {"type": "string"},
        "results": {"type": "array", "items": {"$ref": "GoogleAdsRow"}},
    }


SDL = """
type QueryRoot { shop: Shop  "Asks." shopifyqlQuery(query: String!): Answer }
type Shop { name: String }
type Answer { "Rows." rows: JSON!  targets: [AnalyticsTarget!] }
type AnalyticsTarget { shop: Shop }
scalar JSON
schema { query: QueryRoot }
"""


@pytest.fixture
def shopifys(tmp_path):
    path = tmp_path / "dev-mcp" / "dist" / "admin_2030-01.json.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(json.dumps({"data": introspection_from_schema(build_schema(SDL))}).encode()))
    return tmp_path


def test_of_shopifys_schema_only_what_answers_a_question_stays(shopifys):
    text = shopify.made(shopifys / "dev-mcp", "2030-01")
    assert set(build_schema(text).type_map) >= {"QueryRoot", "Answer", "JSON"}
    assert not {"Shop", "AnalyticsTarget"} & set(build_schema(text).type_map)
    assert '"""' not in text


def test_a_document_that_a_package_contradicts_differs_and_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "DOCUMENTS", tmp_path)
    stripes(tmp_path / "stripe")
    (tmp_path / "stripe-99.1.dist-info").mkdir()
    assert command.main(tmp_path, check=True) == 1
    assert "stripe.json: differs" in capsys.readouterr().out
    assert command.main(tmp_path, check=False) == 0
    assert json.loads((tmp_path / "stripe.json").read_text())["package"] == "stripe 99.1"
    assert command.main(tmp_path, check=True) == 0
