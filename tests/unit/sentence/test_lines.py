"""Lines in, rows out."""

import json
import subprocess
import sys
from datetime import date

from sync.sentence import parse_lines

TODAY = date(2026, 1, 15)


def rows(*lines, lang=None):
    return list(parse_lines(lines, TODAY, lang))


def test_a_plain_line_is_a_sentence_with_its_number_as_id():
    (row,) = rows("Aumentar las ventas un 20 %")
    assert (row["id"], row["lang"], row["target"], row["due"]) == ("1", "es", 20, None)


def test_a_json_line_brings_its_id_and_language():
    (row,) = rows('{"id": "a7", "text": "NPS 60", "lang": "es-MX"}')
    assert (row["id"], row["lang"]) == ("a7", "es")


def test_the_option_is_the_language_of_lines_that_have_none():
    assert rows("NPS 60", lang="es")[0]["lang"] == "es"


def test_a_broken_line_is_a_row_with_an_error_and_the_next_is_read():
    broken, other, listed, good = rows('{"id": 1, "text": ', '{"id": 2}', '{"text": ["x"]}', "Reach 10 leads")
    assert "error" in broken and "error" in other and "error" in listed
    assert good["id"] == "4" and good["target"] == 10


def test_empty_lines_are_left_out():
    assert rows("", "   ", "\n") == []


def test_a_row_is_json_with_iso_dates():
    (row,) = rows("Reach 40.000 followers by June 30, 2026")
    again = json.loads(json.dumps(row))
    assert again["due"] == "2026-06-30"
    assert again["alternatives"] == [{"text": "40.000", "taken": 40000.0, "other": 40.0}]
    assert again["smart"] == {"specific": True, "measurable": True, "time_bound": True}


def test_the_module_runs_by_itself():
    command = [sys.executable, "-m", "sync.sentence", "--today", "2026-01-15"]
    done = subprocess.run(command, input="Vender 10 casas en 30 días\n", capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["due"] == "2026-02-14"


def test_parsing_does_not_import_babel():
    code = (
        "import sys, datetime, sync.sentence as s; s.parse_sentence('x', datetime.date.today());"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
