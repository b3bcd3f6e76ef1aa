"""What a source would refuse at every sync is told while it is typed, with the nearest right word, without a call."""

import socket
from datetime import date

import pytest

from sheet_templates.words import say
from sync.checking import Question, check_kpi
from sync.engine import check_all
from sync.parse import parse
from sync.sources.faults import fault_of
from sync.sources.registry import entries, load
from tests.builders import TODAY, kpi_row, snapshot
from tests.source_builders import kpi


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **named):
        raise AssertionError("nothing may be asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def issues(**changes):
    found = snapshot([kpi_row(**changes)])
    checks, told = check_all(found, parse(found, lambda: "K-X"), TODAY)
    return next(iter(checks.values())), [issue for issue in told if issue.code.startswith("measurable.")]


FAULTS = [
    ("plausible: example.org", "visitorz", None, "measurable.unknown_metric", "metric", "visitors"),
    ("ga4: 123456", "sesions", None, "measurable.unknown_metric", "metric", "sessions"),
    ("plausible: example.org", "visits", "contry=ES", "measurable.unknown_parameter", "filter", "country"),
    ("plausible: example.org", "visits", "country=Spain", "measurable.bad_parameter", "filter", "ES"),
    ("ga4: my site", "sessions", None, "measurable.bad_place", "source", "123456789"),
    ("plausible: example.org", None, None, "measurable.unchosen_metric", "metric", "Plausible"),
    ("plausible: example.org", "visits", "Spain", "measurable.bad_filter", "filter", "Spain"),
]


@pytest.mark.parametrize(("source", "metric", "filter_", "code", "column", "word"), FAULTS)
@pytest.mark.parametrize("locale", ["es_ES", "en_US"])
def test_a_slip_is_told_in_its_cell_with_the_nearest_right_word(source, metric, filter_, code, column, word, locale):
    check, told = issues(source=source, metric=metric, filter=filter_)
    assert [(issue.code, issue.cell.column) for issue in told] == [(code, column)]
    assert word in say("issues", code, locale, told[0].facts)
    assert check.letters["M"] is False


def test_three_nearest_metrics_are_named():
    _, told = issues(source="mailchimp: us6", metric="open rate of mails")
    assert len(str(told[0].facts["known"]).split(", ")) == 3


def test_a_metric_that_was_withdrawn_is_told_once_with_what_to_use():
    found = snapshot([kpi_row(source="instagram: 17841400000000000", metric="impressions")])
    _, told = check_all(found, parse(found, lambda: "K-X"), TODAY)
    withdrawn = [issue for issue in told if "withdrawn" in issue.code]
    assert len(withdrawn) == 1
    assert "views" in say("issues", withdrawn[0].code, "en_US", withdrawn[0].facts)


@pytest.mark.parametrize(
    ("source", "metric", "filter_"),
    [
        ("plausible: example.org", "visitantes únicos", "country=ES; page=/blog"),
        ("ga4: 123456", "keyEvents:purchase", None),
        ("csv: sales.csv", "anything", "x=1"),
        ("measurements", "anything", None),
        ("tab: CRM", "anything", "nonsense"),
        ("telepathy", "anything", None),
    ],
)
def test_a_good_row_and_a_table_are_left_alone(source, metric, filter_):
    assert fault_of(kpi(source, metric, filter=filter_), TODAY) is None


@pytest.mark.parametrize("kind", [kind for kind in entries() if load(kind).manifest.reads == "platform"])
def test_every_platform_tells_an_unknown_metric_without_a_call(kind):
    manifest = load(kind).manifest
    place = manifest.place.example if manifest.place else ""
    wanted = [f"{p.name}={p.example}" for p in manifest.parameters if p.column == "filter" and p.required]
    found = fault_of(kpi(f"{kind}:{place}" if place else kind, "no such thing", filter="; ".join(wanted)), TODAY)
    assert found is not None
    assert (found[0], found[1]) == ("unknown_metric", "metric")


def test_the_sidebar_tells_it_too():
    row = {"name": "Visits", "metric": "visitorz", "source": "plausible: example.org", "target": 10.0}
    answer = check_kpi(Question(date(2026, 6, 30), "en_GB", row=row))
    told = {issue["code"]: issue for issue in answer["issues"]}
    assert told["measurable.unknown_metric"]["column"] == "metric"
    assert "visitors" in told["measurable.unknown_metric"]["message"]
