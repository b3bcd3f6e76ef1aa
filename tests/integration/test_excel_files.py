"""Excel and OpenDocument files, written by other programs' libraries, beneath the operator's folder."""

import time
import zipfile
from datetime import date, datetime

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from sync.sources import FetchLimits, parse_source
from tests.source_builders import context, failure, fetch, kpi, readings, series


def saved(path, rows, *others):
    """An .xlsx with a sheet `Ventas` of these rows, and further sheets of that name."""
    book = Workbook()
    book.active.title = "Ventas"
    for row in rows:
        book.active.append(row)
    for other in others:
        book.create_sheet(other)
    book.save(path)
    return path


NOON = datetime.fromisoformat("2026-06-29T13:05")  # Excel knows no zones
ROWS = [("fecha", "pedidos", "canal"), (date(2026, 6, 28), 4, "web"), (NOON, 5.5, "tienda")]


def ask(folder, source="x.xlsx", metric="pedidos", limits=None, **fields):
    return fetch(kpi(source, metric, **fields), context(folder, limits=limits))


@pytest.mark.parametrize(
    "source", ["x.xlsx", "excel:x.xlsx", "Excel: x.xlsx # ventas", "x.xlsx#Ventas", "xlsx:x.xlsx#VENTAS"]
)
def test_a_sheet_is_named_behind_the_number_sign(tmp_path, source):
    saved(tmp_path / "x.xlsx", ROWS, "Otra")
    assert readings(ask(tmp_path, source)) == [("2026-06-28", 4.0), ("2026-06-29", 5.5)]


def test_a_name_without_a_kind_is_told_by_its_ending():
    kinds = {parse_source(f"a.{ending}#B").kind for ending in ("xlsx", "xlsm", "xlsb", "xls", "ods", "XLSX")}
    assert kinds == {"excel"}
    assert parse_source("https://example.org/a.xlsx").kind == "csv"  # an address is read as text or not at all


def test_filters_and_ratios_are_those_of_every_table(tmp_path):
    rows = [("fecha", "pedidos", "visitas", "canal"), (date(2026, 6, 28), 1, 8, "web"), (date(2026, 6, 29), 9, 9, "x")]
    saved(tmp_path / "x.xlsx", rows)
    assert readings(ask(tmp_path, metric="pedidos / visitas", filter="canal=WEB")) == [("2026-06-28", 12.5)]


def test_titles_above_the_headings_and_empty_cells(tmp_path):
    saved(tmp_path / "x.xlsx", [("Informe de ventas",), (), ("fecha", "pedidos"), (date(2026, 6, 28), None)])
    found = ask(tmp_path)
    assert readings(found) == [("2026-06-28", None)]
    assert series(found).provenance.flags == ("missing_values",)


def with_formulas(path, *cells):
    """The file with cells that a program computed: (what was written, formula, what it showed last, its type)."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for written, formula, shown, kind in cells:
        before = f'<c r="{written}" t="n"><v>0</v></c>'
        assert before in sheet
        sheet = sheet.replace(before, f'<c r="{written}" t="{kind}"><f>{formula}</f><v>{shown}</v></c>')
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def test_formulas_count_as_last_computed_and_an_error_is_missing(tmp_path):
    rows = [("fecha", "pedidos"), *((date(2026, 6, day), 0) for day in (26, 27, 28))]
    path = saved(tmp_path / "x.xlsx", rows)
    with_formulas(path, ("B2", "20+22", "42", "n"), ("B3", "1/0", "#DIV/0!", "e"))
    found = ask(tmp_path)
    assert readings(found) == [("2026-06-26", 42.0), ("2026-06-27", None), ("2026-06-28", 0.0)]
    assert series(found).provenance.flags


def test_an_opendocument_file(tmp_path):
    table = Table(name="Ventas")
    for day, value in (("fecha", "pedidos"), ("2026-06-28", 4), ("2026-06-29", 5)):
        row = TableRow()
        for cell in (day, value):
            number = isinstance(cell, int)
            kept = TableCell(valuetype="float", value=cell) if number else TableCell(valuetype="string")
            kept.addElement(P(text=str(cell)))
            row.addElement(kept)
        table.addElement(row)
    book = OpenDocumentSpreadsheet()
    book.spreadsheet.addElement(table)
    book.save(tmp_path / "x.ods")
    assert readings(ask(tmp_path, "x.ods#Ventas")) == [("2026-06-28", 4.0), ("2026-06-29", 5.0)]


def test_a_sheet_that_is_not_there_is_answered_with_the_nearest(tmp_path):
    saved(tmp_path / "x.xlsx", ROWS, "Costes")
    found = failure(ask(tmp_path, "x.xlsx#Ventsa"))
    assert (found.code, found.facts["known"]) == ("missing_sheet", "Ventas, Costes")


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_told(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    assert failure(ask(tmp_path)).code == "not_a_workbook"


def test_an_empty_sheet_is_told(tmp_path):
    saved(tmp_path / "x.xlsx", [])
    assert failure(ask(tmp_path)).code == "empty_table"


@pytest.mark.parametrize("name", ["../x.xlsx", "/etc/x.xlsx", "a/../../x.xlsx", "link.xlsx"])
def test_only_the_one_folder_is_read(tmp_path, name):
    folder = tmp_path / "files"
    folder.mkdir()
    saved(tmp_path / "x.xlsx", ROWS)
    (folder / "link.xlsx").symlink_to(tmp_path / "x.xlsx")
    assert failure(ask(folder, f"excel:{name}")).code == "outside_folder"


def test_one_cell_in_the_farthest_corner_costs_no_memory_of_ours(tmp_path):
    book = Workbook()
    book.active.append(["fecha", "pedidos"])
    book.active.cell(1_048_576, 16_384, 1)
    book.save(tmp_path / "x.xlsx")
    assert (tmp_path / "x.xlsx").stat().st_size < 10_000
    began = time.monotonic()
    assert failure(ask(tmp_path)).code == "table_too_big"
    assert time.monotonic() - began < 5


def test_a_cell_that_is_too_long_is_refused(tmp_path):
    saved(tmp_path / "x.xlsx", [("fecha", "pedidos"), (date(2026, 6, 28), "x" * 10_001)])
    assert failure(ask(tmp_path)).code == "table_too_big"


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    saved(tmp_path / "x.xlsx", ROWS)
    found = failure(ask(tmp_path, limits=FetchLimits(batch=0.001)))
    assert (found.code, found.permanent) == ("too_slow", False)


def test_kpis_of_one_sheet_are_read_once(tmp_path, monkeypatch):
    from sync.sources import excel, fetch_all
    from tests.source_builders import snapshot

    saved(tmp_path / "x.xlsx", ROWS)
    read, real = [], excel.read_file
    monkeypatch.setattr(excel, "read_file", lambda *args: read.append(1) or real(*args))
    fetch_all([kpi("x.xlsx", "pedidos", id=f"k{n}") for n in range(20)], snapshot(), context(tmp_path))
    assert len(read) == 1
