"""CSV and JSON files beneath the operator's folder."""

import json
import time

import pytest

from sync.sources import FetchLimits
from tests.source_builders import context, failure, fetch, kpi, readings, series


def from_file(folder, content, name="x.csv", metric="Leads", locale="es_ES", **fields):
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return fetch(kpi(f"{name.rpartition('.')[2]}:{name}", metric, **fields), context(folder, locale))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    content = "día,campaña,Leads\n2026-03-31,otoño,4\n".encode(encoding)
    assert readings(from_file(tmp_path, content, filter="campaña=OTOÑO")) == [("2026-03-31", 4.0)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path, separator):
    content = "date,note,Leads\n2026-03-30,a,4\n2026-03-31,b,5\n".replace(",", separator)
    assert readings(from_file(tmp_path, content)) == [("2026-03-30", 4.0), ("2026-03-31", 5.0)]


def test_a_semicolon_file_with_decimal_commas(tmp_path):
    content = "fecha;Leads\n30/03/2026;4,5\n31/03/2026;1.234,5\n"
    assert readings(from_file(tmp_path, content)) == [("2026-03-30", 4.5), ("2026-03-31", 1234.5)]


def test_a_comma_file_is_made_by_a_machine_and_its_point_is_decimal(tmp_path):
    found = series(from_file(tmp_path, "date,Leads\n2026-03-31,1.234\n"))
    assert found.points[0].value == 1.234
    assert found.provenance.flags == ("ambiguous_numbers",)


def test_titles_above_the_headings_and_blank_lines_are_passed_over(tmp_path):
    content = "# Informe\n\nsep=,\ndate,Leads\n\n2026-03-31,4\n"
    assert readings(from_file(tmp_path, content)) == [("2026-03-31", 4.0)]


def test_short_and_long_rows_and_quoted_line_breaks(tmp_path):
    content = 'date,note,Leads\n2026-03-29\n2026-03-30,"a\nb",4,5,6\n2026-03-31,"say ""hi""",5\n'
    assert readings(from_file(tmp_path, content)) == [
        ("2026-03-29", None),
        ("2026-03-30", 4.0),
        ("2026-03-31", 5.0),
    ]


def test_american_dates_are_told_by_their_own_column(tmp_path):
    content = "date,Leads\n03/04/2026,1\n03/31/2026,2\n"
    assert readings(from_file(tmp_path, content)) == [("2026-03-04", 1.0), ("2026-03-31", 2.0)]


def test_days_and_months_that_nothing_tells_apart_are_flagged(tmp_path):
    found = series(from_file(tmp_path, "date,Leads\n03/04/2026,1\n05/06/2026,2\n"))
    assert [point.on.isoformat() for point in found.points] == ["2026-04-03", "2026-06-05"]
    assert found.provenance.flags == ("ambiguous_dates",)


def test_a_country_called_na_is_no_missing_value(tmp_path):
    content = "date,country,Leads\n2026-03-30,NA,1\n2026-03-31,,2\n"
    assert readings(from_file(tmp_path, content, filter="country=NA")) == [("2026-03-30", 1.0)]
    assert readings(from_file(tmp_path, content, filter="country=")) == [("2026-03-31", 2.0)]


def test_text_that_looks_like_nothing_stays_missing(tmp_path):
    content = "date,Leads\n2026-03-29,\n2026-03-30,NaN\n2026-03-31,0\n"
    assert [value for _, value in readings(from_file(tmp_path, content))] == [None, None, 0.0]


