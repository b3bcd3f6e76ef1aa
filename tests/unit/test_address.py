"""Where no source may ever go."""

import json
from pathlib import Path

import pytest

from sync.sources.address import AddressRefusedError, judge, understand, why_not_public
from sync.sources.address_cases import judge_lines

CASES = Path(__file__).parents[3] / "shared" / "eval" / "hostile_addresses_dev.jsonl"


def allowed(url: str, *answers: str, listed: tuple[str, ...] = ()) -> bool:
    try:
        target = understand(url, listed)
        judge(target, answers or ((target.host,) if target.literal else ("93.184.216.34",)))
    except AddressRefusedError:
        return False
    return True


@pytest.mark.parametrize(
    "answer",
    [
        "0.0.0.0",  # noqa: S104 (nothing is bound; it is an answer to refuse)
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.100.100.200"),
        *("192.0.0.10", "192.88.99.1", "198.19.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("192.0.2.1", "198.51.100.1", "203.0.113.1", "::1", "::", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::a00:1"),
        *("64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", "", "127.1", "0x7f000001"),
    ],
)
def test_inner_and_reserved_answers_are_refused(answer):
    assert why_not_public(answer) is not None


@pytest.mark.parametrize("answer", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4003::1"])
def test_public_answers_are_let_through(answer):
    assert why_not_public(answer) is None


def test_one_bad_answer_spoils_all():
    assert allowed("https://example.org/", "93.184.216.34", "1.1.1.1")
    assert not allowed("https://example.org/", "93.184.216.34", "10.0.0.1")


def test_no_answer_is_a_refusal():
    with pytest.raises(AddressRefusedError):
        judge(understand("https://example.org/"), ())


@pytest.mark.parametrize(
    "url",
    [
        *("https://1.1.1.1\t/", "https://user@example.org/", "https://:@example.org/", "https://example.org:8080/"),
        *("https://exa mple.org/", "https://example.org\\@evil.org/", "https://0x7f.1/", "https://0300.0250.1.1/"),
        *("https://１２７.0.0.1/", "https://1.1.1.１/", "https:///x", "https://", "//example.org/", "example.org"),
        *(
            "https://-a.org/",
            "https://a..org/",
            "https://[1.1.1.1]/",
            "https://[v1.a]/",
            "https://[::1",
            "gopher://x.org",
        ),
        *(
            "https://ex%61mple.org/",
            "https://printer/",
            "https://db.internal/",
            "https://x.svc/",
            "https://a.localhost/",
        ),
        *(
            "https://example.org:٨٠/",
            "https://example.org:+80/",
            "https://" + "a" * 64 + ".org/",
            "https://a.org/" + "x" * 3000,
        ),
    ],
)
def test_addresses_that_are_not_plain_are_refused(url):
    assert not allowed(url)


def test_an_unlisted_http_address_is_asked_over_https():
    target = understand("http://example.org:80/x?y=1#z")
    assert (target.scheme, target.port, target.path, target.authority) == ("https", 443, "/x?y=1", "example.org")


def test_the_operators_list_opens_a_host_and_port_and_no_other():
    assert allowed("http://127.0.0.1:9000/", listed=("127.0.0.1:9000",))
    assert allowed("http://intranet/x", "10.0.0.1", listed=("Intranet",))
    assert allowed("http://[::1]:9000/", listed=("[::1]:9000",))
    assert not allowed("http://127.0.0.1:9001/", listed=("127.0.0.1:9000",))
    assert not allowed("http://intranet:9000/", "10.0.0.1", listed=("intranet",))
    assert not allowed("http://2130706433:9000/", listed=("127.0.0.1:9000",))


def test_the_command_answers_a_line_for_a_line_and_dials_nothing():
    lines = ["https://example.org/\n", "", '{"url": "https://x.org/", "resolves": ["10.0.0.1"]}', "{broken"]
    answers = list(judge_lines(lines, "93.184.216.34"))
    assert [answer["allowed"] for answer in answers] == [True, False, False]
    assert [answer["url"] for answer in answers] == ["https://example.org/", "https://x.org/", "{broken"]
    assert all(answer["reason"] for answer in answers)


@pytest.mark.shared
@pytest.mark.skipif(not CASES.exists(), reason="the labelled addresses lie beside the repository and are not here")
def test_no_hostile_address_passes_and_no_harmless_one_is_refused():
    lines = CASES.read_text(encoding="utf-8").splitlines()
    expected = [bool(json.loads(line).get("allow")) for line in lines]
    assert [answer["allowed"] for answer in judge_lines(lines, "93.184.216.34")] == expected
