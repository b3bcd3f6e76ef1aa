"""All KPIs to their outcomes: plan, then fetch side by side. The only parallel step of a sync.

What it takes is what the slowest source takes: each has threads of its own, of which most only wait.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from contextvars import copy_context

from sync.errors import SourceError
from sync.model import FetchFailure, FetchOutcome, KpiDefinition, Snapshot
from sync.sources.boundary import attempt
from sync.sources.protocol import Batch, FetchContext, Request
from sync.sources.refs import source_of
from sync.sources.registry import load
from sync.tracing import span

Progress = Callable[[int, int], None]


def fetch_all(
    definitions: Sequence[KpiDefinition],
    snapshot: Snapshot,
    context: FetchContext,
    progress: Progress | None = None,
) -> dict[str, FetchOutcome]:
    """The outcome of every definition, by KPI id; never raises for what a source does.

    `progress(done, total)` counts KPIs and is called in the caller's thread.
    """
    by_kind, outcomes = _sorted_by_kind(definitions)
    work = [(kind, batch) for kind, requests in by_kind.items() for batch in _plan(kind, requests, outcomes)]
    total = len({definition.id for definition in definitions})
    _tell(progress, len(outcomes), total)
    with ExitStack() as pools:
        pool_of = {kind: pools.enter_context(_pool(kind, work, context)) for kind in dict.fromkeys(k for k, _ in work)}
        futures = [
            pool_of[kind].submit(copy_context().run, _fetch, kind, batch, snapshot, context) for kind, batch in work
        ]
        for future in as_completed(futures):
            outcomes.update(future.result())
            _tell(progress, len(outcomes), total)
    return {definition.id: outcomes[definition.id] for definition in definitions}


def _pool(kind: str, work: Sequence[tuple[str, Batch]], context: FetchContext) -> ThreadPoolExecutor:
    """A source's own threads: one that is slow, or waits for its turn, never keeps another from its work."""
    batches = sum(1 for other, _ in work if other == kind)
    return ThreadPoolExecutor(max_workers=max(1, min(context.limits.workers, batches)), thread_name_prefix=kind)


def _sorted_by_kind(
    definitions: Sequence[KpiDefinition],
) -> tuple[dict[str, list[Request]], dict[str, FetchOutcome]]:
    by_kind: dict[str, list[Request]] = {}
    failures: dict[str, FetchOutcome] = {}
    for definition in definitions:
        try:
            ref = source_of(definition)
        except SourceError as error:
            failures[definition.id] = FetchFailure("", error.code, error.permanent, error.facts)
        else:
            by_kind.setdefault(ref.kind, []).append(Request(definition, ref))
    return by_kind, failures


def _plan(kind: str, requests: Sequence[Request], outcomes: dict[str, FetchOutcome]) -> tuple[Batch, ...]:
    planned = attempt(kind, lambda: load(kind).plan(requests))
    if isinstance(planned, FetchFailure):
        outcomes.update({request.definition.id: planned for request in requests})
        return ()
    return planned


def _fetch(kind: str, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
    with span("source.fetch", source=kind, kpis=len(batch.requests)):
        return _fetched(kind, batch, snapshot, context)


def _fetched(kind: str, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
    answer = attempt(kind, lambda: _complete(kind, batch, load(kind).fetch(batch, snapshot, context)))
    if isinstance(answer, FetchFailure):
        return {request.definition.id: answer for request in batch.requests}
    return answer


def _complete(kind: str, batch: Batch, answer: Mapping[str, FetchOutcome]) -> Mapping[str, FetchOutcome]:
    """A source that forgets a KPI has a bug; the KPI still gets its outcome."""
    forgotten = FetchFailure(kind, "bug", permanent=False, facts={"source": kind})
    return {request.definition.id: answer.get(request.definition.id, forgotten) for request in batch.requests}


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