def test_twenty_thousand_headings_fail_at_once(tmp_path):
    start = time.monotonic()
    found = failure(from_file(tmp_path, "date," + "a," * 20_000 + "\n" + "1," * 20_001))
    assert found.code == "table_too_big"
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("date,Leads\n" + "x" * 10_001 + ",1\n", "table_too_big"),
        ("date,Leads\n" + "x" * 200_000 + ",1\n", "table_too_big"),
        ("date,Leads\n" + "2026-01-01,1\n" * 200_001, "table_too_big"),
        ("", "empty_table"),
        ("\n\n ,\n", "empty_table"),
        ("<!DOCTYPE html><p>Sign in</p>", "not_a_table"),
        (b"PK\x03\x04rest", "not_a_table"),
        (b"a\0b,c\0d", "not_a_table"),
        ('date,Leads\n2026-03-31,"4\n2026-04-01,5\n', "broken_table"),
        ("date,Leeds\n2026-03-31,4\n", "missing_column"),
        ("when,Leads\n2026-03-31,4\n", "missing_date_column"),
    ],
)
def test_what_is_no_usable_table_fails_by_name(tmp_path, content, code):
    assert failure(from_file(tmp_path, content)).code == code


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"x" * 2000)
    small = FetchLimits(file=1000)
    assert failure(fetch(kpi("csv:x.csv"), context(tmp_path, limits=small))).code == "too_large"


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/passwd", "a/../../x.csv", "C:\\x.csv", "\\\\host\\x.csv", "a\0.csv", "C:x.csv"]
)
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "x.csv").write_text("date,Leads\n2026-03-31,4\n")
    assert failure(fetch(kpi(f"csv:{name}"), context(folder))).code == "outside_folder"


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("date,Leads\n2026-03-31,4\n")
    (folder / "x.csv").symlink_to(tmp_path / "secret.csv")
    assert failure(fetch(kpi("csv:x.csv"), context(folder))).code == "outside_folder"


def test_a_file_that_is_not_there_or_is_a_folder_is_not_found(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert failure(fetch(kpi("csv:gone.csv"), context(tmp_path))).code == "file_not_found"
    assert failure(fetch(kpi("csv:folder.csv"), context(tmp_path))).code == "file_not_found"
    assert failure(fetch(kpi("csv:gone/x.csv"), context(tmp_path / "none"))).code == "file_not_found"


ROWS = [{"date": "2026-03-30", "Leads": 4}, {"date": "2026-03-31", "Leads": "5", "totals": {"x": 2}}]


@pytest.mark.parametrize(
    "shape",
    [ROWS, {"data": ROWS}, {"meta": {"n": 2}, "rows": ROWS}, {"date": ["2026-03-30", "2026-03-31"], "Leads": [4, 5]}],
)
def test_shapes_of_json(tmp_path, shape):
    found = from_file(tmp_path, json.dumps(shape), "x.json")
    assert readings(found) == [("2026-03-30", 4.0), ("2026-03-31", 5.0)]


def test_a_nested_field_has_a_dot(tmp_path):
    found = from_file(tmp_path, json.dumps(ROWS), "x.json", metric="totals.x")
    assert readings(found) == [("2026-03-30", None), ("2026-03-31", 2.0)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[" * 100_000, "not_a_table"),
        ("nope", "not_a_table"),
        ('"text"', "not_a_table"),
        ("[1, 2]", "not_a_table"),
        ("[]", "empty_table"),
        ("{}", "not_a_table"),
        ('[{"date": "2026-03-31", "Leads": ' + "9" * 5000 + "}]", "not_a_table"),
        ("[" + json.dumps({f"c{n}": n for n in range(600)}) + "]", "table_too_big"),
        ('[{"date": "2026-03-31", "Leads": [1]}]', None),
        ('[{"date": "2026-03-31", "Leads": 1e999}]', None),
    ],
)
def test_hostile_json_fails_by_name(tmp_path, content, code):
    found = from_file(tmp_path, content, "x.json")
    if code is None:
        assert readings(found) == [("2026-03-31", None)]
    else:
        assert failure(found).code == code


def test_a_file_named_csv_that_holds_json_is_read_as_json(tmp_path):
    assert len(series(from_file(tmp_path, json.dumps(ROWS))).points) == 2
