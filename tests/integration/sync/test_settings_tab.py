"""What the owner types in the Settings tab: what nobody understands is told at its cell, and stops nothing."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sync.engine import SyncOptions
from sync.session import sync_workbook
from sync.sheet.reference import read_reference
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]


@pytest.mark.parametrize(
    ("setting", "text", "used"),
    [
        ("language", "Francés", "Español"),
        ("locale", "fr_FR", "es_ES"),
        ("timezone", "Mars/Phobos", "UTC"),
        ("timezone", "Europe", "UTC"),
        ("fill_proposals", "tal vez", "No"),
    ],
)
def test_a_setting_that_nobody_understands_is_told_at_its_cell(book: Books, setting: str, text: str, used: str) -> None:
    made = book([typed()], measurements=READINGS)
    row = made.columns("settings")[0][1:].index(setting)
    made.type_in("settings", [{"value": text}], first=row)
    (issue,) = [issue for issue in made.sync(TODAY).issues if issue.code == "settings.not_understood"]
    assert (issue.facts["text"], issue.facts["used"]) == (text, used)
    assert issue.cell
    assert issue.cell.a1 == f"Ajustes!C{row + 2}"


@pytest.mark.parametrize("name", ["Europe", "America", "Mars/Phobos", "../../x", "x" * 3000])
def test_no_time_zone_stops_a_sync(book: Books, name: str) -> None:
    made = book([typed()], measurements=READINGS)
    made.type_in("settings", [{"value": name}], first=made.columns("settings")[0][1:].index("timezone"))
    report = sync_workbook(
        read_reference("local:test"), SyncOptions(made.settings, datetime(2026, 3, 1, tzinfo=UTC)), made.store
    )
    assert report.today.isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("setting", "text"),
    [("language", "English"), ("locale", "es-MX"), ("timezone", "America/Bogota"), ("fill_proposals", True)],
)
def test_a_setting_that_is_understood_is_not_doubted(book: Books, setting: str, text: object) -> None:
    made = book([typed()], measurements=READINGS)
    made.type_in("settings", [{"value": text}], first=made.columns("settings")[0][1:].index(setting))
    assert "settings.not_understood" not in [issue.code for issue in made.sync(TODAY).issues]


def test_a_locale_of_another_language_is_told_and_not_replaced_in_silence(book: Books) -> None:
    made = book([typed()], measurements=READINGS)
    made.type_in("settings", [{"value": "en_US"}], first=made.columns("settings")[0][1:].index("locale"))
    (issue,) = [issue for issue in made.sync(TODAY).issues if issue.code == "settings.locale_of_another_language"]
    assert (issue.facts["text"], issue.facts["used"]) == ("en_US", "es_ES")
