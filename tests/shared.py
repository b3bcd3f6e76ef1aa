"""The labelled cases beside the repository: read where they are, never copied."""

import json
from pathlib import Path
from typing import Any

import pytest

EVAL = Path(__file__).parents[2] / "shared" / "eval"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one JSONL file; skips the test, with the reason, where the file is absent."""
    path = EVAL / name
    if not path.exists():
        pytest.skip(f"the labelled cases are not beside the repository: {path.name} is absent")
    return read(path)


def read(path: Path) -> list[dict[str, Any]]:
    """A JSONL file as dicts."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
