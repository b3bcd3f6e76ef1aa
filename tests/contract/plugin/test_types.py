"""What a compiler and a push to Google would say of the plugin's files."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sheet_templates.plugin import FOLDER, generated
from tests.contract.plugin.driver import ROOT

JS = ROOT / "tests" / "js"
TSC = JS / "node_modules" / "typescript" / "bin" / "tsc"
SCOPES = ["spreadsheets.currentonly", "script.container.ui", "script.external_request"]


def complaints(folder: Path, node: str) -> str:
    """tsc, strict and without a browser's names, over the .gs files as .js: Google's own types are all there is."""
    if not TSC.exists():
        pytest.skip("the plugin's types are checked with typescript: npm ci in tests/js")
    (folder / "node_modules").symlink_to(JS / "node_modules", target_is_directory=True)
    shutil.copy(JS / "tsconfig.json", folder)
    done = subprocess.run([node, str(TSC), "-p", str(folder)], capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def copied(folder: Path) -> Path:
    for path in FOLDER.glob("*.gs"):
        shutil.copy(path, folder / f"{path.stem}.js")
    return folder


def test_google_s_types_fit_every_file(tmp_path: Path, node: str) -> None:
    assert complaints(copied(tmp_path), node) == ""


def test_a_wrong_call_would_be_told(tmp_path: Path, node: str) -> None:
    wrong = "function wrong() { SpreadsheetApp.getActive().getCells(); fetch('x'); }"
    (copied(tmp_path) / "Wrong.js").write_text(wrong, encoding="utf-8")
    told = complaints(tmp_path, node)
    assert "getCells" in told
    assert "'fetch'" in told


def test_the_generated_files_are_not_stale() -> None:
    stale = [name for name, text in generated().items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert not stale, "run: python -m sheet_templates.plugin"


def test_the_manifest_asks_for_three_scopes_and_v8() -> None:
    manifest = json.loads((FOLDER / "appsscript.json").read_text(encoding="utf-8"))
    assert manifest["runtimeVersion"] == "V8"
    assert manifest["oauthScopes"] == [f"https://www.googleapis.com/auth/{scope}" for scope in SCOPES]


def test_the_folder_holds_only_what_a_push_takes() -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".gs", ".html", ".json"}
    names = [path.stem.casefold() for path in FOLDER.iterdir()]
    assert len(names) == len(set(names)), "Apps Script knows files by their name without its ending"


def test_no_file_calls_a_service_before_somebody_asks() -> None:
    inside = re.compile(r"^(?:function|class|const \w+ = (?:\{|\[)).*?^[}\]];?$", re.DOTALL | re.MULTILINE)
    for path in FOLDER.glob("*.gs"):
        top = inside.sub("", path.read_text(encoding="utf-8"))
        assert not re.search(r"^[^/\s*].*\b(?:\w+App|\w+Service|Session|Utilities)\.", top, re.M), path.name


def test_every_sentence_that_a_file_says_is_there() -> None:
    words = generated()["Words.gs"]
    for path in [*FOLDER.glob("*.gs"), *FOLDER.glob("*.html")]:
        text = path.read_text(encoding="utf-8")
        codes = re.findall(r"\bsay_?\(\"([\w.]+)\"", text) + re.findall(r'data-say="([\w.]+)"', text)
        codes += [f"error.{code}" for code in re.findall(r'new Trouble_\("(\w+)"', text)]
        assert not [code for code in codes if not code.endswith(".") and f'"{code}"' not in words], path.name
