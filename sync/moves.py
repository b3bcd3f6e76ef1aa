"""The goal-posts that were moved since a KPI's start, told in its review note. Pure.

The sentences are a function of the row and of the recorded changes with their days, so the next sync says the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheet_templates.words import say, show_date
from sync.changes_text import show_value
from sync.model import Change, KpiDefinition, KpiOutcome

GOAL_POSTS = ("target", "upper_limit", "due", "baseline", "start", "direction", "measure_kind")
MOST_SENTENCES = 2


@dataclass(frozen=True)
class Move:
    """One goal-post that stands elsewhere since a day. Values are canonical text."""

    field: str
    at: date
    old: str
    new: str


def tell_moves(outcomes: Iterable[KpiOutcome], changes: Iterable[Change], locale: str) -> tuple[KpiOutcome, ...]:
    """The outcomes, their notes told what was moved. `changes` are all recorded and fresh ones, the oldest first."""
    known: dict[str, list[Change]] = {}
    for change in changes:
        if change.field in GOAL_POSTS:
            known.setdefault(change.kpi_id, []).append(change)
    return tuple(_told(outcome, known.get(outcome.definition.id, ()), locale) for outcome in outcomes)


def latest_moves(kpi: KpiDefinition, changes: Sequence[Change]) -> list[Move]:
    """The latest move of each goal-post since the KPI's start, the newest first."""
    found = []
    for field in GOAL_POSTS:
        moves = _moves_of(field, [change for change in changes if change.field == field])
        if moves and (kpi.start is None or moves[-1].at >= kpi.start):
            found.append(moves[-1])
    return sorted(found, key=lambda move: move.at, reverse=True)


def _moves_of(field: str, changes: Iterable[Change]) -> list[Move]:
    """The steps from value to value: a cell that was empty for a while is bridged, and what one day did and undid is
    nothing. A first value fills a gap and moves nothing."""
    moves: list[Move] = []
    before: str | None = None
    for change in changes:
        before = change.old if change.old is not None else before
        if change.new is None or before is None:
            continue
        earlier = moves.pop() if moves and moves[-1].at == change.at else None
        first = earlier.old if earlier else before
        if first != change.new:
            moves.append(Move(field, change.at, first, change.new))
    return moves


def _told(outcome: KpiOutcome, changes: Sequence[Change], locale: str) -> KpiOutcome:
    moves = latest_moves(outcome.definition, changes)[:MOST_SENTENCES]
    if not moves:
        return outcome
    sentences = [_sentence(move, outcome.definition.unit, locale) for move in moves]
    return replace(outcome, note=replace(outcome.note, text=" ".join([outcome.note.text, *sentences])))


def _sentence(move: Move, unit: str | None, locale: str) -> str:
    old, new = (show_value(move.field, text, locale, unit) for text in (move.old, move.new))
    return say("changes", f"moved_{move.field}", locale, {"old": old, "new": new, "on": show_date(move.at, locale)})
