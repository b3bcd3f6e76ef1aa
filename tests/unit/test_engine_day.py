"""Whose day it is: the workbook's."""

from datetime import UTC, date, datetime

from sync.engine import SyncOptions
from sync.settings import Settings

LATE = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def test_a_day_begins_when_it_begins_for_the_workbook() -> None:
    options = SyncOptions(Settings(), LATE)
    assert options.day_in("Europe/Madrid") == date(2026, 7, 1)
    assert options.day_in("America/Mexico_City") == date(2026, 6, 30)


def test_a_time_zone_that_nobody_knows_is_utc() -> None:
    assert SyncOptions(Settings(), LATE).day_in("Marte/Olimpo") == date(2026, 6, 30)


def test_a_given_day_wins() -> None:
    assert SyncOptions(Settings(), LATE, date(2020, 1, 1)).day_in("Europe/Madrid") == date(2020, 1, 1)
