"""The catalogue against what the platforms' own packages list, where they are installed. Asks no network.

Google's discovery documents come with google-api-python-client, the fields of Meta's insights with facebook-business,
those of Google Ads with google-ads, Pinterest's with its generated client. Most platforms ship no list of their metrics
at all: that is said by name.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sheet_templates.catalogue import Metric, metrics, platforms

PRESENT, GONE, DEPRECATED, UNCHECKED = "present", "gone", "deprecated", "unchecked"
_DISCOVERY, _META, _ADS = "google-api-python-client", "facebook-business", "google-ads"
_PINTEREST = "Pinterest_Generated_Client"


@dataclass(frozen=True)
class Listed:
    """What a package (`where`: with its version) lists: the names of metrics -> whether it calls them deprecated.

    Where a list is not `whole`, what it lacks may still be there.
    """

    where: str
    names: Mapping[str, bool]
    whole: bool = True


@dataclass(frozen=True)
class Verdict:
    """What became of one metric. `why` is a code of the family `cli` where it could not be checked."""

    metric: Metric
    state: str
    where: str = ""
    why: str = ""
    package: str = ""

    @property
    def disagrees(self) -> bool:
        """Whether we offer what its platform lists no more, or calls deprecated.

        The other way round is none: platforms go on listing fields that stay empty for good.
        """
        return self.metric.withdrawn_on is None and self.state in (GONE, DEPRECATED)


class NotInstalledError(Exception):
    """The package is not here."""


Lister = Callable[[], Listed]
Named = Callable[[Metric], str | None]  # what the package calls a metric; None for one that it does not list at all


def check_catalogue() -> list[Verdict]:
    """A verdict for every metric of the catalogue, platform by platform."""
    return [verdict for platform in platforms() for verdict in _of_platform(platform)]


def _of_platform(platform: str) -> Iterator[Verdict]:
    if platform not in _LISTS:
        yield from (Verdict(metric, UNCHECKED, why="check_no_list") for metric in metrics(platform).values())
        return
    package, lister, named = _LISTS[platform]
    try:
        listed = lister()
    except NotInstalledError:
        for metric in metrics(platform).values():
            yield Verdict(metric, UNCHECKED, why="check_not_installed", package=package)
        return
    for metric in metrics(platform).values():
        name = named(metric)
        if name is None or (name not in listed.names and not listed.whole):
            yield Verdict(metric, UNCHECKED, listed.where, "check_not_listed", package)
        else:
            state = GONE if name not in listed.names else DEPRECATED if listed.names[name] else PRESENT
            yield Verdict(metric, state, listed.where, package=package)


# --- Google's discovery documents -------------------------------------------------------------------------------------


def _document(name: str) -> tuple[Any, str]:
    """A discovery document and where it stands. Raises NotInstalledError."""
    package = find_spec("googleapiclient")
    if package is None or package.origin is None:
        raise NotInstalledError(_DISCOVERY)
    path = Path(package.origin).parent / "discovery_cache" / "documents" / f"{name}.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise NotInstalledError(_DISCOVERY) from None
    return document, f"{_versioned(_DISCOVERY)}, {name} {document.get('revision', '')}".strip()


def _properties(name: str, *schemas: str) -> Listed:
    """The fields of some schemas of a document."""
    document, where = _document(name)
    fields = [item for schema in schemas for item in document["schemas"][schema]["properties"].items()]
    return Listed(where, {field: bool(about.get("deprecated")) for field, about in fields})


def _daily_metrics() -> Listed:
    """The choices of Business Profile's dailyMetric."""
    document, where = _document("businessprofileperformance.v1")
    choice = document["schemas"]["DailyMetricTimeSeries"]["properties"]["dailyMetric"]
    deprecated = choice.get("enumDeprecated") or [False] * len(choice["enum"])
    return Listed(where, dict(zip(choice["enum"], deprecated, strict=True)))


# --- Meta, Google Ads and Pinterest -----------------------------------------------------------------------------------


