"""What this process measured of its syncs, for Prometheus: the web service shows it, and a worker that is told a port.

What is the same whichever process is asked, such as the queue's age, is told by the service alone: see
webhook/operating.py.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from sync.errors import UsageError
from sync.jobs.runner import ProgressSink, Runner, RunResult
from sync.tally import REFUSED_ADDRESSES, counted

_RUN_SECONDS = (0.5, 1, 2, 5, 10, 20, 60, 120, 300)
Address = tuple[str, int]  # host and port; port 0 is any that is free


class RunFigures:
    """Times of syncs, calls to the spreadsheets, addresses that the guard refused; in a registry that may hold more."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.runs = Histogram(
            "semaforo_run_seconds", "Time of a sync", ["kind", "end"], buckets=_RUN_SECONDS, registry=self.registry
        )
        self.calls = Counter("semaforo_sheets_calls", "Calls to the spreadsheets", ["kind"], registry=self.registry)
        self.registry.register(_Refusals())


class MeasuredRunner:
    """A runner whose syncs are timed, and whose calls to the spreadsheets are counted."""

    def __init__(self, runner: Runner, figures: RunFigures) -> None:
        self._runner = runner
        self._figures = figures

    def __call__(self, workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        """As the runner does it."""
        begun, end, kind = time.monotonic(), "failed", "dry" if dry_run else "sync"
        try:
            result = self._runner(workbook, progress, dry_run=True) if dry_run else self._runner(workbook, progress)
            end = "done"
        finally:
            self._figures.runs.labels(kind, end).observe(time.monotonic() - begun)
        calls: Mapping[str, int] = result.report.get("api_calls") or {}
        for name in ("read", "write"):
            self._figures.calls.labels(name).inc(calls.get(name, 0))
        return result


class _Refusals(Collector):
    def collect(self) -> Iterator[Metric]:
        told = "Source addresses that the guard did not let this process go to"
        yield CounterMetricFamily("semaforo_guard_refusals", told, value=counted()[REFUSED_ADDRESSES])


@contextmanager
def serving(figures: RunFigures, address: Address | None, announce: Callable[[str], object]) -> Iterator[None]:
    """The figures over HTTP for as long as the `with` block lasts, to whoever can reach the address; None: not at all.

    `announce` is told where. Raises UsageError when the address can't be had.
    """
    if address is None:
        yield
        return
    host, port = address
    try:
        server, thread = start_http_server(port, host, figures.registry)
    except OSError as error:
        raise UsageError("port_taken", facts={"address": f"{host}:{port}"}) from error
    try:
        announce(f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/metrics")
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
