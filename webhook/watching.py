"""A line and a span for each request: what was asked and how it went, never what a caller wrote."""

import logging
import time

from flask import Flask, Response, g, request

from sync.logs import FIELDS, hashed
from sync.tracing import span

_LOG = logging.getLogger("semaforo.access")
_QUIET = ("/healthz", "/readyz", "/metrics")  # asked every few seconds: they would bury the rest


def watch_requests(app: Flask) -> None:
    """To be called before the routes' own hooks."""
    app.before_request(_begin)
    app.after_request(_told)
    app.teardown_request(_end)


def tell(method: str, route: str, status: int, seconds: float, workbook: str) -> None:
    """The line of one request; `workbook` may be empty."""
    level = logging.DEBUG if route in _QUIET else logging.INFO
    if not _LOG.isEnabledFor(level):
        return
    fields: dict[str, str | int | float] = {"method": method, "route": route, "status": status}
    fields["ms"] = round(1000 * seconds, 1)
    if workbook:
        fields["workbook"] = hashed(workbook)
    _LOG.log(level, "request", extra={FIELDS: fields})


def _begin() -> None:
    g.watched_from = time.perf_counter()
    g.span = span("request", **{"http.request.method": _method(), "http.route": _route()})
    g.open_span = g.span.__enter__()


def _told(answer: Response) -> Response:
    if g.get("open_span") is not None:
        g.open_span.set_attribute("http.response.status_code", answer.status_code)
    took = time.perf_counter() - g.watched_from
    tell(_method(), _route(), answer.status_code, took, request.headers.get("X-Kpi-Sheet", ""))
    return answer


def _end(_error: BaseException | None) -> None:
    opened = g.pop("span", None)
    if opened is not None:
        opened.__exit__(None, None, None)


def _route() -> str:
    return request.url_rule.rule if request.url_rule is not None else "none"


def _method() -> str:
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
