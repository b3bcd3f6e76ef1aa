"""The Flask application: guard, Sheets, Drive, the page for people and the small local API for tests."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, request

from . import http_drive, http_sheets, http_tests
from .access import Door, TokenError, Tokens
from .broken import cut, drop
from .drive import Drive
from .drive_query import missing
from .errors import ApiError
from .faults import Faults, Rule
from .filtered import FilteredSheets
from .hooks import BeforeCall, Hooks, edit
from .library import CALLER, DEFAULT_USER, Library
from .page import Page
from .pause import collector_paused
from .setup import PageSetup
from .store import Store, mark_of
from .web import html, read_body, reply, too_large, user_of, verb_and_query

MAX_BODY = 64 * 1024 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
GOOGLE_PATHS = ("/v4/", "/drive/", "/upload/", "/userinfo/")
GOOGLE_404 = "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server."


@dataclass(frozen=True, slots=True)
class Options:
    """How a server is set up. `test_api` opens /_local/faults and /_local/edit, which change what others get."""

    before_call: BeforeCall | None = None
    hosts: tuple[str, ...] = LOOPBACK
    require_token: bool = False
    test_api: bool = False
    faults: Faults = field(default_factory=Faults)
    page: PageSetup = field(default_factory=PageSetup)


class LocalSheets:
    """One application over one store."""

    def __init__(self, store_path: str | Path, options: Options | None = None) -> None:
        self.options = options or Options()
        self.mark = mark_of(store_path)
        self.library = Library(Store(store_path))
        self.sheets = FilteredSheets(self.library)
        self.tokens = Tokens()
        self.door = Door(self.library, self.tokens, self.options.require_token)
        self.drive = Drive(self.library)
        self.hooks = Hooks(self.options.before_call)
        self.faults = self.options.faults
        self.flask = Flask(__name__)
        self.flask.config["MAX_CONTENT_LENGTH"] = MAX_BODY
        self._routes()

    def _routes(self) -> None:
        flask = self.flask
        alive = {"server": "semaforo-sheets", "file": self.mark}
        flask.before_request(self.guard)
        flask.register_error_handler(ApiError, refusal)
        flask.register_error_handler(http_sheets.NoSuchMethodError, lambda error: html(GOOGLE_404, 404))
        deep = ApiError(400, "Invalid JSON payload received. The message is nested too deeply.")
        flask.register_error_handler(RecursionError, lambda error: refusal(deep))
        flask.register_error_handler(413, lambda error: reply(too_large().body(), 413))
        flask.register_error_handler(500, lambda error: reply(ApiError(500, "Internal error encountered.").body(), 500))
        flask.add_url_rule("/healthz", "health", lambda: reply(alive))
        flask.add_url_rule("/token", "token", self.token, methods=["POST"])
        flask.add_url_rule("/v4/spreadsheets", "create", self.create, methods=["POST"])
        verbs = ["GET", "POST", "PUT"]
        flask.add_url_rule("/v4/spreadsheets/<path:path>", "sheets", self.sheets_call, methods=verbs)
        flask.add_url_rule("/_local/stats", "stats", self.stats)
        flask.add_url_rule("/_local/backup", "backup", self.backup)
        if self.options.test_api:
            http_tests.add_routes(flask, self)
        http_drive.add_routes(flask, self.drive, self.door)
        Page(self.library, self.tokens, self.options.page).add_routes(flask)

    def guard(self) -> Response | None:
        """Only loopback names, and no other site's pages: a browser could be lured here by a rebound name."""
        if not self.allowed(request.host):
            return reply(ApiError(403, "This server answers on loopback only.").body(), 403)
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.host:
            return reply(ApiError(403, "Requests from other origins are refused.").body(), 403)
        if foreign(request):
            return reply(ApiError(403, "Requests from other sites are refused.").body(), 403)
        if request.path.startswith(GOOGLE_PATHS):
            g.user = self.door.user(request.headers.get("Authorization"))
            CALLER.set("" if g.user == DEFAULT_USER else g.user)
        return None

    def allowed(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name in self.options.hosts

    def token(self) -> Response:
        try:
            return reply(self.tokens.exchange(request.form.to_dict()))
        except TokenError as trouble:
            return reply(trouble.body, 400)

    def create(self) -> Response:
        query = http_sheets.read_query(list(request.args.items(multi=True)))
        self.faults.strike("write", "create", user_of(request))
        return reply(self.sheets.create(query, read_body(request), user_of(request)))

    def sheets_call(self, path: str) -> Response:
        with collector_paused():
            return self._sheets_call(path)

    def _sheets_call(self, path: str) -> Response:
        verb, pairs = verb_and_query(request)
        call = http_sheets.understand(verb, path)
        body = read_body(request) if verb != "GET" else None
        user, kind = user_of(request), "write" if call.writes else "read"
        self.hooks.before(self, call.workbook_id, kind)
        trouble = self.faults.strike(kind, call.name, user)
        if trouble is not None and trouble.fault in ("drop", "hang"):
            return drop(request.environ, trouble.seconds if trouble.fault == "hang" else 0)
        self._edit(trouble, call.workbook_id, False)
        query = http_sheets.read_query(pairs)
        self.door.check_sheets(call.workbook_id, user, call.writes)
        message = http_sheets.answer(self.sheets, call, query, body, user)
        self.hooks.after(self, call.workbook_id)
        self._edit(trouble, call.workbook_id, True)
        answer = reply(message)
        return cut(request.environ, answer) if trouble is not None and trouble.fault == "cut" else answer

    def _edit(self, trouble: Rule | None, workbook_id: str, after: bool) -> None:
        if trouble is not None and trouble.fault == "edit" and trouble.after == after:
            edit(self.library, workbook_id, trouble.body or {})

    def backup(self) -> Response:
        """All workbooks as one SQLite file: nobody else may open ours while we run. For the person at this machine."""
        if self.options.require_token:
            return reply(ApiError(403, "This server asks for tokens: copy its file while it is stopped.").body(), 403)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "sheets.db"
            self.library.store.copy_to(path)
            return Response(path.read_bytes(), content_type="application/vnd.sqlite3")

    def stats(self) -> Response:
        """Reads and writes so far, of one workbook or of each."""
        workbook = request.args.get("workbook")
        if workbook is None:
            return reply({name: self.library.counted(name) for name in self.library.calls})
        if workbook not in self.library.files:
            raise missing(workbook)
        return reply(self.library.counted(workbook))


def foreign(incoming: Request) -> bool:
    """Does a browser say that another site's page asks, other than by a link that a person follows?"""
    site = incoming.headers.get("Sec-Fetch-Site", "none")
    followed = incoming.method == "GET" and incoming.headers.get("Sec-Fetch-Mode") == "navigate"
    return site in ("cross-site", "same-site") and not followed


def refusal(error: ApiError) -> Response:
    answer = reply(error.body(), error.code)
    wait = getattr(error, "retry_after", None)
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    return answer


def create_app(store_path: str | Path, options: Options | None = None) -> Flask:
    """The Flask app over the SQLite file at `store_path` (made when absent)."""
    return LocalSheets(store_path, options).flask
