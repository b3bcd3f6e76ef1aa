"""No source, whoever wrote it, uses secrets that workbooks share for a place that the operator hasn't listed."""

import json
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from sheet_templates.words import say
from sync.model import FetchFailure, MeasurementSeries
from sync.settings import Secret
from sync.sources import fetch_all, registry
from sync.sources.manifest import OAuthRefresh
from sync.sources.registry import entries, load
from tests.contract.sources.test_platforms import KINDS, good, row
from tests.declared_builders import declared
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, service_account_key, with_tokens
from tests.source_builders import kpi, snapshot

MINE, OTHERS = "local-client", "local-other"
WITH_SECRETS = [kind for kind in entries() if load(kind).manifest.auth and not load(kind).manifest.listed_in_files]


class Watched(dict):
    """The shared secrets, with a note of which were read."""

    def __init__(self, secrets):
        super().__init__(secrets)
        self.read = []

    def get(self, name, default=None):
        self.read.append(name)
        return super().get(name, default)


def typed(kind):
    """What a row of a source says, by its manifest's examples: its source and its filter."""
    manifest = load(kind).manifest
    place = manifest.place.example if manifest.place else ""
    wanted = [f"{p.name}={p.example}" for p in manifest.parameters if p.column == "filter" and p.required]
    return f"{kind}:{place}" if place else kind, "; ".join(wanted)


def line(kind, workbook="local:client"):
    """What lists the row of `of`, by hand."""
    whose = {p.name for p in load(kind).manifest.parameters if p.whose}
    parts = [part.strip() for part in (of(kind).filter or "").split(";")]
    return "; ".join([f"{workbook}={of(kind).source}", *(part for part in parts if part.partition("=")[0] in whose)])


def of(kind, **fields):
    if kind in KINDS:
        return row(kind, next(iter(good(kind).EXPECTED)), **fields)
    source, filter_ = typed(kind)
    return kpi(source, "anything", **{"filter": filter_ or None} | fields)


def asked(definition, places, secrets, tmp_path, kind=None, **settings):
    """The outcome, the requests that reached the platform, and the shared secrets that were read."""
    answers = good(kind).answer if kind in KINDS else lambda call: ok({})
    platform, watched = Platform(with_tokens(answers)), Watched(secrets)
    context = at(platform, watched, home=tmp_path, places=places, **settings)
    found = fetch_all([definition], snapshot(), replace(context, workbook=MINE))["k1"]
    return found, platform.calls, watched.read


@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_a_place_that_is_not_listed_costs_no_request_and_no_look_at_a_secret(kind, tmp_path):
    others = (line(kind, "local:other"), *(line(other, "*") for other in WITH_SECRETS if other != kind))
    found, calls, read = asked(of(kind), others, secrets_for(kind), tmp_path, kind)
    assert isinstance(found, FetchFailure)
    assert (found.code, found.permanent, calls, read) == ("place_not_allowed", True, [], [])
    for locale in ("es_ES", "en_GB"):
        assert line(kind) in say("failures", found.code, locale, found.facts)


@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_the_line_that_the_refusal_names_lists_the_place(kind, tmp_path):
    found, _, _ = asked(of(kind), (), secrets_for(kind), tmp_path, kind)
    told = found.facts["line"]
    _, calls, read = asked(of(kind), (told,), secrets_for(kind), tmp_path, kind)
    assert calls
    assert read


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("workbook", ["local:client", "*"])
def test_a_place_that_is_listed_is_measured(kind, workbook, tmp_path):
    found, calls, _ = asked(of(kind), (line(kind, workbook),), secrets_for(kind), tmp_path, kind)
    assert isinstance(found, MeasurementSeries), found
    assert [call for call in calls if not asks_for_a_token(call)]


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_list_everything_is_open(kind, tmp_path):
    found, _, _ = asked(of(kind), None, secrets_for(kind), tmp_path, kind)
    assert isinstance(found, MeasurementSeries)


@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_secrets_of_the_workbooks_own_folder_need_no_list_and_are_the_only_ones_used(kind, tmp_path):
    (tmp_path / MINE).mkdir()
    for name, value in secrets_for(kind).items():
        (tmp_path / MINE / name).write_text(value)
    shared = {name: Secret("of somebody else") for name in load(kind).manifest.secrets}
    _, calls, read = asked(of(kind), (), shared, tmp_path, kind, secrets_dir=tmp_path)
    assert (bool(calls), read) == (True, [])


