"""What a platform changed about a metric within a KPI's window stands in its note: real changes, real days."""

from datetime import date

import pytest

from sheet_templates.catalogue import metrics
from sync.definitions import tell_definitions
from sync.model import Evaluation, KpiOutcome, ReviewNote, Status
from tests.source_builders import kpi

YEAR = {"start": date(2026, 1, 1), "due": date(2026, 12, 31)}


def note(source, metric, locale="en_US", **fields):
    row = kpi(source, metric, **{**YEAR, **fields})
    outcome = KpiOutcome(row, Evaluation(row.id, Status.ON_TRACK, "x"), ReviewNote(row.id, "Fine."))
    return tell_definitions([outcome], locale)[0].note.text


def test_youtubes_views_count_otherwise_since_the_24th_of_august_2026():
    told = note("youtube_analytics: channel", "views")
    assert told.startswith(
        "Fine. YouTube counts “views” differently as of Aug 24, 2026. In every format the start counts"
    )
    assert "engagedViews" in told


def test_the_same_in_spanish():
    told = note("youtube_analytics: channel", "views", "es_ES")
    assert "YouTube cuenta «views» de otra forma desde el 24 ago 2026" in told


@pytest.mark.parametrize(
    "window",
    [
        {"start": date(2026, 8, 24)},  # all of it counted the new way
        {"due": date(2026, 8, 23)},
        {"start": None},
        {"active": False},
    ],
)
def test_a_change_outside_of_the_window_is_not_told(window):
    assert note("youtube_analytics: channel", "views", **window) == "Fine."


def test_two_changes_in_one_window_are_told_the_oldest_first():
    told = note("youtube_analytics: channel", "views", start=date(2025, 1, 1))
    assert told.index("Shorts") < told.index("In every format")


def test_what_facebook_withdrew_is_told_with_what_to_use():
    """Since 15 June 2026, within this KPI's year."""
    name, metric = next(
        (metric.name, metric)
        for metric in metrics("facebook_page").values()
        if metric.withdrawn_on == "2026-06-15" and metric.replaced_by
    )
    told = note("facebook_page: 1234567890", name)
    assert f"Facebook stops giving “{name}” on Jun 15, 2026. Use instead: {metric.replaced_by}." in told
    assert note("facebook_page: 1234567890", name, due=date(2026, 6, 1)) == "Fine."


def test_a_kpi_typed_by_hand_is_told_where_its_metric_is_beyond_doubt():
    assert "differently as of" in note("measurements", "statistics.viewCount", name="YouTube views of the channel")
    assert note("measurements", "views", name="Views of our posters") == "Fine."


def test_other_platforms_metrics_of_the_same_name_are_left_alone():
    assert note("tab: CRM", "views") == "Fine."
