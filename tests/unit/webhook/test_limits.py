from webhook.limits import Limiter, caller_of

PROXY = ("10.0.0.0/8",)


def test_as_many_as_a_minute_allows_may_come_at_once_and_then_one_an_interval() -> None:
    limiter = Limiter(10)
    waits = [limiter.wait("a", 0.0) for _ in range(12)]
    assert waits[:10] == [0.0] * 10
    assert waits[10] == waits[11] == 6.0  # asking in vain costs nothing
    assert limiter.wait("a", 6.0) == 0.0
    assert limiter.wait("a", 6.0) == 6.0


def test_keys_do_not_wait_for_each_other() -> None:
    limiter = Limiter(1)
    assert [limiter.wait(key, 0.0) for key in ("a", "b", "a")] == [0.0, 0.0, 60.0]


def test_zero_is_any_number() -> None:
    limiter = Limiter(0)
    assert {limiter.wait("a", 0.0) for _ in range(1000)} == {0.0}


def test_a_flood_of_keys_takes_no_more_memory() -> None:
    limiter = Limiter(10, most_keys=100)
    for number in range(5000):
        limiter.wait(str(number), 0.0)
    assert len(limiter) == 100


def test_only_a_trusted_proxy_is_believed() -> None:
    assert caller_of("198.51.100.7", "203.0.113.9", PROXY) == "198.51.100.7"
    assert caller_of("10.0.0.1", "203.0.113.9", PROXY) == "203.0.113.9"
    assert caller_of("10.0.0.1", "203.0.113.9", ()) == "10.0.0.1"


def test_what_a_caller_writes_in_front_does_not_count() -> None:
    assert caller_of("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", PROXY) == "203.0.113.9"
    assert caller_of("10.0.0.1", "nonsense", PROXY) == "nonsense"
    assert caller_of("10.0.0.1", "", PROXY) == "10.0.0.1"


def test_whoever_has_one_address_of_a_network_has_them_all() -> None:
    assert caller_of("2001:db8::1", "", ()) == caller_of("2001:db8::ffff", "", ()) == "2001:db8::/64"
    assert caller_of("::ffff:198.51.100.7", "", ()) == "198.51.100.7"
