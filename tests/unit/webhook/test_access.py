"""Signatures: the fixed vectors that the plugin shares, and every way of being wrong."""

import dataclasses

import pytest

from sync.keys import workbook_secret
from webhook.access import canonical, clock_problem, sign, signed_headers, verify
from webhook.events import Envelope, Refusal, Request, read_envelope

SECRET = "clé-µ"  # noqa: S105  # the published secret of the vectors
TIME = 1767225600
NONCE = "00000000-0000-4000-8000-000000000001"
BODY = '{"spreadsheetId":"S1","kpi":"Café ≥ 40"}'
MASTER = b"m" * 32


def test_vector_of_a_post_with_a_body_that_is_not_ascii() -> None:
    message = canonical(TIME, NONCE, "POST", "/api/v1/sync", BODY.encode())
    assert sign(SECRET, message) == "2079f0bd845d1130b8ba6ab6b5c35c7a605397eae077fbfebe4ede5bf9250f4a"


def test_vector_of_the_same_wrongly_signed_as_ascii_is_another_signature() -> None:
    wrong = "963ae853d235656af79db2f829fc8861953589b2300f35745333adc2d8ee6110"
    as_ascii = canonical(TIME, NONCE, "POST", "/api/v1/sync", BODY.encode("ascii", "replace"))
    assert sign(SECRET.encode("ascii", "replace").decode(), as_ascii) == wrong
    assert sign(SECRET, canonical(TIME, NONCE, "POST", "/api/v1/sync", BODY.encode())) != wrong


def test_vector_of_a_get_without_a_body() -> None:
    message = canonical(TIME, NONCE, "GET", "/api/v1/jobs/j-1", b"")
    assert message.endswith(b"j-1\n")
    assert sign(SECRET, message) == "06890c03e64079e26dc081e4346af83fd6f90a97cc70b02a1aba294e18d11bdf"


def signed(workbook: str = "W1", epoch: int = 1, body: bytes = b"{}", target: str = "/v1/sync") -> Request:
    secret = workbook_secret(MASTER, workbook, epoch)
    headers = signed_headers(secret, "POST", target, body, workbook=workbook, now=float(TIME), nonce=NONCE)
    return Request("POST", target, {name.lower(): value for name, value in headers.items()}, body)


def opened(request: Request) -> Envelope:
    envelope = read_envelope(request)
    assert isinstance(envelope, Envelope)
    return envelope


def test_a_signed_request_is_let_in() -> None:
    assert verify(signed(), opened(signed()), (MASTER,), (1,)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"method": "PUT"},
        {"target": "/v1/sync?again"},
        {"target": "/v1/syncs"},
        {"body": b"{ }"},
    ],
    ids=str,
)
def test_nothing_that_is_signed_can_be_changed(change: dict[str, object]) -> None:
    changed = dataclasses.replace(signed(), **change)
    assert verify(changed, opened(changed), (MASTER,), (1,)) == Refusal("bad_signature")


@pytest.mark.parametrize("change", [{"timestamp": TIME + 1}, {"nonce": NONCE[:-1] + "2"}, {"workbook": "W2"}], ids=str)
def test_nothing_in_the_headers_can_be_changed(change: dict[str, object]) -> None:
    changed = dataclasses.replace(opened(signed()), **change)
    assert verify(signed(), changed, (MASTER,), (1,)) == Refusal("bad_signature")


def test_a_secret_of_another_master_key_opens_nothing() -> None:
    assert verify(signed(), opened(signed()), (b"n" * 32,), (1,)) is not None


def test_both_secrets_open_while_one_replaces_the_other() -> None:
    for epoch in (2, 1):
        assert verify(signed(epoch=epoch), opened(signed(epoch=epoch)), (MASTER,), (2, 1)) is None


def test_an_old_secret_opens_nothing_afterwards() -> None:
    assert verify(signed(epoch=1), opened(signed(epoch=1)), (MASTER,), (2,)) == Refusal("bad_signature")


@pytest.mark.parametrize("epoch", [0, 1])
def test_a_workbook_that_is_not_enrolled_is_refused_like_a_bad_signature(epoch: int) -> None:
    request = signed(epoch=epoch)
    assert verify(request, opened(request), (MASTER,), ()) == Refusal("bad_signature")


def test_the_padding_epoch_never_opens_an_enrolled_workbook() -> None:
    assert verify(signed(epoch=0), opened(signed(epoch=0)), (MASTER,), (1,)) is not None


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_a_clock_that_is_a_little_off_is_fresh(off: int) -> None:
    assert clock_problem(opened(signed()), TIME - off) is None


@pytest.mark.parametrize(("off", "code"), [(600, "clock_ahead"), (-600, "clock_behind"), (301, "clock_ahead")])
def test_a_clock_that_is_far_off_is_told_how_much_and_which_way(off: int, code: str) -> None:
    assert clock_problem(opened(signed()), TIME - off) == Refusal(code, {"seconds": abs(off)})


def test_secrets_differ_by_workbook_and_epoch_and_are_text_for_the_plugin() -> None:
    secrets = {workbook_secret(MASTER, book, epoch) for book in ("W1", "W2") for epoch in (1, 2)}
    assert len(secrets) == 4
    by_openssl = (
        "dad98f727706715d25c1b9b2bc76b6f90f53ededca04cc7734c3be7fb681de21"  # printf 'semaforo|v1|W1|1' | openssl dgst
    )
    assert workbook_secret(MASTER, "W1", 1) == by_openssl
