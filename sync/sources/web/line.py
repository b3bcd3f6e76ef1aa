"""A line to one checked IP address: opened by its first call, kept for the next ones, used by one call at a time."""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from sync.sources.address import Target
from sync.sources.deadline import Deadline
from sync.sources.web.call import Call

_AGENT = {"User-Agent": "semaforo", "Accept": "application/json, */*;q=0.1", "Accept-Encoding": "gzip"}


class Line:
    """`answer` is the IP address that was judged; nothing else is ever dialled."""

    def __init__(self, answer: str, trust: ssl.SSLContext) -> None:
        self.answer = answer
        limits = httpx.Limits(max_connections=1, keepalive_expiry=30)
        # The next call on this line may be for somebody else: no cookie is taken, so none is ever sent.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        self._client = httpx.Client(
            verify=trust, trust_env=False, follow_redirects=False, limits=limits, cookies=no_cookies
        )
        self._socket: socket.socket | None = None

    def send(self, call: Call, target: Target, deadline: Deadline) -> httpx.Response:
        """The response, its body unread. Raises httpx.HTTPError, AddressRefusedError when the peer is another."""
        if self._socket is not None:
            deadline.watch(self._socket.dup())
        literal = f"[{self.answer}]" if ":" in self.answer else self.answer
        headers = {**_AGENT, **call.headers, **call.private_headers, "Host": target.authority}
        request = self._client.build_request(
            call.method,
            f"{target.scheme}://{literal}:{target.port}{target.path}",
            headers=headers,
            content=call.body or None,
            timeout=deadline.remaining(),
            extensions={"sni_hostname": target.host, "trace": self._tracing(deadline)},
        )
        return self._client.send(request, stream=True)

    def close(self) -> None:
        """Hang up."""
        self._client.close()
        self._forget()

    def _tracing(self, deadline: Deadline) -> Callable[[str, Mapping[str, Any]], None]:
        watching = deadline.watching(self.answer)

        def trace(event: str, info: Mapping[str, Any]) -> None:
            watching(event, info)
            if event == "connection.connect_tcp.complete":
                self._forget()
                self._socket = info["return_value"].get_extra_info("socket").dup()

        return trace

    def _forget(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
            self._socket = None
