"""`semaforo migrate`: bring the state store's tables up to date."""

import argparse
from collections.abc import Callable

from sync.commands.base import FINE, Call
from sync.console import say_line
from sync.store.connection import connect
from sync.store.migrate import migrate


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """Nothing to choose."""


def run(call: Call) -> int:
    """Migrate and say from where to where; the queue's own tables too, where one is used."""
    engine = connect(call.settings.store_url)
    try:
        before, after = migrate(engine)
    finally:
        engine.dispose()
    if call.settings.jobs == "procrastinate":
        from sync.jobs.procrastinated import lay_tables

        lay_tables(call.settings.store_url)
    say_line(call.say("migrated" if before != after else "migrated_already", before=before or "-", after=after))
    return FINE
