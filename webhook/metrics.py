"""What the service counts, for Prometheus. Each app has a registry of its own."""

import time
from collections.abc import Iterator

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from sync.figures import RunFigures
from sync.sheet.quota import Quota
from sync.store.store import Store
from webhook.operating import Operating

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)


class Metrics(RunFigures):
    """The counters. Labels are routes and codes, never what a caller wrote."""

    def __init__(self, store: Store, quota: Quota | None = None) -> None:
        super().__init__()
        self._requests = Counter(
            "semaforo_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "semaforo_request_seconds",
            "Time to the answer",
            ["route"],
            buckets=_REQUEST_SECONDS,
            registry=self.registry,
        )
        self._bound: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}  # looking labels up takes a while
        self.registry.register(_Standing(store))
        self.registry.register(Operating(store, quota))

    def text(self) -> bytes:
        """Everything in Prometheus' text form."""
        return generate_latest(self.registry)

    def watch(self, app: Flask) -> None:
        """Count this app's requests."""
        app.before_request(_begin)
        app.after_request(self._end)

    def _end(self, answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule is not None else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self.count(method, route, answer.status_code, time.perf_counter() - g.begun)
        return answer

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that was answered."""
        key = method, route, status
        bound = self._bound.get(key)
        if bound is None:
            bound = self._bound[key] = self._requests.labels(method, route, str(status)), self._seconds.labels(route)
        bound[0].inc()
        bound[1].observe(seconds)


def _begin() -> None:
    g.begun = time.perf_counter()


class _Standing(Collector):
    """What the store says at the moment of asking."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """Gauges; a store that is gone is told as such, and takes no other figure with it."""
        up = GaugeMetricFamily("semaforo_store_up", "Whether the state store answers")
        try:
            self._store.workbook("")
            waiting, oldest, lights = *self._store.waiting(), self._store.lights()
        except SQLAlchemyError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield GaugeMetricFamily("semaforo_queued_runs", "Runs that wait for a worker", value=waiting)
        age = max(0.0, time.time() - oldest) if oldest is not None else 0.0
        yield GaugeMetricFamily("semaforo_oldest_queued_seconds", "How long the oldest of them waits", value=age)
        colours = GaugeMetricFamily("semaforo_lights", "KPIs by the colour of their light", labels=["light"])
        for light in ("green", "amber", "red", "grey"):
            colours.add_metric([light], lights.get(light, 0))
        yield colours
