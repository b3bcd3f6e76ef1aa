"""Traces with OpenTelemetry (extra `telemetry`): what a request and a sync spend their time on.

Off unless SEMAFORO_TRACES=otlp; then nothing of OpenTelemetry is imported and a span costs a function call. Where the
spans go is said by OpenTelemetry's own OTEL_* variables:
https://opentelemetry.io/docs/specs/otel/protocol/exporter/
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sync.errors import UsageError
from sync.settings import Settings

Attributes = str | int | float | bool
Progress = Callable[[str, int, int], None]
_STATE: dict[str, Any] = {}  # the tracer of this process, once there is one


def set_up_tracing(settings: Settings) -> Callable[[], None]:
    """Begin to trace if the settings say so; gives what sends the last spans off and ends it.

    Raises UsageError when the packages are missing.
    """
    if settings.traces != "otlp" or "tracer" in _STATE:
        return lambda: None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ModuleNotFoundError as missing:
        raise UsageError("traces_package", facts={"package": str(missing.name)}) from missing
    # OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, which create() reads, win over a name given here.
    found = Resource.create()
    named = (
        found
        if found.attributes.get("service.name") != "unknown_service"
        else Resource.create({"service.name": "semaforo"})
    )
    provider = TracerProvider(resource=named)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _STATE["tracer"] = provider.get_tracer("semaforo")

    def end() -> None:
        _STATE.pop("tracer", None)
        provider.shutdown()

    return end


def span(name: str, **attributes: Attributes) -> AbstractContextManager[Any]:
    """A span for as long as the block lasts. An exception that leaves it marks it, by its kind alone."""
    tracer = _STATE.get("tracer")
    return nullcontext() if tracer is None else _span(tracer, name, attributes)


@contextmanager
def _span(tracer: Any, name: str, attributes: dict[str, Attributes]) -> Iterator[Any]:
    from opentelemetry.trace import Status, StatusCode

    options = {"attributes": attributes, "record_exception": False, "set_status_on_exception": False}
    with tracer.start_as_current_span(name, **options) as found:
        try:
            yield found
        except BaseException as error:  # its text may hold anything
            found.set_status(Status(StatusCode.ERROR, getattr(error, "code", None) or type(error).__name__))
            raise


@contextmanager
def steps(progress: Progress) -> Iterator[Progress]:
    """Progress that makes a span of each step: it lasts until the next one begins."""
    if "tracer" not in _STATE:
        yield progress
        return
    present: list[tuple[str, Any]] = []

    def end() -> None:
        while present:
            present.pop()[1].__exit__(None, None, None)

    def tell(step: str, done: int, total: int) -> None:
        if step != "quota" and (not present or present[-1][0] != step):
            end()
            opened = span(f"sync.{step}")
            opened.__enter__()
            present.append((step, opened))
        progress(step, done, total)

    try:
        yield tell
    finally:
        end()
