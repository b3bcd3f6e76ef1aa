"""The page for people: the list of workbooks, and one workbook as a spreadsheet to work in.

The page edits through the Sheets API like any other client. What it needs besides (how a tab looks, a revision number,
the plugin's files and properties, the way to the service) stands below /page and takes the page's own token.
"""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from importlib.resources import files
from ipaddress import ip_address
from typing import Any

from flask import Flask, Response, abort, render_template_string, request, send_from_directory

from .access import Tokens, unauthenticated
from .document import Json, Workbook
from .errors import ApiError, forbidden, invalid
from .library import DEFAULT_USER, SHEETS_MIME, Library
from .page_template import BOOK, INDEX
from .picture import Picture, Shared, css_color
from .plugin_files import read_plugin
from .relay import forward
from .setup import PageSetup
from .web import read_body, reply

WEB = files(__package__) / "web"
BASE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
CSP = (
    f"{BASE}script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "frame-src 'self'"
)
WORKER_CSP = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'"
# Forms only so that a page's own script hears of them: where one leads is shut by form-action.
SIDEBAR_CSP = (
    "sandbox allow-scripts allow-forms; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
WORKERS, SIDEBAR = ("plugin_worker.js",), "sidebar.html"
NEAR = ("/page/fetch", "/page/properties")
KINDS = ("document", "script", "user")
FLEETING = tuple(f"{what}-{kind}" for what in ("cache", "lock") for kind in KINDS)  # gone with the server
LONGEST_WAIT = 5000  # milliseconds
MAX_PROPERTIES = 500 * 1024
KEPT = 8
LIFETIME = 12 * 3600


class Page:
    """The page's own addresses over one library."""

    def __init__(self, library: Library, tokens: Tokens, setup: PageSetup) -> None:
        self.library, self.tokens, self.setup = library, tokens, setup
        self.words: dict[str, Json] = json.loads((WEB / "words.json").read_text(encoding="utf-8"))
        scripts = [path.name for path in WEB.iterdir() if path.name.endswith(".js")]
        self.modules = sorted(name for name in scripts if name not in WORKERS)
        self._drawing = threading.Lock()  # of two that draw at once, both would give their styles the same number
        self._shared: dict[tuple[str, int], Shared] = {}
        self._fleeting: dict[tuple[str, str], Json] = {}
        self._sent: OrderedDict[tuple[str, int, int], Picture] = OrderedDict()

    def add_routes(self, flask: Flask) -> None:
        """`GET /`, `GET /workbooks/<id>`, `GET /page/static/…` freely; the rest of /page with the token."""
        flask.add_url_rule("/", "index", self.index)
        flask.add_url_rule("/workbooks/<workbook_id>", "workbook", self.book)
        flask.add_url_rule("/page/static/<path:path>", "page_static", static)
        closed: dict[tuple[str, str], Callable[..., Response]] = {
            ("GET", "/page/revision/<workbook_id>"): self.revision,
            ("GET", "/page/tab/<workbook_id>/<int:sheet_id>"): self.tab,
            ("GET", "/page/plugin"): lambda: reply(read_plugin(self.setup.plugin)),
            ("GET", "/page/wait/<int:milliseconds>"): wait,
            ("POST", "/page/fetch"): lambda: reply(forward(read_body(request), self.setup.services)),
            ("GET", "/page/properties/<workbook_id>/<kind>"): self.properties,
            ("PUT", "/page/properties/<workbook_id>/<kind>"): self.keep_properties,
        }
        for (verb, rule), view in closed.items():
            flask.add_url_rule(rule, f"{verb} {rule}", self._with_token(view, rule.startswith(NEAR)), methods=[verb])

    def _with_token(self, view: Callable[..., Response], near: bool) -> Callable[..., Response]:
        """`near`: for this machine only, wherever else the server listens; a plugin's secrets are behind it."""

        def guarded(**named: Any) -> Response:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer" or self.tokens.address_of(token) != DEFAULT_USER:
                raise unauthenticated()
            if near and not ip_address(request.remote_addr or "::").is_loopback:
                raise forbidden()
            return view(**named)

        return guarded

    def index(self) -> Response:
        found = [file for file in self.library.files.values() if file["mimeType"] == SHEETS_MIME]
        found.sort(key=lambda file: file["modifiedTime"], reverse=True)
        language = "es" if (request.accept_languages.best_match(["es", "en"]) or "en") == "es" else "en"
        return _page(render_template_string(INDEX, files=found, words=self.words[language], lang=language))

    def book(self, workbook_id: str) -> Response:
        """The page's frame; what is in it comes by the addresses below."""
        if workbook_id not in self.library.files:
            abort(404)
        workbook = self.library.get(workbook_id)
        config = {
            "workbook": workbook_id,
            "token": self.tokens.issue(DEFAULT_USER, LIFETIME)["access_token"],
            "tab": _chosen(workbook, request.args.get("tab")),
            "user": DEFAULT_USER,
        }
        language = language_of(workbook)
        return _page(
            render_template_string(
                BOOK,
                title=workbook.props["title"],
                lang=language,
                words=self.words[language],
                config=config | {"words": self.words[language]},
                modules=self.modules,
            )
        )

    def revision(self, workbook_id: str) -> Response:
        self._known(workbook_id)
        return reply({"revision": self.library.revision(workbook_id)})

    def tab(self, workbook_id: str, sheet_id: int) -> Response:
        """One tab as it is drawn; with `have`, a revision that the page knows, only the rows that have changed."""
        self._known(workbook_id)
        revision = self.library.revision(workbook_id)
        workbook = self.library.get(workbook_id)
        tab = workbook.tab_by_id(sheet_id)
        if tab is None:
            raise ApiError(404, "There is no such tab.")
        have = request.args.get("have", type=int)
        with self._drawing:
            picture = Picture(workbook, tab, self._shared.setdefault((workbook_id, sheet_id), Shared()))
            before = self._sent.get((workbook_id, sheet_id, have)) if have is not None else None
            self._keep((workbook_id, sheet_id, revision), picture)
        out = {"revision": revision, "book": _book(workbook), **picture.head, "part": before is not None}
        out["cells"] = picture.rows if before is None else _changed(before, picture)
        return reply(out)

    def _keep(self, key: tuple[str, int, int], picture: Picture) -> None:
        self._sent[key] = picture
        while len(self._sent) > KEPT:
            self._sent.popitem(last=False)

    def _known(self, workbook_id: str) -> None:
        if workbook_id not in self.library.files:
            raise ApiError(404, "There is no such workbook.")

    def properties(self, workbook_id: str, kind: str) -> Response:
        self._known(workbook_id)
        if kind in FLEETING:
            return reply(self._fleeting.get((workbook_id, kind), {}))
        preset = self.setup.preset if kind == KINDS[0] else {}
        return reply(preset | self.library.store.properties(workbook_id, _kind(kind)))

    def keep_properties(self, workbook_id: str, kind: str) -> Response:
        self._known(workbook_id)
        content = read_body(request)
        if kind in FLEETING and isinstance(content, dict):
            self._fleeting[(workbook_id, kind)] = content
            return reply({})
        texts = isinstance(content, dict) and all(isinstance(text, str) for text in content.values())
        if not texts or len(request.get_data()) > MAX_PROPERTIES:
            raise invalid("Properties are texts by name, 500 kB in all.")
        self.library.store.keep_properties(workbook_id, _kind(kind), content)
        return reply({})


def wait(milliseconds: int) -> Response:
    """An answer that takes its time: how a script in a worker sleeps without burning the processor."""
    time.sleep(min(milliseconds, LONGEST_WAIT) / 1000)
    return reply({})


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise ApiError(404, "There is no such kind of properties.")
    return kind


def _changed(before: Picture, now: Picture) -> Json:
    """The rows that differ; one that is empty now comes as an empty list."""
    places = before.rows.keys() | now.rows.keys()
    return {str(row): now.rows.get(row, []) for row in sorted(places) if before.rows.get(row) != now.rows.get(row)}


def _book(workbook: Workbook) -> Json:
    """What the page shows around the cells."""
    return {
        "title": workbook.props["title"],
        "locale": workbook.locale,
        "timeZone": workbook.time_zone,
        "tabs": [
            {
                "sheetId": tab.sheet_id,
                "title": tab.title,
                "hidden": bool(tab.props.get("hidden")),
                "color": css_color(tab.props["tabColor"]) if "tabColor" in tab.props else "",
            }
            for tab in workbook.tabs
        ],
        "names": [{"name": item["name"], "range": item["range"]} for item in workbook.named_ranges],
    }


def static(path: str) -> Response:
    """A file of the page. Workers and the sidebar's frame have rules of their own: the one evaluates the plugin's
    files, the other holds a page that is not ours, without an origin and without a way out."""
    answer = send_from_directory(str(WEB), path, max_age=0)
    rules = WORKER_CSP if path in WORKERS else SIDEBAR_CSP if path == SIDEBAR else CSP
    return _safe(answer, rules)


def _page(text: str) -> Response:
    return _safe(Response(text, content_type="text/html; charset=UTF-8", headers={"Cache-Control": "no-store"}), CSP)


def _safe(answer: Response, rules: str) -> Response:
    answer.headers["Content-Security-Policy"] = rules
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def language_of(workbook: Workbook) -> str:
    return "es" if workbook.locale.startswith("es") else "en"


def _chosen(workbook: Workbook, wanted: str | None) -> int:
    """A tab by title or by sheet id; the first that shows when nothing was asked."""
    if wanted is None:
        first = next((tab for tab in workbook.tabs if not tab.props.get("hidden")), workbook.tabs[0])
        return first.sheet_id
    found = workbook.tab_by_title(wanted)
    if found is None and wanted.isdigit():
        found = workbook.tab_by_id(int(wanted))
    if found is None:
        abort(404)
    return found.sheet_id
