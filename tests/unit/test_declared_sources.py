"""What a declaration can say, and what it is told when it says it wrong."""

from copy import deepcopy
from datetime import date

import pytest

from sync.model import FetchFailure, MeasureKind, Outcome
from sync.sources.boundary import attempt
from sync.sources.declared.load import DeclarationError, declaration_of
from sync.sources.declared.source import DeclaredSource
from sync.sources.protocol import Request, SourceRef
from tests.platforms import Platform, at, ok, text
from tests.source_builders import kpi, readings, series, snapshot

WORDS = {"es": "Cosa", "en": "Thing"}
BASE = {
    "id": "thing",
    "names": {"es": "cosa", "en": "thing"},
    "titles": WORDS,
    "about": WORDS,
    "base": "https://thing.test",
    "timezone": "UTC",
    "metrics": {"sales": WORDS, "likes": WORDS},
    "asks": {"days": {"window": "days", "path": "/x", "rows": "rows", "date": "on"}},
}
DAYS = [{"on": "2026-06-28", "sales": "1.10", "likes": 4}, {"on": "2026-06-28", "sales": 2.2, "likes": -1}]


def content(ask=None, **changes):
    made = deepcopy(BASE) | changes
    if ask is not None:
        made["asks"] = {"days": {**BASE["asks"]["days"], **ask}}
    return made


def measured(declared, platform, *metrics, **fields):
    """The outcomes of these metrics, by their name."""
    source = DeclaredSource(declaration_of(declared))
    values = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW, **fields}
    rows = [Request(kpi("thing:p", metric, id=metric, **values), SourceRef("thing", "p")) for metric in metrics]
    found = {}
    for batch in source.plan(rows):
        answer = attempt("thing", lambda batch=batch: source.fetch(batch, snapshot(), at(platform)))
        failed = isinstance(answer, FetchFailure)
        found |= {request.definition.id: answer for request in batch.requests} if failed else answer
    return found


def one(declared, answer, metric="sales", **fields):
    return measured(declared, Platform(answer), metric, **fields)[metric]


def problems(**changes):
    with pytest.raises(DeclarationError) as told:
        declaration_of(content(**changes))
    return "; ".join(told.value.problems)


def test_money_is_added_up_as_a_person_does():
    assert readings(one(content({"reduce": "sum"}), ok({"rows": DAYS}))) == [("2026-06-28", 3.3)]


def test_several_values_where_one_is_expected_are_an_error_not_the_first():
    declared = content()
    found = measured(declared, Platform(ok({"rows": DAYS})), "sales")
    assert isinstance(found["sales"], FetchFailure)
    assert found["sales"].code == "several_values"


@pytest.mark.parametrize(("reduce", "value"), [("count", 2.0), ("last", 2.2)])
def test_rows_are_counted_or_the_last_is_taken(reduce, value):
    assert readings(one(content({"reduce": reduce}), ok({"rows": DAYS}))) == [("2026-06-28", value)]


def test_a_sum_with_a_hole_is_no_sum():
    rows = [*DAYS, {"on": "2026-06-28", "sales": None}]
    found = one(content({"reduce": "sum"}), ok({"rows": rows}))
    assert readings(found) == [("2026-06-28", None)]
    assert "missing_values" in series(found).provenance.flags


def test_cents_are_brought_to_euros_without_dust():
    metrics = {"sales": {**WORDS, "scale": 0.01, "kind": "currency", "unit": "EUR"}}
    found = one(content({}, metrics=metrics), ok({"rows": [{"on": "2026-06-28", "sales": 1999}]}))
    assert (readings(found), series(found).points[0].unit) == ([("2026-06-28", 19.99)], "EUR")


def test_money_may_be_below_zero_and_likes_may_not():
    rows = [{"on": "2026-06-28", "sales": -5, "likes": -5}]
    metrics = {"sales": {**WORDS, "kind": "currency"}, "likes": WORDS}
    found = measured(content({}, metrics=metrics), Platform(ok({"rows": rows})), "sales", "likes")
    assert (readings(found["sales"])[0][1], readings(found["likes"])[0][1]) == (-5.0, None)
    assert series(found["likes"]).provenance.flags == ("negative_values",)


