"""Figures for whoever runs the service: what is late, what is parked, what is left of the quota."""

from collections.abc import Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from sync.sheet.quota import Quota
from sync.store.store import Store


class Operating(Collector):
    """Read from the store at the moment of asking; without a quota nothing is said of it."""

    def __init__(self, store: Store, quota: Quota | None = None) -> None:
        self._store = store
        self._quota = quota

    def collect(self) -> Iterator[Metric]:
        """Gauges. A store that is gone is told by semaforo_store_up alone."""
        try:
            late, parked = self._store.lateness(), self._store.parked_reasons()
            given = self._store.permits_given(self._quota.window) if self._quota else {}
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
            yield _left(self._quota, given)


def _left(quota: Quota, given: Mapping[str, int]) -> Metric:
    """The part of the last window's calls that is free: 1 at rest, 0 when it is used up. Of accounts the fullest."""
    family = GaugeMetricFamily("semaforo_quota_left", "Free part of the last minute's quota", labels=["scope", "kind"])
    for scope, limit in (("project", quota.project), ("user", quota.user)):
        for kind in ("read", "write"):
            mine = [count for key, count in given.items() if key.startswith(f"{scope}:") and key.endswith(f":{kind}")]
            family.add_metric([scope, kind], max(0.0, 1.0 - max(mine, default=0) / limit))
    return family
