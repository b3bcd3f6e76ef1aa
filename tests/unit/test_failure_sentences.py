"""Every reason why a number did not arrive has its sentence in both languages, and the facts that it needs."""

import ast
import re
from pathlib import Path

import pytest

from sheet_templates.words import LANGUAGES, say, sentences

SOURCES = Path(__file__).parents[2] / "sync" / "sources"
RAISERS = {"SourceError": 0, "_failure": 0, "_raise": 0, "FetchFailure": 1}


def codes_in(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISERS:
            argument = node.args[RAISERS[node.func.id]]
            if isinstance(argument, ast.Constant):
                found.add(argument.value)
    return found


CODES = set().union(*(codes_in(ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES.glob("*.py")))


def test_the_codes_are_found_and_each_sentence_has_a_code():
    assert len(CODES) > 20
    assert set(sentences("failures")) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
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
