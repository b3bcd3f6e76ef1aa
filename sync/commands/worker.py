"""`semaforo worker`: runs syncs that others ask for, in a process of its own; any number of them, on any machines."""

import argparse
import atexit
import signal
import threading
from collections.abc import Callable

from sync.commands.base import FINE, Call, an_address
from sync.console import say_line
from sync.errors import UsageError
from sync.figures import MeasuredRunner, RunFigures, serving
from sync.jobs.local import LocalWorker
from sync.jobs.runner import Runner
from sync.logs import set_up_logging
from sync.session import SyncRunner
from sync.settings import Settings
from sync.store.store import Store, open_store
from sync.tracing import set_up_tracing


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--threads N] [--metrics [HOST:]PORT]."""
    parser.add_argument("--threads", type=int, metavar="N", help=words("arg.threads"))
    parser.add_argument("--metrics", type=an_address, metavar="[HOST:]PORT", help=words("arg.metrics"))


def run(call: Call) -> int:
    """Work until SIGINT or SIGTERM; the syncs that run then come to their end first."""
    set_up_logging(call.settings)
    atexit.register(set_up_tracing(call.settings))
    store = open_store(call.settings.store_url)
    threads = max(call.args.threads or call.settings.threads, 1)
    figures = RunFigures()
    runner = MeasuredRunner(SyncRunner(call.settings, store), figures)
    try:
        with serving(figures, call.args.metrics, lambda url: say_line(call.say("metrics_at", url=url))):
            say_line(call.say("worker_at", threads=float(threads)))
            work(call.settings, store, runner, threads)
    finally:
        store.close()
    return FINE


def work(settings: Settings, store: Store, runner: Runner, threads: int) -> None:
    """In the carrier's own way. Raises UsageError where no worker is needed."""
    if settings.jobs == "cloud_tasks":
        raise UsageError("no_worker_needed")
    if settings.jobs == "procrastinate":
        from sync.jobs import procrastinated

        procrastinated.work(settings.store_url, store, runner, threads=threads)
        return
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    workers = [LocalWorker(store, runner) for _ in range(threads)]
    for worker in workers:
        worker.start()
    while not stopped.wait(1.0):
        pass
    for worker in workers:
        worker.claim_no_more()
    for worker in workers:
        worker.stop()
