"""The bytes behind an address that an owner typed: a table, or a sentence that says why there is none."""

from collections.abc import Collection, Mapping

from sync.sources.address import host_shown
from sync.sources.limits import FetchLimits
from sync.sources.names import shown
from sync.sources.web.call import Call
from sync.sources.web.carrier import Carrier, Dialling, failure

_HEADERS = {"Accept": "text/csv, application/json, text/plain, */*;q=0.1"}
_BINARY_BUT_FINE = ("application/octet-stream", "application/vnd.ms-excel", "application/csv", "application/x-csv")


def get_bytes(
    address: str, allowed_hosts: Collection[str], limits: FetchLimits, dialling: Dialling | None = None
) -> bytes:
    """The body behind an address, inflated, at most `limits.inflated` bytes, in at most `limits.seconds` in all.

    Raises SourceError: what `Carrier.send` raises, and not_found, not_shared, source_busy, http_status, not_a_table;
    each with the fact place.
    """
    place = shown(host_shown(address))
    carrier = Carrier(dialling)
    try:
        answer = carrier.send(Call("GET", address, headers=_HEADERS), allowed_hosts, limits)
    finally:
        carrier.close()
    _check_status(answer.status, place)
    _check_type(answer.headers, place)
    return answer.body


def _check_status(status: int, place: str) -> None:
    if status == 200:
        return
    if status in (404, 410):
        raise failure("not_found", place, permanent=True)
    if status in (401, 403):
        raise failure("not_shared", place, permanent=True)
    if status == 429 or status >= 500:
        raise failure("source_busy", place, status=float(status))
    raise failure("http_status", place, permanent=True, status=float(status))


def _check_type(headers: Mapping[str, str], place: str) -> None:
    """Text, JSON, or what servers that don't know better call a CSV. A web page is a sign-in form, not a table."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_text = kind.startswith("text/") and kind not in ("text/html", "text/xml")
    if not (not kind or is_text or kind.endswith("json") or kind in _BINARY_BUT_FINE):
        raise failure("not_a_table", place, permanent=True)
