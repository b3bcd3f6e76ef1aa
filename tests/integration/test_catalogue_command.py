"""`semaforo catalogue`: the list, and the comparison with what the platforms' own packages list."""

import json
import subprocess
import sys
from pathlib import Path

import googleapiclient
import pytest

from sheet_templates.catalogue import Metric, metrics, platforms
from sync import catalogue_check
from sync.catalogue_check import DEPRECATED, GONE, PRESENT, UNCHECKED, check_catalogue

ROOT = Path(__file__).parents[2]


def command(*args, path=()):
    environment = {"PATH": "/usr/bin", "LANG": "en_US.UTF-8", "PYTHONPATH": ":".join(map(str, path))}
    run = [sys.executable, "-m", "sync", "catalogue", *args]
    return subprocess.run(run, capture_output=True, text=True, env=environment, check=False, cwd=ROOT)


def verdicts(platform):
    return {verdict.metric.name: verdict for verdict in check_catalogue() if verdict.metric.platform == platform}


def test_every_metric_is_listed_with_its_dates():
    found = json.loads(command("--json").stdout)
    assert len(found) == sum(len(metrics(platform)) for platform in platforms())
    views = next(one for one in found if (one["platform"], one["metric"]) == ("youtube", "views"))
    assert [change["from"] for change in views["changes"]] == ["2025-03-31", "2026-08-24"]
    assert "engagedViews" in command().stdout


def test_the_installed_documents_of_google_agree_with_us():
    for platform in ("search_console", "google_business_profile"):
        found = verdicts(platform)
        assert {verdict.state for verdict in found.values()} == {PRESENT}
        assert all("google-api-python-client" in verdict.where for verdict in found.values())
    assert not [verdict for verdict in check_catalogue() if verdict.disagrees]


def test_what_was_withdrawn_and_is_called_deprecated_is_no_disagreement():
    found = verdicts("youtube")
    assert found["statistics.favoriteCount"].state == DEPRECATED
    assert not found["statistics.favoriteCount"].disagrees
    assert found["statistics.viewCount"].state == PRESENT


def test_the_command_says_what_it_could_not_check_and_why():
    found = command("--check")
    assert found.returncode == 0
    assert (
        "YouTube: 15 not checked, since google-api-python-client does not list them: views, engagedViews"
        in found.stdout
    )
    assert "TikTok: 23 not checked: no package of the platform lists its metrics." in found.stdout
    answers = json.loads(command("--check", "--json").stdout)
    assert {answer["why"] for answer in answers if answer["state"] == UNCHECKED} <= {
        *("check_no_list", "check_not_installed", "check_not_listed"),
    }


@pytest.fixture
def altered(tmp_path, monkeypatch):
    """The real discovery documents, of which a test changes one."""
    real = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    folder = tmp_path / "discovery_cache" / "documents"
    folder.mkdir(parents=True)

    def change(name, edit):
        document = json.loads((real / f"{name}.json").read_text())
        edit(document)
        (folder / f"{name}.json").write_text(json.dumps(document))
        package = type("Found", (), {"origin": str(tmp_path / "__init__.py")})
        monkeypatch.setattr(catalogue_check, "find_spec", lambda wanted: package)

    return change


def test_a_metric_that_left_the_document_is_gone(altered):
    altered("searchconsole.v1", lambda document: document["schemas"]["ApiDataRow"]["properties"].pop("position"))
    found = verdicts("search_console")
    assert (found["position"].state, found["position"].disagrees) == (GONE, True)
    assert found["clicks"].state == PRESENT


def test_a_metric_that_the_document_calls_deprecated_is_told(altered):
    def deprecate(document):
        choice = document["schemas"]["DailyMetricTimeSeries"]["properties"]["dailyMetric"]
        choice["enumDeprecated"] = [name == "CALL_CLICKS" for name in choice["enum"]]

    altered("businessprofileperformance.v1", deprecate)
    found = verdicts("google_business_profile")
    assert [name for name, verdict in found.items() if verdict.disagrees] == ["CALL_CLICKS"]


