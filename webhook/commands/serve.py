"""`semaforo serve`: the web service, with its worker inside."""

import argparse
import atexit
from collections.abc import Callable
from dataclasses import replace

from sync.commands.base import FINE, Call, a_port
from sync.console import say_line
from sync.fit import refuse_fleeting
from sync.logs import set_up_logging
from sync.session import SyncRunner
from sync.store.store import open_store
from sync.tracing import set_up_tracing
from webhook.app import serve


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--host HOST] [--port N]."""
    parser.add_argument("--host", help=words("arg.host"))
    parser.add_argument("--port", type=a_port, help=words("arg.port"))


def run(call: Call) -> int:
    """Serve until interrupted."""
    settings = replace(
        call.settings, host=call.args.host or call.settings.host, port=call.args.port or call.settings.port
    )
    set_up_logging(settings)
    atexit.register(set_up_tracing(settings))
    refuse_fleeting(settings)
    runner = SyncRunner(settings, open_store(settings.store_url))
    serve(settings, runner, announce=lambda url: say_line(call.say("serve_at", url=url)))
    return FINE
