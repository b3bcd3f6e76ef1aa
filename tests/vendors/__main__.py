"""What the vendors' own packages declare of the calls that our sources make: small documents of names and types.

The packages weigh up to 133 MB with what they draw in, so the suite does not install them. Each document in
`documents/` is made by one module here from one unpacked package, which is read and never imported:

    pip install --no-deps --target FOLDER stripe xdk facebook-business google-ads Pinterest_Generated_Client
    npm pack @shopify/dev-mcp            # unpacked into FOLDER/dev-mcp
    python -m tests.vendors FOLDER       # --check only compares

A document has the form of Google's discovery documents, so that tests/discovery.py reads both, and says in `package`
what it was made from. Texts of the vendors are left out: names, types and choices stay.
"""

import json
import re
import sys
from pathlib import Path

from sync.sources.registry import load
from tests.vendors import google_ads, meta, pinterest, shopify, stripe, x

DOCUMENTS = Path(__file__).parent / "documents"
_PLAIN = {"stripe": stripe, "x": x, "google_ads": google_ads, "pinterest": pinterest}  # a package, a document
_NAMES = {"googleads": "google_ads", "pinterest_client": "pinterest_generated_client"}  # folder -> installed as


def renewed(folder: Path) -> dict[str, str]:
    """File -> its text, for every package that is in the folder."""
    found: dict[str, str] = {}
    for name, module in _PLAIN.items():
        if (home := folder / module.PACKAGE).is_dir():
            found[f"{name}.json"] = _text({"package": _package(folder, home.name), **module.made(home)})
    if (home := folder / meta.PACKAGE).is_dir():
        for name, document in meta.made(home).items():
            found[f"{name}.json"] = _text({"package": _package(folder, home.name), **document})
    if (home := folder / shopify.PACKAGE).is_dir():
        asked = load("shopify").manifest.version
        said = json.loads(next(home.rglob("package.json")).read_text(encoding="utf-8"))
        assert asked
        head = f"# {said['name']} {said['version']}, Admin {asked.asked}\n\n"
        found["shopify.graphql"] = head + shopify.made(home, asked.asked)
    return found


def main(folder: Path, *, check: bool) -> int:
    """How many documents are not what the packages say."""
    others = {name: text for name, text in renewed(folder).items() if text != _present(name)}
    for name, text in others.items():
        print(f"{name}: {'differs' if check else 'written'}")
        if not check:
            (DOCUMENTS / name).write_text(text, encoding="utf-8")
    return len(others) if check else 0


def _package(folder: Path, name: str) -> str:
    """`stripe 16.1.0`: as the installer's note beside the package says it."""
    note = next(folder.glob(f"{_NAMES.get(name, name)}-*.dist-info"))
    return re.sub(r"-(.*)\.dist-info", r" \1", note.name).replace("_", "-")


def _present(name: str) -> str:
    path = DOCUMENTS / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _text(document: object) -> str:
    """A line for each name with a plain type, so that a difference reads well."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    return re.sub(r'\{\s+("(?:type|\$ref)": "[^"]*")\s+\}', r"{\1}", text) + "\n"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), check="--check" in sys.argv))
