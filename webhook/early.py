"""The HTTP server's way with a body that is too large: the app answers as soon as the size is known.

What the client goes on sending meanwhile is thrown away for a while before the line is closed: closing it at once would
often take the answer away from under a client that still writes (RFC 9112, section 9.6).
"""

import socket
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

_LINGER_SECONDS = 5.0
_LINGER_BYTES = 32 * 1024 * 1024


class EarlyParser(HTTPRequestParser):  # type: ignore[misc]  # waitress is not annotated
    """Gives a request whose body is too large to the app at once, without that body."""

    cut = False
    error: Any
    headers: dict[str, str]

    def received(self, data: bytes) -> int:
        """How many of these bytes were taken in."""
        taken: int = super().received(data)
        error: Any = self.error
        if isinstance(error, RequestEntityTooLarge):
            self.error, self.cut = None, True
            self.headers.setdefault("CONTENT_LENGTH", str(self.adj.max_request_body_size))  # one that hid its length
            self.headers["CONNECTION"] = "close"  # where the next request would begin nobody knows
        return taken


class LingeringChannel(HTTPChannel):  # type: ignore[misc]  # the same
    """Reads on, and throws away, after the answer to a request that was cut short."""

    parser_class = EarlyParser
    cut = False
    lingers_until = 0.0
    thrown_away = 0

    def received(self, data: bytes) -> bool:
        """Take bytes in."""
        if self.cut:
            return False
        before = len(self.requests)
        taken: bool = super().received(data)
        self.cut = any(getattr(each, "cut", False) for each in self.requests[before:])
        return taken

    def readable(self) -> bool:
        """Whether bytes are wanted."""
        return True if self.cut and not self.will_close else bool(super().readable())

    def writable(self) -> bool:
        """Whether something is to be sent, or the line to be closed."""
        if self.lingers_until:
            return time.monotonic() > self.lingers_until
        return bool(super().writable())

    def handle_read(self) -> None:
        """Read; the rest of what was cut goes nowhere."""
        if not self.cut:
            super().handle_read()
            return
        try:
            data = self.recv(self.adj.recv_bytes)
        except OSError:
            data = b""
        self.thrown_away += len(data)
        if not data or self.thrown_away > _LINGER_BYTES:
            self.cut = False
            super().handle_close()

    def handle_close(self) -> None:
        """Close; after a cut request only our own side at first."""
        if self.cut and self.connected and not self.lingers_until:
            self.lingers_until, self.will_close = time.monotonic() + _LINGER_SECONDS, False
            try:
                self.socket.shutdown(socket.SHUT_WR)
                return
            except OSError:
                pass  # the client is gone already
        super().handle_close()


def answer_early(sockets: dict[int, Any]) -> None:
    """Let the servers among these treat large bodies so."""
    for each in sockets.values():
        if hasattr(each, "channel_class"):
            each.channel_class = LingeringChannel
