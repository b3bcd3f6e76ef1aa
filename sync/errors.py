"""The exceptions of the engine, sorted by what the caller does next.

    SemaforoError                      anything we raise on purpose
    ├── UsageError                     the call itself is wrong: a setting, an address, an argument (exit code 2)
    ├── WorkbookError                  the workbook can't be read or written
    │   ├── WorkbookNotFoundError      no such workbook
    │   ├── WorkbookNotSharedError     it exists, but not for us
    │   ├── LayoutError                it lacks a tab, heading or named range that we need
    │   └── SuspiciousEmptinessError   a tab that had KPIs is suddenly empty: nothing is written
    └── SourceError                    a source gave no number; becomes a FetchFailure of its KPIs alone
        └── BlockedError               a credential, a permission or a quota stops us: a person has the remedy

Each has a code whose sentence says what happened, to which one, and what to do: `sentence(locale)`; `str(error)` is the
English one. `permanent` is the one bit that a caller needs: False means that the same call may work later.
"""

from collections.abc import Mapping

from sheet_templates.words import say
from sync.model import Fact


class SemaforoError(Exception):
    """Anything we raise on purpose. Never holds another system's raw text."""

    family = "errors"  # the file of sheet_templates/words that has the sentence

    def __init__(self, code: str, *, permanent: bool = True, facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.facts = dict(facts or {})

    def __str__(self) -> str:
        return self.sentence("en")

    def sentence(self, locale: str) -> str:
        """What happened, to which one, what to do, in the language of `locale`."""
        return say(self.family, self.code, locale, self.facts)


class UsageError(SemaforoError):
    """The call itself is wrong; repeating it unchanged is useless."""


class WorkbookError(SemaforoError):
    """The workbook can't be read or written."""


class WorkbookNotFoundError(WorkbookError):
    """No such workbook."""


class WorkbookNotSharedError(WorkbookError):
    """The workbook exists, but our account may not open it."""


class LayoutError(WorkbookError):
    """The workbook lacks a tab, a heading or a named range that we need."""


class SuspiciousEmptinessError(WorkbookError):
    """A tab that had KPIs is suddenly empty."""


class SourceError(SemaforoError):
    """A source gave no number."""

    family = "failures"


class BlockedError(SourceError):
    """A credential, a permission or a quota stops us; the sentence names the remedy."""
