"""docs/map.md is made from the modules' own first sentences: `python -m tests.docs.map` writes it anew."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "map.md"
WINGS = ("sync/sheet/local", "sync/sentence", "sync/forecast")  # each is told by its own docstring alone
HEAD = """# Where each thing lives · Dónde vive cada cosa

Made from the modules' own first sentences (`python -m tests.docs.map`). The floors: `sheet_templates` imports nothing
of ours; `sync` never imports `webhook`; `sync/sheet/local` imports nothing else of ours. A test holds this.
"""


def rendered() -> str:
    """The page, a table a folder."""
    folders: dict[str, list[str]] = {}
    for package in ("sheet_templates", "sync", "webhook"):
        for path in sorted((ROOT / package).rglob("*.py")):
            folder = path.parent.relative_to(ROOT).as_posix()
            wing = next((wing for wing in WINGS if folder == wing or folder.startswith(wing + "/")), None)
            if wing is None or (folder == wing and path.name == "__init__.py"):
                folders.setdefault(folder, []).append(f"| `{path.name}` | {first_sentence(path)} |")
    tables = [
        f"\n## {folder}/\n\n| file | what it is |\n|---|---|\n" + "\n".join(rows) for folder, rows in folders.items()
    ]
    return HEAD + "\n".join(tables) + "\n"


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, on one line."""
    text = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())
    head, dot, _ = text.partition(". ")
    return (head + dot).strip().rstrip(".") + "."


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
