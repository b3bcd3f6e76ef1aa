"""How an inserted, deleted or moved block maps half-open spans of rows or columns to their new places."""

from collections.abc import Callable
from dataclasses import dataclass

from .document import Json
from .ranges import canonical

Ends = tuple[int | None, int | None]
Mover = Callable[[Ends], Ends | None]
FIELDS = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}


@dataclass(frozen=True, slots=True)
class Insert:
    """`count` new places before `at`."""

    at: int
    count: int

    def __call__(self, ends: Ends) -> Ends | None:
        start, end = ends
        if start is not None and start >= self.at:
            start += self.count
        if end is not None and end > self.at:
            end += self.count
        return start, end


@dataclass(frozen=True, slots=True)
class Delete:
    """The places from `first` up to `last` (exclusive) go."""

    first: int
    last: int

    def _fall(self, place: int) -> int:
        return place - max(0, min(place, self.last) - self.first)

    def __call__(self, ends: Ends) -> Ends | None:
        start, end = ends
        low = None if start is None else self._fall(start)
        high = None if end is None else self._fall(end)
        if high is not None and high <= (low or 0):
            return None
        return low, high


@dataclass(frozen=True, slots=True)
class Move:
    """The block from `first` to `last` (exclusive) goes before the place that was `to`."""

    first: int
    last: int
    to: int

    def place(self, old: int) -> int:
        size = self.last - self.first
        if self.first <= old < self.last:
            return old + (self.to - self.last if self.to > self.first else self.to - self.first)
        if self.to > self.first and self.last <= old < self.to:
            return old - size
        if self.to <= self.first and self.to <= old < self.first:
            return old + size
        return old

    def __call__(self, ends: Ends) -> Ends | None:
        start, end = ends
        if end is None:
            return start, end
        first, last = self.place(start or 0), self.place(end - 1)
        low, high = min(first, last), max(first, last) + 1
        return (None if start is None and low == 0 else low), high


def shift_grid(grid: Json, dimension: str, mover: Mover) -> Json | None:
    """A GridRange after the change; None when it is gone."""
    start, end = FIELDS[dimension]
    moved = mover((grid.get(start), grid.get(end)))
    if moved is None:
        return None
    out = {name: item for name, item in grid.items() if name not in (start, end)}
    out |= {name: item for name, item in ((start, moved[0]), (end, moved[1])) if item is not None}
    return canonical(out)


def landed(at: int, mover: Mover) -> int:
    """Where an anchor comes to stand; one whose row or column is deleted, on what follows it."""
    own = mover((at, at + 1))
    if own is not None:
        return own[0] or 0
    before = mover((0, at + 1))
    return (before[1] or 0) if before is not None else 0
