"""What the page is given when the server starts: a plugin's folder and the addresses its scripts may call."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class PageSetup:
    """`services` and `preset` may grow while the server runs: the demo knows its service's port only later.

    `preset` are document properties that every workbook has as long as its scripts keep none of that name.
    """

    plugin: Path | None = None
    services: set[str] = field(default_factory=set)
    preset: dict[str, str] = field(default_factory=dict)
