"""Sources over real HTTP: what a server may do to us, and what becomes of it."""

import logging
import tracemalloc

import pytest

from sync.sources import FetchLimits, fetch_all
from tests.source_builders import context, failure, fetch, kpi, readings, series, snapshot
from tests.source_server import bomb, seconds_of, serving

BOTH = [("2026-03-30", 4.0), ("2026-03-31", 5.0)]


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


def ask(server, route, kind="csv", metric="Leads", limits=None, allowed=None):
    listed = (server.host,) if allowed is None else allowed
    return fetch(kpi(f"{kind}:http://{server.host}/{route}", metric), context(allowed=listed, limits=limits))


@pytest.mark.parametrize("route", ["csv", "json", "gzip", "gzip-twice", "csv?token=1&x=%20"])
def test_an_address_is_read(server, route):
    assert readings(ask(server, route)) == BOTH


def test_json_is_read_as_json(server):
    found = series(ask(server, "json", "json"))
    assert len(found.points) == 2
    assert (found.provenance.source, found.provenance.detail) == ("json", "127.0.0.1: Leads")


@pytest.mark.parametrize(
    ("route", "code", "permanent"),
    [
        ("status-404", "not_found", True),
        ("status-403", "not_shared", True),
        ("status-429", "source_busy", False),
        ("status-500", "source_busy", False),
        ("status-204", "http_status", True),
        ("html", "not_a_table", True),
        ("html-lie", "not_a_table", True),
        ("empty", "empty_table", False),
        ("loop", "too_many_redirects", True),
        ("nowhere", "unreachable_address", False),
        ("gzip-cut", "broken_answer", False),
        ("gzip-lie", "broken_answer", False),
        ("brotli", "broken_answer", False),
        ("cut", "broken_answer", False),
    ],
)
def test_what_servers_do_instead(server, route, code, permanent):
    found = failure(ask(server, route))
    assert (found.code, found.permanent) == (code, permanent)
    assert "raw text" not in str(found.facts)


def test_a_missing_column_is_named_with_the_host_and_the_nearest(server):
    found = failure(ask(server, "csv", metric="Lead"))
    assert (found.code, found.facts["place"], found.facts["column"]) == ("missing_column", "127.0.0.1", "Lead")
    assert str(found.facts["known"]).startswith("Leads")


@pytest.mark.parametrize("route", ["drip", "drip-head"])
def test_a_slow_drip_is_cut_off_at_the_time_limit(server, route):
    took = seconds_of(lambda: failure(ask(server, route, limits=FetchLimits(seconds=0.6))))
    assert took < 1.5
    assert failure(ask(server, route, limits=FetchLimits(seconds=0.3))).code == "too_slow"


def test_an_endless_body_stops_at_the_wire_limit(server):
    assert failure(ask(server, "endless", limits=FetchLimits(wire=300_000))).code == "too_large"


def test_what_comes_over_the_wire_is_bounded_apart_from_what_it_unpacks_to(server):
    assert failure(ask(server, "gzip", limits=FetchLimits(wire=20))).code == "too_large"
    assert failure(ask(server, "gzip", limits=FetchLimits(inflated=20))).code == "too_large"
    assert failure(ask(server, "csv", limits=FetchLimits(inflated=20))).code == "too_large"


@pytest.mark.parametrize("kind", ["image/png", "text/html", "application/pdf"])
def test_a_table_that_is_announced_as_something_else_is_not_read(server, kind):
    server.kind = kind
    assert failure(ask(server, "announced")).code == "not_a_table"


@pytest.mark.parametrize("kind", ["text/csv", "text/plain; charset=utf-8", "application/vnd.api+json", "TEXT/CSV"])
def test_kinds_of_text_are_read(server, kind):
    server.kind = kind
    assert readings(ask(server, "announced")) == BOTH


def test_a_gzip_bomb_is_not_unpacked(server):
    assert len(bomb(200)) < 300_000
    tracemalloc.start()
    found = failure(ask(server, "bomb", limits=FetchLimits(inflated=2**20)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.code == "too_large"
    assert peak < 2**24


def test_a_redirect_is_followed_and_checked(server):
    server.locations.update(good="/csv", name=f"http://{server.host}/to-good")
    assert readings(ask(server, "to-name")) == BOTH


def test_three_redirects_are_followed_and_not_four(server):
    server.locations.update({"1": "/csv", "2": "/to-1", "3": "/to-2", "4": "/to-3"})
    assert readings(ask(server, "to-3")) == BOTH
    assert failure(ask(server, "to-4")).code == "too_many_redirects"


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "//0/",
    ],
)
def test_a_redirect_inwards_is_refused_as_if_nobody_answered(server, location, caplog):
    server.locations["inner"] = location
    with caplog.at_level(logging.WARNING):
        found = failure(ask(server, "to-inner"))
    assert (found.code, found.permanent) == ("unreachable_address", False)
    assert "no source goes to" in caplog.text


def test_a_redirect_that_is_no_address_is_a_broken_answer(server):
    server.locations["broken"] = "http://[::1"
    assert failure(ask(server, "to-broken")).code == "broken_answer"


def test_blocked_refused_and_unresolved_look_the_same_to_the_person(server):
    blocked = failure(ask(server, "csv", allowed=()))
    refused = failure(fetch(kpi("csv:http://127.0.0.1:1/x"), context(allowed=("127.0.0.1:1",))))
    unresolved = failure(fetch(kpi("csv:https://nowhere.invalid/x"), context()))
    answers = {(found.code, found.permanent) for found in (blocked, refused, unresolved)}
    assert answers == {("unreachable_address", False)}


def test_a_blocked_address_is_never_dialled(server):
    before = len(server.seen)
    failure(ask(server, "csv", allowed=()))
    assert len(server.seen) == before


def test_no_secret_of_an_address_reaches_the_log_or_the_sheet(server, caplog):
    with caplog.at_level(logging.DEBUG):
        found = ask(server, "csv?token=s3cret")
        lost = failure(ask(server, "status-404?token=s3cret"))
    assert "s3cret" not in caplog.text + repr(found) + repr(lost)


def test_proxies_of_the_environment_are_not_asked(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert readings(ask(server, "csv")) == BOTH


def test_kpis_of_one_address_share_one_request(server):
    rows = [kpi(f"http://{server.host}/csv", "Leads", id=f"k{n}") for n in range(5)]
    before = len(server.seen)
    told = []
    found = fetch_all(rows, snapshot(), context(allowed=(server.host,)), lambda done, total: told.append((done, total)))
    assert [readings(found[row.id]) for row in rows] == [BOTH] * 5
    assert len(server.seen) == before + 1
    assert told == [(0, 5), (5, 5)]
