"""What carries a sync to where it runs, chosen by SEMAFORO_JOBS.

All carriers only wake workers; the workbook's row in the store decides what is due and who works on it. So a message
that is lost, doubled or late does no harm on any of them.
"""

from typing import Protocol

from sync.jobs.carry import Clock, store_clock
from sync.jobs.local import LocalWorker
from sync.jobs.runner import Runner
from sync.settings import Settings
from sync.store.store import Store


class Carrier(Protocol):
    """Started and stopped with the service, woken after each trigger."""

    @property
    def is_alive(self) -> bool:
        """Whether it can take a trigger on."""

    def start(self) -> None:
        """Begin; one that runs already goes on."""

    def wake(self, workbook: str = "") -> None:
        """Something may be due for this workbook; without one, for any. Never raises for trouble outside: a trigger is
        safe in the store, and the next sweep finds it."""

    def run_due(self, workbook: str) -> bool:
        """Sync this workbook in this thread: for a queue that calls us. False when it was not due or not free."""

    def stop(self, timeout: float = 30.0) -> bool:
        """Take on nothing more. True when what runs in this process came to its end in `timeout` seconds."""


def carrier_for(settings: Settings, store: Store, runner: Runner, clock: Clock = store_clock) -> Carrier:
    """The carrier that the operator chose. Raises UsageError when it lacks a setting or a package."""
    if settings.jobs == "procrastinate":
        from sync.jobs.procrastinated import Procrastinated  # psycopg is needed by who uses it alone

        return Procrastinated(settings.store_url, store)
    if settings.jobs == "cloud_tasks":
        from sync.jobs.cloud_tasks import cloud_tasks

        return cloud_tasks(settings, store, runner)
    return LocalWorker(store, runner, clock)
