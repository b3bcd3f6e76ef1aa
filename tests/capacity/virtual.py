"""A pass over many workbooks in a time that costs nothing: the real limiter against the real count of the server.

Workers are told apart by where they stand in time; whoever is earliest acts next. A call takes `latency` to arrive and
as long to come back, so calls that left in order arrive at uneven distances. What is not here: CPU, disks, threads.
"""

import heapq
import random
from dataclasses import dataclass, field

from sync.sheet.local.faults import Faults
from sync.sheet.quota import Quota, pace_of, reserve_of
from sync.store.store import Store


@dataclass
class Pass:
    """Each workbook takes one read and one write. `latency`: least and most seconds of one way of a call."""

    store: Store
    quota: Quota
    workers: int
    workbooks: int
    latency: tuple[float, float] = (0.05, 0.4)
    now: float = 0.0
    _arrivals: list[tuple[float, str]] = field(default_factory=list)

    def run(self) -> float:
        """Seconds that it takes. Raises the server's QuotaError for a call too many."""
        dice = random.Random(7)  # noqa: S311  # the same unevenness every time
        self.store.clock = lambda: self.now
        queue = [(0.0, worker, "read") for worker in range(self.workers)]
        left, end = self.workbooks, 0.0
        while queue:
            self.now, worker, kind = heapq.heappop(queue)
            if kind == "read" and left == 0:
                continue
            wait = self._ask(kind)
            if wait > 0:
                heapq.heappush(queue, (self.now + min(wait, 5.0) + 1e-6, worker, kind))
                continue
            left -= kind == "read"
            there, back = dice.uniform(*self.latency), dice.uniform(*self.latency)
            self._arrivals.append((self.now + there, kind))
            end = max(end, self.now + there + back)
            heapq.heappush(queue, (self.now + there + back, worker, "write" if kind == "read" else "read"))
        self._count()
        return end

    def _ask(self, kind: str) -> float:
        limits = {f"project:{kind}": self.quota.project, f"user:a:{kind}": self.quota.user}
        paces = {key: pace_of(limit, self.quota.window) for key, limit in limits.items()}
        return self.store.take_permits(paces, {key: reserve_of(limit) for key, limit in limits.items()})

    def _count(self) -> None:
        limits = {"user": self.quota.user, "project": self.quota.project}
        moment = [0.0]
        server = Faults({"read": limits, "write": limits}, window=self.quota.window, clock=lambda: moment[0])
        for arrival, kind in sorted(self._arrivals):
            moment[0] = arrival
            server.strike(kind, "call", "a")
