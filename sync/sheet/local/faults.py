"""Trouble on demand: quotas, latency, errors, cut answers and hangs, from a settings file or by the test API.

The settings are one mapping:

    quota: {read: {user: 60, project: 300}, write: {user: 60, project: 300}}   calls in a minute
    window: 60                                                                 the seconds of that minute
    latency: 0.15                                                              seconds before every answer
    rules:
      - {on: write, calls: [2], fault: 503}
      - {on: any, every: 5, fault: 429, retry_after: 2}
      - {on: write, calls: [1], fault: cut}             applied, then the answer breaks off half-way
      - {on: read, calls: [3], fault: hang, seconds: 30}
      - {on: write, calls: [2], fault: edit, body: {requests: [...]}, after: true}

`on` is read, write, any or a method's name; `calls` counts from one among the calls that `on` speaks of.
"""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .document import Json
from .errors import ApiError

ERRORS = {
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    408: "The request timed out.",
    500: "Internal error encountered.",
    502: "Bad gateway.",
    503: "The service is currently unavailable.",
    504: "The request timed out.",
}
WORDS = ("cut", "hang", "drop", "edit")
RULE_KEYS = {"on", "calls", "every", "fault", "retry_after", "seconds", "body", "after"}


class FaultsError(ValueError):
    """The settings make no sense; the sentence says where."""


class QuotaError(ApiError):
    """Google's 429 with its details; `retry_after` becomes a header when set."""

    def __init__(self, kind: str, scope: str, limit: int, retry_after: float | None = None) -> None:
        word = "Read" if kind == "read" else "Write"
        per = "per minute per user" if scope == "user" else "per minute"
        name = f"{word}RequestsPerMinutePer{'User' if scope == 'user' else 'Project'}"
        metadata = {
            "consumer": "projects/000000000000",
            "quota_limit": name,
            "quota_limit_value": str(limit),
            "quota_location": "global",
            "quota_metric": f"sheets.googleapis.com/{kind}_requests",
            "service": "sheets.googleapis.com",
        }
        super().__init__(
            429,
            f"Quota exceeded for quota metric '{word} requests' and limit '{word} requests {per}' of service "
            "'sheets.googleapis.com' for consumer 'project_number:000000000000'.",
            [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "RATE_LIMIT_EXCEEDED",
                    "domain": "googleapis.com",
                    "metadata": metadata,
                },
                {
                    "@type": "type.googleapis.com/google.rpc.Help",
                    "links": [
                        {
                            "description": "Request a higher quota limit.",
                            "url": "https://cloud.google.com/docs/quotas/help/request_increase",
                        }
                    ],
                },
            ],
        )
        self.retry_after = retry_after


@dataclass(slots=True)
class Rule:
    """One line of trouble; `seen` counts the calls it speaks of."""

    on: str
    fault: int | str
    calls: tuple[int, ...] = ()
    every: int = 0
    retry_after: float | None = None
    seconds: float = 30.0
    body: Json | None = None
    after: bool = False
    seen: int = 0

    def strikes(self, kind: str, method: str) -> bool:
        """Count this call; does the trouble come now?"""
        if self.on not in ("any", kind, method):
            return False
        self.seen += 1
        return self.seen in self.calls or bool(self.every and self.seen % self.every == 0)


def read_rule(message: Any, place: int) -> Rule:
    """A rule from its mapping. Raises FaultsError."""
    if isinstance(message, dict):  # an unquoted `on` is true in YAML, as a key too
        message = {"on" if key is True else key: value for key, value in message.items()}
    if not isinstance(message, dict) or set(message) - RULE_KEYS:
        raise FaultsError(f"rules[{place}]: takes only {', '.join(sorted(RULE_KEYS))}")
    fault: int | str = message.get("fault", "")
    if fault not in (*WORDS, *ERRORS, 429):
        raise FaultsError(f"rules[{place}].fault: one of 429, {', '.join(map(str, ERRORS))}, {', '.join(WORDS)}")
    if fault == "edit" and not isinstance(message.get("body"), dict):
        raise FaultsError(f"rules[{place}].body: an edit needs a batchUpdate body")
    calls = message.get("calls", [])
    calls = calls if isinstance(calls, list) else [calls]
    return Rule(
        on=str(message.get("on", "any")),
        fault=fault,
        calls=tuple(int(number) for number in calls),
        every=int(message.get("every", 0)),
        retry_after=message.get("retry_after"),
        seconds=float(message.get("seconds", 30)),
        body=message.get("body"),
        after=bool(message.get("after")),
    )


@dataclass(slots=True)
class Faults:
    """The settings in force, and what they have counted. `clock` and `sleep` are passed in by tests."""

    quota: dict[str, dict[str, int]] = field(default_factory=dict)
    latency: float = 0.0
    window: float = 60.0
    rules: list[Rule] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    refused: int = 0  # calls that a quota turned away
    _taken: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def strike(self, kind: str, method: str, user: str) -> Rule | None:
        """Wait, check the quotas and the rules. Raises ApiError for an error; gives the other kinds of trouble."""
        if self.latency:
            self.sleep(self.latency)
        with self._lock:
            struck = [rule for rule in self.rules if rule.strikes(kind, method)]
            self._check_quota(kind, user)
        rule = next(iter(struck), None)
        if rule is None or isinstance(rule.fault, str):
            return rule
        if rule.fault == 429:
            raise QuotaError(kind, "user", 60, rule.retry_after)
        raise ApiError(rule.fault, ERRORS[rule.fault])

    def _check_quota(self, kind: str, user: str) -> None:
        """A sliding window for the user and for the whole server. A refused call does not count."""
        limits = self.quota.get(kind, {})
        now = self.clock()
        for scope, limit in limits.items():
            taken = self._taken[(kind, user if scope == "user" else "*project*")]
            while taken and taken[0] <= now - self.window:
                taken.popleft()
            if len(taken) >= limit:
                self.refused += 1
                raise QuotaError(kind, scope, limit)
        for scope in limits:
            self._taken[(kind, user if scope == "user" else "*project*")].append(now)


def read_faults(message: Any) -> Faults:
    """Settings from a mapping. Raises FaultsError that names the first misfit."""
    if message is None:
        return Faults()
    if not isinstance(message, dict) or set(message) - {"quota", "latency", "window", "rules"}:
        raise FaultsError("takes only quota, window, latency and rules")
    quota = message.get("quota", {})
    for kind, limits in quota.items():
        if kind not in ("read", "write") or set(limits) - {"user", "project"}:
            raise FaultsError("quota: {read: {user: n, project: n}, write: {user: n, project: n}}")
    rules = [read_rule(item, place) for place, item in enumerate(message.get("rules", []))]
    return Faults(quota=quota, latency=float(message.get("latency", 0)), window=_window(message), rules=rules)


def _window(message: Json) -> float:
    window = float(message.get("window", 60))
    if window <= 0:
        raise FaultsError("window: seconds, more than none")
    return window


def read_file(path: str | Path) -> Faults:
    """Settings from a YAML or JSON file. Raises FaultsError."""
    try:
        return read_faults(yaml.safe_load(Path(path).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, AttributeError) as trouble:
        raise FaultsError(f"{path}: {trouble}") from trouble
