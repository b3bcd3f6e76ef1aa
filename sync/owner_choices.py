"""What the owner typed in the Settings tab and nobody understands, told at its cell: the default is used meanwhile."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheet_templates.layout import vocabulary
from sheet_templates.words import language_of
from sync.cells import cell_of
from sync.jobs.schedule import DEFAULT, read_schedule
from sync.model import Fact, Issue, Severity, Table, WorkbookSettings


def doubt_choices(table: Table | None, settings: WorkbookSettings) -> tuple[Issue, ...]:
    """An issue for each value that is not one of its choices; `used` is what counts instead."""
    issues = []
    for row in range(table.height if table else 0):
        key, typed = (str(table.value(name, row) or "").strip() for name in ("key", "value")) if table else ("", "")
        used = _used_instead(key, typed, settings) if typed else None
        if table and used:
            facts: dict[str, Fact] = {"setting": str(table.value("setting", row) or key), "text": typed[:60]}
            where = cell_of(table, row, "value")
            facts["used"] = used
            if key == "locale" and _spoken(typed):  # understood, but words and numbers go by one locale
                issues.append(Issue("settings.locale_of_another_language", Severity.WARNING, where, facts=facts))
            else:
                issues.append(Issue("settings.not_understood", Severity.WARNING, where, facts=facts))
    return tuple(issues)


def _spoken(locale: str) -> bool:
    return language_of(locale.replace("-", "_")) == locale[:2].lower()


def _used_instead(key: str, typed: str, settings: WorkbookSettings) -> str | None:
    """What counts in the place of a value that is not understood; None for one that is."""
    if key == "language" and vocabulary("language").code(typed) is None:
        return vocabulary("language").label(settings.language, settings.language)
    if key == "fill_proposals" and vocabulary("answer").code(typed) is None:
        return vocabulary("answer").label("no", settings.language)
    if key == "locale" and not (_spoken(typed) and typed[:2].lower() == settings.language):
        return settings.locale
    if key == "refresh" and read_schedule(typed) is None:
        return DEFAULT.label(settings.language)
    return "UTC" if key == "timezone" and not _is_timezone(typed) else None


def _is_timezone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
