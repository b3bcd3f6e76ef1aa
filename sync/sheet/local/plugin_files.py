"""A plugin's folder: the very files that are pushed to Apps Script, read anew at each page load."""

import json
from pathlib import Path

from .document import Json

SCRIPT, PAGE, MANIFEST = ".gs", ".html", "appsscript.json"


def read_plugin(folder: Path | None) -> Json:
    """{"files": [{"name", "source"}…], "html": {name: source}, "manifest"}; all empty without a folder."""
    out: Json = {"files": [], "html": {}, "manifest": {}}
    if folder is None or not folder.is_dir():
        return out
    for path in sorted(folder.iterdir()):
        if path.suffix == SCRIPT:
            out["files"].append({"name": path.stem, "source": path.read_text(encoding="utf-8")})
        elif path.suffix == PAGE:
            out["html"][path.stem] = path.read_text(encoding="utf-8")
        elif path.name == MANIFEST:
            out["manifest"] = json.loads(path.read_text(encoding="utf-8"))
    return out
