"""docs/coverage.md says what the code says."""

import re
from pathlib import Path

from sheet_templates.words import sentences
from sync import coverage, rollup
from sync.model import Stage

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
WORDS = sentences("coverage")


def listed() -> dict[str, list[str]]:
    """The table of findings: code -> Spanish, English."""
    lines = [line for line in PAGE.splitlines() if re.match(r"\| `\w+\.", line)]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {row[0].strip("` "): row[1:] for row in cells}


def codes_in_the_code() -> set[str]:
    text = Path(coverage.__file__).read_text(encoding="utf-8")
    plain = set(re.findall(r'"((?:plan|objective|kpi|owner|weight|review)\.\w+)"', text))
    return plain | {f"stage.no_{stage.value}" for stage in Stage}


def test_every_finding_is_there_word_for_word_in_both_languages() -> None:
    told = {code: [words["es"], words["en"]] for code, words in WORDS.items() if not code.startswith("topic.")}
    assert listed() == {code: words for code, words in told.items() if "." in code}


def test_every_finding_of_the_code_has_words_and_every_word_a_finding() -> None:
    assert codes_in_the_code() == set(listed())
    assert {f"topic.{code.partition('.')[0]}" for code in listed()} <= set(WORDS)


def test_both_languages_of_a_finding_hold_the_same_facts() -> None:
    for code, words in {**WORDS, **sentences("scorecard")}.items():
        spanish, english = (sorted(re.findall(r"{(\w+)}", words[language])) for language in ("es", "en"))
        assert spanish == english, code


def test_the_figures_are_those_of_the_code() -> None:
    figures = [coverage.MOST_PER_OBJECTIVE, coverage.MOST_PER_OWNER, coverage.UNLIKE, 100 * coverage.NEARLY_ALL]
    assert [float(figure) for figure in re.findall(r"\*\*(\d+)", PAGE)] == figures
    assert (rollup.MOSTLY_RED, rollup.LITTLE_AMBER, rollup.ENOUGH_JUDGED) == (0.5, 0.25, 0.5)
