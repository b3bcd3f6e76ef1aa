"""What an operator sees of a run: a line in the log, spans at a collector, figures; and no secret in any of them."""

import io
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from sync.jobs.carry import carry
from sync.jobs.runner import RunResult
from sync.keys import master_key, workbook_secret
from sync.logs import FIELDS, Redacting, hashed
from sync.session import SyncRunner
from sync.settings import Settings
from sync.sheet.quota import GOOGLE, pace_of
from sync.store.records import Outcome, Results
from sync.store.store import Store
from sync.tally import REFUSED_ADDRESSES, count, counted
from sync.tracing import set_up_tracing
from tests.integration.webhook.test_health import figures
from tests.workbooks import Book
from webhook.access import signed_headers
from webhook.app import ServiceThread, create_app

KPI = {"name": "Leads", "source": "measurements", "unit": "leads"}


class Collector:
    """An OTLP collector that only remembers."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name is http.server's
                collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spans(self) -> list[Any]:
        found = []
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                found += [span for scope in resource.scope_spans for span in scope.spans]
        return found


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    found = Collector()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{found.server.server_port}")
    yield found
    found.server.shutdown()
    found.server.server_close()


def run_once(settings: Settings, store: Store, workbook: str) -> None:
    store.enrol(workbook, time.time())
    store.request_run(workbook, f"key-{time.monotonic_ns()}")
    run = store.claim(None, 60.0)
    assert run is not None
    carry(store, SyncRunner(settings, store), run)


def test_a_run_is_one_line_with_its_figures(
    settings: Settings, store: Store, book: Callable[..., Book], caplog: pytest.LogCaptureFixture
) -> None:
    workbook = book([KPI]).id
    with caplog.at_level(logging.INFO, "sync.jobs.carry"):
        run_once(settings, store, workbook)
    (line,) = [getattr(record, FIELDS) for record in caplog.records if record.message == "run"]
    assert (line["workbook"], line["outcome"], line["kpis"]) == (hashed(workbook), "done", 1)
    assert line["api_calls"] == {"read": 1, "write": 1}
    assert sum(line["lights"].values()) == 1
    assert line["seconds"] > 0
    assert workbook not in json.dumps(line)


def test_a_failed_run_says_why(settings: Settings, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "sync.jobs.carry"):
        run_once(settings, store, "local-nowhere")
    (line,) = [getattr(record, FIELDS) for record in caplog.records if record.message == "run"]
    assert (line["outcome"], line["code"]) == ("failed", "workbook_not_found")


def test_no_line_of_a_sync_that_fails_tells_the_workbook_s_id(
    settings: Settings, store: Store, book: Callable[..., Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = book([KPI])
    workbook = plan.id
    store.enrol(workbook, 0.0)
    poison = {"tab": "kpis", "kpi": plan.cell("kpis", 0, "id"), "values": {"note": "x" * 60_000}}
    store.keep(workbook, Results(1, intent=[poison]))
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(Redacting(()))
    logging.getLogger().addHandler(handler)
    try:
        run_once(settings, store, workbook)  # the sheet refuses the open intent
        monkeypatch.setattr("sync.session.cards_of", lambda report: {}[f"/v4/spreadsheets/{report.workbook}"])
        run_once(settings, store, workbook)  # a bug
        run_once(settings, store, "local-nowhere")
    finally:
        logging.getLogger().removeHandler(handler)
    lines = told.getvalue()
    assert "was refused" in lines
    assert "failed by a bug" in lines
    assert hashed(workbook) in lines
    assert not [name for name in ("local-test", "local:test", "nowhere") if name in lines]


def test_a_request_is_one_line_without_what_a_caller_wrote(
    settings: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(settings, store, lambda *_, **__: None).test_client()  # type: ignore[arg-type,return-value]  # never called
    with caplog.at_level(logging.INFO, "semaforo.access"):
        client.get("/v1/runs/hunter2?token=hunter2", headers={"X-Kpi-Sheet": "W1"})
        client.get("/healthz")
    (line,) = [getattr(record, FIELDS) for record in caplog.records if record.name == "semaforo.access"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/runs/<run>", 401)
    assert "hunter2" not in json.dumps(line)


def test_a_good_press_is_a_line_too(settings: Settings, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """It takes a short way of its own, before Flask."""
    store.enrol("W1", time.time())
    body = b'{"spreadsheetId": "W1"}'
    signed = {"workbook": "W1", "now": time.time(), "nonce": "nonce-0001"}
    headers = signed_headers(workbook_secret(master_key(settings), "W1", 1), "POST", "/v1/sync", body, **signed)  # type: ignore[arg-type]  # as the plugin gives them
    app = create_app(settings, store, lambda *_, **__: RunResult({}))
    with caplog.at_level(logging.INFO, "semaforo.access"), ServiceThread(app) as service:
        sent = {**headers, "Content-Type": "application/json"}
        assert requests.post(service.url + "/v1/sync", data=body, headers=sent, timeout=10).status_code == 202
    (line,) = [getattr(record, FIELDS) for record in caplog.records if record.name == "semaforo.access"]
    assert (line["route"], line["status"], line["workbook"]) == ("/v1/sync", 202, hashed("W1"))


def test_a_sync_s_spans_reach_the_collector(
    settings: Settings, store: Store, book: Callable[..., Book], collector: Collector
) -> None:
    workbook = book([KPI]).id
    end = set_up_tracing(Settings(traces="otlp"))
    try:
        run_once(settings, store, workbook)
    finally:
        end()
    spans = {span.name: span for span in collector.spans()}
    steps = {"sync.read", "sync.check", "sync.fetch", "sync.judge", "sync.write"}
    assert {"sync", "source.fetch", "sheets.call"} | steps <= set(spans)
    assert all(spans[step].parent_span_id == spans["sync"].span_id for step in steps)
    assert spans["source.fetch"].parent_span_id == spans["sync.fetch"].span_id
    assert workbook.encode() not in b"".join(collector.bodies)


def test_a_request_s_span_reaches_the_collector(settings: Settings, store: Store, collector: Collector) -> None:
    store.enrol("local-plan", time.time())
    end = set_up_tracing(Settings(traces="otlp"))
    try:
        with ServiceThread(create_app(settings, store)) as service:
            secret = workbook_secret(master_key(settings), "local-plan", 1)
            signed = {"workbook": "local-plan", "now": time.time(), "nonce": "nonce-0001"}
            requests.get(
                service.url + "/v1/runs/r1", headers=signed_headers(secret, "GET", "/v1/runs/r1", **signed), timeout=10
            )  # type: ignore[arg-type]  # as the plugin gives them
    finally:
        end()
    (span,) = [span for span in collector.spans() if span.name == "request"]
    attributes = {each.key: each.value for each in span.attributes}
    assert attributes["http.route"].string_value == "/v1/runs/<run>"
    assert attributes["http.response.status_code"].int_value == 404


def test_a_sync_that_fails_marks_its_span_by_its_code(settings: Settings, store: Store, collector: Collector) -> None:
    end = set_up_tracing(Settings(traces="otlp"))
    try:
        run_once(settings, store, "local-nowhere")
    finally:
        end()
    (span,) = [span for span in collector.spans() if span.name == "sync"]
    assert (span.status.code, span.status.message) == (2, "workbook_not_found")


def test_what_an_operator_watches_is_among_the_figures(settings: Settings, store: Store) -> None:
    store.enrol("W1", time.time())
    store.request_run("W1", "key-0001", now=time.time() - 600)
    store.enrol("W2", time.time())
    store.request_run("W2", "key-0002", now=time.time() - 1200)
    run = store.claim(None, 60.0, workbook="W2")
    assert run is not None
    store.finish(run, Outcome(error_code="workbook_not_shared", error={"es": "No.", "en": "No."}), park=True)
    for _ in range(4):
        store.take_permits({"project:read": pace_of(GOOGLE.project, GOOGLE.window)})
    count(REFUSED_ADDRESSES)
    app = create_app(settings, store)
    with ServiceThread(app) as service:
        found = figures(service.url)
    assert found["semaforo_parked_workbooks workbook_not_shared"] == 1
    assert found["semaforo_guard_refusals_total"] == counted()[REFUSED_ADDRESSES] > 0
    assert found["semaforo_quota_left read project"] < 1 == found["semaforo_quota_left write user"]
    assert "semaforo_oldest_overdue_seconds" in found
    assert "semaforo_queue_age_seconds" in found
