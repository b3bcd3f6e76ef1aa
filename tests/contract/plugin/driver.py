"""The real .gs files, run in Node through our runtime: a call goes in as a line, its outcome comes back as a line."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DRIVER = ROOT / "tests/js/driver.mjs"


def need_node() -> str:
    """Where node is; skips by name where there is none, fails where the browser tests are a must (REQUIRE_BROWSER)."""
    found = shutil.which("node")
    if found is None:
        reason = "the plugin's own files run in node, which is not installed"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Driver:
    """One Node process; `coverage` is a folder into which V8 writes which lines ran."""

    def __init__(self, coverage: Path | None = None) -> None:
        environment = {**os.environ, **({"NODE_V8_COVERAGE": str(coverage)} if coverage else {})}
        self._process = subprocess.Popen(
            [need_node(), str(DRIVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def call(self, **call: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the driver died"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