@pytest.mark.parametrize(
    "on", ["2026-06-28", "20260628", "2026-06-28T23:59:59Z", "2026-06-28T20:00:00-03:00", 1782604800, 1782604800000]
)
def test_days_are_read_as_platforms_write_them(on):
    assert readings(one(content(), ok({"rows": [{"on": on, "sales": 1}]}))) == [("2026-06-28", 1.0)]


def test_a_time_falls_on_the_day_of_the_platforms_own_zone():
    rows = [{"on": "2026-06-28T23:30:00Z", "sales": 1}]
    assert readings(one(content({}, timezone="Europe/Madrid"), ok({"rows": rows}))) == [("2026-06-29", 1.0)]


def test_a_row_without_a_day_is_a_shape_that_nobody_knows():
    assert one(content(), ok({"rows": [{"on": "yesterday", "sales": 1}]})).code == "unknown_shape"


@pytest.mark.parametrize(
    ("dates", "end", "start", "last"),
    [
        ("%Y%m%d", "inclusive", "20250601", "20260629"),
        ("iso_time", "exclusive", "2025-06-01T00:00:00+00:00", "2026-06-30T00:00:00+00:00"),
        ("unix", "exclusive", "1748736000", "1782777600"),
        ("unix_ms", "inclusive", "1748736000000", "1782691200000"),
    ],
)
def test_the_window_is_written_as_the_platform_wants_it(dates, end, start, last):
    platform = Platform(ok({"rows": []}))
    ask = {"query": {"from": "{start}", "to": "{end}"}, "dates": dates, "end": end}
    measured(content(ask), platform, "sales")
    assert dict(platform.calls[0].query) == {"from": start, "to": last}


def test_a_long_window_is_asked_for_in_pieces():
    platform = Platform(ok({"rows": []}))
    measured(content({"query": {"from": "{start}", "to": "{end}"}, "most_days": 200}), platform, "sales")
    assert [dict(call.query)["from"] for call in platform.calls] == ["2025-06-01", "2025-12-18"]
    assert dict(platform.calls[1].query)["to"] == "2026-06-29"


@pytest.mark.parametrize(("group", "calls"), [(None, 1), (1, 2)])
def test_metrics_share_a_question_as_far_as_it_takes_them(group, calls):
    platform = Platform(ok({"rows": []}))
    ask = {"query": {"metrics": "{fields}"}} | ({"group": group} if group else {})
    measured(content(ask), platform, "sales", "likes")
    assert [dict(call.query)["metrics"] for call in platform.calls] == (
        ["sales,likes"] if calls == 1 else ["sales", "likes"]
    )


def test_metrics_of_two_questions_are_two_calls():
    asks = {name: {**BASE["asks"]["days"], "path": f"/{name}"} for name in ("one", "two")}
    metrics = {"sales": {**WORDS, "ask": "one"}, "likes": {**WORDS, "ask": "two"}}
    platform = Platform(ok({"rows": []}))
    measured(content(asks=asks, metrics=metrics), platform, "sales", "likes")
    assert [call.url for call in platform.calls] == ["https://thing.test/one", "https://thing.test/two"]


PAGES = {
    "cursor": ({"by": "cursor", "at": "next", "name": "after"}, [{"next": "b"}, {"next": None}]),
    "next_url": ({"by": "next_url", "at": "next"}, [{"next": "/x?page=2"}, {}]),
    "offset": ({"by": "offset", "name": "skip", "size": 1}, [{}, {}, {"rows": []}]),
    "page": ({"by": "page", "name": "page", "size": 1}, [{}, {}, {"rows": []}]),
}


@pytest.mark.parametrize("by", PAGES)
def test_all_pages_are_read(by):
    paging, pages = PAGES[by]
    answers = [ok({"rows": [{"on": f"2026-06-2{n}", "sales": n}], **page}) for n, page in enumerate(pages)]
    found = one(content({"pages": paging}), answers)
    full = sum(1 for page in pages if "rows" not in page)
    assert [value for _, value in readings(found)] == [float(n) for n in range(full)]
    assert series(found).provenance.pages_read == len(pages)


