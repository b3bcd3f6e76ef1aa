"""The menu, and the sidebar that its items open."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from sheet_templates.words import sentences
from tests.contract.plugin.conftest import Plugin
from tests.contract.plugin.test_edits import WHOLE

Make = Callable[..., Plugin]
ITEMS = ("menu.sync", "menu.check", "menu.why", "menu.write", "menu.connect", "menu.help")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_menu_speaks_the_workbook_s_language(plugin: Make, language: str) -> None:
    opened = plugin(language=language).run("onOpen", authMode="LIMITED", event={"type": "open"})
    captions = [item["caption"] for item in opened["menu"][0]["items"] if "caption" in item]
    assert captions == [sentences("plugin")[code][language] for code in ITEMS]


def test_the_menu_appears_where_nothing_is_allowed_yet(plugin: Make) -> None:
    opened = plugin().run("onInstall", authMode="NONE", event={"type": "open"}, userLocale="en")
    assert opened["menu"][0]["items"][0]["caption"] == "Sync now"
    assert opened["requests"] == []


def test_every_item_of_the_menu_calls_a_function_that_is_there(plugin: Make) -> None:
    sheet = plugin()
    items = sheet.run("onOpen", authMode="LIMITED", event={"type": "open"})["menu"][0]["items"]
    for item in items:
        if "fn" in item:
            assert "error" not in sheet.run(item["fn"])


@pytest.mark.parametrize(
    ("fn", "view"),
    [
        ("syncFromButton", "sync"),
        ("showWhy", "why"),
        ("showWrite", "write"),
        ("showConnect", "connect"),
        ("showHelp", "help"),
    ],
)
def test_an_item_opens_the_sidebar_at_its_part(plugin: Make, fn: str, view: str) -> None:
    page = plugin().run(fn)["sidebar"]
    assert page["title"] == "Semáforo"
    assert f'data-view="{view}"' in page["html"]
    assert "<?" not in page["html"]


def test_the_sidebar_brings_everything_along(plugin: Make) -> None:
    html = plugin().run("showWrite")["sidebar"]["html"]
    assert not re.search(r'(?:src|href)\s*=\s*"(?!#)', html)
    assert "instantSentence_" in html
    assert "innerHTML" not in html


def test_checking_a_row_says_its_letters_and_what_to_fix(plugin: Make) -> None:
    sheet = plugin([{**WHOLE, "target": None}])
    sheet.select(0)
    said = toast(sheet)
    assert said.startswith("S·??T — a primera vista. · falta, ? lo dirá la sincronización. Por corregir: Falta la")
    assert "target" in sheet.notes(0)


def test_checking_a_good_row_says_so(plugin: Make) -> None:
    sheet = plugin([WHOLE])
    sheet.select(0)
    assert toast(sheet) == "SM??T · Nada que corregir a primera vista. Al sincronizar se revisa lo demás."


def test_checking_nothing_says_what_to_choose(plugin: Make) -> None:
    sheet = plugin()
    sheet.select(0, tab="guide")
    assert toast(sheet) == "Elige una fila de la pestaña de KPI."
    sheet.select(4)
    assert toast(sheet) == "Esta fila está vacía. Escribe una frase o un nombre."


def test_without_a_scope_the_sidebar_is_refused_as_google_does(plugin: Make) -> None:
    answer = plugin().run("showHelp", manifest={"oauthScopes": []})
    assert "Specified permissions are not sufficient" in answer["error"]["message"]


def toast(sheet: Plugin) -> str:
    shown: list[dict[str, Any]] = sheet.run("checkThisRow")["toasts"]
    return str(shown[0]["message"])
