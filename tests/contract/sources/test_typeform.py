"""Our questions to Typeform, and our stand-in's answers, against its own client (@typeform/api-client) and types."""

import json
import os
import subprocess
from urllib.parse import urlsplit

import pytest

from sync.sources import fetch_all
from tests.contract.plugin.driver import ROOT, need_node
from tests.contract.sources.test_platforms import good, row
from tests.platforms import Platform, at, ok, secrets_for
from tests.source_builders import snapshot

JS = ROOT / "tests" / "js"
CLIENT = JS / "node_modules" / "@typeform" / "api-client"
TSC = JS / "node_modules" / "typescript" / "bin" / "tsc"
# The client's own parameter (completed) is older; the vendor's reference lists this one in its place.
OF_THE_REFERENCE = {"response_type"}
PAGES = [
    {
        "total_items": 1001,
        "page_count": 2,
        "items": [{"response_id": f"r{n}", "submitted_at": "2026-06-29T10:00:00Z"} for n in range(1000)],
    },
    {"total_items": 1, "page_count": 1, "items": [{"response_id": "z", "submitted_at": "2026-06-29T09:00:00Z"}]},
]
READS = """
import type { Typeform } from "@typeform/api-client";
const base: Typeform.API_URL = "%(base)s";
const answer: Typeform.API.Responses.List = %(answer)s;
const total: number = answer.total_items;
const day: string | undefined = answer.items[0].submitted_at;
const next: string | undefined = answer.items[answer.items.length - 1].response_id;
export { base, total, day, next };
"""


@pytest.fixture(scope="module")
def node():
    found = need_node()
    if not (CLIENT.exists() and TSC.exists()):
        reason = "Typeform's own client is not installed: npm ci in tests/js"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(reason)
    return found


@pytest.fixture(scope="module")
def theirs(node):
    """What the client asks for, and how many answers it reads from the pages."""
    run = [node, str(JS / "typeform_client.mjs")]
    done = subprocess.run(run, input=json.dumps(PAGES), capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


def ours(answers=None, **fields):
    platform = Platform(answers or good("typeform").answer)
    fetch_all([row("typeform", "responses", **fields)], snapshot(), at(platform, secrets_for("typeform")))
    return platform.calls


def complaints(node, folder, answer, base="https://api.typeform.com"):
    """What a compiler says of an answer where the vendor's types are asked for."""
    (folder / "node_modules").symlink_to(JS / "node_modules", target_is_directory=True)
    (folder / "read.ts").write_text(READS % {"base": base, "answer": json.dumps(answer)}, encoding="utf-8")
    options = {"strict": True, "noEmit": True, "skipLibCheck": True, "types": [], "target": "es2020"}
    options |= {"module": "esnext", "moduleResolution": "bundler"}
    config = {"compilerOptions": options, "files": ["read.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    run = [node, str(TSC), "-p", str(folder)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


def test_every_parameter_is_one_that_the_client_or_the_reference_knows(theirs):
    (call,) = ours(filter="text=bien")
    address = urlsplit(call.url)
    assert (call.method.lower(), address.path) == (theirs["every"]["method"], theirs["every"]["url"])
    assert set(dict(call.query)) - OF_THE_REFERENCE <= set(theirs["every"]["params"])


def test_the_client_turns_the_page_as_we_do(theirs):
    calls = [dict(call.query) for call in ours([ok(page) for page in PAGES])]
    assert theirs["read"] == 1001
    assert len(calls) == len(theirs["turned"]) == 2
    for call, turned in zip(calls, theirs["turned"], strict=True):
        params = turned["params"]
        assert (call["page_size"], call.get("before")) == (str(params["page_size"]), params.get("before"))


def test_our_stand_ins_answers_and_what_we_read_of_them_fit_the_vendors_types(node, tmp_path):
    (call,) = ours()
    address = urlsplit(call.url)
    answer = json.loads(good("typeform").answer(call).body)
    assert complaints(node, tmp_path, answer, f"{address.scheme}://{address.netloc}") == ""


def test_an_answer_that_does_not_fit_would_be_told(node, tmp_path):
    items = [{"token": "t"}, {"submitted_at": 1}]
    told = complaints(node, tmp_path, {"total_items": "1", "page_count": 1, "items": items}, "https://typeform.com")
    assert told.count("error") == 4
    assert "'\"token\"' does not exist in type 'Response'" in told