def test_pages_by_the_link_header():
    row = {"rows": [{"on": "2026-06-28", "sales": 1}]}
    answers = [ok(row, Link='<https://thing.test/x?p=2>; rel="next"'), ok({"rows": []})]
    platform = Platform(answers)
    measured(content({"pages": {"by": "link"}}), platform, "sales")
    assert platform.calls[1].address == "https://thing.test/x?p=2"


def test_fewer_rows_than_the_platform_counts_are_a_partial_answer():
    found = one(content({"total": "total"}), ok({"rows": DAYS[:1], "total": 933}))
    assert found.outcome is Outcome.PARTIAL


def test_a_cursor_that_leads_in_a_circle_ends_and_is_partial():
    platform = Platform(ok({"rows": [], "next": "a"}))
    found = measured(content({"pages": {"by": "cursor", "at": "next", "name": "after"}}), platform, "sales")["sales"]
    assert len(platform.calls) <= 3
    assert found.outcome is Outcome.PARTIAL


def test_a_sample_is_told():
    found = one(content({"partial_if": "sampled", "n": "size"}), ok({"rows": DAYS[:1], "sampled": True, "size": 40}))
    assert (found.outcome, found.provenance.n) == (Outcome.PARTIAL, 40)


def test_a_version_that_nobody_asked_for_is_told():
    version = {"asked": "v26.0", "served_header": "Api-Version"}
    found = one(content({}, version=version), ok({"rows": DAYS[:1]}, Api_Version="v23.0"))
    assert (found.provenance.asked, found.provenance.served) == ("v26.0", "v23.0")
    assert found.provenance.flags == ("replaced_version",)


def test_what_is_not_listed_is_zero_only_where_the_file_says_so():
    ask = {"missing": "zero", "needs": "rows", "reduce": "count"}
    answer = ok({"rows": [{"on": "2026-06-27"}]})
    assert readings(one(content(ask), answer)) == [("2026-06-27", 1.0), ("2026-06-28", 0.0), ("2026-06-29", 0.0)]
    assert {value for _, value in readings(one(content(ask), ok({"rows": []})))} == {0.0}
    assert one(content({"reduce": "count"}), ok({"rows": []})).outcome is Outcome.NO_DATA
    assert one(content(ask), ok({})).code == "unknown_shape"


def test_a_snapshot_is_dated_today():
    asks = {"now": {"window": "now", "path": "/me", "value": "counts.{field}"}}
    assert readings(one(content(asks=asks), ok({"counts": {"sales": "12"}}))) == [("2026-06-30", 12.0)]


def test_a_total_of_zero_is_a_zero():
    asks = {"whole": {"window": "whole", "path": "/s", "value": "total"}}
    assert readings(one(content(asks=asks), ok({"total": 0}))) == [("2026-06-29", 0.0)]


@pytest.mark.parametrize(
    ("answer", "code", "blocked"),
    [
        (ok({"error": {"code": 190}}), "credential_refused", True),
        (ok({"error": {"code": 4}}, 400), "quota_reached", True),
        (ok({"error": {"code": 999}}), "request_refused", False),
        (text("", 403), "quota_reached", True),
        (ok({}, 426), "api_version_gone", False),
        (ok({}, 418), "platform_answer", False),
    ],
)
def test_a_platforms_own_errors_mean_what_the_file_says(answer, code, blocked):
    rules = [
        {"at": "error.code", "among": [190], "say": "credential_refused", "blocked": True},
        {"at": "error.code", "among": [4, 17], "say": "quota_reached", "blocked": True, "permanent": False},
        {"at": "error.code", "unless": ["ok"], "say": "request_refused"},
    ]
    found = one(content({}, errors=rules), answer)
    assert (found.code, found.blocked) == (code, blocked)
    fine = ok({"error": {"code": "ok"}, "rows": DAYS[:1]})
    assert one(content({}, errors=rules), fine).outcome is Outcome.OK


def test_a_window_older_than_the_platforms_memory_is_partial():
    found = one(content({}, look_back_days=10), ok({"rows": [{"on": "2026-06-28", "sales": 1}]}))
    assert found.outcome is Outcome.PARTIAL


