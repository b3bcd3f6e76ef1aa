from dataclasses import replace

import pytest

from webhook.events import MAX_BODY, Envelope, Refusal, Request, RunAsked, SyncWanted, read_envelope, understand

HEADERS = {
    "x-kpi-sheet": "W1",
    "x-kpi-timestamp": "1767225600",
    "x-kpi-nonce": "nonce-0001",
    "x-kpi-signature": "v1=" + "ab" * 32,
    "content-type": "application/json; charset=utf-8",
}
ENVELOPE = Envelope("W1", 1767225600, "nonce-0001", "ab" * 32)
SYNC = Request("POST", "/v1/sync", HEADERS, b'{"spreadsheetId": "W1"}')


def with_header(name: str, value: str) -> Request:
    return replace(SYNC, headers={**HEADERS, name: value})


def test_an_envelope_is_read() -> None:
    assert read_envelope(SYNC) == ENVELOPE


@pytest.mark.parametrize("name", ["x-kpi-sheet", "x-kpi-timestamp", "x-kpi-nonce", "x-kpi-signature"])
def test_each_of_the_four_headers_is_needed(name: str) -> None:
    assert read_envelope(with_header(name, "")) == Refusal("unsigned")
    without = replace(SYNC, headers={each: value for each, value in HEADERS.items() if each != name})
    assert read_envelope(without) == Refusal("unsigned")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-kpi-sheet", "W 1"),
        ("x-kpi-sheet", "W\n1"),
        ("x-kpi-sheet", "W" * 201),
        ("x-kpi-sheet", "ñandú"),
        ("x-kpi-timestamp", "١٢٣"),
        ("x-kpi-timestamp", "-5"),
        ("x-kpi-timestamp", "1767225600.5"),
        ("x-kpi-timestamp", "9" * 5000),
        ("x-kpi-nonce", "short"),
        ("x-kpi-nonce", "n" * 101),
        ("x-kpi-signature", "ab" * 32),
        ("x-kpi-signature", "v1=" + "AB" * 32),
        ("x-kpi-signature", "v1=" + "ab" * 32 + "\n"),
        ("x-kpi-signature", "v2=" + "ab" * 32),
        ("x-kpi-signature", "v1=ñ"),
    ],
)
def test_a_header_that_is_not_well_formed_is_refused_before_any_work(name: str, value: str) -> None:
    assert read_envelope(with_header(name, value)) == Refusal("malformed_signature")


def test_a_body_may_have_sixteen_kibibytes_and_not_one_byte_more() -> None:
    assert read_envelope(replace(SYNC, body=b" " * MAX_BODY)) == ENVELOPE
    assert read_envelope(replace(SYNC, body=b" " * (MAX_BODY + 1))) == Refusal("too_large", {"limit": 16})


def test_a_sync_is_understood() -> None:
    assert understand(SYNC, ENVELOPE) == SyncWanted("W1")


def test_a_question_for_a_run_is_understood_without_body_and_content_type() -> None:
    assert understand(Request("GET", "/v1/runs/abc?since=3", {}), ENVELOPE) == RunAsked("W1", "abc")


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_a_body_that_is_not_json_by_its_name_is_refused(content_type: str) -> None:
    assert understand(with_header("content-type", content_type), ENVELOPE) == Refusal("not_json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"W1"',
        b"{}",
        b'{"spreadsheetId": 5}',
        b'{"spreadsheetId": null}',
        b"\xff\xfe",
        b"[" * 9000,
    ],
)
def test_a_body_without_a_spreadsheet_id_is_refused(body: bytes) -> None:
    assert understand(replace(SYNC, body=body), ENVELOPE) == Refusal("bad_body")


def test_a_workbook_cannot_ask_for_anothers_sync() -> None:
    assert understand(replace(SYNC, body=b'{"spreadsheetId": "W2"}'), ENVELOPE) == Refusal("foreign_workbook")


@pytest.mark.parametrize(("method", "target"), [("GET", "/v1/sync"), ("POST", "/v1/runs/abc"), ("GET", "/")])
def test_anything_else_is_not_there(method: str, target: str) -> None:
    assert understand(replace(SYNC, method=method, target=target), ENVELOPE) == Refusal("no_such_page")
