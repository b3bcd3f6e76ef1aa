"""Background refresh: a run is asked for each workbook that is due by its own schedule.

Nothing is synced here: a refresh is one more trigger, and the worker that claims it decides nothing about time.
"""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from sync.errors import SemaforoError
from sync.jobs.schedule import DEFAULT, day_in, from_code, next_due
from sync.model import SyncReport
from sync.sources import only_in_workbook
from sync.store.base import Statement
from sync.store.records import SCHEDULED, NotEnrolledError
from sync.store.schedules import Scheduled, keeping_schedule
from sync.store.store import Store

_LOG = logging.getLogger(__name__)

_KEY = "refresh-"
# The modified times of these workbooks (and perhaps of others) by id. Raises SemaforoError.
Listing = Callable[[Collection[str]], Mapping[str, str]]


def refresh(
    store: Store,
    now: float,
    all: bool = False,  # noqa: A002  # the word of the command line
    listing: Listing | None = None,
) -> int:
    """Ask for a run of each workbook that is due at `now` (Unix seconds), or of all of them; how many were asked for.

    However many moments were missed, a workbook gets one run. With a `listing`, a workbook that can't have news is
    passed over: nobody has written in it since the last sync read it, all its numbers stand in the workbook itself, and
    it was judged for this very day. Safe to call from several processes at once.
    """
    refresh_first(store, now)
    due = store.schedules(None if all else now)
    listed = _listed(due, listing)
    return sum(_ask(store, row, now, listed.get(row.workbook), all) for row in due)


def refresh_first(store: Store, now: float) -> None:
    """Give every enrolled workbook that has no schedule yet the default one."""
    store.add_schedules([_first(workbook, now) for workbook in store.unscheduled()])


def _ask(store: Store, row: Scheduled, now: float, listed: str | None, always: bool) -> bool:
    following = next_due(from_code(row.code), row.timezone, now, row.workbook)
    idle = not always and has_no_news(row, listed, now)
    if not idle:
        try:  # first the trigger, then the row: who dies between the two asks twice, under one key
            moment = now if always else row.next_at or now
            store.request_run(row.workbook, f"{_KEY}{int(moment)}", now, priority=SCHEDULED)
        except NotEnrolledError:
            return False
    return store.reschedule(row, following, listed) and not idle


def has_no_news(row: Scheduled, listed: str | None, now: float) -> bool:
    """Whether a sync could only find what the last one found."""
    unchanged = listed is not None and listed == row.judged
    return row.in_workbook and unchanged and row.judged_on == day_in(row.timezone, now).isoformat()


def schedule_of(store: Store, workbook: str) -> Scheduled:
    """The schedule of an enrolled workbook, which gets the default one if it has none yet."""
    first = _first(workbook, time.time())
    found = store.schedule(workbook)
    if found is None:
        store.add_schedules([first])
        found = store.schedule(workbook)
    return found or first


def remembering(report: SyncReport, before: Scheduled, account: str | None = None, real_day: bool = True) -> Statement:
    """When the workbook is due by itself, and what this sync saw, to be kept before it writes.

    `before` is the row from before its read, `account` the key file that could open it, where there are several. A
    sync that is about to write does not say yet that there will be no news: its write may fail, and moves the
    workbook's modified time anyway. Nor does a sync for a pretended day (not `real_day`).
    """
    now, settings = time.time(), report.settings
    code, timezone = settings.refresh, settings.timezone[:64]
    moved = (before.code, before.timezone) != (code, timezone)
    row = replace(
        before,
        code=code,
        timezone=timezone,
        next_at=next_due(from_code(code), timezone, now, report.workbook) if moved else before.next_at,
        in_workbook=only_in_workbook(outcome.definition for outcome in report.outcomes),
        judged=before.listed if real_day and not report.plan else None,
        judged_on=report.today.isoformat() if real_day else None,
        account=account,
    )
    return keeping_schedule(row, moved)


def _first(workbook: str, now: float) -> Scheduled:
    """What counts until the first sync has read the workbook's own choice."""
    return Scheduled(workbook, DEFAULT.code, "UTC", next_due(DEFAULT, "UTC", now, workbook))


def _listed(due: tuple[Scheduled, ...], listing: Listing | None) -> Mapping[str, str]:
    """One listing for all of them, where it can spare a sync: a schedule of once a day always has a new day."""
    wanted = [row.workbook for row in due if row.in_workbook and _often(row)]
    if listing is None or not wanted:
        return {}
    try:
        return listing(wanted)
    except SemaforoError:
        _LOG.warning("no listing of modified times: every workbook that is due is synced", exc_info=True)
        return {}


def _often(row: Scheduled) -> bool:
    schedule = from_code(row.code)
    return bool(schedule.every) or len(schedule.at) > 1
