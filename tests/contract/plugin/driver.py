"""The real .gs files, run in Node through our runtime: a call goes in as a line, its outcome comes back as a line."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
DRIVER = ROOT / "tests/js/driver.mjs"


class Driver:
    """One Node process; `coverage` is a folder into which V8 writes which lines ran."""

    def __init__(self, coverage: Path | None = None) -> None:
        environment = {**os.environ, **({"NODE_V8_COVERAGE": str(coverage)} if coverage else {})}
        self._process = subprocess.Popen(
            [shutil.which("node") or "node", str(DRIVER)],
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
