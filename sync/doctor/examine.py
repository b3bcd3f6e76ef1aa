"""All checks, in the order in which a person would look."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from sync.doctor import house, outside, workbooks
from sync.doctor.finding import Finding, bounded, broken
from sync.settings import Settings
from sync.sheet.reference import LOCAL_ID
from sync.store.store import Store, open_store

PATIENCE = 15.0  # seconds for everything that goes over the network, a name server that hangs included


def examine(settings: Settings, today: date, locale: str, google: str = outside.GOOGLE) -> tuple[Finding, ...]:
    """What is well and what is not. Changes nothing; an SQLite file or a key that is not there is not made."""
    first = (*house.check_settings(settings), *house.check_home(settings), *house.check_store(settings))
    usable = not any(finding.check == "store" and finding.code != "store_current" for finding in first)
    if not usable:
        return (*first, *house.check_key(settings, 0), *_abroad(settings, 0, 0, google))
    store = open_store(settings.store_url)
    try:
        return (*first, *_with_store(settings, store, today, locale, google))
    except SQLAlchemyError:
        return (*first, broken("store", "store_failed"))
    finally:
        store.close()


def _with_store(settings: Settings, store: Store, today: date, locale: str, google: str) -> Iterator[Finding]:
    removed = store.removed()
    enrolled = tuple(each.id for each in store.workbooks() if each.id not in removed)
    near = sum(workbook.startswith(LOCAL_ID) for workbook in enrolled)
    yield from house.check_key(settings, len(enrolled))
    yield from house.check_carrier(settings, store)
    yield from house.check_schedule(store)
    yield from outside.check_clock(store)
    yield from house.check_quota(settings, enrolled)
    yield from _abroad(settings, near, len(enrolled) - near, google)
    yield from workbooks.check_workbooks(store, enrolled, locale)
    yield from bounded("sources", lambda: workbooks.check_sources(settings, store, enrolled, today), PATIENCE)
    yield from workbooks.check_plugin(store, enrolled)


def _abroad(settings: Settings, near: int, far: int, google: str) -> Iterator[Finding]:
    yield from bounded("credentials", lambda: outside.check_credentials(settings, far), PATIENCE)
    yield from bounded("sheets", lambda: outside.check_sheets(settings, near, far, google), PATIENCE)
    yield from bounded("address", lambda: outside.check_public(settings), PATIENCE)
