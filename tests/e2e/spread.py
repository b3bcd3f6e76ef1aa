"""The embedded server's page as a person uses it: cells by their names, keys, menus."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.contract.sheets.support import Api

PATIENCE = 5000  # milliseconds


class Spread:
    """One open workbook. What the page complains of in its console is kept, and may fail a test."""

    def __init__(self, page: Page) -> None:
        self.page, self.troubles = page, list[str]()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: line.type == "error" and self.troubles.append(line.text))

    def open(self, url: str, tab: str | None = None) -> "Spread":
        self.page.goto(f"{url}?tab={tab}" if tab else url)
        self.ready()
        return self

    def ready(self) -> None:
        self.page.wait_for_selector("body[data-ready=plugin]")

    def cell(self, name: str) -> Locator:
        """A cell by its name, such as B3."""
        return self.page.locator(f'td[data-cell="{name}"]')

    def text(self, name: str) -> str:
        return self.cell(name).inner_text()

    def go(self, name: str) -> None:
        """Through the box that names the place, so that a cell far away is found too."""
        self.page.locator("#where").fill(name)
        self.page.locator("#where").press("Enter")

    def type(self, name: str, text: str) -> None:
        """Click, type, Enter."""
        self.go(name)
        if text.isascii():
            self.page.keyboard.type(text)
        else:  # no key gives these: they come into the open field as from an input method
            self.page.keyboard.press("F2")
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self.saved()

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def saved(self) -> None:
        expect(self.page.locator("#saved")).to_have_text(
            re.compile("All saved|Todo guardado|Undone|Redone|Deshecho|Rehecho")
        )

    def menu(self, head: str, entry: str) -> None:
        self.page.locator("#menus").get_by_role("menuitem", name=head, exact=True).click()
        self.page.get_by_role("menu").get_by_role("menuitem", name=entry).first.click()

    def paste(self, text: str) -> None:
        """As another program's table arrives: through a paste event."""
        self.page.evaluate(
            """text => { const data = new DataTransfer(); data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event); }""",
            text,
        )

    def copy(self, kind: str = "copy") -> str:
        """What a copy puts into the clipboard."""
        found: str = self.page.evaluate(
            """kind => { const data = new DataTransfer();
            const event = new ClipboardEvent(kind, {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event); return data.getData("text/plain"); }""",
            kind,
        )
        return found

    def shows(self, name: str, text: str) -> None:
        """The cell shows this text, now or in a moment."""
        expect(self.cell(name)).to_have_text(text)


def page_of(api: Api) -> str:
    return f"{api.url}/workbooks/{api.workbook}"
