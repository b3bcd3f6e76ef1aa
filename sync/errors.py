"""The exceptions of the engine, sorted by what the caller does next.

    SemaforoError                 anything we raise on purpose; `str(error)` says what, which one, what to do
    ├── UsageError                the call itself is wrong: a setting, an address, an argument (exit code 2)
    ├── WorkbookError             the workbook can't be read or written; has `permanent`
    │   ├── WorkbookNotFoundError      no such workbook
    │   ├── WorkbookNotSharedError     it exists, but not for us
    │   ├── LayoutError           it lacks a tab, heading or id that we need
    │   └── SuspiciousEmptinessError   a tab that had KPIs is suddenly empty: nothing is written
    └── SourceError               a source gave no number; has `permanent`, `code` and `facts`; becomes a FetchFailure

`permanent` is the one bit that a caller needs: False means that the same call may work later.
"""

from collections.abc import Mapping

from sync.model import Fact


class SemaforoError(Exception):
    """Anything we raise on purpose."""

    permanent = True


class UsageError(SemaforoError):
    """The call itself is wrong; repeating it unchanged is useless."""


class WorkbookError(SemaforoError):
    """The workbook can't be read or written."""

    def __init__(self, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.permanent = permanent


class WorkbookNotFoundError(WorkbookError):
    """No such workbook."""


class WorkbookNotSharedError(WorkbookError):
    """The workbook exists, but our account may not open it."""


class LayoutError(WorkbookError):
    """The workbook lacks a tab, a heading or a named range that we need."""


class SuspiciousEmptinessError(WorkbookError):
    """A tab that had KPIs is suddenly empty."""


class SourceError(SemaforoError):
    """A source gave no number. `code` and `facts` make the sentence; never another system's raw text."""

    def __init__(self, code: str, *, permanent: bool, facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.facts = dict(facts or {})
