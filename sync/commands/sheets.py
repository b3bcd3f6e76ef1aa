"""`semaforo sheets`: the embedded spreadsheet server on its own."""

import argparse
from collections.abc import Callable
from urllib.parse import urlsplit

from sync.commands.base import FINE, Call
from sync.console import say_line


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--host HOST] [--port N]."""
    parser.add_argument("--host", default="127.0.0.1", help=words("arg.host"))
    parser.add_argument("--port", type=int, help=words("arg.port"))


def run(call: Call) -> int:
    """Serve until interrupted."""
    from sync.sheet.local import serve_forever

    port = call.args.port or urlsplit(call.settings.sheets_url).port or 8790
    say_line(call.say("sheets_at", url=f"http://{call.args.host}:{port}"))
    serve_forever(call.settings.home / "sheets.db", host=call.args.host, port=port)
    return FINE
