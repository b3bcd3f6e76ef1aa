"""All KPIs to their outcomes: plan, then fetch side by side. The only parallel step of a sync.

What it takes is what the slowest source takes: each has threads of its own, of which most only wait.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from contextvars import copy_context
from functools import partial

from sync.errors import SourceError
from sync.model import FetchFailure, FetchOutcome, KpiDefinition, Snapshot
from sync.sources.boundary import attempt
from sync.sources.gate import Access, Gate, context_for
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
    groups, outcomes = _grouped(definitions, Gate(context.settings, context.workbook))
    work = [
        (kind, batch, context_for(kind, access, context))
        for (kind, access), requests in groups.items()
        for batch in _plan(kind, requests, outcomes)
    ]
    total = len({definition.id for definition in definitions})
    _tell(progress, len(outcomes), total)
    with ExitStack() as pools:
        kinds = [kind for kind, _, _ in work]
        pool_of = {kind: pools.enter_context(_pool(kind, kinds.count(kind), context)) for kind in dict.fromkeys(kinds)}
        futures = [
            pool_of[kind].submit(copy_context().run, _fetch, kind, batch, snapshot, given)
            for kind, batch, given in work
        ]
        for future in as_completed(futures):
            outcomes.update(future.result())
            _tell(progress, len(outcomes), total)
    return {definition.id: outcomes[definition.id] for definition in definitions}


def _pool(kind: str, batches: int, context: FetchContext) -> ThreadPoolExecutor:
    """A source's own threads: one that is slow, or waits for its turn, never keeps another from its work."""
    return ThreadPoolExecutor(max_workers=max(1, min(context.limits.workers, batches)), thread_name_prefix=kind)


def _grouped(
    definitions: Sequence[KpiDefinition], gate: Gate
) -> tuple[dict[tuple[str, Access], list[Request]], dict[str, FetchOutcome]]:
    """The requests by source and by the secrets that they may use; what may not be asked for has its failure."""
    groups: dict[tuple[str, Access], list[Request]] = {}
    failures: dict[str, FetchOutcome] = {}
    for definition in definitions:
        try:
            ref = source_of(definition)
        except SourceError as error:
            failures[definition.id] = FetchFailure("", error.code, error.permanent, error.facts)
            continue
        request = Request(definition, ref)
        access = attempt(ref.kind, partial(gate.access, request))
        if isinstance(access, FetchFailure):
            failures[definition.id] = access
        else:
            groups.setdefault((ref.kind, access), []).append(request)
    return groups, failures


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
