"""Which version of the plugin a workbook has, as it told last."""

import pytest

from sync.store.records import NotEnrolledError
from sync.store.store import Store


def test_the_last_version_told_counts(store: Store) -> None:
    store.enrol("W2", 0.0)
    for workbook, version in (("W1", "1"), ("W2", "2"), ("W1", "3")):
        store.keep_plugin(workbook, version, 1.0)
    assert store.plugins() == {"W1": "3", "W2": "2"}


def test_nothing_is_kept_of_a_workbook_that_is_not_enrolled(store: Store) -> None:
    with pytest.raises(NotEnrolledError):
        store.keep_plugin("W2", "1", 0.0)
    assert store.plugins() == {}
