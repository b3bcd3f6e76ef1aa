"""What the terminal shows of a cell that a dry run would write."""

import pytest

from sync.console import as_in_the_sheet, print_report


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


@pytest.mark.parametrize(("severities", "told"), [(["error", "warning", "info"], "2 things to fix"), (["info"], "")])
def test_the_end_of_a_sync_tells_how_much_there_is_to_fix(severities, told, capsys):
    issues = [{"severity": severity} for severity in severities]
    empty = {"kpis": [], "failures": [], "changes": [], "coverage": []}
    calls = {"api_calls": {"read": 1, "write": 0}, "cells_written": 0, "took": 0.1}
    print_report({**empty, **calls, "issues": issues}, "en_US")
    out = capsys.readouterr().out
    assert told in out
    assert ("to fix" in out) is bool(told)
