"""What every subcommand shares: its call, how it is found, and how its errors become exit codes."""

import argparse
import locale as system_locale
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points, version
from types import ModuleType

from sheet_templates.words import DEFAULT_LOCALES, language_of, say
from sync.commands.usage import SpokenParser
from sync.errors import SemaforoError, UsageError
from sync.fit import unknown_sources
from sync.secret_settings import resolved
from sync.settings import Settings, read_settings

FINE, NEEDS_A_PERSON, COULD_NOT_RUN = 0, 1, 2

COMMANDS = {
    "init": "sync.commands.init",
    "check": "sync.commands.check",
    "sync": "sync.commands.sync",
    "refresh": "sync.commands.refresh",
    "enrol": "sync.commands.enrol",
    "repair": "sync.commands.repair",
    "backup": "sync.commands.backup",
    "restore": "sync.commands.backup",
    "sheets": "sync.commands.sheets",
    "worker": "sync.commands.worker",
    "runs": "sync.commands.runs",
    "doctor": "sync.commands.doctor",
    "migrate": "sync.commands.migrate",
    "pair": "sync.commands.pair",
    "rotate-master": "sync.commands.rotate_master",
    "parse": "sync.commands.lines",
    "evaluate": "sync.commands.lines",
    "forecast": "sync.commands.lines",
    "addresses": "sync.commands.lines",
    "sources": "sync.commands.sources",
    "history": "sync.commands.history",
    "catalogue": "sync.commands.catalogue",
}
JOINED = "semaforo.commands"  # entry points of other packages: the web service brings demo and serve


@dataclass(frozen=True)
class Call:
    """One call of a subcommand. `locale` is the caller's, for what is printed; a workbook has its own."""

    name: str
    args: argparse.Namespace
    settings: Settings
    locale: str

    def say(self, code: str, **facts: str | float | date | None) -> str:
        """A sentence of the `cli` family."""
        return say("cli", code, self.locale, facts)


def run(argv: Sequence[str]) -> int:
    """Run a subcommand; its exit code: 0 fine, 1 something needs a person, 2 could not run."""
    spoken = caller_locale()
    names = known_commands()
    if not argv or argv[0] in ("-h", "--help"):
        print(overview(names, spoken))  # noqa: T201  # the command line's output
        return FINE if argv else COULD_NOT_RUN
    if argv[0] == "--version":
        print(version("semaforo"))  # noqa: T201  # the same
        return FINE
    try:
        return _dispatch(argv[0], argv[1:], names, spoken)
    except _told_in_a_sentence() as error:
        told = error.sentence(spoken) if isinstance(error, SemaforoError) else say("errors", "store_lost", spoken)
        print(f"semaforo: {told}", file=sys.stderr)  # noqa: T201  # the same
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away; say nothing at exit
        return FINE


def _told_in_a_sentence() -> tuple[type[Exception], ...]:
    """Our own errors, and what a store raises that is gone or full in mid-command; few commands load its package."""
    known = sys.modules.get("sqlalchemy.exc")
    return (SemaforoError,) if known is None else (SemaforoError, known.OperationalError)


def _dispatch(name: str, rest: Sequence[str], names: Mapping[str, Callable[[], ModuleType]], locale: str) -> int:
    if name not in names:
        near = get_close_matches(name, names, n=1, cutoff=0.0)[0]
        raise UsageError("unknown_command", facts={"name": name, "near": near})
    module = names[name]()
    args = _parser(name, module, locale).parse_args(rest)
    settings = resolved(read_settings(judge=unknown_sources))
    if settings.sources_dir is not None:
        from sync.sources.registry import add_folder  # only who has sources of their own pays for it

        add_folder(settings.sources_dir)
    return int(module.run(Call(name, args, settings, locale)))


def known_commands() -> dict[str, Callable[[], ModuleType]]:
    """Name -> what imports its module, in the order of the overview."""
    own = {name: (lambda path=path: import_module(path)) for name, path in COMMANDS.items()}
    joined = {point.name: point.load for point in entry_points(group=JOINED)}
    return {**dict(sorted(joined.items())), **own}


def overview(names: Iterable[str], locale: str) -> str:
    """All subcommands with a line each."""
    lines = [f"  {name:<13} {say('cli', name, locale)}" for name in names]
    return "\n".join([say("cli", "overview", locale), "", *lines, "", say("cli", "overview_end", locale)])


def caller_locale() -> str:
    """The locale that the caller's environment asks for; en_US when it asks for none that we speak."""
    asked = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    tag = system_locale.normalize(asked).partition(".")[0]
    language = language_of(tag)
    return tag if tag.startswith(f"{language}_") else DEFAULT_LOCALES[language]


def local_today() -> date:
    """Today on this machine: for what has no workbook whose time zone would count."""
    return datetime.now().astimezone().date()


def a_day(text: str) -> date:
    """An argparse type: an ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: YYYY-MM-DD") from error


def a_port(text: str) -> int:
    """An argparse type: the number of a port; 0 for any that is free."""
    if not (text.isdecimal() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r}: 0-65535")
    return int(text)


def an_address(text: str) -> tuple[str, int]:
    """An argparse type: HOST:PORT, or a port of this machine alone."""
    host, _, port = text.rpartition(":")
    return host.strip("[]") or "127.0.0.1", a_port(port)


def _parser(name: str, module: ModuleType, locale: str) -> argparse.ArgumentParser:
    description, codes = say("cli", name, locale), say("cli", "exit_codes", locale)
    parser = SpokenParser(prog=f"semaforo {name}", description=description, epilog=codes, locale=locale)
    module.arguments(parser, name, lambda code: say("cli", code, locale))
    parser.speak()
    return parser
