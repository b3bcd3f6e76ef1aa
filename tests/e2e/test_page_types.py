"""The page's modules, held against their own types by TypeScript; nothing of it is used at run time."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "sync" / "sheet" / "local" / "web"
COMPILER = ROOT / "tests" / "js" / "node_modules" / "typescript" / "lib" / "tsc.js"
OPTIONS = "--noEmit --allowJs --checkJs --target esnext --module esnext --moduleResolution bundler"
LEAST = "--lib esnext,dom,dom.iterable --strict false"


def test_the_compiler_finds_nothing_wrong_in_the_pages_modules() -> None:
    node = shutil.which("node")
    if node is None or not COMPILER.exists():
        pytest.skip("TypeScript is not installed: npm ci in tests/js")
    starts = [str(WEB / name) for name in ("main.js", "plugin_worker.js")]
    done = subprocess.run(
        [node, str(COMPILER), *OPTIONS.split(), *LEAST.split(), *starts],
        cwd=WEB,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    ours = [line for line in done.stdout.splitlines() if line and not line.startswith((" ", "runtime/"))]
    assert ours == []


def test_every_module_is_short_and_imports_only_its_neighbours() -> None:
    for path in WEB.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, path.name
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", ""), path.name
        assert "https://" not in text, path.name
        assert "innerHTML" not in text, path.name
