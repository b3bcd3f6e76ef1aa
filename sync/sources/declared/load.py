"""A YAML file -> a declared source, or everything that is wrong with the file. Touches nothing but the file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from sheet_templates.catalogue import find_metric, platforms
from sync.sources.declared.check import problems_of
from sync.sources.declared.form import Ask, Declaration, ErrorRule, Measured, Paging
from sync.sources.manifest import (
    AllOf,
    ApiKey,
    Auth,
    Basic,
    Bearer,
    GoogleServiceAccount,
    Manifest,
    OAuthRefresh,
    Offer,
    Parameter,
    Rate,
    Version,
)
from sync.sources.offers import offer_of

_AUTH: Mapping[str, type] = {
    "api_key": ApiKey,
    "bearer": Bearer,
    "basic": Basic,
    "oauth_refresh": OAuthRefresh,
    "google_service_account": GoogleServiceAccount,
}
_OWN = {"id", "names", "titles", "about", "base", "docs", "platform", "timezone", "grain", "look_back_days"} | {
    *("history_days", "latency_hours", "restated_days", "rate", "version", "auth", "parameters", "tested_on"),
    *("headers", "metrics", "asks", "errors"),
}
_ID = re.compile(r"[a-z][a-z0-9_]{0,40}")


class DeclarationError(ValueError):
    """A file that declares no source; `problems` tells all of them, for whoever wrote it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def load_declaration(path: Path) -> Declaration:
    """The source that a file declares. Raises DeclarationError; OSError where the file can't be read."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DeclarationError([f"no YAML: {error}"]) from None
    if not isinstance(content, dict):
        raise DeclarationError(["a file is a list of names and what they are"])
    return declaration_of(content)


def declaration_of(content: Mapping[str, Any]) -> Declaration:
    """The source in the content of a file. Raises DeclarationError."""
    problems: list[str] = []
    _names_known("file", content, _OWN, problems)
    for name in ("id", "names", "titles", "about", "metrics", "asks"):
        if not content.get(name):
            problems.append(f"{name} is missing")
    if not problems and not _ID.fullmatch(str(content["id"])):
        problems.append("id: small letters, digits and _")
    if problems:
        raise DeclarationError(problems)
    try:
        found = _declaration(content, problems)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise DeclarationError([*problems, f"{type(error).__name__}: {error}"]) from None
    problems += problems_of(found)
    if problems:
        raise DeclarationError(problems)
    return found


def _declaration(content: Mapping[str, Any], problems: list[str]) -> Declaration:
    metrics = _metrics(content, problems)
    names = content["names"]
    return Declaration(
        _manifest(content, tuple(metric.offer for metric in metrics.values()), problems),
        {"es": str(names["es"]), "en": str(names["en"])},
        tuple(names.get("also", ())),
        {name: _ask(name, entry, problems) for name, entry in content["asks"].items()},
        metrics,
        {name: str(text) for name, text in content.get("headers", {}).items()},
        tuple(_error(entry, problems) for entry in content.get("errors", ())),
    )


def _manifest(content: Mapping[str, Any], offers: tuple[Offer, ...], problems: list[str]) -> Manifest:
    optional = ("platform", "docs", "timezone", "grain", "look_back_days", "history_days", "latency_hours")
    given = {name: content[name] for name in (*optional, "restated_days") if name in content}
    if "rate" in content:
        given["rate"] = _made("rate", Rate, content["rate"], problems)
    if "version" in content:
        given["version"] = _made("version", Version, content["version"], problems)
    return Manifest(
        id=str(content["id"]),
        titles=content["titles"],
        about=content["about"],
        reads="platform",
        parameters=tuple(_parameter(entry, problems) for entry in content.get("parameters", ())),
        offers=offers,
        auth=tuple(_auth(entry, problems) for entry in content.get("auth", ())),
        base=str(content.get("base", "")),
        tested_on=tuple(content.get("tested_on", ())),
        **given,
    )


def _parameter(entry: Mapping[str, Any], problems: list[str]) -> Parameter:
    rest = {name: value for name, value in entry.items() if name not in ("es", "en")}
    about = {"es": entry.get("es", ""), "en": entry.get("en", "")}
    rest["choices"] = tuple(str(choice) for choice in entry.get("choices", ()))
    rest["example"] = str(entry.get("example", ""))
    made: Parameter = _made("parameters", Parameter, {**rest, "about": about}, problems)
    return made


def _auth(entry: Mapping[str, Any], problems: list[str]) -> Auth:
    kind = str(entry.get("kind"))
    if kind == "all_of":
        parts = tuple(_auth(part, problems) for part in entry.get("parts", ()))
        return AllOf(tuple(part for part in parts if not isinstance(part, AllOf)))
    if kind not in _AUTH:
        problems.append(f"auth: {kind} is none of {', '.join(_AUTH)}, all_of")
        return Bearer("")
    rest = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items() if name != "kind"}
    made: Auth = _made("auth", _AUTH[kind], rest, problems)
    return made


def _metrics(content: Mapping[str, Any], problems: list[str]) -> dict[str, Measured]:
    platform = content.get("platform")
    if platform is not None and platform not in platforms():
        problems.append(f"platform: {platform} is not in the catalogue")
        platform = None
    only = next(iter(content["asks"])) if len(content["asks"]) == 1 else ""
    found = {}
    for name, entry in content["metrics"].items():
        given = dict(entry or {})
        offer = _offer(str(name), given, platform, problems)
        of_ask = {key: given.pop(key) for key in ("ask", "field", "scale", "value", "rounded") if key in given}
        if given:
            problems.append(f"metrics.{name}: {', '.join(given)} is not known")
        made = {"ask": only, "field": str(name), **of_ask}
        found[str(name)] = Measured(offer, str(made.pop("ask")), str(made.pop("field")), **made)
    return found


def _offer(name: str, given: dict[str, Any], platform: str | None, problems: list[str]) -> Offer:
    """From the catalogue where it lists the metric; else the file has to say what it means."""
    listed = find_metric(platform, name) if platform else None
    if listed is not None and listed.name == name:
        known = offer_of(listed)
        return Offer(**{**_as_dict(known), "unit": given.pop("unit") or None}) if "unit" in given else known
    meaning = {"es": given.pop("es", ""), "en": given.pop("en", "")}
    own = {key: given.pop(key) for key in ("kind", "additive", "unit", "definition") if key in given}
    also = tuple(given.pop("also", ()))
    if not all(meaning.values()):
        problems.append(f"metrics.{name}: es and en say what it means")
    return Offer(name, meaning, also=also, **own)


def _ask(name: str, entry: Mapping[str, Any], problems: list[str]) -> Ask:
    given = dict(entry)
    if "pages" in given:
        given["pages"] = _made(f"asks.{name}.pages", Paging, given["pages"], problems)
    made: Ask = _made(f"asks.{name}", Ask, {**given, "name": name}, problems)
    return made


def _error(entry: Mapping[str, Any], problems: list[str]) -> ErrorRule:
    given = dict(entry)
    for name in ("status", "among", "unless", "text"):
        if name in given:
            given[name] = tuple(given[name]) if isinstance(given[name], list) else (given[name],)
    made: ErrorRule = _made("errors", ErrorRule, given, problems)
    return made


def _made(where: str, kind: Callable[..., Any], given: Mapping[str, Any], problems: list[str]) -> Any:
    """An object of one of our values' kinds; unknown and absent names are problems, not exceptions."""
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # only dataclasses come here
    _names_known(where, given, set(known), problems)
    needed = [n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING and n not in given]
    problems += [f"{where}: {name} is missing" for name in needed]
    return kind(**{**dict.fromkeys(needed, ""), **{name: value for name, value in given.items() if name in known}})


def _names_known(where: str, given: Mapping[str, Any], known: set[str], problems: list[str]) -> None:
    for name in given:
        if name not in known:
            near = get_close_matches(str(name), sorted(known), n=1, cutoff=0.0)
            problems.append(f"{where}: {name} is not known; {near[0]}?")


def _as_dict(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
