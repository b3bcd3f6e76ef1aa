"""The lights as a person sees them: the embedded server's page in a real browser."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page

from sheet_templates.layout import tabs
from tests.builders import SOUND
from tests.e2e.browser import need_chromium, open_page
from tests.workbooks import Book

pytestmark = pytest.mark.browser

KPIS = tabs()["kpis"].id
REAL_TODAY = date.today()  # noqa: DTZ011  # the page's TODAY() is this machine's


def row(name: str, metric: str, **changes: object) -> dict[str, object]:
    start, due = REAL_TODAY - timedelta(days=100), REAL_TODAY + timedelta(days=100)
    typed = {key: value for key, value in SOUND.items() if key != "id"}
    return {**typed, "name": name, "metric": metric, "start": start, "due": due, "cadence": "Mensual", **changes}


def reading(metric: str, value: float, days_ago: int = 2) -> dict[str, object]:
    return {"date": REAL_TODAY - timedelta(days=days_ago), "metric": metric, "value": value}


@pytest.fixture
def plan(book: Callable[..., Book]) -> Book:
    """Three KPIs: one green, one amber, one red."""
    need_chromium()
    rows = [row("verde", "a"), row("ambar", "b"), row("rojo", "c")]
    before = [reading(metric, 10000, 99) for metric in "abc"]
    now = [reading("a", 11200), reading("b", 10850), reading("c", 10100)]
    made = book(rows, measurements=[*before, *now])
    made.sync(REAL_TODAY)
    return made


@pytest.fixture
def page(plan: Book) -> Iterator[Page]:
    with open_page(f"{plan.settings.sheets_url}/workbooks/{plan.id}?tab=KPI", width=4200) as opened:
        opened.wait_for_selector("body[data-ready]")
        yield opened


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("body[data-ready]")


def colour(cell: Locator) -> str:
    """What the cell's background says."""
    shade = cell.evaluate("cell => getComputedStyle(cell).backgroundColor")
    red, green, blue = map(int, re.findall(r"\d+", shade)[:3])
    if max(red, green, blue) - min(red, green, blue) < 12:
        return "grey" if red < 245 else "none"
    if green >= red:
        return "green"
    return "amber" if green > 215 else "red"


def status(page: Page, word: str) -> Locator:
    return page.locator("td", has_text=word).first


def test_every_light_has_a_colour_a_word_and_a_symbol(page: Page) -> None:
    assert colour(status(page, "▲ En rumbo")) == "green"
    assert colour(status(page, "◆ En riesgo")) == "amber"
    assert colour(status(page, "▼ Fuera de rumbo")) == "red"
    assert colour(page.locator("td", has_text="verde").first) == "green"


def test_on_the_scorecard_an_objective_is_bold_and_has_a_light_of_its_own(plan: Book, page: Page) -> None:
    page.goto(f"{plan.settings.sheets_url}/workbooks/{plan.id}?tab=Tablero")
    page.wait_for_selector("body[data-ready]")
    heads = page.locator("td", has_text="▼ Fuera de rumbo"), page.locator("td", has_text="◆ En riesgo")
    summary, objective = heads[1].nth(0), heads[1].nth(1)
    assert (colour(summary), colour(objective)) == ("amber", "amber")
    assert int(objective.evaluate("cell => getComputedStyle(cell).fontWeight")) >= 600
    assert colour(heads[0].first) == "red"
    assert int(heads[0].first.evaluate("cell => getComputedStyle(cell).fontWeight")) < 600


def test_a_light_goes_out_when_half_the_table_is_sorted(plan: Book, page: Page) -> None:
    place = {"sheetId": KPIS, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 24}
    plan.edit({"sortRange": {"range": place, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]}})
    reload(page)
    assert colour(status(page, "▲ En rumbo")) == "grey"
    assert colour(status(page, "▼ Fuera de rumbo")) == "grey"
    plan.sync(REAL_TODAY)
    reload(page)
    assert colour(status(page, "▲ En rumbo")) == "green"


def test_a_light_goes_out_by_itself_when_its_value_is_too_old(plan: Book, page: Page) -> None:
    place = {
        "sheetId": KPIS,
        "rowIndex": 1,
        "columnIndex": plan.column_heads("kpis").index("Vale hasta"),
    }
    yesterday = (REAL_TODAY - timedelta(days=1) - date(1899, 12, 30)).days
    cells = [{"values": [{"userEnteredValue": {"numberValue": yesterday}}]}]
    plan.edit({"updateCells": {"start": place, "rows": cells, "fields": "userEnteredValue"}})
    reload(page)
    assert colour(status(page, "▲ En rumbo")) == "grey"


def test_a_name_with_html_is_shown_as_typed(plan: Book, page: Page) -> None:
    plan.type_in("kpis", [{"name": '<img src=x onerror="document.title=1">'}])
    plan.sync(REAL_TODAY)
    reload(page)
    assert page.title() != "1"
    assert page.locator("td", has_text="<img src=x").count() >= 1
    assert page.locator("td img").count() == 0
