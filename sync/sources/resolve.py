"""Names to IP addresses, within a time limit: nothing else bounds the system's resolver."""

import socket
from queue import Empty, Queue
from threading import Thread


def resolve(host: str, port: int, *, seconds: float) -> tuple[str, ...]:
    """Every IP address of a host, each once; none where it does not resolve, or not in time."""
    answers: Queue[tuple[str, ...]] = Queue()
    # A daemon: a resolver that hangs must not keep the process from ending.
    Thread(target=lambda: answers.put(_ask(host, port)), daemon=True, name="resolve").start()
    try:
        return answers.get(timeout=max(0.0, seconds))
    except Empty:
        return ()


def _ask(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
