"""The statement and the columns beside it: what one proposes for the other, and where they disagree."""

from datetime import date
from typing import Any

import pytest

from sheet_templates.words import LANGUAGES, say
from sync.dates_text import serial_of
from sync.model import Issue
from sync.parse import parse
from sync.proposals import fill_empty_cells, tell
from tests.builders import TODAY, kpi_row, snapshot

ARTICLE = "Aumentar nuevos perfiles de clientes potenciales a 40.000 personas para el 31 de diciembre de 2026"
ALLOWED = [{"key": "fill_proposals", "value": "Sí"}]


def only(statement: str, **more: Any) -> dict[str, Any]:
    """A row of which only the sentence is filled."""
    return {"id": "K-1", "statement": statement, **more}


def told(row: dict[str, Any]) -> dict[str, Issue]:
    found = snapshot([row])
    return {issue.code: issue for issue in tell(found, parse(found, lambda: "K-X"), TODAY)}


def filled(row: dict[str, Any], **others: Any) -> dict[str, Any]:
    found = snapshot([row], **others)
    _, fills = fill_empty_cells(found, parse(found, lambda: "K-X"), TODAY)
    return dict(fills.get(0, {}))


def test_who_fills_only_the_sentence_gets_the_rest_proposed() -> None:
    fields = str(told(only(ARTICLE))["proposal.fields"].facts["fields"])
    assert "Nombre: Nuevos perfiles de clientes potenciales" in fields
    assert "Dirección: Aumentar; Meta: 40.000; Fecha límite: 31 dic 2026" in fields


def test_who_fills_only_the_fields_gets_the_sentence() -> None:
    text = told(kpi_row())["proposal.sentence"].facts["text"]
    assert text == "Aumentar Seguidores de 10.000 a 12.000 personas para el 31 de diciembre de 2026"


def test_nothing_is_filled_unless_the_owner_allowed_it() -> None:
    assert filled(only(ARTICLE)) == {}


def test_only_empty_cells_are_filled() -> None:
    cells = filled(only(ARTICLE, name="Leads", target=39000.0), settings=ALLOWED)
    assert cells == {"direction": "Aumentar", "due": serial_of(date(2026, 12, 31))}


def test_a_filled_row_reads_as_if_the_person_had_typed_it() -> None:
    found = snapshot([only(ARTICLE)], settings=ALLOWED)
    after, _ = fill_empty_cells(found, parse(found, lambda: "K-X"), TODAY)
    kpi = parse(after, lambda: "K-X").definitions[0]
    assert (kpi.target, kpi.due, kpi.name) == (40000, date(2026, 12, 31), "Nuevos perfiles de clientes potenciales")
    assert fill_empty_cells(after, parse(after, lambda: "K-X"), TODAY)[1] == {}


@pytest.mark.parametrize(
    ("statement", "target"),
    [
        ("Aumentar los seguidores un 20 % para el 31 de diciembre de 2026", 12000),
        ("Reducir los seguidores en 500 para el 31 de diciembre de 2026", 9500),
        ("Duplicar los seguidores para el 31 de diciembre de 2026", 20000),
    ],
)
def test_a_change_becomes_a_target_where_the_baseline_is_known(statement: str, target: float) -> None:
    assert filled(only(statement, baseline=10000.0), settings=ALLOWED)["target"] == target


def test_a_change_without_a_baseline_proposes_no_target() -> None:
    assert "target" not in filled(only("Aumentar los seguidores un 20 %"), settings=ALLOWED)


def test_six_months_count_from_the_start_and_never_from_today() -> None:
    statement = "Alcanzar 500 clientes en los próximos 6 meses"
    assert "due" not in filled(only(statement), settings=ALLOWED)
    assert filled(only(statement, start=date(2026, 1, 1)), settings=ALLOWED)["due"] == serial_of(date(2026, 7, 1))


def test_a_sentence_and_a_column_that_disagree_are_told_with_both_values() -> None:
    issue = told(kpi_row(statement="Aumentar seguidores a 13.000 para el 31 de diciembre de 2026"))[
        "statement.disagrees"
    ]
    assert (issue.facts["says"], issue.facts["typed"], issue.facts["column"]) == (13000, 12000, "Meta")


def test_a_wish_is_called_a_wish() -> None:
    assert "statement.not_a_kpi" in told(only("Mejorar la presencia en redes"))


def test_every_sentence_speaks_both_languages() -> None:
    rows = (only(ARTICLE), kpi_row(), only("Mejorar la presencia en redes"), kpi_row(statement="Llegar a 5 en 2026"))
    for issue in (issue for row in rows for issue in told(row).values()):
        assert all(say("issues", issue.code, language, issue.facts) for language in LANGUAGES)


def test_a_task_with_a_day_is_a_fair_milestone() -> None:
    row = kpi_row(statement="Publicar la guía antes del 31 de agosto de 2026", measure_kind="Hito", target=None)
    assert "statement.not_a_kpi" not in told(row)
