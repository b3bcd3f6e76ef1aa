"""Every reason why a number did not arrive has its sentence in both languages, and the facts that it needs."""

import ast
import re
from pathlib import Path

import pytest

from sheet_templates.words import LANGUAGES, say, sentences

SOURCES = Path(__file__).parents[2] / "sync" / "sources"
RAISERS = {"SourceError": 0, "BlockedError": 0, "failure": 0, "blocked": 0, "_raise": 0, "Lack": 0, "FetchFailure": 1}
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py")]


def codes_in(tree: ast.AST) -> set[str]:
    """What is raised by its name on the spot."""
    found = set()
    for node in ast.walk(tree):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if name in RAISERS and len(node.args) > RAISERS[name]:
            argument = node.args[RAISERS[name]]
            if isinstance(argument, ast.Constant):
                found.add(argument.value)
    return found


def texts_in(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


CODES = set().union(*(codes_in(tree) for tree in TREES))


def test_the_codes_are_found_and_each_sentence_has_a_code():
    assert len(CODES) > 40
    assert set(sentences("failures")) >= CODES
    declared = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.yaml"))
    used = set().union(*(texts_in(tree) for tree in TREES)) | set(re.findall(r"say: (\w+)", declared))
    assert set(sentences("failures")) <= used


@pytest.mark.parametrize("code", sorted(sentences("failures")))
def test_both_languages_tell_the_same_facts_and_what_to_do(code):
    words = sentences("failures")[code]
    assert set(words) == set(LANGUAGES)
    facts = [set(re.findall(r"{(\w+)}", words[language])) for language in LANGUAGES]
    assert facts[0] == facts[1]
    for locale in ("es_ES", "en_US"):
        said = say("failures", code, locale, dict.fromkeys(facts[0], "X"))
        assert "{" not in said
        assert said.count(". ") >= 1  # what happened, and what to do
        assert said.endswith((".", "CRM."))
