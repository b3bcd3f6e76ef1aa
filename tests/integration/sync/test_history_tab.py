"""The History tab: what platforms tell of today only, a line a day, in the write that goes out anyway."""

from datetime import date, timedelta

from sheet_templates.layout import tabs
from sync.dates_text import date_of
from sync.history_tab import DROPPED, MOST
from sync.model import Reading
from sync.store.history import keeping_readings
from sync.store.records import Results
from tests.builders import TODAY
from tests.integration.sync.test_readings import FOLLOWERS, crowd
from tests.workbooks import Book

__all__ = ["crowd"]  # the fixture
TAB = tabs()["history"]
SUBJECT = "crowd:us | followers | "


def lines(book: Book) -> list[tuple[date | None, object]]:
    """(day, value) of each line."""
    columns = [column[1:] for column in book.columns("history")]
    return [(date_of(day, "en").value, value) for day, value in zip(columns[0], columns[2], strict=True)]


def is_hidden(book: Book) -> bool:
    sheets = book.client.look(book.id, "sheets(properties)")["sheets"]
    return any(sheet["properties"].get("hidden", False) for sheet in sheets if sheet["properties"]["sheetId"] == TAB.id)


def remember(book: Book, days: int, until: date) -> None:
    """So many days of followers in the store, one after another."""
    past = [Reading(SUBJECT, until - timedelta(days=back), float(1000 - back), None) for back in range(days)]
    book.store.enrol(book.id, 0.0)
    book.store.keep(book.id, Results(kpi_count=1), also=[keeping_readings(book.id, past, 0.0)])


def test_each_day_is_a_line_with_the_kpi_that_reads_it_and_costs_no_call(crowd):
    book, now = crowd
    for day in range(3):
        now["followers"] = 1000 + 10 * day
        report = book.sync(TODAY + timedelta(days=day))
        assert (report.applied.reads, report.applied.writes) == (1, 1)
    assert lines(book) == [(TODAY + timedelta(days=day), 1000 + 10 * day) for day in range(3)]
    assert [book.cell("history", 2, key) for key in ("kpi", "what")] == ["Followers", SUBJECT]


def test_the_tab_comes_into_view_with_its_first_line_and_stays_hidden_once_somebody_hides_it(crowd):
    book, _ = crowd
    assert is_hidden(book)
    book.sync(TODAY)
    assert not is_hidden(book)
    book.edit({"updateSheetProperties": {"properties": {"sheetId": TAB.id, "hidden": True}, "fields": "hidden"}})
    book.sync(TODAY + timedelta(days=1))
    assert is_hidden(book)


def test_a_later_reading_of_the_day_takes_the_place_of_the_earlier_and_the_same_writes_nothing(crowd):
    book, now = crowd
    book.sync(TODAY)
    assert book.sync(TODAY).applied.writes == 0
    now["followers"] = 1005
    book.sync(TODAY)
    assert lines(book) == [(TODAY, 1005)]


def test_what_was_kept_before_the_workbook_had_the_tab_is_there_after_the_first_sync(crowd):
    book, _ = crowd
    remember(book, 40, TODAY - timedelta(days=1))
    book.sync(TODAY)
    assert lines(book)[0] == (TODAY - timedelta(days=40), 961)
    assert len(lines(book)) == 41


def test_lines_of_a_source_that_fails_today_stay(crowd):
    book, now = crowd
    book.sync(TODAY)
    now.pop("followers")
    book.sync(TODAY + timedelta(days=1))
    assert lines(book) == [(TODAY, 1000)]


def test_what_somebody_typed_over_or_sorted_is_set_right(crowd):
    book, _ = crowd
    for day in range(3):
        book.sync(TODAY + timedelta(days=day))
    before = book.columns("history")
    book.type_in("history", [{"date": None, "value": "?", "what": None}, {"value": 7}])
    book.sync(TODAY + timedelta(days=2))
    assert book.columns("history") == before


def test_a_renamed_kpi_is_renamed_here_too(crowd):
    book, _ = crowd
    book.sync(TODAY)
    book.type_in("kpis", [{**FOLLOWERS, "name": "Fans"}])
    book.sync(TODAY)
    assert book.cell("history", 0, "kpi") == "Fans"


def test_a_full_tab_drops_many_old_days_at_once_and_does_not_bring_them_back(crowd):
    book, _ = crowd
    first = TODAY - timedelta(days=MOST)
    book.edit({"appendDimension": {"sheetId": TAB.id, "dimension": "ROWS", "length": MOST}})
    rows = [{"date": first + timedelta(days=day), "what": "old", "value": 1} for day in range(MOST)]
    book.type_in("history", rows)
    remember(book, 1_000, TODAY - timedelta(days=1))
    book.sync(TODAY)
    kept = lines(book)
    assert MOST - DROPPED <= len(kept) <= MOST
    assert kept[-1] == (TODAY, 1000)
    assert kept == sorted(kept, key=lambda line: line[0])
    assert book.sync(TODAY).applied.writes == 0
    assert len(book.sync(TODAY + timedelta(days=1)).plan.rows) < 10


def test_a_workbook_without_the_tab_is_synced_all_the_same(crowd):
    book, _ = crowd
    book.edit({"deleteSheet": {"sheetId": TAB.id}})
    assert book.sync(TODAY).outcomes[0].failure is None


def test_a_heading_that_somebody_took_away_is_left_alone(crowd):
    book, _ = crowd
    book.type_in("history", [{"definition": None}])
    book.edit({"deleteDimension": {"range": {"sheetId": TAB.id, "dimension": "COLUMNS", "startIndex": 4}}})
    book.sync(TODAY)
    assert book.sync(TODAY).applied.writes == 0
    assert lines(book) == [(TODAY, 1000)]
