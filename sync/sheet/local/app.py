"""The Flask application: guard, Sheets, Drive, the page for people and the small local API for tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request

from . import http_drive, http_sheets, page
from .drive import Drive
from .drive_query import missing
from .errors import ApiError
from .filtered import FilteredSheets
from .hooks import Hooks
from .library import Library
from .pause import collector_paused
from .store import Store
from .web import html, read_body, reply, too_large, user_of

MAX_BODY = 64 * 1024 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
GOOGLE_404 = "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server."


class LocalSheets:
    """One application over one store."""

    def __init__(self, store_path: str | Path, hooks: Hooks | None = None, hosts: tuple[str, ...] = LOOPBACK) -> None:
        self.library = Library(Store(store_path))
        self.sheets = FilteredSheets(self.library)
        self.drive = Drive(self.library)
        self.hooks = hooks or Hooks()
        self.hosts = hosts
        self.flask = Flask(__name__)
        self.flask.config["MAX_CONTENT_LENGTH"] = MAX_BODY
        self._routes()

    def _routes(self) -> None:
        flask = self.flask
        flask.before_request(self.guard)
        flask.register_error_handler(ApiError, lambda error: reply(error.body(), error.code))
        flask.register_error_handler(http_sheets.NoSuchMethodError, lambda error: html(GOOGLE_404, 404))
        flask.register_error_handler(413, lambda error: reply(too_large().body(), 413))
        flask.add_url_rule("/healthz", "health", lambda: reply({"server": "semaforo-sheets"}))
        flask.add_url_rule("/v4/spreadsheets", "create", self.create, methods=["POST"])
        verbs = ["GET", "POST", "PUT"]
        flask.add_url_rule("/v4/spreadsheets/<path:path>", "sheets", self.sheets_call, methods=verbs)
        flask.add_url_rule("/_local/stats", "stats", self.stats)
        http_drive.add_routes(flask, self.drive)
        page.add_routes(flask, self.library)

    def guard(self) -> Response | None:
        """Only loopback names, and no other site's pages: a browser could be lured here by a rebound name."""
        if not self.allowed(request.host):
            return reply(ApiError(403, "This server answers on loopback only.").body(), 403)
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.host:
            return reply(ApiError(403, "Requests from other origins are refused.").body(), 403)
        return None

    def allowed(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name in self.hosts

    def create(self) -> Response:
        query = http_sheets.read_query(list(request.args.items(multi=True)))
        return reply(self.sheets.create(query, read_body(request), user_of(request)))

    def sheets_call(self, path: str) -> Response:
        with collector_paused():
            return self._sheets_call(path)

    def _sheets_call(self, path: str) -> Response:
        call = http_sheets.understand(request.method, path)
        body = read_body(request) if request.method != "GET" else None
        fault = self.hooks.before(self, call.workbook_id, "write" if call.writes else "read")
        if fault is not None:
            return fault
        query = http_sheets.read_query(list(request.args.items(multi=True)))
        message = http_sheets.answer(self.sheets, call, query, body, user_of(request))
        self.hooks.after(self, call.workbook_id)
        return reply(message)

    def stats(self) -> Response:
        """Reads and writes so far, of one workbook or of each."""
        workbook = request.args.get("workbook")
        if workbook is None:
            return reply({name: self.library.counted(name) for name in self.library.calls})
        if workbook not in self.library.files:
            raise missing(workbook)
        return reply(self.library.counted(workbook))


def create_app(store_path: str | Path, before_call: Callable[..., Any] | None = None) -> Flask:
    """The Flask app over the SQLite file at `store_path` (made when absent)."""
    return LocalSheets(store_path, Hooks(before_call)).flask
