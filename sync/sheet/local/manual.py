"""The parts of docs/sheets-server.md, and of its Spanish twin, that are made from the code.

`python -m sync.sheet.local.manual` writes them anew.
"""

from pathlib import Path

from .batch import all_kinds
from .formulas.engine import FUNCTIONS
from .http_sheets import VALUES_WHOLE
from .kinds import KINDS
from .locales import LOCALES

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"en": DOCS / "sheets-server.md", "es": DOCS / "sheets-server.es.md"}
WIDTH = 116
DONE = {"en": "Done", "es": "Hechas"}
REFUSED = {"en": "Refused", "es": "Rechazadas"}


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


def kinds(language: str) -> str:
    """Which request kinds of the discovery document are done, and which are refused."""
    done = sorted(kind for kind in all_kinds() if kind in KINDS)
    refused = sorted(kind for kind in all_kinds() if kind not in KINDS)
    return (
        f"{DONE[language]} ({len(done)}):\n{_list(done)}.\n\n{REFUSED[language]} ({len(refused)}):\n{_list(refused)}."
    )


def functions() -> str:
    return _list(sorted(FUNCTIONS)) + "."


def locales() -> str:
    return _list(sorted(LOCALES)) + "."


def methods() -> str:
    """The methods of spreadsheets.values that have no range in their path."""
    return _list([f"{verb} values{path}" for verb, path in VALUES_WHOLE]) + "."


def sections(language: str) -> dict[str, str]:
    """Name of a pair of markers -> what stands between them on the page in this language (`en` or `es`)."""
    return {"kinds": kinds(language), "functions": functions(), "locales": locales(), "methods": methods()}


def filled(text: str, language: str) -> str:
    """A page with the part between each pair of markers made anew. An empty part is filled too."""
    for name, made in sections(language).items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        head, found, rest = text.partition(start)
        _, closed, tail = rest.partition(end)
        if found and closed:
            text = f"{head}{start}{made}\n{end}{tail}"
    return text


def main() -> None:
    """Rewrite both pages."""
    for language, page in PAGES.items():
        page.write_text(filled(page.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
