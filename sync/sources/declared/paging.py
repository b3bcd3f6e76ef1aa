"""The pages of a declared source's answers. Pure."""

from collections.abc import Sequence
from typing import Any

from sync.sources.api import Read
from sync.sources.declared.expressions import pick
from sync.sources.declared.form import Paging
from sync.sources.web.pages import Pager, by_cursor, by_link_header, by_next_url, by_offset, by_page


def pager_of(paging: Paging, total: str) -> Pager:
    """How to come from a page to the next one."""

    def find(page: Any) -> Any:
        return pick(paging.at, page)

    count = (lambda page: pick(total, page)) if total else None
    more = (lambda page: pick(paging.more, page)) if paging.more else None
    match paging.by:
        case "cursor":
            return by_cursor(find, paging.name, more)
        case "next_url":
            return by_next_url(find)
        case "link":
            return by_link_header()
        case "offset":
            return by_offset(paging.name, paging.size, count)
        case "page":
            return by_page(paging.name, paging.size, paging.first, count)


def pages_in_all(reads: Sequence[Read], paging: Paging | None) -> int | None:
    """How many pages there are, where the platform's own count tells."""
    if paging is None:
        return len(reads) or None
    totals = [read.total for read in reads]
    if any(total is None for total in totals):
        return None
    return sum(max(1, -(-(total or 0) // paging.size)) for total in totals)
