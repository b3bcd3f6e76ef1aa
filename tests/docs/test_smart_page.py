"""docs/smart.md says what the code says: every rule, every issue code with its severity and its sentences."""

import re
from pathlib import Path

from sheet_templates.words import sentences
from sync import achievable
from sync.smart import LETTERS, RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "smart.md").read_text(encoding="utf-8")
SOURCES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in [*(ROOT / "sync").glob("*.py"), ROOT / "sync" / "surveys" / "check.py"]
}
CODES = set(sentences("issues"))


def rows(heading: str) -> dict[str, list[str]]:
    """The table below a heading: code -> its other cells."""
    section = PAGE.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {row[0].strip("` "): row[1:] for row in cells}


def severity(code: str) -> str:
    """As the code that tells it says; a cell that is refused is an error."""
    said = re.search(rf'"{re.escape(code)}",\s*Severity\.(\w+)', "".join(SOURCES.values()))
    if said:
        return said[1].lower()
    return "warning" if code.startswith(("achievable.", "relevant.withdrawn_")) else "error"


def test_every_issue_is_there_word_for_word_in_both_languages() -> None:
    told = {code: row[1:] for code, row in rows("Issues").items()}
    assert told == {code: [words["es"], words["en"]] for code, words in sentences("issues").items()}


def test_every_severity_is_the_codes_own() -> None:
    assert {code: row[0] for code, row in rows("Issues").items()} == {code: severity(code) for code in CODES}


def test_every_rule_is_there_with_its_letter() -> None:
    told = rows("Rules")
    assert set(told) == {rule.__name__ for rule in RULES} | {"achievable"}
    assert {row[0] for row in told.values()} == set(LETTERS)


def test_every_code_that_a_rule_gives_has_its_sentence() -> None:
    given = set(re.findall(r'"((?:specific|measurable|relevant|time_bound)\.\w+)"', SOURCES["smart"]))
    assert len(given) > 20
    assert given == {code for code in CODES if code.partition(".")[0] in set(LETTERS.values()) - {"achievable"}}


def test_every_hurdle_has_its_sentence() -> None:
    hurdles = {code.removeprefix("achievable.") for code in CODES if code.startswith("achievable.")}
    assert len(hurdles) > 5
    assert all(f'"{hurdle}"' in SOURCES["achievable"] for hurdle in hurdles)


def test_no_sentence_is_left_that_nobody_says() -> None:
    code = "".join(SOURCES.values())
    assert all(f'"{one}"' in code for one in CODES if not one.startswith("achievable."))


def test_both_languages_of_an_issue_hold_the_same_facts() -> None:
    for code, words in sentences("issues").items():
        facts = [set(re.findall(r"{(\w+)}", words[language])) for language in ("es", "en")]
        assert facts[0] == facts[1], code


def test_the_thresholds_are_the_codes_own() -> None:
    assert f"(below {achievable.UNLIKELY:.0%})".replace("%", " %") in PAGE
    assert f"({achievable.LIKELY:.0%} and more)".replace("%", " %") in PAGE
    assert f"(menos del {achievable.UNLIKELY:.0%})".replace("%", " %") in PAGE
    assert f"({achievable.LIKELY:.0%} o más)".replace("%", " %") in PAGE
    assert achievable.LAST_PERIODS == 12  # "twelve periods", "doce periodos"
