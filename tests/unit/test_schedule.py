"""When a workbook is due by itself: what owners type, clock changes, and a thousand workbooks that say the same."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sync.jobs.schedule import DEFAULT, OFF, SPREAD_SECONDS, Schedule, from_code, next_due, read_schedule

MADRID = "Europe/Madrid"


def at(text: str, zone: str = MADRID) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def due(typed: str, after: float, zone: str = MADRID, workbook: str = "W") -> float:
    schedule = read_schedule(typed)
    assert schedule is not None
    found = next_due(schedule, zone, after, workbook)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(
            ("cada 15 minutos", "every 15"),
            ("every 2 hours", "every 120"),
            ("Cada hora", "every 60"),
            ("90 min", "every 90"),
        ),
        *(("Diario 07:00", "0123456 07:00"), ("daily", "0123456 07:00"), ("todos los días a las 7", "0123456 07:00")),
        *(
            ("weekdays 8:30", "01234 08:30"),
            ("Laborables 8.30", "01234 08:30"),
            ("de lunes a viernes a las 8", "01234 08:00"),
        ),
        *(("lunes y jueves 9:00", "03 09:00"), ("mon, thu 9:00", "03 09:00"), ("semanal jueves", "3 07:00")),
        *(("7:00, 15:00", "0123456 07:00,15:00"), ("7:30 pm", "0123456 19:30"), ("12 am", "0123456 00:00")),
        *(("0.3125", "0123456 07:30"), ("off", "off"), ("Apagado", "off"), ("nunca", "off")),
    ],
)
def test_an_owner_may_type_it_in_either_language(typed: str, code: str) -> None:
    schedule = read_schedule(typed)
    assert schedule is not None
    assert schedule.code == code
    assert from_code(code) == schedule


@pytest.mark.parametrize(
    "typed", ["cuando quieras", "every 2 minutes", "cada 3 días", "25:00", "daily 99", "13 pm", ""]
)
def test_what_nobody_understands_is_no_schedule(typed: str) -> None:
    assert read_schedule(typed) is None


@pytest.mark.parametrize(
    "schedule", [OFF, DEFAULT, Schedule(every=15), Schedule(at=DEFAULT.at, days=frozenset((0, 3)))]
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_label_can_be_typed_again(schedule: Schedule, language: str) -> None:
    assert read_schedule(schedule.label(language)) == schedule


def test_a_clock_time_is_that_of_the_workbooks_zone() -> None:
    now = datetime(2026, 3, 3, 13, tzinfo=UTC).timestamp()
    assert 0 <= due("daily 07:00", now, "America/Bogota") - at("2026-03-04 07:00", "America/Bogota") < SPREAD_SECONDS
    assert 0 <= due("daily 07:00", now, "Mars/Phobos") - at("2026-03-04 07:00", "UTC") < SPREAD_SECONDS


def test_an_hour_that_daylight_saving_skips_still_comes_once() -> None:
    first = due("daily 02:30", at("2026-03-28 12:00"))
    assert 0 <= first - at("2026-03-29 03:30") < SPREAD_SECONDS  # 02:30 is not on that clock
    assert 0 <= due("daily 02:30", first) - at("2026-03-30 02:30") < SPREAD_SECONDS


def test_an_hour_that_daylight_saving_repeats_counts_once() -> None:
    first = due("daily 02:30", at("2026-10-24 12:00"))
    assert 0 <= first - at("2026-10-25 02:30") < SPREAD_SECONDS
    assert 0 <= due("daily 02:30", first) - at("2026-10-26 02:30") < SPREAD_SECONDS


def test_weekdays_leave_the_weekend_out() -> None:
    friday = due("weekdays 8:30", at("2026-03-06 07:00"))
    monday = due("weekdays 8:30", friday)
    assert 0 <= monday - at("2026-03-09 08:30") < SPREAD_SECONDS


def test_after_a_long_pause_there_is_one_next_moment_and_it_lies_ahead() -> None:
    for typed in ("cada 15 minutos", "daily 07:00"):
        before, now = due(typed, at("2026-03-01 12:00")), at("2026-03-20 12:34")
        assert before < now < due(typed, now) <= now + 86_400 + SPREAD_SECONDS


def test_an_interval_keeps_its_beat() -> None:
    first = due("cada 15 minutos", at("2026-03-01 12:00"))
    assert due("cada 15 minutos", first) - first == 900
    assert due("cada 15 minutos", first + 17) - first == 900


@pytest.mark.parametrize(("typed", "width"), [("hourly", 3600), ("daily 07:00", 900)])
def test_a_thousand_workbooks_that_say_the_same_are_spread(typed: str, width: int) -> None:
    now = at("2026-03-01 12:00")
    moments = sorted(due(typed, now, workbook=f"W{number}") for number in range(1000))
    assert moments[-1] - moments[0] < width
    fullest = max(sum(start <= each < start + width / 15 for each in moments) for start in moments)
    assert fullest < 1000 / 15 * 1.7  # a fifteenth of the time never holds much more than its share


def test_off_is_never_due() -> None:
    assert next_due(OFF, MADRID, 0.0, "W") is None
