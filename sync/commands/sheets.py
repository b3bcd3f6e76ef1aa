"""`semaforo sheets`: the embedded spreadsheet server on its own."""

import argparse
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from sync.commands.base import FINE, Call, a_port
from sync.console import say_line
from sync.errors import UsageError
from sync.sheet.opening import page_setup


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--host HOST] [--port N] [--faults FILE] [--service URL]."""
    parser.add_argument("--host", default="127.0.0.1", help=words("arg.host"))
    parser.add_argument("--port", type=a_port, help=words("arg.port"))
    parser.add_argument("--faults", type=Path, metavar="FILE", help=words("arg.faults"))
    parser.add_argument("--service", metavar="URL", help=words("arg.service"))


def run(call: Call) -> int:
    """Serve until interrupted."""
    from sync.sheet.local import FaultsError, StoreBusyError, StoreUnusableError, serve_forever

    port = call.args.port or urlsplit(call.settings.sheets_url).port or 8790
    file = call.settings.home / "sheets.db"
    try:
        serve_forever(
            file,
            host=call.args.host,
            port=port,
            faults_file=call.args.faults,
            page=page_setup([call.args.service or f"http://{call.settings.host}:{call.settings.port}"]),
            on_start=lambda url: say_line(call.say("sheets_at", url=url)),
        )
    except StoreBusyError as error:
        raise UsageError("sheets_busy", facts={"path": str(file)}) from error
    except StoreUnusableError as error:
        raise UsageError("sheets_unusable", facts={"path": str(file)}) from error
    except FaultsError as error:
        raise UsageError("faults_file", facts={"path": str(call.args.faults), "problem": str(error)}) from error
    except OSError as error:
        raise UsageError("port_taken", facts={"address": f"{call.args.host}:{port}"}) from error
    return FINE
