"""How many signed triggers a second the service accepts and commits, beside a Flask app that does nothing; one run.

Both stand behind gunicorn (one process with threads) on this machine; wrk (Debian's package) asks both.
`python -m tests.bench.accepting [seconds]`
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import open_store
from webhook.access import signed_headers

ROOT = Path(__file__).parents[2]
WORKBOOKS, THREADS, CONNECTIONS = 200, 32, 32
BARE = """
from flask import Flask, jsonify, request
app = Flask("bare")

@app.post("/v1/sync")
def sync():
    request.get_data()
    return jsonify(run="0" * 32, state="queued", href="/v1/runs/" + "0" * 32), 202
"""
OURS = """
from sync.settings import read_settings
from webhook.app import create_app
app = create_app(read_settings())  # its worker is not started: only accepting is measured
"""
SCRIPT = """
local lines = {{}}
local at = 0
function init(args)
  for line in io.lines("{path}") do lines[#lines + 1] = line end
end
function request()
  at = at % #lines + 1
  local sheet, stamp, nonce, signature, body = lines[at]:match("^(%S+) (%S+) (%S+) (%S+) (.*)$")
  return wrk.format("POST", "/v1/sync", {{["Content-Type"] = "application/json", ["X-Kpi-Sheet"] = sheet,
    ["X-Kpi-Timestamp"] = stamp, ["X-Kpi-Nonce"] = nonce, ["X-Kpi-Signature"] = signature}}, body)
end
function done(summary, latency, requests)
  local lost = summary.errors
  print(string.format('RESULT {{"requests": %d, "seconds": %f, "bad": %d, "p50": %f, "p99": %f}}', summary.requests,
    summary.duration / 1e6, lost.status + lost.connect + lost.read + lost.write + lost.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


def signed_requests(settings: Settings, number: int) -> Iterator[str]:
    """A line each: the four headers' values and the body; a nonce of its own for every one."""
    master, now = master_key(settings), time.time()
    for index in range(number):
        workbook = f"local-bench{index % WORKBOOKS}"
        body = json.dumps({"spreadsheetId": workbook})
        secret = workbook_secret(master, workbook, 1)
        signing = {"workbook": workbook, "now": now, "nonce": f"{index:012}"}
        headers = signed_headers(secret, "POST", "/v1/sync", body.encode(), **signing)
        yield " ".join([*headers.values(), body])


@contextmanager
def serving(program: str, folder: Path, home: Path) -> Iterator[int]:
    """gunicorn with this app on a free port."""
    folder.mkdir()
    (folder / "bench_app.py").write_text(program, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--threads",
        str(THREADS),
        "--bind",
        f"127.0.0.1:{port}",
        "bench_app:app",
    ]
    paths = os.pathsep.join([str(folder), str(ROOT)])
    choices = {"PYTHONPATH": paths, "SEMAFORO_HOME": str(home), "SEMAFORO_REQUESTS_PER_MINUTE": "0"}
    with subprocess.Popen([*command, "--log-level", "error"], cwd=folder, env={**os.environ, **choices}) as process:
        try:
            for _ in range(200):
                try:
                    requests.get(f"http://127.0.0.1:{port}/healthz", timeout=1)
                    break
                except requests.RequestException:
                    time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def asked(port: int, script: Path, seconds: int) -> dict[str, float]:
    """What wrk says: requests, seconds, bad ones, milliseconds at the 50th and 99th percentile."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30)
    found: dict[str, float] = json.loads(ran.stdout.partition("RESULT ")[2])
    return found | {"rate": found["requests"] / found["seconds"]}


def measure(folder: Path, seconds: int = 3, rounds: int = 3) -> dict[str, dict[str, float]]:
    """The best of some rounds of each, taken in turns, since this machine is shared."""
    settings = Settings(home=folder / "home")
    store = open_store(settings.store_url)
    for index in range(WORKBOOKS):
        store.enrol(f"local-bench{index}", 0.0)
    store.close()
    best: dict[str, dict[str, float]] = {}
    with (
        serving(BARE, folder / "bare", settings.home) as bare,
        serving(OURS, folder / "ours", settings.home) as ours,
    ):
        lines = list(signed_requests(settings, 6000 * seconds * rounds))
        for turn in range(rounds):
            path, script = folder / f"requests{turn}", folder / f"ask{turn}.lua"
            mine = lines[turn::rounds]
            path.write_text("\n".join(mine), encoding="utf-8")
            script.write_text(SCRIPT.format(path=path), encoding="utf-8")
            for name, port in (("bare", bare), ("ours", ours)):
                found = asked(port, script, seconds)
                if name not in best or found["rate"] > best[name]["rate"]:
                    best[name] = found
    return best


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not here (Debian's package wrk)")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    for name, figures in found.items():
        print(name, {key: round(value, 2) for key, value in figures.items()})
    print(f"ours / bare: {found['ours']['rate'] / found['bare']['rate']:.0%}")


if __name__ == "__main__":
    main()