def test_days_that_are_still_restated_are_provisional():
    found = one(content({}, restated_days=3), ok({"rows": [{"on": "2026-06-28", "sales": 1}]}))
    assert found.outcome is Outcome.PROVISIONAL


PLACE = {"column": "place", "name": "p", "required": True, "example": "x", **WORDS}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"color": 1}, "file: color is not known"),
        ({"base": "http://thing.test"}, "base: an https address"),
        ({"base": "https://{p}.test", "parameters": [PLACE]}, "needs a pattern that lets through"),
        ({"base": "https://{p}.test", "parameters": [{**PLACE, "pattern": ".*"}]}, "needs a pattern that lets"),
        ({"ask": {"value": "to_number(x)"}}, "computes"),
        ({"ask": {"value": "sum(x)"}}, "computes"),
        ({"ask": {"rows": "a[?"}}, "no JMESPath"),
        ({"ask": {"query": {"a": "{nobody}"}}}, "neither a parameter"),
        ({"ask": {"query": {"a": "{start.__class__}"}, "windw": "days"}}, "windw is not known; window?"),
        ({"ask": {"query": {"jql": "p = {p}"}}, "parameters": [PLACE]}, "so it needs a pattern"),
        ({"ask": {"missing": "zero"}}, "says in needs"),
        ({"ask": {"reduce": "mean"}}, "one of only, sum"),
        ({"metrics": {"sales": {"es": "x"}}}, "es and en say what it means"),
        ({"metrics": {"sales": {**WORDS, "additive": False}}}, "can't be added"),
        ({"metrics": {"sales": {**WORDS, "ask": "gone"}}}, "no question"),
        ({"errors": [{"say": "nonsense", "at": "a"}]}, "not in failures.yaml"),
        ({"errors": [{"say": "request_refused"}]}, "needs a status, a place in the answer, or words of it"),
        ({"auth": [{"kind": "magic"}]}, "is none of"),
        ({"auth": [{"kind": "bearer", "secret": "the token itself"}]}, "no name of a secret"),
        ({"titles": {"es": "x"}}, "es and en"),
        ({"id": "A B"}, "small letters"),
    ],
)
def test_a_file_with_a_mistake_is_told_which(changes, told):
    assert told in problems(**changes)


def test_a_path_may_hold_a_query_that_is_sent_as_it_stands():
    platform = Platform(ok({"rows": []}))
    ask = {"path": "/x?range=(start:{start},end:{end})&of=urn%3Aorg%3A{p}", "query": {"q": "a"}}
    declared = content(ask, parameters=[PLACE])
    measured(declared, platform, "sales")
    assert platform.calls[0].address.endswith("/x?range=(start:2025-06-01,end:2026-06-29)&of=urn%3Aorg%3Ap&q=a")


@pytest.mark.parametrize("place", ["..", ".", "a/b", "a?b=c", "ñ"])
def test_a_place_can_not_climb_out_of_its_path(place):
    platform = Platform(ok({"rows": []}))
    source = DeclaredSource(declaration_of(content({"path": "/sites/{p}/x"}, parameters=[PLACE])))
    row = Request(kpi(f"thing:{place}", "sales"), SourceRef("thing", place))
    source.fetch(source.plan([row])[0], snapshot(), at(platform))
    steps = platform.calls[0].url.split("/")
    assert (len(steps), steps[3], steps[5]) == (6, "sites", "x")
    assert steps[4] not in (".", "..")


def test_a_file_may_want_several_keys_at_once():
    keys = [{"kind": "api_key", "secret": s, "name": s.lower(), "where": "query"} for s in ("KEY", "TOKEN")]
    found = declaration_of(content({}, auth=[{"kind": "all_of", "parts": keys}])).manifest
    assert found.secrets == ("KEY", "TOKEN")


def test_braces_that_are_no_name_stay_as_they_are():
    platform = Platform(ok({"rows": []}))
    measured(content({"query": {"q": "{ id } {start.__class__}"}}), platform, "sales")
    assert dict(platform.calls[0].query) == {"q": "{ id } {start.__class__}"}
