"""SEMAFORO_PLACES as people type it, and what a workbook's editor may try against it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sync.errors import SourceError, UsageError
from sync.fit import unknown_sources
from sync.settings import Secret, Settings, read_settings
from sync.sources import fetch_all
from sync.sources.allowed import allowed_for, problems_of
from sync.sources.gate import Access, Gate, context_for
from sync.sources.protocol import Request
from sync.sources.refs import source_of
from tests.declared_builders import counter
from tests.platforms import Platform, at, ok
from tests.source_builders import failure, kpi, readings, snapshot

NONE = Path("no-such-file")
BOOK = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
CHANNEL = "UC_x5XG1OV2P6uZZ5FSM9Ttw"


def access(source, *places, filter_=None, workbook=BOOK, **settings):
    """What may be used for a row of that workbook; None for nothing at all."""
    definition = kpi(source, "anything", filter=filter_)
    gate = Gate(Settings(places=places, **settings), workbook)
    try:
        return gate.access(Request(definition, source_of(definition)))
    except SourceError as error:
        assert error.code == "place_not_allowed", error.facts
        return None


def wrong(*lines):
    return list(problems_of(lines))


# --- as operators type it ---------------------------------------------------------------------------------------------


def test_entries_stand_with_commas_or_a_line_each_and_may_have_comments():
    text = f"""
    # the shop
    {BOOK}=ga4:1 , *=plausible:example.org,   # two of them
    ,,
    {BOOK}=excel:a.xlsx#2026
    """
    found = read_settings({"SEMAFORO_PLACES": text}, NONE).places
    assert found == (f"{BOOK}=ga4:1", "*=plausible:example.org", f"{BOOK}=excel:a.xlsx#2026")


def test_many_entries_stand_in_a_file(tmp_path):
    (tmp_path / "places").write_text(f"{BOOK}=ga4:1\n*=hubspot\n")
    given = {"SEMAFORO_PLACES_FILE": str(tmp_path / "places")}
    assert read_settings(given, NONE).places == (f"{BOOK}=ga4:1", "*=hubspot")
    with pytest.raises(UsageError, match="both set"):
        read_settings({**given, "SEMAFORO_PLACES": "*=hubspot"}, NONE)


def test_a_file_of_comments_closes_everything_and_no_setting_nothing(tmp_path):
    (tmp_path / "places").write_text("# nobody yet\n")
    assert read_settings({"SEMAFORO_PLACES_FILE": str(tmp_path / "places")}, NONE).places == ()
    assert read_settings({"SEMAFORO_PLACES": ""}, NONE).places is None


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("ga4:1", "WORKBOOK=SOURCE:PLACE"),
        ("=ga4:1", "WORKBOOK=SOURCE:PLACE"),
        (f"{BOOK}=", "WORKBOOK=SOURCE:PLACE"),
        (f"{BOOK}= ; page=x", "WORKBOOK=SOURCE:PLACE"),
        ("my book=ga4:1", "my book"),
        (f"{BOOK}=plausibel:example.org", "plausible"),
        (f"{BOOK}=google analitycs:1", "google analytics"),
        (f"{BOOK}=ga4", "ga4:123456789"),
        (f"{BOOK}=ga4:properties/123", "123456789"),
        (f"{BOOK}=ga4:1; contry=ES", "country"),
        (f"{BOOK}=ga4:1; country=Spain", "ES"),
        (f"{BOOK}=ga4:1; country", "country"),
        (f"{BOOK}=hubspot:12345", "hubspot:*"),
        (f"{BOOK}=jira:empresa", "project=MKT"),
        (f"{BOOK}=book:local:shop#CRM", "SEMAFORO_BOOKS"),
        (f"{BOOK}=query:sales", "-- workbooks"),
        (f"{BOOK}=measurements", "measurements"),
        (f"{BOOK}=tab:CRM", "tab"),
        (f"{BOOK}=forms:folder/*", "*"),
        (f"{BOOK}=csv:/*", "csv:*"),
        (f"{BOOK}=csv:a*/*", "csv:*"),
    ],
)
def test_a_line_that_lists_nothing_is_told_with_what_it_should_be_like(line, word):
    (told,) = wrong(line)
    assert word in told
    assert allowed_for([line], BOOK) == ()


def test_all_problems_of_the_settings_are_told_at_once():
    given = {"SEMAFORO_PLACES": f"{BOOK}=ga5:1, x=hubspot, {BOOK}=ga4:2", "SEMAFORO_PORT": "many"}
    with pytest.raises(UsageError) as told:
        read_settings(given, NONE, judge=unknown_sources)
    assert all(word in str(told.value) for word in ("SEMAFORO_PORT='many'", "ga5:1 (ga4", "x=hubspot (x?)"))
    assert "ga4:2" not in str(told.value)


@pytest.mark.parametrize(
    "line",
    [
        f"{BOOK}=ga4:1",
        f" {BOOK} = GA4 : 1 ",
        f"{BOOK}=Google Analytics:1",
        f"https://docs.google.com/spreadsheets/d/{BOOK}/edit=ga4:1",
        "*=ga4:1",
        f"{BOOK}=ga4:*",
        f"{BOOK}=ga4:1; country=*",
    ],
)
def test_one_place_may_be_written_in_several_ways(line):
    assert wrong(line) == []
    assert access("ga4: 1", line) is Access.SHARED
    assert access("ga4: 1", line, workbook="local-other") is (Access.SHARED if line[0] == "*" else None)


def started(**given):
    run, known = [sys.executable, "-m", "sync", "sources"], {"LANG": "en_GB.UTF-8", "PATH": "/usr/bin"}
    return subprocess.run(run, capture_output=True, text=True, env={**known, **given}, check=False)


def test_a_slip_in_the_list_stops_the_start():
    found = started(SEMAFORO_PLACES=f"{BOOK}=plausibel:x, {BOOK}=ga4:1")
    assert (found.returncode, found.stdout) == (2, "")
    assert f"{BOOK}=plausibel:x (plausible?)" in found.stderr


def test_the_operators_own_sources_may_be_listed(tmp_path):
    (tmp_path / "counter.yaml").write_text(yaml.safe_dump(counter("visitcount")))
    assert started(SEMAFORO_PLACES="*=visitcount:shop", SEMAFORO_SOURCES_DIR=str(tmp_path)).returncode == 0
    assert started(SEMAFORO_PLACES="*=visitcount:shop").returncode == 2


# --- as an editor of a workbook may try -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "typed", "filter_"),
    [
        ("ga4:1", "ga4: 2", None),
        ("ga4:1", "ga4: 11", None),
        ("ga4:1", "ga4@client: 1", None),
        ("ga4@client:1", "ga4: 1", None),
        ("ga4@client:1", "ga4@client2: 1", None),
        ("ga4:1; country=ES", "ga4: 1", None),
        ("ga4:1; country=ES", "ga4: 1", "country=FR"),
        ("ga4:1; country=ES", "ga4: 1", "country=ES; country=FR"),
        ("search console:sc-domain:example.org", "search console: https://example.org/", None),
        ("search console:https://example.org/", "search console: sc-domain:example.org", None),
        ("search console:https://example.org/shop/", "search console: https://example.org/", None),
        ("search console:https://example.org/", "search console: http://example.org/", None),
        ("search console:sc-domain:espana.es", "search console: sc-domain:españa.es", None),
        ("search console:sc-domain:strasse.de", "search console: sc-domain:straße.de", None),
        ("pinterest", "pinterest", "ad_account=549755885175"),
        ("pinterest; ad_account=549755885175", "pinterest", "ad_account=549755885176"),
        ("pinterest; ad_account=549755885175", "pinterest", None),
        ("matomo:tienda", "matomo: tienda", "site=2"),
        ("jira:empresa; project=MKT", "jira: empresa", "project=OPS"),
        (f"youtube:{CHANNEL}", "youtube: @GoogleDevelopers", None),
        (f"youtube:{CHANNEL}", f"youtube: {CHANNEL}", "video=Ks-_Mh1QhMc"),
        ("youtube analytics", f"youtube analytics: {CHANNEL}", None),
        ("x:nasa", "x: nasa", "post=1212092628029698048"),
        ("instagram:17841400000000000", "facebook: 17841400000000000", None),
        ("forms:1FAIpQLSd0example", "google form: 1FAIpQLSd0example2", None),
        ("forms:1FAIpQLSd0example", "google form: *", None),
        ("query@client:sales", "query@other: sales", None),
        ("csv:client/*", "csv: sales.csv", None),
        ("csv:client/*", "csv: client/../other/sales.csv", None),
        ("csv:client/*", "csv: clients/sales.csv", None),
        ("csv:client/*", "csv: client", None),
        ("csv:client/*", "excel: client/sales.xlsx", None),
        ("csv:sales", "csv: sales#of-others.csv", None),
        ("csv:client/*", "csv: client/x#/../../other.csv", None),
        ("excel:sales.xlsx", "excel: other.xlsx#sales.xlsx", None),
    ],
)
def test_what_is_not_listed_is_not_allowed(listed, typed, filter_):
    assert wrong(f"{BOOK}={listed}") == []
    assert access(typed, f"{BOOK}={listed}", filter_=filter_) is None


@pytest.mark.parametrize(
    ("listed", "typed", "filter_"),
    [
        ("ga4:1", "ga4: 1", "country=FR; page=/blog"),
        ("ga4:1; country=es", "ga4: 1", "page=/blog; country=ES"),
        ("ga4@Client A:1", "ga4@client-a: 1", None),
        ("search console:sc-domain:Example.org", "gsc: sc-domain:example.ORG", None),
        ("google ads:123-456-7890", "adwords: 1234567890", "manager=987-654-3210"),
        ("pinterest", "pinterest", "format=ORGANIC_IMAGE"),
        ("pinterest:*", "pinterest", "ad_account=549755885175"),
        ("pinterest; ad_account=*", "pinterest", "ad_account=549755885175"),
        ("matomo:tienda", "matomo: tienda", "site=1; goal=3"),
        ("jira:empresa; project=*", "jira: empresa", "project=OPS"),
        ("jira:*", "jira: empresa", "project=OPS"),
        ("youtube:@GoogleDevelopers", "yt: @googledevelopers", None),
        ("youtube analytics", "youtube analytics: MINE", None),
        ("stripe", "stripe", "currency=eur"),
        ("query@client:sales", "consulta@Client: sales", None),
        ("csv:client/*", "csv: client/2026/sales.csv", None),
        ("csv:Client/sales.csv", "client/sales.csv", None),
        ("excel:client/*", "client/sales.xlsx#2026", None),
        ("excel:sales.xlsx", "excel: sales.xlsx#2026", None),
    ],
)
def test_what_is_listed_is_allowed(listed, typed, filter_):
    assert wrong(f"{BOOK}={listed}") == []
    assert access(typed, f"{BOOK}={listed}", filter_=filter_) is Access.SHARED


@pytest.mark.parametrize(
    "source",
    ["google form: x, *=hubspot:*", "google form: x; y=*", "csv: *", "csv: a/*", "csv: a.csv #b", "hubspot@a,*=x"],
)
def test_the_line_that_a_refusal_names_lists_no_more_than_the_row(source):
    definition = kpi(source, "anything")
    line = Gate(Settings(places=()), BOOK).lacks(definition)
    assert not set(line) & set("*,;#")
    assert line.endswith("…")


def test_a_workbooks_own_rows_and_public_addresses_need_no_list():
    for source in ("measurements", "tab: CRM", "surveys", "https://example.org/x.csv", "book: local:x#y", "query: q"):
        assert access(source) is not None


def test_statements_say_themselves_who_may_ask_but_not_with_whose_secrets():
    assert access("query: sales") is Access.SHARED
    assert access("query@client: sales") is None
    assert access("bigquery@client: sales") is None


# --- files and hosts --------------------------------------------------------------------------------------------------


def measured(source, folder, *places, workbook="local-client", platform=None, **settings):
    context = at(platform or Platform(ok({})), home=folder, places=places, files=folder, **settings)
    return fetch_all([kpi(source, "n")], snapshot(), replace(context, workbook=workbook))["k1"]


def test_a_file_of_the_common_folder_is_listed_or_lies_in_a_folder_of_the_workbooks_own(tmp_path):
    for folder in (tmp_path, tmp_path / "local-client", tmp_path / "local-other"):
        folder.mkdir(exist_ok=True)
        (folder / "a.csv").write_text("day,n\n2026-06-01,4\n")
    assert failure(measured("a.csv", tmp_path)).code == "place_not_allowed"
    assert failure(measured("nothing-here.csv", tmp_path)).code == "place_not_allowed"
    assert failure(measured("local-other/a.csv", tmp_path)).code == "place_not_allowed"
    assert failure(measured("local-client/../a.csv", tmp_path)).code == "place_not_allowed"
    assert readings(measured("a.csv", tmp_path, "local:client=csv:a.csv")) == [("2026-06-01", 4.0)]
    assert readings(measured("local-client/a.csv", tmp_path)) == [("2026-06-01", 4.0)]


def test_a_host_that_only_the_operator_let_us_reach_is_listed_too_and_its_address_stays_untold(tmp_path):
    inner = {"allowed_hosts": ("intranet:8080",)}
    address = "http://intranet:8080/sales.csv?key=hush"
    refused = failure(measured(address, tmp_path, **inner))
    assert refused.code == "place_not_allowed"
    assert "hush" not in str(refused.facts)
    assert access(address, f"{BOOK}=csv:{address}", **inner) is Access.SHARED


def test_a_public_address_that_is_not_listed_leads_on_to_no_inner_host(tmp_path):
    given = at(Platform(ok({})), home=tmp_path, allowed_hosts=("intranet:8080",))
    assert context_for("csv", Access.OWN, given).settings.allowed_hosts == ()
    assert context_for("csv", Access.SHARED, given).settings.allowed_hosts == ("intranet:8080",)
    assert context_for("ga4", Access.OWN, given).settings.allowed_hosts == ("intranet:8080",)


def test_secrets_do_not_help_a_table(tmp_path):
    assert access("a.csv", "*=hubspot", secrets={"HUBSPOT_TOKEN": Secret("x")}) is None
