"""The request kinds of batchUpdate, by family. Each handler changes the working copy and gives its reply or None."""

from collections.abc import Callable

from ..context import Context
from ..document import Json, Workbook
from . import (
    cells,
    comments,
    conditional_rules,
    dimensions,
    filters,
    groups,
    looks,
    moving,
    names,
    sheets,
    sliding,
    tables,
    texts,
)

Handler = Callable[[Workbook, Json, Context], Json | None]

KINDS: dict[str, Handler] = {
    **cells.KINDS,
    **comments.KINDS,
    **conditional_rules.KINDS,
    **dimensions.KINDS,
    **filters.KINDS,
    **groups.KINDS,
    **looks.KINDS,
    **moving.KINDS,
    **names.KINDS,
    **sheets.KINDS,
    **sliding.KINDS,
    **tables.KINDS,
    **texts.KINDS,
}
