"""docs/statuses.md says what the code says."""

import ast
import re
from pathlib import Path

from sheet_templates.words import sentences
from sync.clean import FLAGS
from sync.model import Status

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "statuses.md").read_text(encoding="utf-8")
JUDGES = ("frame", "verdicts", "evaluate")


def rows(heading: str) -> dict[str, list[str]]:
    """The table below a heading: code -> its other cells."""
    section = PAGE.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {row[0].strip("` "): row[1:] for row in cells}


def test_every_status_is_there_with_its_light_in_both_languages() -> None:
    told = rows("Statuses")
    assert {code: row[0] for code, row in told.items()} == {status.value: status.light.value for status in Status}
    assert all(len(row) == 5 and all(row) for row in told.values())


def test_every_reason_is_there_word_for_word_in_both_languages() -> None:
    told = rows("Reasons")
    assert told == {code: [words["es"], words["en"]] for code, words in sentences("reasons").items()}


def test_every_flag_is_there() -> None:
    assert set(FLAGS) <= set(rows("Flags"))
    assert all(f'"{flag}"' in _sources() for flag in rows("Flags"))


def test_both_languages_of_a_sentence_hold_the_same_facts() -> None:
    for code, words in sentences("reasons").items():
        facts = [set(re.findall(r"{(\w+)}", words[language])) for language in ("es", "en")]
        assert facts[0] == facts[1], code


def test_every_code_that_the_judgement_gives_is_a_reason_or_a_flag() -> None:
    given = {text for text in _texts() if re.fullmatch(r"[a-z]+(_[a-z]+)+", text)}
    assert {"on_plan", "missed_at_due", "direction_conflict"} <= given
    assert given <= set(sentences("reasons")) | set(rows("Flags"))


def _sources() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sync").glob("*.py"))


def _texts() -> set[str]:
    trees = [ast.parse((ROOT / "sync" / f"{name}.py").read_text(encoding="utf-8")) for name in JUDGES]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {node.value for node in nodes if isinstance(node.value, str)}
