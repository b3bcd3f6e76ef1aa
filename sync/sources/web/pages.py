"""Answers in several pages, in the ways in which platforms cut them. Each helper gives (page, is_last) pairs' calls.

A pager is a function (call, answer, its JSON, items so far) -> the next call, or None after the last page. Pure.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from sync.sources.web.call import Answer, Call

_LINK_NEXT = re.compile(r'<([^>]+)>\s*;[^,]*\brel="?next"?', re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """How far the reading is: pages read, and items on all of them and on the last one."""

    pages: int
    items: int
    on_page: int


Pager = Callable[[Call, Answer, Any, Seen], Call | None]
Finder = Callable[[Any], Any]  # from a page's JSON to a cursor, a number, an address


def by_link_header() -> Pager:
    """RFC 8288: `Link: <https://…>; rel="next"`."""

    def following(call: Call, answer: Answer, page: Any, seen: Seen) -> Call | None:
        found = _LINK_NEXT.search(answer.headers.get("link", ""))
        return _at(call, found.group(1)) if found else None

    return following


def by_next_url(find: Finder) -> Pager:
    """The page names the whole address of the next one."""

    def following(call: Call, answer: Answer, page: Any, seen: Seen) -> Call | None:
        url = find(page)
        return _at(call, url) if isinstance(url, str) and url else None

    return following


def by_cursor(find: Finder, name: str, more: Finder | None = None) -> Pager:
    """The page names a cursor, which the next question brings as `name`; `more` says whether there is one."""

    def following(call: Call, answer: Answer, page: Any, seen: Seen) -> Call | None:
        cursor = find(page)
        if cursor in (None, "", False) or (more is not None and not more(page)):
            return None
        return _with(call, name, str(cursor))

    return following


def by_offset(name: str, size: int, total: Finder | None = None) -> Pager:
    """Counted by items: `name=200`; over at the total, or at the first page that is not full."""

    def following(call: Call, answer: Answer, page: Any, seen: Seen) -> Call | None:
        if _over(seen, size, None if total is None else total(page)):
            return None
        return _with(call, name, str(seen.items))

    return following


def by_page(name: str, size: int, first: int = 1, total: Finder | None = None) -> Pager:
    """Counted by pages: `name=2`; over at the total, or at the first page that is not full."""

    def following(call: Call, answer: Answer, page: Any, seen: Seen) -> Call | None:
        if _over(seen, size, None if total is None else total(page)):
            return None
        return _with(call, name, str(first + seen.pages))

    return following


def _over(seen: Seen, size: int, total: Any) -> bool:
    if isinstance(total, int | float) and not isinstance(total, bool):
        return seen.items >= total or seen.on_page == 0
    return seen.on_page < size


def _with(call: Call, name: str, value: str) -> Call:
    """The call with one part changed: of the JSON body where there is one, of the query where there is none.

    A dot leads inwards: `variables.after`.
    """
    if call.headers.get("Content-Type") == "application/json":
        import json

        body = json.loads(call.body)
        *path, last = name.split(".")
        inner = body
        for step in path:
            inner = inner.setdefault(step, {})
        inner[last] = value
        return replace(call, body=json.dumps(body, ensure_ascii=False).encode())
    return replace(call, query=(*((n, v) for n, v in call.query if n != name), (name, value)))


def _at(call: Call, url: str) -> Call:
    """The next page's own address. It may name credentials; ours go only where the first ones went."""
    address = urljoin(call.url, url)
    same = call.url.split("/")[:3] == address.split("/")[:3]
    following = replace(call, url=address, query=())
    names = {name for name, _ in call.private}
    private = tuple(pair for pair in call.private if f"{pair[0]}=" not in address) if names else ()
    if same:
        return replace(following, private=private)
    return replace(following, private=(), private_headers={})
