"""The one way out over real HTTP: lines, retries, turns, cache, credentials that stay at home."""

import gzip
import threading
import time

import pytest

from sync.errors import SourceError
from sync.sources.limits import FetchLimits
from sync.sources.manifest import Rate
from sync.sources.web.call import Call, get, post_json
from sync.sources.web.client import Terms, Web
from tests.source_server import bomb
from tests.stand_in import as_json, standing_in

FINE = as_json({"fine": True})


def terms(*servers, rate=None, **limits):
    return Terms(FetchLimits(**{"seconds": 3, **limits}), rate or Rate(), tuple(server.host for server in servers))


def in_turn(*answers):
    """These answers one after the other; the last one stays."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def private(call):
    return Call(call.method, call.url, call.query, call.headers, call.body, (("key", "hush"),), {"X-Key": "hush"})


def test_calls_one_after_the_other_share_a_line():
    web = Web()
    with standing_in(lambda asked: FINE) as server:
        for _ in range(5):
            assert web.send(get(f"{server.url}/x"), terms(server)).json() == {"fine": True}
        assert (len(server.asked), server.lines) == (5, 1)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_platform_is_asked_again(status):
    waits = []
    with standing_in(in_turn((status, {}, b""), (status, {"Retry-After": "3"}, b""), FINE)) as server:
        assert Web(sleep=waits.append).send(get(f"{server.url}/x"), terms(server)).status == 200
    assert waits[1] >= 3


def test_there_is_an_end_to_asking_again():
    waits = []
    with standing_in(lambda asked: (429, {}, b"")) as server:
        assert Web(sleep=waits.append).send(get(f"{server.url}/x"), terms(server)).status == 429
        assert len(server.asked) == 4
    assert sum(waits) <= FetchLimits().patience


def test_a_platform_that_wants_an_hour_is_left_alone_until_the_next_sync():
    with standing_in(lambda asked: (429, {"Retry-After": "3600"}, b"")) as server:
        assert Web(sleep=lambda seconds: None).send(get(f"{server.url}/x"), terms(server)).status == 429
        assert len(server.asked) == 1


def test_what_may_not_be_repeated_is_asked_once():
    with standing_in(lambda asked: (503, {}, b"")) as server:
        call = Call("POST", f"{server.url}/token", body=b"x", repeatable=False)
        assert Web(sleep=lambda seconds: None).send(call, terms(server)).status == 503
        assert len(server.asked) == 1


def test_a_bomb_is_refused():
    packed = {"Content-Encoding": "gzip"}
    with standing_in(lambda asked: (200, packed, bomb(60))) as server, pytest.raises(SourceError) as told:
        Web().send(get(f"{server.url}/x"), terms(server))
    assert told.value.code == "too_large"


def test_a_bomb_in_an_error_is_no_bomb():
    packed = {"Content-Encoding": "gzip"}
    with standing_in(lambda asked: (400, packed, bomb(60))) as server:
        answer = Web().send(get(f"{server.url}/x"), terms(server))
    assert (answer.status, answer.body) == (400, b"")


def test_gzip_is_unpacked_and_a_question_is_posted():
    packed = (200, {"Content-Encoding": "gzip"}, gzip.compress(b'{"a": 1}'))
    with standing_in(lambda asked: packed) as server:
        assert Web().send(post_json(f"{server.url}/x", {"q": "ñ"}), terms(server)).json() == {"a": 1}
        assert server.asked[0].body == '{"q": "ñ"}'.encode()


def test_a_slow_platform_is_cut_off_on_a_line_that_was_used_before():
    with standing_in(lambda asked: FINE) as server:
        web = Web(sleep=lambda seconds: None)
        web.send(get(f"{server.url}/x"), terms(server))
        server.latency = 2.0
        began = time.monotonic()
        with pytest.raises(SourceError) as told:
            web.send(get(f"{server.url}/x"), terms(server, seconds=0.3))
        assert time.monotonic() - began < 1.5
    assert told.value.code == "too_slow"


def test_no_cookie_of_one_call_goes_with_the_next_one_on_the_same_line():
    """Platforms know by their cookie whose session it is, whatever credential comes beside it."""
    sets = (200, {"Set-Cookie": "session=of-the-first; Path=/"}, b"{}")
    with standing_in(lambda asked: sets) as server:
        web = Web()
        for key in ("first", "second"):
            web.send(get(f"{server.url}/x", X_Key=key), terms(server))
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None]


def test_an_answer_that_was_kept_is_not_compared_with_a_question_of_other_headers(tmp_path):
    with standing_in(lambda asked: as_json({"n": 7}, ETag='"v1"')) as server:
        for account in ("1", "1", "2"):
            Web(cache=tmp_path).send(get(f"{server.url}/x", X_Account=account), terms(server))
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"v1"', None]


def test_credentials_stay_with_their_host():
    with standing_in(lambda asked: FINE) as other:
        moved = (302, {"Location": f"http://{other.host}/y"}, b"")
        with standing_in(lambda asked: moved) as server:
            assert Web().send(private(get(f"{server.url}/x")), terms(server, other)).status == 200
        assert "x-key" in server.asked[0].headers
        assert "key=hush" in server.asked[0].path
    assert "x-key" not in other.asked[0].headers
    assert "hush" not in other.asked[0].path


def test_a_question_is_not_sent_on_to_another_host():
    with standing_in(lambda asked: FINE) as other:
        moved = (307, {"Location": f"http://{other.host}/y"}, b"")
        with standing_in(lambda asked: moved) as server, pytest.raises(SourceError) as told:
            Web(sleep=lambda seconds: None).send(post_json(f"{server.url}/x", {}), terms(server, other))
        assert not other.asked
    assert told.value.code == "unreachable_address"


def test_loopback_is_out_of_bounds_unless_the_operator_lists_it():
    with standing_in(lambda asked: FINE) as server, pytest.raises(SourceError):
        Web(sleep=lambda seconds: None).send(get(f"{server.url}/x"), terms())
    assert not server.asked


def test_an_answer_that_has_not_changed_is_not_fetched_again(tmp_path):
    def answers(asked):
        return (304, {}, b"") if asked.headers.get("if-none-match") == '"v1"' else as_json({"n": 7}, ETag='"v1"')

    with standing_in(answers) as server:
        for _ in range(2):
            assert Web(cache=tmp_path).send(get(f"{server.url}/x"), terms(server)).json() == {"n": 7}
        other = private(get(f"{server.url}/x"))
        Web(cache=tmp_path).send(other, terms(server))
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"v1"', None]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_cache_that_was_damaged_costs_a_request_only(tmp_path):
    with standing_in(lambda asked: as_json({"n": 7}, ETag='"v1"')) as server:
        Web(cache=tmp_path).send(get(f"{server.url}/x"), terms(server))
        for path in tmp_path.iterdir():
            path.write_bytes(b"rubbish")
        assert Web(cache=tmp_path).send(get(f"{server.url}/x"), terms(server)).json() == {"n": 7}


def test_an_account_has_so_many_questions_under_way_at_once_and_no_more():
    web = Web()
    with standing_in(lambda asked: FINE, latency=0.05) as server:
        allowed = terms(server, rate=Rate(parallel=2))
        threads = [threading.Thread(target=web.send, args=(get(f"{server.url}/x"), allowed)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(5)
        assert (len(server.asked), server.most_at_once) == (8, 2)


def test_an_account_keeps_to_its_rate():
    now, waits = [0.0], []

    def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    web = Web(sleep=sleep, clock=lambda: now[0])
    with standing_in(lambda asked: FINE) as server:
        for _ in range(5):
            web.send(get(f"{server.url}/x"), terms(server, rate=Rate(per_second=2, burst=3)))
    assert waits == [0.5, 0.5]
