"""The state store: enrolments, the row that decides, runs, the outbox, cards, codes and changes.

Every method is one transaction. A writing transaction locks the row of its workbook first: what concerns one workbook
happens one after another. Each part of it stands in a room of its own beside this one.
"""

from sync.store.cards import CardBox
from sync.store.changes import ChangeLog
from sync.store.claims import KEEP_RUNS_SECONDS, MAX_ATTEMPTS, MAX_RETRIES, Claims
from sync.store.connection import connect
from sync.store.control import RunControl
from sync.store.enrolments import Enrolments
from sync.store.history import HistoryBook
from sync.store.migrate import make_ready
from sync.store.nonces import NONCE_SECONDS
from sync.store.outbox import Outbox
from sync.store.pairing import Pairing
from sync.store.parking import Parking
from sync.store.plugins import Plugins
from sync.store.quota import QuotaRows
from sync.store.schedules import Schedules
from sync.store.standing import Standing
from sync.store.triggers import Triggers

__all__ = ["KEEP_RUNS_SECONDS", "MAX_ATTEMPTS", "MAX_RETRIES", "NONCE_SECONDS", "Store", "open_store"]


def open_store(url: str) -> "Store":
    """The store at an SQLAlchemy address. An SQLite file is made and brought up to date by this.

    Raises UsageError; for a PostgreSQL database too whose tables are not up to date: `semaforo migrate` does that.
    """
    engine = connect(url)
    try:
        make_ready(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store(
    Enrolments,
    Triggers,
    Claims,
    RunControl,
    Parking,
    Outbox,
    ChangeLog,
    CardBox,
    Pairing,
    Plugins,
    Schedules,
    QuotaRows,
    HistoryBook,
    Standing,
):
    """What must outlive a sync. One object serves all threads of a process."""
