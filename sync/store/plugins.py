"""The part of the state store that knows which version of the plugin each workbook has, as its calls told last."""

from sqlalchemy import Column, Float, String, Table, delete, insert, select

from sync.store.base import Transactions, enrolled
from sync.store.tables import METADATA

PLUGINS = Table(
    "plugins",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("version", String(20), nullable=False),
    Column("told_at", Float, nullable=False),
)


class Plugins(Transactions):
    """Versions of the plugin, by workbook."""

    def keep_plugin(self, workbook: str, version: str, now: float) -> None:
        """Keep the version that a workbook's plugin told at `now` (Unix seconds). Raises NotEnrolledError."""
        with self._writing() as db:
            enrolled(db, workbook)
            db.execute(delete(PLUGINS).where(PLUGINS.c.workbook == workbook))
            db.execute(insert(PLUGINS).values(workbook=workbook, version=version, told_at=now))

    def plugins(self) -> dict[str, str]:
        """The version of each workbook whose plugin ever told it."""
        with self._reading() as db:
            return {row.workbook: row.version for row in db.execute(select(PLUGINS))}
