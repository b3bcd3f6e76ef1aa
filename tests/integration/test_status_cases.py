"""The labelled status cases beside the repository, scored by their own scorer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sync.cases import judge_lines

EVAL = Path(__file__).parents[2].parent / "shared" / "eval"
CASES = EVAL / "status_cases_dev.jsonl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.exists(), reason="the labelled cases (../shared/eval) are not on this machine"),
]


def test_every_case_gets_a_verdict_that_its_analyst_would_sign(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    with CASES.open(encoding="utf-8") as cases:
        answers.write_text("".join(json.dumps(answer) + "\n" for answer in judge_lines(cases)), encoding="utf-8")
    command = [sys.executable, str(EVAL / "score_status.py"), str(answers), "--json"]
    scored = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert scored["all"]["harmful"] == 0
    assert scored["all"]["lenient"] == 1
    assert scored["all"]["strict"] >= 0.91  # two of the rest need a forecast, one a strict limit, one a compound rate
    assert scored["actual_right"][0] == scored["actual_right"][1]
