"""Figures for whoever runs the service: what is late, what is parked, what is left of the quota."""

from collections.abc import Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from sync.sheet.quota import Quota, pace_of
from sync.store.store import Store


class Operating(Collector):
    """Read from the store at the moment of asking; without a quota nothing is said of it."""

    def __init__(self, store: Store, quota: Quota | None = None) -> None:
        self._store = store
        self._quota = quota

    def collect(self) -> Iterator[Metric]:
        """Gauges. A store that is gone is told by semaforo_store_up alone."""
        try:
            late, parked, ahead = self._store.lateness(), self._store.parked_reasons(), self._store.quota_ahead()
        except SQLAlchemyError:
            return
        overdue = "How long the workbook that is overdue longest has been due by its schedule"
        yield GaugeMetricFamily("semaforo_oldest_overdue_seconds", overdue, value=late.schedule)
        waits = "How long the row that waits longest for a worker has been due"
        yield GaugeMetricFamily("semaforo_queue_age_seconds", waits, value=late.row)
        family = GaugeMetricFamily("semaforo_parked_workbooks", "Workbooks that are left alone", labels=["reason"])
        for reason, count in parked.items():
            family.add_metric([reason], count)
        yield family
        if self._quota:
            yield _left(self._quota, ahead)


def _left(quota: Quota, ahead: Mapping[str, float]) -> Metric:
    """The part of the burst that is free: 1 at rest, 0 when the next call waits. Of accounts the fullest counts."""
    family = GaugeMetricFamily("semaforo_quota_left", "Free part of the quota's burst", labels=["scope", "kind"])
    for scope, limit in (("project", quota.project), ("user", quota.user)):
        pace = pace_of(limit, quota.window)
        for kind in ("read", "write"):
            mine = [at for key, at in ahead.items() if key.startswith(f"{scope}:") and key.endswith(f":{kind}")]
            used = max(mine, default=0.0) / (pace.burst * pace.interval)
            family.add_metric([scope, kind], max(0.0, 1.0 - used))
    return family
