"""How often an account may be asked holds for all processes on a store together: by the real store, over real HTTP."""

from dataclasses import replace
from pathlib import Path

import pytest

from sync.settings import Secret, Settings
from sync.sources.manifest import Rate
from sync.sources.web.allowance import shared_turn
from sync.store.store import Store
from tests.builders import TODAY
from tests.declared_builders import counter, declared
from tests.integration.sync.test_readings import FOLLOWERS
from tests.stand_in import as_json, standing_in
from tests.workbooks import make_book

RATE = Rate(per_second=2, burst=3)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self, store: Store) -> None:
        self.now = 1000.0
        store.clock = lambda: self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_two_processes_together_keep_the_rate_of_one(store: Store) -> None:
    clock = Clock(store)
    one, other = (shared_turn(store, "source:a", RATE, 60.0, clock.sleep) for _ in range(2))
    for _ in range(10):
        one()
        other()
    assert clock.now - 1000.0 == pytest.approx((20 - RATE.burst) / 2, abs=0.01)


def test_accounts_do_not_wait_for_each_other(store: Store) -> None:
    clock = Clock(store)
    for name in ("a", "b"):
        turn = shared_turn(store, f"source:{name}", RATE, 60.0, clock.sleep)
        for _ in range(RATE.burst):
            turn()
    assert clock.now == 1000.0


def test_patience_has_an_end_and_then_the_platform_has_the_last_word(store: Store) -> None:
    clock = Clock(store)
    turn = shared_turn(store, "source:a", Rate(per_second=0.01), 20.0, clock.sleep)
    turn()
    turn()
    assert clock.now == pytest.approx(1020.0)


def test_a_source_without_a_rate_asks_nobody(store: Store) -> None:
    shared_turn(store, "source:a", Rate(), 20.0, lambda seconds: None)()
    assert store.permits_given(1e12) == {}


def test_workbooks_with_a_common_secret_take_turns_and_one_with_its_own_does_not(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    folder, secrets = tmp_path / "declared", tmp_path / "secrets"
    folder.mkdir()
    (secrets / "local-own").mkdir(parents=True)
    (secrets / "local-own" / "COUNTER_KEY").write_text("mine")
    content = counter(
        "crowd",
        rate={"per_second": 0.5, "burst": 5},
        auth=[{"kind": "bearer", "secret": "COUNTER_KEY"}],
        asks={"now": {"window": "now", "path": "/{site}"}},
        metrics={"followers": {"ask": "now", "es": "Seguidores.", "en": "Followers."}},
    )
    with declared(folder, content), standing_in(lambda asked: as_json({"followers": 7})) as server:
        common = {"COUNTER_KEY": Secret("common")}
        operator = replace(settings, source_urls={"crowd": server.url}, secrets=common, secrets_dir=secrets)
        for name in ("one", "other", "own"):
            (outcome,) = make_book(operator, store, name, [FOLLOWERS]).sync(TODAY).outcomes
            assert outcome.failure is None
    counts = {key: count for key, count in store.permits_given(1e12).items() if key.startswith("source:")}
    assert sorted(counts.values()) == [1, 2]