@pytest.mark.parametrize(
    "kind", [kind for kind in WITH_SECRETS if all(len(a.needs) > 1 for a in load(kind).manifest.auth)]
)
def test_one_secret_of_its_own_opens_nothing_where_others_are_shared(kind, tmp_path):
    needs = load(kind).manifest.auth[0].needs
    (tmp_path / MINE).mkdir()
    (tmp_path / MINE / needs[-1]).write_text("mine")
    found, calls, read = asked(of(kind), (), secrets_for(kind), tmp_path, kind, secrets_dir=tmp_path)
    assert (found.code, calls, read) == ("place_not_allowed", [], [])


@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_the_folders_general_secrets_and_the_secret_manager_are_shared_too(kind, tmp_path):
    for name, value in secrets_for(kind).items():
        (tmp_path / name).write_text(value)
    found, calls, _ = asked(of(kind), (), {}, tmp_path, kind, secrets_dir=tmp_path, secrets_project="acme")
    assert (found.code, calls) == ("place_not_allowed", [])


@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_another_account_is_another_place(kind, tmp_path):
    named = replace(of(kind), source=typed(kind)[0].replace(kind, f"{kind}@Other Client", 1))
    secrets = {f"{name}_OTHER_CLIENT": value for name, value in secrets_for(kind).items()}
    found, calls, read = asked(named, (line(kind),), secrets, tmp_path, kind)
    assert (found.code, calls, read) == ("place_not_allowed", [], [])
    _, calls, _ = asked(named, (line(kind).replace(kind, f"{kind}@other-client", 1),), secrets, tmp_path, kind)
    assert calls


@pytest.mark.parametrize("kind", entries())
def test_no_parameter_of_the_filter_takes_the_places_name(kind):
    """Else what is typed in the filter would stand for the place that was judged."""
    names = [p.name or p.column for p in load(kind).manifest.parameters if p.column == "place" or p.name]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if hasattr(load(kind), "declaration")])
def test_a_question_that_leaves_out_the_place_says_whose_numbers_it_wants(kind):
    declaration = load(kind).declaration
    manifest = declaration.manifest
    place = manifest.place.name if manifest.place else None
    for ask in declaration.asks.values():
        text = manifest.base + ask.path + json.dumps([ask.query, ask.body, ask.headers, declaration.headers])
        if place is None or f"{{{place}}}" in text:
            continue
        named = [p for p in manifest.parameters if p.column == "filter" and f"{{{p.name}" in ask.path]
        assert named
        assert all(p.whose for p in named)


@pytest.mark.parametrize("common", ["secrets", "credentials"])
def test_its_own_second_way_in_wins_over_a_first_one_that_is_shared(common, tmp_path):
    """Else a client's own refresh token would lie there while the common service account is asked instead."""
    (tmp_path / MINE).mkdir()
    for name in next(auth.needs for auth in load("ga4").manifest.auth if isinstance(auth, OAuthRefresh)):
        (tmp_path / MINE / name).write_text(f"mine, not {common}")
    (tmp_path / "key.json").write_text(service_account_key())
    secrets = secrets_for("ga4") if common == "secrets" else {}
    key = {"credentials": tmp_path / "key.json"} if common == "credentials" else {}
    found, calls, read = asked(of("ga4"), ("*=ga4:*",), secrets, tmp_path, "ga4", secrets_dir=tmp_path, **key)
    assert isinstance(found, MeasurementSeries)
    assert b"refresh_token=mine" in next(call.body for call in calls if asks_for_a_token(call))
    assert read == []


# --- other packages' sources ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["honest", "forgetful"])
def test_another_packages_source_is_held_by_the_same_gate(source, tmp_path, monkeypatch):
    """One that says what secrets it needs is refused; one that doesn't gets none that are shared."""
    point = EntryPoint("theirs", f"tests.contract.sources.their_source:{source.upper()}", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: (point,) if group == registry.GROUP else ())
    with declared(tmp_path):
        secrets = {"THEIR_KEY": Secret("shared")}
        refused, calls, read = asked(kpi("theirs: x", "a"), (), secrets, tmp_path)
        open_, _, _ = asked(kpi("theirs: x", "a"), None, secrets, tmp_path)
        listed, _, _ = asked(kpi("theirs: x", "a"), ("*=theirs:x",), secrets, tmp_path)
    assert (calls, read) == ([], [])
    assert refused.code == {"honest": "place_not_allowed", "forgetful": "missing_secret"}[source]
    assert isinstance(open_, MeasurementSeries)
    assert isinstance(listed, MeasurementSeries)
