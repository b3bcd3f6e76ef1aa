"""How much reading a source may cost. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FetchLimits:
    """How much a source may cost. Sizes in bytes, times in seconds; `pages` and `batch` are for one question."""

    wire: int = 2 * 1024 * 1024
    inflated: int = 5 * 1024 * 1024
    file: int = 20 * 1024 * 1024
    seconds: float = 8.0
    redirects: int = 3
    workers: int = 8
    pages: int = 200
    batch: float = 60.0  # after so long no further page is asked for
    patience: float = 20.0  # how long to wait in all for one answer where a platform asks us to