def _meta(*classes: str, whole: bool = True) -> Lister:
    """The constants of some classes of facebook-business (`module.Class.Inner`)."""

    def listed() -> Listed:
        names: set[str] = set()
        for path in classes:
            module, *parts = path.split(".")
            found = _imported(f"facebook_business.adobjects.{module}", _META)
            for part in parts:
                found = getattr(found, part)
            names |= {
                value for name, value in vars(found).items() if not name.startswith("_") and isinstance(value, str)
            }
        return Listed(_versioned(_META), dict.fromkeys(names, False), whole)

    return listed


def _google_ads() -> Listed:
    """The fields of the newest version's Metrics: read from its source, since importing it takes gRPC and seconds."""
    home = _home("google.ads.googleads")
    known = {int(path.name[1:]): path for path in home.glob("v*") if re.fullmatch(r"v\d+", path.name)}
    newest = known[max(known)] if known else home
    tree = _source(newest / "common" / "types" / "metrics.py", _ADS)
    found = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Metrics")
    fields = (node.target for whole in found for node in whole.body if isinstance(node, ast.AnnAssign))
    names = [target.id for target in fields if isinstance(target, ast.Name)]
    return Listed(f"{_versioned(_ADS)}, {newest.name}", dict.fromkeys(names, False))


def _pinterest() -> Listed:
    """What the questions about an account take as `metric_types`, and the fields of the account."""
    home = _home("openapi_generated.pinterest_client")
    questions = ast.walk(_source(home / "api" / "user_account_api.py", _PINTEREST))
    account = ast.walk(_source(home / "model" / "account.py", _PINTEREST))
    lists = [
        pair for node in questions if isinstance(node, ast.Dict) for pair in zip(node.keys, node.values, strict=True)
    ]
    found = [value for key, value in lists if key and ast.unparse(key) == "('metric_types',)"]
    found += [node.value for node in account if isinstance(node, ast.Assign) and _named(node, "attribute_map")]
    keys = [key for value in found if isinstance(value, ast.Dict) for key in value.keys]
    names = [str(key.value) for key in keys if isinstance(key, ast.Constant)]
    return Listed(_versioned(_PINTEREST), dict.fromkeys(names, False))


def _named(node: ast.Assign, name: str) -> bool:
    return [ast.unparse(target) for target in node.targets] == [name]


def _home(package: str) -> Path:
    """The folder of a package, without importing it; one that isn't there where it is not installed."""
    try:
        found = find_spec(package)
    except ModuleNotFoundError:
        found = None
    return Path(found.origin).parent if found and found.origin else Path("/nonexistent")


def _source(path: Path, package: str) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except OSError:
        raise NotInstalledError(package) from None


def _imported(name: str, package: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise NotInstalledError(package) from None


def _versioned(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


# --- which package lists which platform's metrics ---------------------------------------------------------------------


def _plain(metric: Metric) -> str:
    return metric.name


def _never(metric: Metric) -> None:
    return None


def _statistics(metric: Metric) -> str | None:
    """YouTube's counters; the metrics of its Analytics are free text in the document."""
    head, _, name = metric.name.partition(".")
    return name if head == "statistics" else None


def _top(metric: Metric) -> str:
    """actions.lead is a kind of the field `actions`."""
    return metric.name.partition(".")[0]


def _field_of_metrics(metric: Metric) -> str:
    return metric.name.removeprefix("metrics.")


_LISTS: Mapping[str, tuple[str, Lister, Named]] = {
    "google_business_profile": (_DISCOVERY, _daily_metrics, _plain),
    "search_console": (_DISCOVERY, lambda: _properties("searchconsole.v1", "ApiDataRow"), _plain),
    "youtube": (_DISCOVERY, lambda: _properties("youtube.v3", "ChannelStatistics", "VideoStatistics"), _statistics),
    "ga4": (_DISCOVERY, lambda: _properties("analyticsdata.v1beta", "Metric"), _never),
    "meta_ads": (_META, _meta("adsinsights.AdsInsights.Field"), _top),
    # Its list holds the metrics of single posts; those of the account are free text in the interface.
    "instagram": (
        _META,
        _meta("instagraminsightsresult.InstagramInsightsResult.Metric", "iguser.IGUser.Field", whole=False),
        _plain,
    ),
    "google_ads": (_ADS, _google_ads, _field_of_metrics),
    "pinterest": (_PINTEREST, _pinterest, _plain),
}
