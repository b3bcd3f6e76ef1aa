"""Proposals written into empty cells, where the owner allowed it: verified like any write."""

from collections.abc import Callable

from sync.sheet.local import LocalServer
from tests.builders import TODAY
from tests.integration.sync.test_people_edit import edit_before_our_write, insert_row
from tests.workbooks import Book

Books = Callable[..., Book]
SENTENCE = "Aumentar nuevos perfiles de clientes potenciales a 40.000 personas para el 31 de diciembre de 2026"


def allow(plan: Book) -> None:
    """The owner says yes in the Settings tab."""
    row = plan.columns("settings")[0].index("fill_proposals") - 1
    plan.type_in("settings", [{"value": "Sí"}], first=row)


def test_empty_cells_are_filled_once_and_the_second_sync_writes_nothing(book: Books) -> None:
    plan = book([{"statement": SENTENCE}])
    allow(plan)
    plan.sync(TODAY)
    assert plan.cell("kpis", 0, "target") == 40000
    assert plan.cell("kpis", 0, "direction") == "Aumentar"
    assert plan.sync(TODAY).applied.cells == 0


def test_without_leave_the_cells_stay_empty_and_the_proposal_stands_in_what_to_fix(book: Books) -> None:
    plan = book([{"statement": SENTENCE}])
    plan.sync(TODAY)
    assert plan.cell("kpis", 0, "target") is None
    assert "Meta: 40.000" in str(plan.cell("kpis", 0, "fix"))


def test_a_row_that_moves_while_we_fill_gets_its_own_proposal_and_the_others_keep_theirs(
    book: Books, sheets: LocalServer
) -> None:
    rows = [{"statement": SENTENCE}, {"statement": "Reducir quejas a 5 para el 30 de junio de 2026", "target": 7.0}]
    plan = book(rows)
    allow(plan)
    edit_before_our_write(sheets, plan, [insert_row(1)])
    plan.sync(TODAY)
    plan.sync(TODAY)
    assert [plan.cell("kpis", row, "target") for row in range(3)] == [None, 40000, 7]
    assert [plan.cell("kpis", row, "direction") for row in range(3)] == [None, "Aumentar", "Reducir"]
