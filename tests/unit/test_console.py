"""What the terminal shows of a cell that a dry run would write."""

import pytest

from sync.console import as_in_the_sheet


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("date", 46346.0, "20 nov 2026"),
        ("percent", 0.6857, "68,57\u00a0%"),
        ("number", 6120.0, "6.120"),
        ("date", None, ""),
    ],
)
def test_a_dry_run_shows_a_cell_as_its_column_does(kind, value, shown):
    assert as_in_the_sheet(kind, value, "es_ES") == shown
