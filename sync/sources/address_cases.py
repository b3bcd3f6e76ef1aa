"""`semaforo addresses`: would a source be let go there? A line in, an answer out; nothing is dialled."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sync.sources.address import AddressRefusedError, Target, judge, understand

Resolve = Callable[[Target], Sequence[str]]


def judge_lines(
    lines: Iterable[str], resolve_to: str | None = None, allowed_hosts: Collection[str] = ()
) -> Iterator[dict[str, str | bool]]:
    """An answer {url, allowed, reason} for every line that is not empty, in order.

    A line is an address, or JSON {url, resolves?, via_redirect?}: `resolves` lists what the name resolves to.
    Without it names resolve to `resolve_to`, or, where that is None, to what the system's resolver says. A redirect is
    checked exactly as the first address is, so `via_redirect` changes nothing.
    """
    for line in lines:
        text = line.rstrip("\r\n")
        if text.strip():
            url, resolves = _case(text)
            reason = why_refused(url, _resolver(resolves, resolve_to), allowed_hosts)
            yield {"url": url, "allowed": reason is None, "reason": reason or "public address"}


def why_refused(url: str, resolve: Resolve, allowed_hosts: Collection[str] = ()) -> str | None:
    """Why no source goes to `url`, or None when it may."""
    try:
        target = understand(url, allowed_hosts)
        judge(target, resolve(target))
    except AddressRefusedError as refused:
        return str(refused)
    return None


def _case(text: str) -> tuple[str, Any]:
    if not text.startswith("{"):
        return text, None
    try:
        row = json.loads(text)
    except ValueError:
        return text, None
    return str(row.get("url", "")), row.get("resolves")


def _resolver(resolves: Any, resolve_to: str | None) -> Resolve:
    def resolve(target: Target) -> Sequence[str]:
        if isinstance(resolves, list):
            return [str(answer) for answer in resolves]
        if target.literal:
            return [target.host]
        if resolve_to is not None:
            return [resolve_to]
        from sync.sources.resolve import resolve as ask

        return ask(target.host, target.port, seconds=5.0)

    return resolve
