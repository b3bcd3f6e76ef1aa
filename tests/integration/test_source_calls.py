"""Forty KPIs over GA4, Instagram, YouTube, Mailchimp, HubSpot and SQL: no more calls than batching allows.

A platform that is not registered has no rows here.
"""

import sqlite3
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from sync.model import MeasureKind, MeasurementSeries, Outcome
from sync.settings import Secret
from sync.sources import fetch_all, parse_source
from sync.sources.protocol import Request
from sync.sources.registry import entries, load
from tests.contract.sources.test_platforms import good
from tests.platforms import Platform, asks_for_a_token, at, secrets_for, with_tokens
from tests.source_builders import kpi, snapshot

CHANNEL = "UC_x5XG1OV2P6uZZ5FSM9Ttw"
ROWS = {  # source cell -> metrics; a filter stands behind the bar
    "ga4: 123456789": [
        *("sessions", "newUsers", "engagedSessions", "screenPageViews", "eventCount", "keyEvents", "transactions"),
        *("ecommercePurchases", "purchaseRevenue", "totalRevenue", "activeUsers", "engagementRate"),
    ],
    "instagram: 17841400000000000": ["reach", "views", "likes", "comments", "saves", "followers_count"],
    f"youtube: {CHANNEL}": [
        *("statistics.subscriberCount", "statistics.viewCount"),
        *(f"statistics.likeCount|video=v{n:010d}" for n in range(4)),
    ],
    "youtube_analytics": ["views", "comments", "subscribersGained", "averageViewDuration"],
    "mailchimp: us6": [
        *("emails_sent", "opens.unique_opens", "clicks.unique_subscriber_clicks"),
        *("opens.open_rate", "clicks.click_rate"),
    ],
    "hubspot": ["contacts.created", "contacts.became_lead", "contacts.became_customer", "deals.closed_won_count"],
    "query: shop": ["orders", "revenue", "visits"],
}
MOST = {  # what each platform's way of asking allows
    "ga4": 1,  # ten metrics by day and two over the whole window are two of the five reports of a call
    "instagram": 2,  # totals together; what the account is today apart
    "youtube": 2,  # channels, videos
    "youtube_analytics": 2,  # days, and one whole window
    "mailchimp": 2,
    "hubspot": 4,  # a count is a search of its own
    "query": 1,  # one statement with three columns
}


def rows():
    """The forty, or those of them whose platform is there."""
    fields = {"start": date(2026, 6, 8), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW}
    return [
        kpi(source, metric, id=f"{source}/{name}", filter=wanted or None, **fields)
        for source, names in ROWS.items()
        if source.partition(":")[0] in entries()
        for name in names
        for metric, _, wanted in [name.partition("|")]
    ]


def kind_of(host):
    """Whose host that is."""
    homes = {kind: urlsplit(load(kind).manifest.base).netloc.rpartition("}")[2] for kind in platforms()}
    return next(kind for kind, home in homes.items() if host.endswith(home))


def platforms():
    return [kind for kind in MOST if kind in entries() and kind != "query"]


@pytest.fixture
def shop(tmp_path):
    """A folder with a database and the operator's query for it."""
    with sqlite3.connect(tmp_path / "shop.db") as db:
        db.execute("CREATE TABLE days (day, orders, revenue, visits)")
        db.execute("INSERT INTO days VALUES ('2026-06-20', 3, 99.5, 120)")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "shop.sql").write_text("-- secret: SHOP\n-- workbooks: any\nSELECT * FROM days")
    return tmp_path


def test_the_rows_are_forty():
    assert sum(len(metrics) for metrics in ROWS.values()) == 40
    assert "ga4" in entries()


def test_forty_kpis_take_no_more_calls_than_the_platforms_batching_allows(shop):
    platform = Platform(with_tokens(lambda call: good(kind_of(call.host)).answer(call)))
    secrets = {name: value for kind in platforms() for name, value in secrets_for(kind).items()}
    secrets["SHOP"] = Secret(f"sqlite:///{shop / 'shop.db'}")
    found = fetch_all(rows(), snapshot(), at(platform, secrets, home=shop))
    calls = Counter(kind_of(call.host) for call in platform.calls if not asks_for_a_token(call))
    assert {kind: calls[kind] for kind in platforms()} == {kind: MOST[kind] for kind in platforms()}
    assert all(isinstance(outcome, MeasurementSeries) for outcome in found.values()), found
    assert {outcome.outcome for outcome in found.values()} <= {Outcome.OK, Outcome.PROVISIONAL}


def test_a_plan_shows_the_number_of_calls_before_any_is_made():
    for kind in [*platforms(), *(["query"] if "query" in entries() else [])]:
        requests = [Request(row, parse_source(row.source)) for row in rows()]
        planned = load(kind).plan([request for request in requests if request.ref.kind == kind])
        assert len(planned) == MOST[kind], kind
