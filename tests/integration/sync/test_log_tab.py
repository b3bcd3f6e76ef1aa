"""The Log tab: what a sync did, told in the same write."""

from collections.abc import Callable
from datetime import timedelta

from sync.log_tab import DROPPED, MOST
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]


def lines(book: Book) -> list[str]:
    return [str(cell) for cell in book.columns("log")[1][1:]]


def test_a_sync_that_changed_something_leaves_a_line_without_a_call_of_its_own(book: Books) -> None:
    made = book([typed()], measurements=READINGS, language="en")
    report = made.sync(TODAY)
    assert (report.applied.reads, report.applied.writes) == (1, 1)
    (line,) = lines(made)
    assert line.startswith("1 KPIs: ")
    assert f"Cells written: {report.applied.cells}." in line


def test_a_sync_that_finds_nothing_new_leaves_no_line(book: Books) -> None:
    made = book([typed()], measurements=READINGS)
    made.sync(TODAY)
    again = made.sync(TODAY)
    assert (again.applied.reads, again.applied.writes, len(lines(made))) == (1, 0, 1)


def test_the_newest_line_stands_last_and_names_the_kpi_whose_source_failed(book: Books) -> None:
    made = book([typed()], measurements=READINGS, language="es")
    made.sync(TODAY)
    made.type_in("kpis", [{"source": "csv:no.csv"}])
    made.sync(TODAY)
    assert len(lines(made)) == 2
    assert lines(made)[-1].endswith(f"Falló la fuente de: {made.cell('kpis', 0, 'name')}.")


def test_a_full_tab_drops_its_oldest_lines_and_stays_in_order(book: Books) -> None:
    made = book([typed()], measurements=READINGS)
    made.type_in("log", [{"when": f"t{number}", "what": f"line {number}"} for number in range(MOST)])
    made.sync(TODAY)
    found = lines(made)
    assert len(found) == MOST - DROPPED
    assert found[:-1] == [f"line {number}" for number in range(DROPPED + 1, MOST)]
    made.sync(TODAY + timedelta(days=40))
    assert len(lines(made)) == MOST - DROPPED + 1


def test_a_dry_run_leaves_no_line(book: Books) -> None:
    made = book([typed()], measurements=READINGS)
    made.sync(TODAY, dry_run=True)
    assert made.columns("log")[0] == ["Cuándo"]
