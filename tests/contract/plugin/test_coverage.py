"""How many lines of the plugin's files the tests of this folder run, as V8 counted while they ran."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheet_templates.plugin import FOLDER, generated
from tests.contract.plugin.driver import Driver

HERE = Path(__file__).parent
LEAST = 0.90


def test_nine_lines_in_ten_run(driver: Driver, coverage_folder: Path, request: pytest.FixtureRequest) -> None:
    ran = {item.path.name for item in request.session.items if item.path.parent == HERE}
    if ran != {path.name for path in HERE.glob("test_*.py")}:
        pytest.skip("coverage is counted when all tests of this folder run together")
    driver.call(coverage=True)
    counted = [lines_of(path, coverage_folder) for path in FOLDER.glob("*.gs") if path.name not in generated()]
    share = sum(len(run) for run, _ in counted) / sum(len(run) + len(idle) for run, idle in counted)
    print(f"plugin line coverage: {share:.1%}")
    assert share >= LEAST, {path: sorted(idle) for path, (_, idle) in zip(FOLDER.glob("*.gs"), counted, strict=False)}


def lines_of(path: Path, folder: Path) -> tuple[set[int], set[int]]:
    """The lines that ran and those that did not; blank lines and comments count as neither."""
    text = path.read_text(encoding="utf-8")
    run: set[int] = set()
    code = {number for number, line in enumerate(text.splitlines(), 1) if is_code(line)}
    for functions in reports(path, folder):
        run |= code - idle_lines(text, functions)
    return run, code - run


def is_code(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith(("//", "/*", "*"))


def reports(path: Path, folder: Path) -> Iterator[list[dict[str, Any]]]:
    for file in folder.glob("coverage-*.json"):
        for script in json.loads(file.read_text(encoding="utf-8"))["result"]:
            if script["url"] == path.as_uri():
                yield script["functions"]


def idle_lines(text: str, functions: list[dict[str, Any]]) -> set[int]:
    """Lines that lie whole in a range with no count; a range inside another one overrules it."""
    counts = [1] * len(text)
    ranges = [each for function in functions for each in function["ranges"]]
    for each in sorted(ranges, key=lambda found: found["startOffset"] - found["endOffset"]):
        start, end = each["startOffset"], min(each["endOffset"], len(text))
        counts[start:end] = [each["count"]] * (end - start)
    idle, offset = set(), 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        body = [counts[offset + at] for at, char in enumerate(line) if not char.isspace()]
        if body and not any(body):
            idle.add(number)
        offset += len(line)
    return idle
