"""What a process remembers of workbooks: the newest word, and not more than fits."""

from sync.store.records import Workbook
from webhook.remembered import Remembered


def test_nothing_is_live_that_was_never_looked_up() -> None:
    assert Remembered().live_epochs("W1", 0.0) == ()


def test_the_last_look_counts_and_time_goes_on() -> None:
    remembered = Remembered()
    remembered.keep(Workbook("W1", 1, None, 0.0))
    assert remembered.live_epochs("W1", 5.0) == (1,)
    remembered.keep(Workbook("W1", 2, 10.0, 0.0))
    assert [remembered.live_epochs("W1", now) for now in (5.0, 10.0)] == [(2, 1), (2,)]


def test_the_one_that_was_looked_up_longest_ago_is_forgotten() -> None:
    remembered = Remembered(most_books=2)
    for name in ("W1", "W2", "W1", "W3"):
        remembered.keep(Workbook(name, 1, None, 0.0))
        remembered.keep_plugin(name, "2")
    assert [remembered.live_epochs(name, 0.0) for name in ("W1", "W2", "W3")] == [(1,), (), (1,)]
    assert [remembered.knows_plugin(name, "2") for name in ("W1", "W2", "W3")] == [True, False, True]
    assert remembered.knows_plugin("W2", None)
