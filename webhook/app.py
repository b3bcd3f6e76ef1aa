"""The web service as a Flask app, and the two ways to run it on this machine."""

import atexit
import logging
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from flask import Flask
from waitress.server import create_server

from sync.errors import UsageError
from sync.figures import MeasuredRunner
from sync.fit import misfits, refuse_fleeting, unknown_sources
from sync.jobs.carriers import Carrier, carrier_for
from sync.jobs.carry import store_clock
from sync.jobs.refresh import refresh
from sync.jobs.runner import Runner
from sync.jobs.ticker import Ticker
from sync.keys import master_keys
from sync.logs import set_up_logging
from sync.secret_settings import resolved
from sync.settings import Settings, read_settings
from sync.store.store import Store, open_store
from sync.tracing import set_up_tracing
from webhook.early import answer_early
from webhook.events import MAX_BODY
from webhook.health import add_health
from webhook.identity import Tokens
from webhook.metrics import Metrics
from webhook.quick import add_quick_press
from webhook.remembered import Remembered
from webhook.routes import add_routes
from webhook.running import LateListing, LateRunner
from webhook.service import Limits, Service
from webhook.watching import watch_requests

_LOG = logging.getLogger(__name__)
_WORKER = "semaforo.worker"


def create_app(
    settings: Settings | None = None,
    store: Store | None = None,
    runner: Runner | None = None,
    clock: Callable[[], float] = time.time,
) -> Flask:
    """The app, with a worker that `worker_of` gives and that is not started yet.

    Without settings it is the app of a WSGI server, `gunicorn "webhook.app:create_app()"`: settings from the
    environment, and the worker is started, with the clock that says who is due. Cloud Tasks has no such clock: its
    processes come and go, so a scheduler calls /cron/refresh. Raises UsageError.
    """
    if settings is None:
        settings = resolved(read_settings(judge=unknown_sources))
        set_up_logging(settings)
        atexit.register(set_up_tracing(settings))
        refuse_fleeting(settings)
        store = store or open_store(settings.store_url)
        app = create_app(settings, store, runner, clock)
        running = ExitStack()
        worker_of(app).start()
        running.callback(worker_of(app).stop)
        if settings.jobs != "cloud_tasks":
            running.enter_context(Ticker(store, worker_of(app).wake, LateListing(settings), clock))
        atexit.register(running.close)
        return app
    _check(settings)
    store = store or open_store(settings.store_url)
    app = Flask("webhook", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    metrics = Metrics(store, settings.quota_for(local=False))
    watch_requests(app)
    measured = MeasuredRunner(runner or LateRunner(settings, store), metrics)
    worker = carrier_for(settings, store, measured, store_clock if clock is time.time else clock)
    app.extensions[_WORKER] = worker
    service = Service(
        settings=settings,
        masters=master_keys(settings),
        store=store,
        clock=clock,
        wake=worker.wake,
        run_due=worker.run_due,
        refresh=lambda: refresh(store, clock(), listing=LateListing(settings)),
        worker_alive=lambda: worker.is_alive,
        limits=Limits(settings.requests_per_minute),
        tokens=Tokens(settings.certs_url),
        remembered=Remembered(),
    )
    metrics.watch(app)
    add_routes(app, service)
    add_health(app, service, metrics)
    add_quick_press(app, service, metrics)
    return app


def _check(settings: Settings) -> None:
    """Settings that only make sense together."""
    for error in misfits(settings):
        if error.code in ("identity_settings", "tasks_settings"):
            raise error
        if error.code == "tasks_place":  # nobody is let in by those headers here, so the rest may go on
            _LOG.error(error.sentence("en"))


def worker_of(app: Flask) -> Carrier:
    """What carries the syncs that this app accepts."""
    worker: Carrier = app.extensions[_WORKER]
    return worker


def serve(
    settings: Settings,
    runner: Runner,
    clock: Callable[[], float] = time.time,
    announce: Callable[[str], object] = _LOG.info,
) -> None:
    """Listen on `settings.host`:`settings.port` and run what is asked for, until SIGINT or SIGTERM.

    The sync that is running then comes to its end first. `announce` is told our address once we listen.
    To be called in the main thread. Raises UsageError when the address can't be had.
    """
    store = open_store(settings.store_url)
    service = ServiceThread(create_app(settings, store, runner, clock), settings.host, settings.port)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with service, Ticker(store, service.wake, LateListing(settings), clock):
            announce(service.url)
            while not stopped.wait(1.0):  # with an end, since some systems let no signal through a wait without one
                pass
    finally:
        store.close()


class ServiceThread:
    """The service on a thread of its own, for as long as the `with` block lasts; its address is `url`."""

    def __init__(self, app: Flask, host: str = "127.0.0.1", port: int = 0) -> None:
        self._app = app
        self._sockets: dict[int, Any] = {}  # everything that the server's loop watches: emptied, it ends
        try:
            self._server = create_server(
                app, map=self._sockets, host=host, port=port, threads=8, ident=None, max_request_body_size=MAX_BODY + 2
            )
        except OSError as error:
            raise UsageError("port_taken", facts={"address": f"{host}:{port}"}) from error
        answer_early(self._sockets)
        self._thread = threading.Thread(target=self._server.run, name="semaforo-http", daemon=True)
        bound = getattr(self._server, "effective_listen", None) or [(host, self._server.effective_port)]
        self.url = f"http://[{host}]:{bound[0][1]}" if ":" in host else f"http://{host}:{bound[0][1]}"
        self._trigger = next(each for each in self._sockets.values() if hasattr(each, "pull_trigger"))
        self._pulled = threading.Event()

    def __enter__(self) -> "ServiceThread":
        worker_of(self._app).start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Accept nothing more, answer what was accepted, let the running sync come to its end."""
        # Longer than the store waits for a lock: no request is at work any more when its sockets are closed.
        self._server.task_dispatcher.shutdown(cancel_pending=False, timeout=15)
        self._trigger.pull_trigger(self._close_all)  # the loop's own thread has to close what it watches
        self._pulled.set()
        self._thread.join()
        worker_of(self._app).stop()

    def wake(self) -> None:
        """Let the worker look now whether something is due."""
        worker_of(self._app).wake()

    def _close_all(self) -> None:
        # The loop may call us as soon as we are in its list, before the trigger's pipe was written to. Closing the pipe
        # then would let that write go to whoever got the same file descriptor next.
        self._pulled.wait()
        for dispatcher in list(self._sockets.values()):
            dispatcher.close()
