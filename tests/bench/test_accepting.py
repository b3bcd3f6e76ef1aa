"""Accepting signed triggers beside a Flask app that does nothing: `python -m tests.bench.accepting` has the figures."""

import shutil
from pathlib import Path

import pytest

from tests.bench.accepting import measure, ratios


@pytest.mark.skipif(shutil.which("wrk") is None, reason="needs wrk (Debian's package wrk)")
def test_every_trigger_is_taken_at_a_rate_that_can_be_compared(tmp_path: Path) -> None:
    found = measure(tmp_path, seconds=1, rounds=1)
    print({name: round(turns[0].rate) for name, turns in found.items()})
    assert found["ours"][0].bad == 0
    assert ratios(found)[0] > 0.1
