"""What a check found: a value with its sentence."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sheet_templates.words import say
from sync.errors import SemaforoError
from sync.model import Fact


class Level(StrEnum):
    """Well; should be mended soon; does not work."""

    FINE = "fine"
    WARN = "warn"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One line of the answer. `check` is the part that was looked at; the sentence is `code`'s in `family`."""

    check: str
    level: Level
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    family: str = "doctor"

    def sentence(self, locale: str) -> str:
        """What was found and what to do, in the language of `locale`."""
        return say(self.family, self.code, locale, self.facts)


def fine(check: str, code: str, **facts: Fact) -> Finding:
    """Nothing to do."""
    return Finding(check, Level.FINE, code, facts)


def warn(check: str, code: str, **facts: Fact) -> Finding:
    """It works; a person should look at it."""
    return Finding(check, Level.WARN, code, facts)


def broken(check: str, code: str, **facts: Fact) -> Finding:
    """It does not work."""
    return Finding(check, Level.BROKEN, code, facts)


def from_error(check: str, error: SemaforoError, level: Level = Level.BROKEN) -> Finding:
    """The finding that an error of ours is."""
    return Finding(check, level, error.code, error.facts, error.family)


def exit_code(findings: tuple[Finding, ...]) -> int:
    """0 all well, 1 something should be mended, 2 something does not work."""
    levels = {finding.level for finding in findings}
    return 2 if Level.BROKEN in levels else 1 if Level.WARN in levels else 0


Check = Callable[[], tuple[Finding, ...]]


def bounded(check: str, work: Check, seconds: float) -> tuple[Finding, ...]:
    """What `work` finds, or that it took too long: a name server that hangs must not hang the doctor."""
    found: list[tuple[Finding, ...]] = []
    thread = threading.Thread(target=lambda: found.append(work()), name=f"doctor-{check}", daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else (broken(check, "too_slow", seconds=seconds),)
