"""What argparse says of a mistyped call and on its help pages, in the caller's language."""

import argparse
import re
import sys
from collections.abc import Mapping
from typing import NoReturn

from sheet_templates.words import language_of, say

# What the standard library says, as patterns, and our sentence for each. What is not here stays as it is.
_USUAL: Mapping[str, re.Pattern[str]] = {
    "usage.required": re.compile(r"the following arguments are required: (?P<names>.+)"),
    "usage.unknown": re.compile(r"unrecognized arguments: (?P<names>.+)"),
    "usage.no_value": re.compile(r"argument (?P<name>[^:]+): expected (?:at least )?one argument"),
    "usage.needless_value": re.compile(r"argument (?P<name>[^:]+): ignored explicit argument (?P<text>.+)"),
    "usage.no_choice": re.compile(
        r"argument (?P<name>[^:]+): invalid choice: (?P<text>.+) \(choose from (?P<known>.+)\)"
    ),
    "usage.bad_value": re.compile(r"argument (?P<name>[^:]+): invalid \S+ value: (?P<text>.+)"),
    "usage.not_with": re.compile(r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.+)"),
    "usage.ambiguous": re.compile(r"ambiguous option: (?P<name>\S+) could match (?P<known>.+)"),
    "usage.bad_form": re.compile(r"argument (?P<name>[^:]+): (?P<text>'.*'): (?P<known>[^:]+)"),
    "usage.other": re.compile(r"argument (?P<name>[^:]+): (?P<text>.+)"),
}
_HEADINGS = {
    "es": {
        "usage: ": "uso: ",
        "positional arguments:": "argumentos:",
        "options:": "opciones:",
        "show this help message and exit": "muestra esta ayuda y termina",
    }
}
_PLACEHOLDERS = {  # what stands for a value in a line of usage
    "es": {
        "WORKBOOK": "LIBRO",
        "DATE": "FECHA",
        "NAME": "NOMBRE",
        "FILE": "ARCHIVO",
        "PORT": "PUERTO",
        "HOST": "SERVIDOR",
        "YYYY": "AAAA",
    }
}


class SpokenParser(argparse.ArgumentParser):
    """An argument parser that speaks the language of `locale`. A mistyped call ends with exit code 2, as ever."""

    def __init__(self, *, prog: str, description: str, epilog: str, locale: str) -> None:
        self.locale = locale
        wide = argparse.RawDescriptionHelpFormatter
        super().__init__(prog=prog, description=description, epilog=epilog, formatter_class=wide)

    def speak(self) -> None:
        """What stands for a value in the language of the help page; once all arguments are there."""
        for action in self._actions:
            named = action.metavar or (action.dest.upper() if action.option_strings else None)
            if action.nargs != 0 and not action.choices and isinstance(named, str):
                action.metavar = with_placeholders(named, self.locale)

    def error(self, message: str) -> NoReturn:
        """Usage and what is wrong, on stderr."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {with_placeholders(in_words(message, self.locale), self.locale)}\n")

    def format_help(self) -> str:
        """The help page with its headings in the caller's language."""
        return self._spoken(super().format_help())

    def format_usage(self) -> str:
        """The line of usage, its first word in the caller's language."""
        return self._spoken(super().format_usage())

    def _spoken(self, text: str) -> str:
        for heading, spoken in _HEADINGS.get(language_of(self.locale), {}).items():
            text = text.replace(heading, spoken, 1)
        return text


def with_placeholders(text: str, locale: str) -> str:
    """A text with what stands for a value, WORKBOOK and the like, in the caller's language."""
    spoken = _PLACEHOLDERS.get(language_of(locale), {})
    return re.sub(r"\b[A-Z]+\b", lambda found: spoken.get(found[0], found[0]), text)


def in_words(message: str, locale: str) -> str:
    """One of argparse's sentences as one of ours; its own where we have none."""
    for code, pattern in _USUAL.items():
        if found := pattern.fullmatch(message):
            return say("cli", code, locale, found.groupdict())
    return message
