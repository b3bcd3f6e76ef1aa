"""How many signed triggers a second the service accepts and commits, beside a bare Flask app: JSON read, 202 answered.

Both stand behind the same gunicorn (one process with threads) on this machine; wrk (Debian's package) asks them in
turns. Our worker is not started: accepting alone is measured.
`python -m tests.bench.accepting [seconds] [rounds]`
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
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import requests

from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import open_store
from webhook.access import signed_headers

ROOT = Path(__file__).parents[2]
WORKBOOKS, THREADS, CONNECTIONS = 200, 32, 32
MOST_A_SECOND = 6000  # requests that are ready for each second, so that no nonce comes twice
BARE = """
from flask import Flask, jsonify, request
app = Flask("bare")

@app.post("/v1/sync")
def sync():
    request.get_json()
    return jsonify(run="0" * 32, state="queued", href="/v1/runs/" + "0" * 32), 202
"""
OURS = """
import gc
from sync.settings import read_settings
from webhook.app import create_app
app = create_app(read_settings())  # its worker is not started: only accepting is measured
gc.freeze()  # as in webhook.wsgi
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


@dataclass(frozen=True)
class Server:
    """A gunicorn: its port, and its master's process id."""

    port: int
    master: int


@contextmanager
def serving(program: str, folder: Path, home: Path) -> Iterator[Server]:
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
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def asked(port: int, script: Path, seconds: int) -> dict[str, float]:
    """What wrk says: requests, seconds, bad ones, milliseconds at the 50th and 99th percentile."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30)
    found: dict[str, float] = json.loads(ran.stdout.partition("RESULT ")[2])
    return found | {"rate": found["requests"] / found["seconds"]}


@dataclass(frozen=True)
class Round:
    """One turn of wrk: requests a second, bad answers, milliseconds at percentiles, CPU milliseconds a request."""

    rate: float
    bad: float
    p50: float
    p99: float
    cpu: float


def cpu_seconds(master: int) -> float:
    """What the workers of this gunicorn have used so far, the kernel's part included."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[1]) == master:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def one_round(server: Server, script: Path, seconds: int) -> Round:
    """Let wrk ask for some seconds."""
    before = cpu_seconds(server.master)
    found = asked(server.port, script, seconds)
    cpu = (cpu_seconds(server.master) - before) / found["requests"] * 1000
    return Round(found["rate"], found["bad"], found["p50"], found["p99"], cpu)


def measure(folder: Path, seconds: int = 3, rounds: int = 3) -> dict[str, list[Round]]:
    """Some rounds of each, taken in turns, since this machine is shared."""
    settings = Settings(home=folder / "home")
    store = open_store(settings.store_url)
    for index in range(WORKBOOKS):
        store.enrol(f"local-bench{index}", 0.0)
    store.close()
    found: dict[str, list[Round]] = {"bare": [], "ours": []}
    with serving(BARE, folder / "bare", settings.home) as bare, serving(OURS, folder / "ours", settings.home) as ours:
        servers = {"bare": bare, "ours": ours}
        lines = list(signed_requests(settings, MOST_A_SECOND * seconds * rounds))
        for turn in range(rounds):
            path, script = folder / f"requests{turn}", folder / f"ask{turn}.lua"
            path.write_text("\n".join(lines[turn::rounds]), encoding="utf-8")
            script.write_text(SCRIPT.format(path=path), encoding="utf-8")
            for name in ("bare", "ours") if turn % 2 else ("ours", "bare"):
                found[name].append(one_round(servers[name], script, seconds))
    return found


def ratios(found: dict[str, list[Round]]) -> list[float]:
    """Ours over bare, a round each."""
    return [ours.rate / bare.rate for ours, bare in zip(found["ours"], found["bare"], strict=True)]


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not here (Debian's package wrk)")
    given = [int(text) for text in sys.argv[1:]]
    seconds, rounds = [*given, *(3, 5)[len(given) :]][:2]
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), seconds, rounds)
    for name, turns in found.items():
        told = {key: [round(getattr(turn, key), 2) for turn in turns] for key in ("rate", "p50", "p99", "cpu")}
        middle = {key: median(values) for key, values in told.items()}
        print(name, "median", middle, "rates", told["rate"], "bad", sum(turn.bad for turn in turns))
    each = ratios(found)
    print(f"ours / bare: median {median(each):.0%} of {len(each)} rounds, {min(each):.0%} to {max(each):.0%}")
    print(f"CPUs {os.cpu_count()}, load before {load:.1f}, after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
