"""`python -m tests.mutants [WORD]`: the judgement broken on purpose, a line at a time; which break does no test notice?

Each mutant of mutants.yaml is a copy of the project with one text replaced, on which the judgement's tests run until
the first one fails: the single facts, then the properties. WORD picks the mutants whose file or text holds it. Ends
with 1 where one survived. No part of the tests, since it takes some minutes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import yaml
from hypothesis import Phase, settings

ROOT = Path(__file__).parent.parent
LIMIT = 300.0  # seconds for one mutant: one that never ends is noticed too
AT_ONCE = 2
UNIT = ("evaluate_movement", "evaluate_standing", "evaluate_grey", "review_notes", "aggregate")
GROUPS = {
    "facts": [f"tests/unit/test_{name}.py" for name in UNIT],
    "properties": ["tests/properties/test_lights.py", "tests/properties/test_judgement.py"],
}
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "--noconftest", "-p", "no:cacheprovider")
UNSHRUNK = ("-p", "_hypothesis_pytestplugin", "-p", "tests.mutants", "--hypothesis-profile", "mutants")
settings.register_profile(
    "mutants", phases=[Phase.explicit, Phase.generate], deadline=None, database=None, derandomize=True
)


class Mutant(NamedTuple):
    """In `file` stands `old`, once; the mutant says `new`."""

    file: str
    old: str
    new: str


def mutants(word: str = "") -> list[Mutant]:
    """All of the list that hold the word."""
    listed = yaml.safe_load((ROOT / "tests" / "mutants.yaml").read_text(encoding="utf-8"))
    found = [Mutant(file, old, new) for file, changes in listed.items() for old, new in changes]
    return [mutant for mutant in found if word in " ".join(mutant)]


def noticed_by(mutant: Mutant) -> str:
    """The group of tests that notices it first; "nobody" where it survives."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("sync", "sheet_templates", "tests"):
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        shutil.copy(ROOT / "pyproject.toml", home)
        place = home / mutant.file
        text = place.read_text(encoding="utf-8")
        if text.count(mutant.old) != 1:
            raise SystemExit(f"{mutant.file}: this does not stand there once: {mutant.old}")
        place.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        return next((group for group, tests in GROUPS.items() if _fails(home, tests)), "nobody")


def _fails(home: Path, tests: list[str]) -> bool:
    lean = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*PYTEST, *UNSHRUNK, *tests]
    try:
        done = subprocess.run(command, cwd=home, env=lean, capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return True
    if done.returncode not in (0, 1, 2):  # passed, failed, or broken while it was collected; else the campaign is
        raise SystemExit(done.stdout.decode() + done.stderr.decode())
    return done.returncode != 0


def main() -> int:
    """The table of who noticed what."""
    begin, fates = time.monotonic(), Counter[str]()
    chosen = mutants(sys.argv[1] if len(sys.argv) > 1 else "")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for mutant, group in zip(chosen, pool.map(noticed_by, chosen), strict=True):
            fates[group] += 1
            if group != "facts":
                print(f"{group}: {mutant.file}: {mutant.old!r} -> {mutant.new!r}", flush=True)
    print(f"{len(chosen)} mutants, noticed by {dict(fates)}, in {time.monotonic() - begin:.0f} s")
    return 1 if fates["nobody"] else 0


if __name__ == "__main__":
    sys.exit(main())
