"""Sources join by name: ours, declared ones, other packages'."""

import json
import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from sync.errors import SourceError
from sync.sources import is_known, nearest_names, parse_source, registry
from sync.sources.protocol import SourceRef
from tests.declared_builders import counter, declared


@pytest.mark.parametrize("text", ["visitcount: shop", "VisitCount:shop", "contador: shop"])
def test_a_file_in_the_operators_folder_is_a_source(tmp_path, text):
    content = counter("visitcount", names={"es": "contador", "en": "visitcount"})
    assert not is_known(text)
    with declared(tmp_path, content):
        assert parse_source(text) == SourceRef("visitcount", "shop")
        assert "contador / visitcount:…" in nearest_names("contadro")
        assert "visitcount" in registry.entries()
    assert not is_known(text)


def test_a_broken_file_is_told_and_spoils_no_other(tmp_path, caplog):
    (tmp_path / "bad.yaml").write_text("id: [")
    with declared(tmp_path, counter("fine"), counter("odd", asks={})):
        assert is_known("fine: x")
        assert not is_known("odd: x")
        broken = {path.rpartition("/")[2]: problems for path, problems in registry.broken_files().items()}
    assert set(broken) == {"bad.yaml", "odd.yaml"}
    assert broken["odd.yaml"] == ["asks is missing"]


def test_no_file_takes_the_name_of_one_of_our_own(tmp_path):
    with declared(tmp_path, counter("csv")):
        assert registry.entries()["csv"].module == "sync.sources.csv_table"
        assert len(registry.broken_files()) == 1


def test_another_package_joins_by_an_entry_point(tmp_path, monkeypatch):
    point = EntryPoint("theirs", "tests.faulty_source:SOURCE", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: (point,) if group == registry.GROUP else ())
    with declared(tmp_path):
        assert parse_source("theirs: x") == SourceRef("theirs", "x")
        assert registry.load("theirs").manifest.id == "tab"


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("plausible@shop: example.org", SourceRef("plausible", "example.org", "shop")),
        ("Plausible @ shop:example.org", SourceRef("plausible", "example.org", "shop")),
        ("plausible: example.org", SourceRef("plausible", "example.org")),
    ],
)
def test_a_source_cell_names_an_account(text, ref):
    assert parse_source(text) == ref


def test_a_platform_without_its_place_is_told():
    with pytest.raises(SourceError) as told:
        parse_source("plausible")
    assert told.value.code == "missing_place"


def command(*args, **environment):
    run = [sys.executable, "-m", "sync", "sources", *args]
    return subprocess.run(run, capture_output=True, text=True, env={"PATH": "/usr/bin", **environment}, check=False)


def test_the_command_lists_sources_with_what_they_lack(tmp_path):
    (tmp_path / "bad.yaml").write_text("id: [")
    given = {"SEMAFORO_SECRET_PLAUSIBLE_KEY": "hush", "SEMAFORO_SOURCES_DIR": str(tmp_path)}
    found = command("--json", **given)
    document = json.loads(found.stdout)
    by_id = {source["id"]: source for source in document["sources"]}
    assert (by_id["plausible"]["ready"], by_id["mailchimp"]["ready"], by_id["csv"]["ready"]) == (True, False, True)
    assert by_id["mailchimp"]["lacks"][0]["facts"]["secret"] == "MAILCHIMP_KEY"  # noqa: S105  # its name
    assert by_id["plausible"]["tested_on"] == ["hostile"]
    assert (found.returncode, len(document["broken"])) == (1, 1)
    assert "hush" not in found.stdout + found.stderr


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("es_ES.UTF-8", "sin configurar; necesita GOOGLE_SERVICE_ACCOUNT o "),
        ("en_GB.UTF-8", "9 of 33 sources are ready"),
    ],
)
def test_the_command_speaks_the_callers_language(lang, word):
    found = command(LANG=lang)
    assert (found.returncode, word in found.stdout) == (0, True)
