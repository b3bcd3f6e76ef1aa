"""docs/webhook.md and its Spanish twin against the code: addresses, headers, codes, sentences, limits."""

import re
from pathlib import Path

import pytest

from sheet_templates.words import LANGUAGES, sentences
from sync.cards import MOST_POINTS
from sync.jobs.runner import RunResult
from sync.preview import MOST_CELLS
from sync.settings import Settings
from sync.store.nonces import NONCE_SECONDS
from sync.store.pairing import CODE_SECONDS, MOST_TRIES
from sync.store.store import MAX_ATTEMPTS, open_store
from webhook.access import FRESH_SECONDS, signed_headers
from webhook.app import create_app
from webhook.events import MAX_BODY, STATUS
from webhook.openapi import ANYWHERE, endpoints, refusals

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "webhook.md", "es": DOCS / "webhook.es.md"}


@pytest.fixture(params=sorted(PAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(language: str) -> str:
    return PAGES[language].read_text(encoding="utf-8")


def test_every_address_is_documented_and_no_other(page: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    app = create_app(settings, open_store(settings.store_url), lambda _workbook, _progress: RunResult({}))
    served = {f"{method} {rule}" for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}}
    assert set(re.findall(r"^\| `((?:GET|POST) /\S+)` \|", page, re.MULTILINE)) == served


def test_the_description_lists_the_same_addresses_and_no_other(page: str) -> None:
    listed = {f"{endpoint['method']} {endpoint['path']}" for endpoint in endpoints()}
    assert set(re.findall(r"^\| `((?:GET|POST) /\S+)` \|", page, re.MULTILINE)) == listed


def test_every_refusal_is_one_of_an_address() -> None:
    told = {code for endpoint in endpoints() for code in refusals(endpoint)}
    assert told | set(ANYWHERE) == set(STATUS)


def test_every_header_is_documented_and_no_other(page: str) -> None:
    headers = signed_headers("s", "GET", "/", workbook="W1", now=0.0, nonce="nonce-0001")
    assert set(re.findall(r"^\| `(X-[\w-]+)` \|", page, re.MULTILINE)) == set(headers)


def test_every_refusal_is_documented_with_its_status_and_sentence(page: str, language: str) -> None:
    rows = re.findall(r"^\| (\d{3}) \| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert rows == [(str(status), code, sentences("web")[code][language]) for code, status in STATUS.items()]


def test_the_limits_are_the_codes_own(page: str) -> None:
    assert f"{MAX_BODY // 1024} KiB" in page
    assert f"{FRESH_SECONDS} s" in page
    assert f"{NONCE_SECONDS} s" in page
    assert f" {MOST_TRIES} " in page
    assert f" {CODE_SECONDS // 60} min" in page
    assert f"{MOST_POINTS} " in page
    assert f"{MOST_CELLS} " in page
    assert f"({Settings().requests_per_minute})" in page
    assert MAX_ATTEMPTS == 5  # "five times at most", "cinco veces como mucho"


def test_every_sentence_exists_in_both_languages_with_the_same_facts() -> None:
    for code, said in sentences("web").items():
        assert set(said) == set(LANGUAGES), code
        assert len({tuple(sorted(re.findall(r"\{\w+\}", sentence))) for sentence in said.values()}) == 1, code


def test_every_sentence_is_used_and_every_refusal_has_its_title() -> None:
    titles = {f"title_{status}" for status in STATUS.values()}
    assert set(sentences("web")) == titles | set(STATUS) | {"gave_up"}
