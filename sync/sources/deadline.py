"""A time limit for a whole exchange. Limits per read don't bound a server that sends a byte a second."""

import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from threading import Lock, Timer
from typing import Any, Self

from sync.sources.address import AddressRefusedError


class Deadline:
    """From its making, `seconds` remain; then every connection that it watches is shut down.

    A context manager: on leaving, nothing is watched any more.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds
        self._lines: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends

    def remaining(self) -> float:
        """Seconds that are left; a little more than none, for a limit of nothing means no limit to some."""
        return max(0.01, self._ends - time.monotonic())

    def watching(self, answer: str) -> Callable[[str, Mapping[str, Any]], None]:
        """A trace function for httpcore: takes hold of each connection, which must lead to the checked `answer`.

        See https://www.encode.io/httpcore/extensions/#trace. Raises AddressRefusedError when the peer is another.
        """

        def trace(event: str, info: Mapping[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                line: socket.socket = info["return_value"].get_extra_info("socket")
                if ip_address(line.getpeername()[0].partition("%")[0]) != ip_address(answer):
                    raise AddressRefusedError("the line leads elsewhere")
                self.watch(line.dup())  # TLS takes the socket itself away; a copy reaches the same line

        return trace

    def watch(self, line: socket.socket) -> None:
        """Shut this line down too when the time is up; it is closed on leaving, so give a copy."""
        with self._lock:
            self._lines.append(line)
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            for line in self._lines:
                with suppress(OSError):  # the other side was faster
                    line.shutdown(socket.SHUT_RDWR)
