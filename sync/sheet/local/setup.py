"""What the page is given when the server starts: a plugin's folder and the addresses its scripts may call."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class PageSetup:
    """`services` may grow while the server runs: the demo knows its service's port only later."""

    plugin: Path | None = None
    services: set[str] = field(default_factory=set)
