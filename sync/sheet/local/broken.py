"""Answers that do not arrive whole: the socket is closed under them."""

import socket
import time
from collections.abc import Iterator
from typing import Any

from flask import Response


def _close(environ: dict[str, Any]) -> None:
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def cut(environ: dict[str, Any], answer: Response) -> Response:
    """Half of the answer, then nothing; Content-Length promises the whole."""
    data = answer.get_data()

    def pieces() -> Iterator[bytes]:
        yield data[: len(data) // 2]
        _close(environ)

    headers = {"Content-Length": str(len(data)), "Content-Type": answer.content_type}
    return Response(pieces(), answer.status_code, headers=headers, direct_passthrough=True)


def drop(environ: dict[str, Any], seconds: float = 0.0) -> Response:
    """No answer at all, at once or after a while."""
    time.sleep(seconds)
    _close(environ)
    return Response(status=503)
