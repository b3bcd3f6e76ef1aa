"""The parts of docs/sheets-server.md that are made from the code. `python -m sync.sheet.local.manual` prints them."""

import sys
from pathlib import Path

from .batch import all_kinds
from .formulas.engine import FUNCTIONS
from .http_sheets import VALUES_WHOLE
from .kinds import KINDS
from .locales import LOCALES

WIDTH = 116


def _list(words: list[str]) -> str:
    """Words in code marks, wrapped."""
    lines, line = [], ""
    for word in words:
        piece = f"`{word}`"
        if len(line) + len(piece) + 2 > WIDTH:
            lines.append(line + ",")
            line = piece
        else:
            line = f"{line}, {piece}" if line else piece
    return "\n".join([*lines, line])


def kinds() -> str:
    """Which request kinds of the discovery document are done, and which are refused."""
    done = sorted(kind for kind in all_kinds() if kind in KINDS)
    refused = sorted(kind for kind in all_kinds() if kind not in KINDS)
    return f"Done ({len(done)}):\n{_list(done)}.\n\nRefused ({len(refused)}):\n{_list(refused)}."


def functions() -> str:
    return _list(sorted(FUNCTIONS)) + "."


def locales() -> str:
    return _list(sorted(LOCALES)) + "."


def methods() -> str:
    """The methods of spreadsheets.values that have no range in their path."""
    return _list([f"{verb} values{path}" for verb, path in VALUES_WHOLE]) + "."


SECTIONS = {"kinds": kinds, "functions": functions, "locales": locales, "methods": methods}


def filled(text: str) -> str:
    """A page with the part between each pair of markers made anew."""
    for name, make in SECTIONS.items():
        start, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        head, found, rest = text.partition(start)
        _, closed, tail = rest.partition(end)
        if found and closed:
            text = f"{head}{start}{make()}{end}{tail}"
    return text


def main() -> None:
    """Rewrite the page given as the only argument."""
    page = Path(sys.argv[1])
    page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
