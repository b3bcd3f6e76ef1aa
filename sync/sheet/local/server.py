"""The server process: werkzeug's threaded server rather than waitress, because the fault settings must be able to
cut an answer short or hold it back, and for that the handler needs its own socket and its own thread."""

import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .app import LOOPBACK, LocalSheets, Options
from .document import Json
from .faults import Faults, read_file
from .hooks import BeforeCall
from .setup import PageSetup


class Handler(WSGIRequestHandler):
    """Keep-alive, no waiting for more bytes, and no line on stderr for each request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 300

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the name is werkzeug's
        return


class LocalServer:
    """The embedded server in a thread: `with LocalServer(path) as server: ... server.url`.

    Raises StoreBusyError when another server has the file open, StoreUnusableError when it can't be opened.
    """

    def __init__(  # noqa: PLR0913 - settings, given by name
        self,
        store_path: str | Path,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        before_call: BeforeCall | None = None,
        faults: Faults | None = None,
        require_token: bool = False,
        test_api: bool = False,
        page: PageSetup | None = None,
    ) -> None:
        options = Options(
            before_call=before_call,
            hosts=LOOPBACK if host in LOOPBACK else (*LOOPBACK, host),
            require_token=require_token,
            test_api=test_api,
            faults=faults or Faults(),
            page=page or PageSetup(),
        )
        self.app = LocalSheets(store_path, options)
        self.host, self._port = host, port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        return self._server.port if self._server else self._port

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> "LocalServer":
        """Bind and serve in a thread. Raises OSError when the port is taken."""
        try:
            self._server = self._bound()
        except OSError:
            self.app.library.store.close()
            raise
        serve = partial(self._server.serve_forever, poll_interval=0.05)
        self._thread = threading.Thread(target=serve, name="sheets", daemon=True)
        self._thread.start()
        return self

    def _bound(self) -> BaseWSGIServer:
        """On a socket of ours: werkzeug, binding by itself, would print its own advice and end the process."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.create_server((self.host, self._port), family=family, backlog=128) as bound:
            return make_server(
                self.host, self._port, self.app.flask, threaded=True, request_handler=Handler, fd=bound.fileno()
            )

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None
        self.app.library.store.close()

    def plan_edit(self, workbook_id: str, number: int, body: Json, after: bool = False) -> None:
        """Edit as a user before (or after) the workbook's n-th API call; `body` is any batchUpdate body."""
        self.app.hooks.plan_edit(workbook_id, number, body, after)

    def calls(self, workbook_id: str) -> dict[str, int]:
        """{"read": n, "write": n} of a workbook, as counted here."""
        return self.app.library.counted(workbook_id)

    def __enter__(self) -> "LocalServer":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve_forever(
    store_path: str | Path,
    host: str = "127.0.0.1",
    port: int = 8642,
    *,
    faults_file: str | Path | None = None,
    on_start: Callable[[str], None] | None = None,
    page: PageSetup | None = None,
) -> None:
    """Serve until interrupted; `on_start` gets the address once the port is bound.

    Raises OSError when the port is taken, FaultsError when the settings in `faults_file` make no
    sense or can't be read, StoreUnusableError when the workbooks' file can't be opened.
    """
    faults = read_file(faults_file) if faults_file is not None else None
    server = LocalServer(store_path, host, port, faults=faults, test_api=faults is not None, page=page).start()
    try:
        if on_start is not None:
            on_start(server.url)
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()
