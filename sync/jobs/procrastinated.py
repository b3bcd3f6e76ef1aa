"""Syncs carried by Procrastinate: its queue lives in the PostgreSQL that holds our store, its workers run anywhere.

A job names a workbook; the worker that gets it asks the row. A queue lock keeps one waiting job a workbook. When a sync
ends and more is wanted (a trigger during it, a retry), a job for that moment follows. Each worker process also rescues
jobs of workers that died, and looks into the rows for what nobody has woken.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import make_url

from sync.errors import UsageError
from sync.jobs.carry import carry_workbook
from sync.jobs.runner import LEASE_SECONDS, Runner
from sync.store.store import Store

try:
    from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
    from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
    from procrastinate.jobs import Status
except ModuleNotFoundError as missing:
    raise UsageError("jobs_package", facts={"package": str(missing.name)}) from missing

_LOG = logging.getLogger(__name__)
_TASK = "semaforo.sync"
_QUEUE = "semaforo"


@dataclass(frozen=True)
class Pace:
    """How fast a worker notices things, in seconds. A worker silent for `dead` is given up by the others."""

    lease: float = LEASE_SECONDS
    poll: float = 5.0
    beat: float = 10.0
    dead: float = 30.0
    sweep: float = 15.0
    grace: float = 25.0


class Procrastinated:
    """Puts jobs into the queue; the syncs run in `semaforo worker` processes."""

    def __init__(self, url: str, store: Store) -> None:
        self._store = store
        self._app = App(connector=SyncPsycopgConnector(conninfo=conninfo(url)))
        self._open = False

    @property
    def is_alive(self) -> bool:
        """Whether the connections are open."""
        return self._open

    def start(self) -> None:
        """Open the connections. Raises UsageError when Procrastinate's tables are missing."""
        if not self._open:
            self._app.open()
            self._open = True
            if not self._app.check_connection():
                self.stop()
                raise UsageError("jobs_tables")

    def stop(self, timeout: float = 30.0) -> bool:
        """Give the connections back; nothing runs here."""
        if self._open:
            self._app.close()
            self._open = False
        return True

    def wake(self, workbook: str = "") -> None:
        """Queue a job for the workbook, or for each that is due; one that waits already is enough."""
        try:
            for name in (workbook,) if workbook else self._store.due_workbooks():
                self.defer(name)
        except ConnectorException:
            _LOG.exception("the queue could not be reached; the trigger waits in the store")

    def run_due(self, workbook: str) -> bool:
        """Nothing runs here: a worker of the queue does it."""
        self.wake(workbook)
        return False

    def defer(self, workbook: str, at: float | None = None) -> None:
        """One job, due at a moment (Unix seconds) or now; one for the same moment that waits is enough."""
        when = None if at is None else datetime.fromtimestamp(at, UTC)
        lock = workbook if at is None else f"{workbook} {at:.3f}"
        with suppress(AlreadyEnqueued):
            self._app.configure_task(_TASK, queue=_QUEUE, queueing_lock=lock, schedule_at=when).defer(workbook=workbook)

    def follow_up(self, workbook: str) -> None:
        """Queue what the row wants next, if it wants anything."""
        due = self._store.next_due(workbook)
        if due is not None:
            self.defer(workbook, None if due <= self._store.now() else due)


def lay_tables(url: str) -> bool:
    """Make Procrastinate's own tables where they are missing. True when they were."""
    app = App(connector=SyncPsycopgConnector(conninfo=conninfo(url)))
    with app.open():
        if app.check_connection():
            return False
        app.schema_manager.apply_schema()
        return True


def work(
    url: str,
    store: Store,
    runner: Runner,
    *,
    threads: int = 4,
    pace: Pace | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Run syncs until SIGINT or SIGTERM; those that run then come to their end. A database that goes is waited for."""
    queue = Procrastinated(url, store)
    queue.start()
    try:
        while not stopping():
            try:
                asyncio.run(_work(url, store, runner, queue, threads, pace or Pace()))
                return
            except ConnectorException:
                _LOG.exception("the queue could not be reached; trying again")
                asyncio.run(asyncio.sleep(2.0))
    finally:
        queue.stop()


async def _work(url: str, store: Store, runner: Runner, queue: Procrastinated, threads: int, pace: Pace) -> None:
    app = App(connector=PsycopgConnector(conninfo=conninfo(url), min_size=1, max_size=4))

    @app.task(name=_TASK, queue=_QUEUE)
    def sync(workbook: str) -> None:
        carry_workbook(store, runner, workbook, lease=pace.lease)
        queue.follow_up(workbook)

    async with app.open_async():
        minder = asyncio.create_task(_mind(app, queue, pace))
        try:
            await app.run_worker_async(
                queues=[_QUEUE],
                concurrency=threads,
                fetch_job_polling_interval=pace.poll,
                update_heartbeat_interval=pace.beat,
                stalled_worker_timeout=pace.dead,
                shutdown_graceful_timeout=pace.grace,
                delete_jobs="always",  # the rows remember what was done; a job is only a message
            )
        finally:
            minder.cancel()


async def _mind(app: App, queue: Procrastinated, pace: Pace) -> None:
    """Take up again what dead workers left in the queue, and wake whatever is due and was not woken."""
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(queue=_QUEUE, seconds_since_heartbeat=pace.dead):
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
                await asyncio.to_thread(queue.follow_up, str(job.task_kwargs["workbook"]))
            await asyncio.to_thread(queue.wake)
        except ConnectorException:
            _LOG.exception("the queue could not be minded")
        await asyncio.sleep(pace.sweep)


def conninfo(url: str) -> str:
    """The address as libpq wants it. Raises UsageError for any but PostgreSQL's."""
    address: Any = make_url(url)
    if address.get_backend_name() != "postgresql":
        raise UsageError("jobs_need_postgres")
    return str(address.set(drivername="postgresql").render_as_string(hide_password=False))
