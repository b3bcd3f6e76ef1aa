"""The runner and the listing of a service that only accepts: what a sync needs is loaded with the first sync."""

from collections.abc import Collection, Mapping

from sync.jobs.runner import ProgressSink, Runner, RunResult
from sync.settings import Settings
from sync.store.store import Store


class LateRunner:
    """A `SyncRunner` that is made when it is first called."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._runner: Runner | None = None

    def __call__(self, workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        """As `SyncRunner` does it."""
        if self._runner is None:
            from sync.session import SyncRunner

            self._runner = SyncRunner(self._settings, self._store)
        return self._runner(workbook, progress, dry_run=dry_run)


class LateListing:
    """A `DriveListing` that is made when a workbook is first worth a look: it brings gspread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, workbooks: Collection[str]) -> Mapping[str, str]:
        """As `DriveListing` does it."""
        from sync.sheet.listing import DriveListing

        return DriveListing(self._settings)(workbooks)
