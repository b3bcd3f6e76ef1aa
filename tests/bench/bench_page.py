"""How quick the page is: a tab of 1,000 rows and 35 columns, with lights. `python -m tests.bench.bench_page`."""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import requests

from sync.sheet.local import LocalServer
from tests.contract.sheets.support import Api
from tests.e2e.browser import fresh_page
from tests.e2e.spread import Spread, page_of

ROWS, COLUMNS = 1000, 35


def filled(api: Api) -> None:
    """Values, a frozen corner, and a rule that colours a third of the cells."""
    grid = {"gridProperties": {"columnCount": COLUMNS, "frozenRowCount": 1, "frozenColumnCount": 2}}
    fields = "gridProperties(columnCount,frozenRowCount,frozenColumnCount)"
    api.batch({"updateSheetProperties": {"properties": grid, "fields": fields}})
    api.put("A1:AI1000", [[f"{row}/{column}" for column in range(COLUMNS)] for row in range(ROWS)])
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=MOD(ROW(),3)=0"}]}
    look = {"condition": condition, "format": {"backgroundColor": {"green": 1}}}
    api.batch({"addConditionalFormatRule": {"rule": {"ranges": [{"startRowIndex": 1}], "booleanRule": look}}})


def timed(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return 1000 * (time.perf_counter() - begun)


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalServer(Path(folder) / "sheets.db") as server,
        fresh_page() as page,
    ):
        answer = requests.post(f"{server.url}/v4/spreadsheets", json={}, timeout=5)
        api = Api(server.url, answer.json()["spreadsheetId"])
        filled(api)
        spread = Spread(page)
        spread.open(page_of(api))  # the browser's own first start is not ours
        opening = [timed(lambda: spread.open(page_of(api))) for _ in range(5)]
        print(f"open, until the cells are there: {median(opening):.0f} ms")
        typing, answers = [], []
        for place in range(10):
            spread.go(f"C{place + 2}")
            page.keyboard.type("new")
            typing.append(
                timed(lambda place=place: (page.keyboard.press("Enter"), spread.shows(f"C{place + 2}", "new")))
            )
            answers.append(timed(spread.saved))
        print(
            f"an edit, until it shows: {median(typing):.0f} ms; until it is saved and the tab is up to date: "
            f"{median(typing) + median(answers):.0f} ms"
        )
        jump = timed(lambda: (spread.go("AI1000"), spread.shows("AI1000", "999/34")))
        print(f"to the last cell: {jump:.0f} ms; cells in the page: {page.locator('td[data-row]').count()}")
        others = []
        for turn in range(5):
            api.put("AI999", [[f"turn {turn}"]])
            others.append(timed(lambda turn=turn: spread.shows("AI999", f"turn {turn}")))
        print(f"another's write, until it shows: {median(others):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
