"""`semaforo rotate-master`: a new master key; the one before opens until `--finish`."""

import argparse
from collections.abc import Callable

from sync.commands.base import FINE, Call
from sync.console import say_line
from sync.keys import forget_old_master, renew_master


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--finish]."""
    parser.add_argument("--finish", action="store_true", help=words("arg.finish"))


def run(call: Call) -> int:
    """Change the key files under `home`; a running service reads them at its next start."""
    if call.args.finish:
        say_line(call.say("master_finished" if forget_old_master(call.settings) else "master_nothing"))
    else:
        renew_master(call.settings)
        say_line(call.say("master_renewed"))
    return FINE
