"""`semaforo pair`: a workbook's secret for whoever runs the service; a new one in its place; the end of one."""

import argparse
import json
import time
from collections.abc import Callable

from sync.commands.base import FINE, Call
from sync.console import say_line
from sync.keys import SCHEDULER, master_key, workbook_secret
from sync.sheet.reference import read_reference
from sync.store.store import Store, open_store


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """WORKBOOK [--rotate | --revoke] [--json]."""
    parser.add_argument("workbook", metavar="WORKBOOK", help=words("arg.pair_workbook"))
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--rotate", action="store_true", help=words("arg.rotate"))
    kinds.add_argument("--revoke", action="store_true", help=words("arg.revoke"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Print the secret, and on stderr what became of the one before."""
    if call.args.workbook == SCHEDULER:
        return _tell(call, SCHEDULER, 1)
    workbook = read_reference(call.args.workbook).id
    store = open_store(call.settings.store_url)
    try:
        epoch = _epoch(call, store, workbook)
    finally:
        store.close()
    return _tell(call, workbook, epoch)


def _epoch(call: Call, store: Store, workbook: str) -> int:
    now = time.time()
    if call.args.revoke:
        store.revoke(workbook, now)
        say_line(call.say("pair_revoked"))
    elif call.args.rotate:
        store.rotate(workbook, now)
        say_line(call.say("pair_rotated"))
    return store.enrol(workbook, now).epoch


def _tell(call: Call, workbook: str, epoch: int) -> int:
    secret = workbook_secret(master_key(call.settings), workbook, epoch)
    document = {"workbook": workbook, "secret": secret, "epoch": epoch}
    print(json.dumps(document) if call.args.json else secret)  # noqa: T201  # the answer
    return FINE
