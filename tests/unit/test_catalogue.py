"""The catalogue of metrics: what it holds, and how it is asked."""

import re

import pytest

from sheet_templates.catalogue import Metric, catalogue_rows, find_metric, metrics, platforms
from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.words import LANGUAGES

ALL = [metric for platform in platforms() for metric in metrics(platform).values()]
WHEN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|v\d+")


def test_every_platform_has_metrics_and_no_two_share_a_name() -> None:
    assert len(ALL) > 190
    assert all(metrics(platform) for platform in platforms())
    names = [name for platform in platforms().values() for name in platform.also]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: f"{metric.platform}-{metric.name}")
def test_every_entry_is_whole(metric: Metric) -> None:
    assert all(metric.meaning[language].endswith(".") for language in LANGUAGES)
    assert metric.stage in vocabulary("stage").words
    assert metric.kind in ("count", "rate", "currency", "duration", "score")
    assert not (metric.kind == "rate" and metric.additive)
    assert metric.source_url.startswith("https://")
    dates = [metric.available_from, metric.withdrawn_on, *(change.on for change in metric.changes)]
    assert all(WHEN.fullmatch(on) for on in dates if on)


def test_a_plain_word_means_one_metric_of_a_platform() -> None:
    for platform in platforms():
        words = [fold(word) for metric in metrics(platform).values() for word in metric.also]
        assert len(words) == len(set(words)), platform
        assert not set(words) & set(metrics(platform)), platform


def test_what_replaces_a_metric_is_in_the_catalogue_and_not_withdrawn_itself() -> None:
    absent = {"post_total_media_view_unique"}  # named by its maker, not described yet
    for metric in ALL:
        if metric.replaced_by and metric.replaced_by.split(" ")[0] not in absent:
            other = find_metric(metric.platform, metric.replaced_by.split(" ")[0])
            assert other is not None, metric.replaced_by
            assert other.withdrawn_on is None


def test_a_metric_is_found_by_its_name_and_by_a_plain_word() -> None:
    for text in ("impressions", "IMPRESSIONS", "Impresiones"):
        metric = find_metric("instagram", text)
        assert metric is not None
        assert metric.name == "impressions"
    assert find_metric("instagram", "sueños") is None


def test_the_tab_has_room_for_every_row() -> None:
    for language in LANGUAGES:
        rows = catalogue_rows(language, language)
        assert len(rows) == len(ALL) <= tabs()["catalogue"].rows
        assert {len(row) for row in rows} == {len(tabs()["catalogue"].columns) - 1}  # Source is the sources' own


def test_a_withdrawn_metric_says_since_when_and_what_instead() -> None:
    rows = {(row[0], row[1]): row for row in catalogue_rows("en", "en_GB")}
    assert rows["Instagram", "impressions"][4] == "Withdrawn since 21 Apr 2025; now “views”."
    assert rows["Instagram", "website_clicks"][4] == "Withdrawn since 8 Jan 2025, without a successor."
    assert rows["YouTube", "views"][4].count("\n") == 1
