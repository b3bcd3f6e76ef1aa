"""What measures: one file a source, a registry by name, and `fetch_all`.

Importing this package loads neither pandas nor an HTTP client: a source's libraries come with its first use.
"""

from sync.sources.fetching import fetch_all
from sync.sources.limits import FetchLimits
from sync.sources.manifest import Manifest
from sync.sources.protocol import FetchContext, SourceRef
from sync.sources.refs import (
    is_known,
    measured_by,
    nearest_names,
    only_in_workbook,
    parse_source,
    source_of,
    tabs_needed,
)

__all__ = [
    "FetchContext",
    "FetchLimits",
    "Manifest",
    "SourceRef",
    "fetch_all",
    "is_known",
    "measured_by",
    "nearest_names",
    "only_in_workbook",
    "parse_source",
    "source_of",
    "tabs_needed",
]
