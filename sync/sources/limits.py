"""How much reading a source may cost. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FetchLimits:
    """How much a source may cost. Sizes in bytes, times in seconds; `pages` and `patience` are for one batch."""

    wire: int = 2 * 1024 * 1024
    inflated: int = 5 * 1024 * 1024
    file: int = 20 * 1024 * 1024
    seconds: float = 8.0
    redirects: int = 3
    workers: int = 8
    pages: int = 50
    patience: float = 20.0  # how long to wait in all where a platform asks us to
