"""Who asked: tokens signed by a key of ours, checked by the real library over HTTP."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.auth import crypt, jwt

from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store
from tests.integration.webhook.conftest import Plugin, Syncs
from tests.integration.webhook.tokens import AUDIENCE, Certificates, keys, published, token
from webhook.app import ServiceThread, create_app
from webhook.identity import BadTokenError, CachedGet, CertificatesGoneError, Tokens


@pytest.fixture
def certificates() -> Iterator[Certificates]:
    with published("k1") as found:
        yield found


def bad_tokens() -> dict[str, str]:
    now = int(time.time())
    unsigned = token().rsplit(".", 1)[0] + "."
    shared = crypt.RSASigner.from_string(keys("k2")[0], "k1")
    return {
        "another app's": token(aud="other.apps.example"),
        "no audience": token(aud=None),
        "another issuer": token(iss="https://accounts.example.org"),
        "over": token(iat=now - 700, exp=now - 100),
        "not yet": token(iat=now + 100),
        "unverified address": token(email_verified=False),
        "verified in words only": token(email_verified="true"),
        "no address": token(email=None),
        "a foreign key under a known name": jwt.encode(shared, {"aud": AUDIENCE}).decode(),
        "an unknown key": token("k2", "k2"),
        "no signature": unsigned,
        "nonsense": "a.b.c",
        "too long": "x" * 9000,
        "not ASCII": "ñ",
    }


def test_a_good_token_names_its_owner(certificates: Certificates) -> None:
    assert Tokens(certificates.url).address_in(token(), [AUDIENCE]) == "ana@example.org"


def test_a_clock_five_seconds_off_is_no_reason_to_refuse(certificates: Certificates) -> None:
    assert Tokens(certificates.url).address_in(token(iat=int(time.time()) + 5), [AUDIENCE])


@pytest.mark.parametrize("kind", bad_tokens())
def test_a_bad_token_names_nobody(certificates: Certificates, kind: str) -> None:
    with pytest.raises(BadTokenError):
        Tokens(certificates.url).address_in(bad_tokens()[kind], [AUDIENCE])


@pytest.mark.parametrize("audiences", [[], [""]])
def test_without_an_audience_no_token_is_good(certificates: Certificates, audiences: list[str]) -> None:
    with pytest.raises(BadTokenError):
        Tokens(certificates.url).address_in(token(aud=""), audiences)


def test_certificates_are_fetched_once_for_many_tokens(certificates: Certificates) -> None:
    tokens = Tokens(certificates.url)
    for _ in range(5):
        tokens.address_in(token(), [AUDIENCE])
    assert len(certificates.asked) == 1


def test_a_new_key_is_fetched_but_not_for_every_stranger(certificates: Certificates) -> None:
    now = [0.0]
    tokens = Tokens(certificates.url, CachedGet(lambda: now[0]))
    for _ in range(3):
        with pytest.raises(BadTokenError):
            tokens.address_in(token("k2", "k2"), [AUDIENCE])
    assert len(certificates.asked) == 1
    certificates.published["k2"] = keys("k2")[1]
    now[0] = 61.0
    assert tokens.address_in(token("k2", "k2"), [AUDIENCE])
    assert len(certificates.asked) == 2


def test_certificates_that_can_not_be_had_are_another_matter() -> None:
    with pytest.raises(CertificatesGoneError):
        Tokens("http://127.0.0.1:9/").address_in(token(), [AUDIENCE])


def service(store: Store, syncs: Syncs, folder: Path, **choices: Any) -> tuple[ServiceThread, Plugin]:
    settings = Settings(home=folder, identity_audiences=(AUDIENCE,), **choices)
    running = ServiceThread(create_app(settings, store, syncs))
    return running, Plugin(running.url, workbook_secret(master_key(settings), "W1", 1))


def test_the_run_knows_who_pressed(store: Store, syncs: Syncs, tmp_path: Path, certificates: Certificates) -> None:
    running, plugin = service(store, syncs, tmp_path, certs_url=certificates.url)
    with running:
        run = store.run(plugin.press({"X-Kpi-Identity": token()}).json()["run"])
    assert run is not None
    assert run.asked_by == "ana@example.org"


def test_a_bad_token_is_worth_as_much_as_none(
    store: Store, syncs: Syncs, tmp_path: Path, certificates: Certificates
) -> None:
    running, plugin = service(store, syncs, tmp_path, certs_url=certificates.url)
    with running:
        run = store.run(plugin.press({"X-Kpi-Identity": token(aud="other")}).json()["run"])
    assert run is not None
    assert run.asked_by is None


def test_where_identity_is_required_nobody_stays_unnamed(
    store: Store, syncs: Syncs, tmp_path: Path, certificates: Certificates
) -> None:
    running, plugin = service(store, syncs, tmp_path, certs_url=certificates.url, identity_required=True)
    with running:
        answers = [plugin.press(headers) for headers in ({}, {"X-Kpi-Identity": token(aud="other")})]
        good = plugin.press({"X-Kpi-Identity": token()})
    assert [answer.json()["code"] for answer in answers] == ["identity_refused"] * 2
    assert good.status_code == 202


def test_where_nobody_can_tell_a_required_identity_may_be_sent_again(
    store: Store, syncs: Syncs, tmp_path: Path
) -> None:
    running, plugin = service(store, syncs, tmp_path, certs_url="http://127.0.0.1:9/", identity_required=True)
    with running:
        answer = plugin.press({"X-Kpi-Identity": token()})
    assert (answer.status_code, answer.json()["code"]) == (503, "identity_unavailable")