def package(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def meta_package(folder, *fields):
    """A package built as Meta's is: classes of constants."""
    lines = "".join(f"        {field.lower()} = '{field}'\n" for field in fields)
    return package(
        folder,
        {
            "facebook_business/__init__.py": "",
            "facebook_business/adobjects/__init__.py": "",
            "facebook_business/adobjects/adsinsights.py": f"class AdsInsights:\n    class Field:\n{lines}",
            "facebook_business/adobjects/iguser.py": "class IGUser:\n    class Field:\n        id = 'id'\n",
            "facebook_business/adobjects/instagraminsightsresult.py": (
                "class InstagramInsightsResult:\n    class Metric:\n        reach = 'reach'\n"
            ),
        },
    )


def test_metas_fields_are_compared_where_its_package_is_installed(tmp_path):
    fields = sorted({metric.name.partition(".")[0] for metric in metrics("meta_ads").values()} - {"cpm"})
    found = command("--check", "--json", path=[meta_package(tmp_path, *fields)])
    states = {
        answer["metric"]: answer["state"] for answer in json.loads(found.stdout) if answer["platform"] == "meta_ads"
    }
    assert {name for name, state in states.items() if state == GONE} == {"cpm"}
    assert states["actions.lead"] == PRESENT
    assert found.returncode == 1


def test_what_a_list_that_is_not_whole_lacks_is_not_gone(tmp_path):
    found = command("--check", "--json", path=[meta_package(tmp_path, "x")])
    states = {one["metric"]: one["state"] for one in json.loads(found.stdout) if one["platform"] == "instagram"}
    assert (states["reach"], states["accounts_engaged"]) == (PRESENT, UNCHECKED)


def test_the_newest_version_of_google_ads_counts(tmp_path):
    fields = [metric.name.removeprefix("metrics.") for metric in metrics("google_ads").values()]
    home = "google/ads/googleads"
    kept = [field for field in fields if field != "clicks"]

    def types(names):
        return "class Metrics(proto.Message):\n" + "".join(f"    {name}: int = proto.Field(1)\n" for name in names)

    files = {f"{home}/__init__.py": "import grpc"}  # which need not be there
    for name, listed in (("v9", fields), ("v22", kept)):
        files |= {f"{home}/{name}/{part}__init__.py": "" for part in ("", "common/", "common/types/")}
        files[f"{home}/{name}/common/types/metrics.py"] = types(listed)
    found = command("--check", "--json", path=[package(tmp_path, files)])
    answers = {one["metric"]: one for one in json.loads(found.stdout) if one["platform"] == "google_ads"}
    assert answers["metrics.clicks"]["state"] == GONE
    assert answers["metrics.clicks"]["where"].endswith("v22")
    assert found.returncode == 1


def test_pinterests_choices_are_read_from_its_client(tmp_path):
    home = "openapi_generated/pinterest_client"
    names = {metric.name for metric in metrics("pinterest").values()} - {"SAVE", "follower_count"}
    choices = {name: name for name in sorted(names)}
    files = {
        "openapi_generated/__init__.py": "",
        f"{home}/__init__.py": "import urllib3_of_another_world  # which need not be there",
        f"{home}/api/user_account_api.py": f"{{('sort_by',): {{'SAVE': 'SAVE'}}, ('metric_types',): {choices}}}\n",
        f"{home}/model/account.py": "class Account:\n    attribute_map = {'follower_count': 'follower_count'}\n",
    }
    found = command("--check", "--json", path=[package(tmp_path, files)])
    states = {one["metric"]: one["state"] for one in json.loads(found.stdout) if one["platform"] == "pinterest"}
    assert {name for name, state in states.items() if state == GONE} == {"SAVE"}
    assert states["follower_count"] == PRESENT


def test_a_metric_that_we_call_withdrawn_may_go_on_being_listed():
    old = next(metric for metric in metrics("google_ads").values() if metric.withdrawn_on)
    assert isinstance(old, Metric)
    assert not catalogue_check.Verdict(old, PRESENT).disagrees
    assert not catalogue_check.Verdict(old, GONE).disagrees
