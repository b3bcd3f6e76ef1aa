"""Formulas: what they give, and how they follow their cells."""

import time

import pytest

from sync.sheet.local import values
from sync.sheet.local.document import Cell, CellError, Formula, Workbook
from sync.sheet.local.formulas.engine import results_of
from sync.sheet.local.formulas.rewrite import shifted
from sync.sheet.local.library import new_workbook
from sync.sheet.local.typed import read_typed


def book(cells: dict[str, object], locale: str = "en_US") -> Workbook:
    made = new_workbook("w", "W")
    made.props = made.props | {"locale": locale}
    writer = values.Writer(made, "USER_ENTERED")
    for where, value in cells.items():
        writer.write({"range": where, "values": [[value]]}, "")
    return made


def result(formula: str, cells: dict[str, object] | None = None, locale: str = "en_US"):
    made = book({**(cells or {}), "Z1": formula}, locale)
    return results_of(made).values[0][(0, 25)]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", 7),
        ("=-2^2", 4),
        ("=2^3^2", 64),
        ("=10%", 0.1),
        ('="a"&1', "a1"),
        ('="A"="a"', True),
        ('=EXACT("A","a")', False),
        ("=1/4", 0.25),
        ("=IF(1>2,1,2)", 2),
        ('=IFERROR(1/0,"no")', "no"),
        ("=AND(TRUE,1)", True),
        ("=NOT(FALSE)", True),
        ('=LEFT("▲ ok")', "▲"),
        ('=LEN("abc")', 3),
        ('=MID("abcd",2,2)', "bc"),
        ('=SUBSTITUTE("a-b-c","-","+",2)', "a-b+c"),
        ('=TEXT(46053,"yyyy-mm-dd")', "2026-01-31"),
        ("=DATE(2026,1,31)", 46053),
        ("=YEAR(46053)", 2026),
        ("=EDATE(46053,1)", 46081),
        ("=ROUND(2.345,2)", 2.35),
        ("=MOD(-1,3)", 2),
        ("=SUM(1,2,3)", 6),
        ("=MAX(1,5,2)", 5),
        ('=REGEXMATCH("abc","b.")', True),
        ('=TEXTJOIN("-",TRUE,"a","","b")', "a-b"),
        ("=LET(x,5,x*2)", 10),
        ("=SUMPRODUCT({1,2},{3,4})", 11),
        ('=SWITCH(2,1,"a",2,"b")', "b"),
        ('=DATEDIF(DATE(2026,1,1),DATE(2026,3,15),"M")', 2),
        ("=ISBLANK(A1)", True),
        ("=A1", 0),
        ("=A1+1", 1),
    ],
)
def test_formulas_without_cells(formula, value):
    assert result(formula) == value


TABLE = {"A1": "K1", "B1": 10, "A2": "K2", "B2": 20, "A3": "k1", "B3": 30, "C1": "=B1*2", "C2": "=C1+B2"}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(B1:B3)", 60),
        ("=SUM(B:B)", 60),
        ("=AVERAGE(B1:B3)", 20),
        ('=SUMIF(A1:A3,"K1",B1:B3)', 40),
        ('=COUNTIF(B1:B3,">=20")', 2),
        ('=SUMIFS(B1:B3,A1:A3,"K*",B1:B3,"<30")', 30),
        ('=VLOOKUP("K2",A1:B3,2,FALSE)', 20),
        ('=XLOOKUP("K2",A1:A3,B1:B3)', 20),
        ('=IFNA(XLOOKUP("zz",A1:A3,B1:B3),"")', ""),
        ('=INDEX(B1:B3,MATCH("K2",A1:A3,0))', 20),
        ("=C2", 40),
        ("=SUM(C1:C2)", 60),
        ("=COUNTA(A1:A9)", 3),
        ("=LARGE(B1:B3,2)", 20),
        ("=SUM(FILTER(B1:B3,B1:B3>10))", 50),
        ("=ROWS(UNIQUE(A1:A3))", 2),
        ("=OFFSET(B1,1,0)", 20),
        ("=Sheet1!B2", 20),
        ("='Sheet1'!B2+1", 21),
        ("=ARRAYFORMULA(SUM(B1:B3*2))", 120),
    ],
)
def test_formulas_over_cells(formula, value):
    assert result(formula, TABLE) == value


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("=1/0", "DIVIDE_BY_ZERO"),
        ('=1+"x"', "VALUE"),
        ("=NOSUCHFUNCTION(1)", "NAME"),
        ("=no_such_name", "NAME"),
        ("=Nope!A1", "REF"),
        ('=VLOOKUP("zz",A1:B3,2,FALSE)', "N_A"),
        ("=1+", "ERROR"),
        ("=Z1", "REF"),
        ("=SQRT(-1)", "NUM"),
        ("=9^9^9^9", "NUM"),
        ("=" + "(" * 3000 + "1" + ")" * 3000, "ERROR"),
    ],
)
def test_errors_are_values(formula, kind):
    found = result(formula, TABLE)
    assert isinstance(found, CellError)
    assert found.kind == kind


def test_a_long_chain_needs_no_deep_recursion():
    cells: dict[str, object] = {"A1": 1} | {f"A{n}": f"=A{n - 1}+1" for n in range(2, 900)}
    assert results_of(book(cells)).values[0][(898, 0)] == 899


def test_a_sum_over_many_formulas_is_quick():
    cells: dict[str, object] = {"A1": "=SUM(B:B)"} | {f"B{n}": f"={n}+0" for n in range(1, 1000)}
    start = time.perf_counter()
    assert results_of(book(cells)).values[0][(0, 0)] == 999 * 500
    assert time.perf_counter() - start < 2


def test_a_circle_is_an_error_in_every_cell_of_it():
    found = results_of(book({"A1": "=B1", "B1": "=C1", "C1": "=A1+1", "D1": "=1"})).values[0]
    assert all(isinstance(found[(0, column)], CellError) for column in range(3))
    assert found[(0, 3)] == 1


def test_arrays_spill_and_stop_at_what_is_there():
    spilled = results_of(book({"A1": "=SEQUENCE(3)"})).values[0]
    assert [spilled[(row, 0)] for row in range(3)] == [1, 2, 3]
    blocked = results_of(book({"A1": "=SEQUENCE(3)", "A2": "x"})).values[0]
    assert isinstance(blocked[(0, 0)], CellError)


def test_commas_are_decimal_signs_in_spain():
    assert result("=SUM(1,5;2)", locale="es_ES") == 3.5


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=A1", "=B2"),
        ("=$A1", "=$A2"),
        ("=A$1", "=B$1"),
        ("=$A$1", "=$A$1"),
        ("=SUM(A1:B2)", "=SUM(B2:C3)"),
        ("=SUM(A:A)", "=SUM(B:B)"),
        ("=Sheet2!A1", "=Sheet2!B2"),
        ('="A1"&A1', '="A1"&B2'),
        ("=LOG10(A1)", "=LOG10(B2)"),
    ],
)
def test_a_copied_formula_reads_relative_to_its_place(formula, moved):
    assert shifted(Formula(formula), 1, 1) == Formula(moved)


def test_a_reference_pushed_off_the_grid_is_lost():
    assert shifted(Formula("=A1"), -1, 0) == Formula("=#REF!")


def test_what_the_own_evaluator_lacks_is_asked_of_the_engine():
    pytest.importorskip("ironcalc", reason="the optional formula engine is not installed")
    assert result("=BIN2DEC(101)") == 5


def test_cells_compare_by_value():
    assert Cell(read_typed("1", values.locale_of("en_US")).value) == Cell(1)
