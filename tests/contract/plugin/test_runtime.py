"""The runtime refuses what Google refuses: each of these is a mistake that a script would else make in the open."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.contract.plugin.conftest import KPIS, Plugin

Make = Callable[..., Plugin]
CURRENT = ["https://www.googleapis.com/auth/spreadsheets.currentonly"]
TAB = "SpreadsheetApp.getActive().getSheetById(710003)"


def ran(sheet: Plugin, body: str, **how: Any) -> dict[str, Any]:
    return sheet.run("probe", files=[], probe=f"function probe(given) {{ {body} }}", **how)


def value(sheet: Plugin, body: str, **how: Any) -> Any:
    answer = ran(sheet, body, **how)
    assert "error" not in answer, answer["error"]
    return answer["value"]


def refusal(sheet: Plugin, body: str, **how: Any) -> str:
    return str(ran(sheet, body, **how)["error"]["message"])


@pytest.mark.parametrize(
    ("mode", "body"),
    [
        ("LIMITED", "UrlFetchApp.fetch('https://x.example.com')"),
        ("LIMITED", "SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('x'))"),
        ("NONE", "SpreadsheetApp.getActive()"),
        ("NONE", "PropertiesService.getDocumentProperties()"),
        ("NONE", "CacheService.getDocumentCache()"),
        ("LIMITED", "Session.getActiveUser().getEmail()"),
    ],
)
def test_a_mode_that_does_not_allow_a_service_refuses_it(plugin: Make, mode: str, body: str) -> None:
    told = refusal(plugin(), body, authMode=mode, event={"type": "open"})
    assert told.startswith("You do not have permission to call")


@pytest.mark.parametrize(
    ("scopes", "body"),
    [
        (CURRENT, "UrlFetchApp.fetch('https://x.example.com')"),
        (CURRENT, "SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('x'))"),
        ([], "SpreadsheetApp.getActive()"),
        (CURRENT, "Session.getActiveUser().getEmail()"),
        (CURRENT, "ScriptApp.requireScopes(ScriptApp.AuthMode.FULL, ['https://mail.google.com/'])"),
    ],
)
def test_a_scope_that_the_manifest_lacks_is_refused(plugin: Make, scopes: list[str], body: str) -> None:
    assert "permissions are not sufficient" in refusal(plugin(), body, manifest={"oauthScopes": scopes})


def test_globals_are_fresh_in_each_execution(plugin: Make) -> None:
    sheet = plugin()
    probe = "let count = 0; function probe() { count += 1; return count; }"
    assert [sheet.run("probe", files=[], probe=probe)["value"] for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("fn", ["hmacHex_", "connection_", "nothing", "constructor", "a b"])
def test_only_public_functions_that_exist_can_be_called(plugin: Make, fn: str) -> None:
    assert plugin().run(fn)["error"]["message"] == f"Script function not found: {fn}"


def test_only_plain_values_come_back(plugin: Make) -> None:
    sheet = plugin()
    assert "Date" in refusal(sheet, "return { when: new Date() }")
    assert "Function" in refusal(sheet, "return [() => 1]")
    assert value(sheet, "return [undefined, NaN, { a: undefined, b: [null] }]") == [None, None, {"b": [None]}]


def test_the_shape_of_values_must_fit_the_range(plugin: Make) -> None:
    sheet = plugin()
    assert "The data has 1 but the range has 2" in refusal(sheet, f"{TAB}.getRange(2, 1, 2, 1).setValues([[1]])")
    assert "The data has 2 but the range has 1" in refusal(sheet, f"{TAB}.getRange(2, 1).setNotes([['a', 'b']])")
    assert "method signature" in refusal(sheet, f"{TAB}.getRange(2, 1).setValues([1])")


@pytest.mark.parametrize("place", ["0, 1", "1, 0", "1, 1, 0, 1", "1, 1, 1, 0", "99999, 1", "1, 1, 1, 99", "1.5, 1"])
def test_ranges_count_from_one_and_end_with_the_sheet(plugin: Make, place: str) -> None:
    assert "error" in ran(plugin(), f"{TAB}.getRange({place})")


def test_writes_wait_until_they_are_read_flushed_or_the_end(plugin: Make) -> None:
    sheet = plugin()
    done = ran(sheet, f"const r = {TAB}.getRange(2, 2); r.setValue('a'); r.setNote('n'); return 1;")
    writes = [each["url"].split("?")[0].rpartition("/")[2] for each in done["requests"] if "atch" in each["url"]]
    assert writes == ["values:batchUpdateByDataFilter", f"{sheet.book.id}:batchUpdate"]
    read = f"const r = {TAB}.getRange(2, 2); r.setValue('b'); const seen = r.getValue(); r.setValue('c'); return seen;"
    assert value(sheet, read) == "b"
    assert sheet.book.cell("kpis", 0, "name") == "c"


def test_what_was_written_before_an_error_stays_written(plugin: Make) -> None:
    sheet = plugin()
    assert refusal(sheet, f"{TAB}.getRange(2, 2).setValue('a'); throw new Error('later')") == "later"
    assert sheet.book.cell("kpis", 0, "name") == "a"


def test_days_come_as_dates_of_the_sheet_s_own_time_zone(plugin: Make) -> None:
    sheet = plugin([{"name": "x", "due": date(2026, 7, 1)}])
    column = KPIS.position("due") + 1
    read = f"{TAB}.getRange(2, {column}).getValue()"
    assert value(sheet, f"return {read}.toISOString()") == "2026-06-30T22:00:00.000Z"
    assert value(sheet, f"return {read} instanceof Date")
    shown = f"return Utilities.formatDate({read}, 'Europe/Madrid', 'yyyy-MM-dd HH:mm')"
    assert value(sheet, shown) == "2026-07-01 00:00"


def test_days_go_out_as_days(plugin: Make) -> None:
    sheet = plugin()
    day = "Utilities.parseDate('2030-03-31', 'Europe/Madrid', 'yyyy-MM-dd')"
    ran(sheet, f"{TAB}.getRange(2, {KPIS.position('due') + 1}).setValue({day})")
    assert sheet.book.cell("kpis", 0, "due") == 47573


def test_a_text_is_read_as_if_typed_but_for_its_apostrophe(plugin: Make) -> None:
    sheet = plugin()
    ran(sheet, f"""{TAB}.getRange(2, 2, 1, 3).setValues([["'=1+1", "=1+1", null]])""")
    assert [sheet.book.cell("kpis", 0, key) for key in ("name", "objective", "statement")] == ["=1+1", 2, None]


def test_a_failed_fetch_throws_unless_it_is_muted(plugin: Make) -> None:
    sheet = plugin()
    answer = {"status": 404, "headers": {}, "text": "gone"}
    assert "returned code 404" in refusal(sheet, "UrlFetchApp.fetch('https://x.example.com/a')", answers=[answer])
    muted = "return UrlFetchApp.fetch('https://x.example.com', { muteHttpExceptions: true }).getResponseCode()"
    assert value(sheet, muted, answers=[dict(answer)]) == 404


def test_a_redirect_is_followed_unless_forbidden(plugin: Make) -> None:
    sheet = plugin()
    moved = {"status": 302, "headers": {"Location": "https://y.example.com"}, "text": ""}
    there = {"status": 200, "headers": {}, "text": "here"}
    get = "return UrlFetchApp.fetch('https://x.example.com', {}).getContentText()"
    assert value(sheet, get, answers=[moved, there]) == "here"


def test_an_object_is_sent_as_a_form_and_the_content_type_has_a_place_of_its_own(plugin: Make) -> None:
    sheet = plugin()
    fine = {"status": 200, "headers": {}, "text": ""}
    options = "{ method: 'post', payload: { a: 'é' }, headers: { 'content-type': 'application/json' } }"
    sent = ran(sheet, f"UrlFetchApp.fetch('https://x.example.com', {options})", answers=[fine])["requests"][-1]
    assert (sent["body"], sent["headers"]) == ("a=%C3%A9", {"Content-Type": "application/x-www-form-urlencoded"})


def test_a_trigger_that_lasts_too_long_is_ended(plugin: Make) -> None:
    body = "const end = Date.now() + 40; while (Date.now() < end); SpreadsheetApp.getActive();"
    sheet = plugin()
    # A clock that runs a thousand times as fast: forty milliseconds are more than thirty seconds.
    told = refusal(sheet, body, authMode="LIMITED", event={"type": "open"}, haste=1000)
    assert told == "Exceeded maximum execution time"


def test_a_single_cell_brings_its_value_a_paste_does_not(plugin: Make) -> None:
    sheet = plugin()
    event = {"type": "edit", "sheetId": 710003, "row": 2, "column": 2, "value": "x", "oldValue": "w"}
    probe = "PropertiesService.getDocumentProperties().setProperty('seen', String(given.value) + given.oldValue)"
    for rows, seen in ((1, "xw"), (2, "undefinedundefined")):
        ran(sheet, probe, authMode="LIMITED", event={**event, "rows": rows})
        assert sheet.kept()["seen"] == seen


def test_a_template_escapes_what_it_shows(plugin: Make) -> None:
    html = '<? if (name) { ?><p title="<?= name ?>"><?!= name ?></p><? } ?>'
    body = f"const t = HtmlService.createTemplate({html!r}); t.name = '<b>\"&'; return t.evaluate().getContent();"
    assert value(plugin(), body) == '<p title="&lt;b&gt;&quot;&amp;"><b>"&</p>'


def test_a_service_or_method_that_is_not_there_fails_loudly(plugin: Make) -> None:
    sheet = plugin()
    assert "is not part of this runtime" in refusal(sheet, "SpreadsheetApp.openById('x')")
    assert "fetch is not defined" in refusal(sheet, "fetch('https://x.example.com')")
    assert "setTimeout is not defined" in refusal(sheet, "setTimeout(() => 1, 1)")


def test_properties_and_caches_outlive_an_execution(plugin: Make) -> None:
    sheet = plugin()
    kept, cached = "PropertiesService.getUserProperties()", "CacheService.getScriptCache()"
    ran(sheet, f"{kept}.setProperties({{ a: 1 }}); {cached}.put('k', 'v', 60)")
    assert value(sheet, f"return [{kept}.getProperty('a'), {cached}.get('k'), {cached}.get('x')]") == ["1", "v", None]
    assert "too large" in refusal(sheet, f"{kept}.setProperty('a', 'x'.repeat(9300))")


def test_a_sheet_s_own_methods_agree_with_its_cells(plugin: Make) -> None:
    sheet = plugin([{"name": "a"}, {"name": "b"}])
    body = f"""const s = {TAB}; const r = s.getRange('B2:C3');
    return [s.getName(), s.getIndex(), s.getLastRow() > 2, r.getA1Notation(), r.getValues(),
      r.offset(1, 0, 1, 1).getValue(), r.getCell(2, 1).getDisplayValue(), s.getRange('B2').isBlank(),
      s.getDataRange().getRow(), s.getFrozenRows()];"""
    assert value(sheet, body) == ["KPI", 3, True, "B2:C3", [["a", ""], ["b", ""]], "b", "b", False, 1, 1]


def test_the_project_runs_alike_where_there_is_no_vm(plugin: Make) -> None:
    sheet = plugin(always={"plainRealm": True})
    opened = sheet.run("onOpen", authMode="LIMITED", event={"type": "open"})
    assert opened["menu"][0]["items"][0]["caption"] == "Sincronizar ahora"
    sheet.type_in(0, name="Leads")
    assert "target" in sheet.notes(0)
    assert 'data-view="write"' in sheet.run("showWrite")["sidebar"]["html"]
    assert value(sheet, "return [typeof fetch, typeof process, typeof globalThis]") == ["undefined"] * 3
