"""The part of the state store that keeps the cards: each KPI as the last sync judged it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, String, Table, Text, and_, bindparam, delete, insert, select, update

from sync.store.base import Statement, Transactions
from sync.store.tables import METADATA

_JUDGED = ""  # the row that says when: no KPI has an empty id

# `digest` is that of `content`, so that a card that says nothing new is neither read nor written again.
CARDS = Table(
    "cards",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("kpi", String(200), primary_key=True),
    Column("light", String(8), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", Text, nullable=False),
)

Card = Mapping[str, Any]  # what JSON can hold; see sync/cards.py


class CardBox(Transactions):
    """The cards, by workbook and KPI."""

    def card(self, workbook: str, kpi: str) -> Card | None:
        """The card of a KPI, with the moment of its last judgement; None when the last sync saw no such KPI."""
        asked = and_(CARDS.c.workbook == workbook, CARDS.c.kpi.in_([kpi, _JUDGED]))
        with self._reading() as db:
            found = {row.kpi: row.content for row in db.execute(select(CARDS).where(asked))}
        if not kpi or kpi not in found:
            return None
        return {**json.loads(found[kpi]), **json.loads(found.get(_JUDGED, "{}"))}

    def lights(self) -> dict[str, int]:
        """How many cards shine in each colour, over all workbooks."""
        with self._reading() as db:
            found = db.execute(select(CARDS.c.light).where(CARDS.c.kpi != _JUDGED)).scalars().all()
        return {light: found.count(light) for light in set(found)}


def keeping_cards(workbook: str, cards: Mapping[str, Card], judged_at: str) -> Statement:
    """Keep these cards and no other, as a statement of the transaction that keeps a sync's results.

    A card whose `series` is None (the source failed) keeps the series and the plan that it had. `judged_at` is ISO text
    with its zone.
    """

    def keep(db: Connection) -> None:
        known = {row.kpi: row.digest for row in db.execute(_digests(workbook))}
        wanted = {kpi[:200]: _with_old_series(db, workbook, kpi, card) for kpi, card in cards.items()}
        rows = [_row(workbook, kpi, card) for kpi, card in wanted.items()]
        fresh = [row for row in rows if known.get(row["kpi"]) != row["digest"]]
        _put(db, known, [*fresh, _row(workbook, _JUDGED, {"judged_at": judged_at})])
        gone = [kpi for kpi in known if kpi not in wanted and kpi != _JUDGED]
        if gone:
            db.execute(delete(CARDS).where(_one(workbook, bindparam("gone"))), [{"gone": kpi} for kpi in gone])

    return keep


def _digests(workbook: str) -> Any:
    return select(CARDS.c.kpi, CARDS.c.digest).where(CARDS.c.workbook == workbook)


def _one(workbook: str, kpi: Any) -> Any:
    return and_(CARDS.c.workbook == workbook, CARDS.c.kpi == kpi)


def _row(workbook: str, kpi: str, card: Card) -> dict[str, Any]:
    content = json.dumps(card, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    light = str(card.get("light", ""))
    return {"workbook": workbook, "kpi": kpi, "light": light, "digest": digest, "content": content}


def _put(db: Connection, known: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
    new = [row for row in rows if row["kpi"] not in known]
    changed = [row for row in rows if row["kpi"] in known]
    if new:
        db.execute(insert(CARDS), new)
    if changed:
        mine = and_(CARDS.c.workbook == bindparam("its_workbook"), CARDS.c.kpi == bindparam("its_kpi"))
        values: dict[str, Any] = {name: bindparam(f"its_{name}") for name in ("light", "digest", "content")}
        db.execute(
            update(CARDS).where(mine).values(**values),
            [{f"its_{name}": value for name, value in row.items()} for row in changed],
        )


def _with_old_series(db: Connection, workbook: str, kpi: str, card: Card) -> Card:
    if card.get("series", ()) is not None:
        return card
    row = db.execute(select(CARDS.c.content).where(_one(workbook, kpi))).one_or_none()
    old = json.loads(row.content) if row else {}
    return {**card, "series": old.get("series") or [], "plan": old.get("plan") or []}
