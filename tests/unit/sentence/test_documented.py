"""docs/parse.md tells of every field and value that the parser can answer, in both languages."""

import dataclasses
import re
from pathlib import Path

from sync.sentence import ParsedSentence
from sync.sentence.words.channels import CHANNELS
from sync.sentence.words.units import CADENCES
from sync.sentence.words.written import VERBS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "parse.md").read_text(encoding="utf-8")
ROWS = {
    name: (english, spanish) for name, english, spanish in re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", PAGE, re.M)
}


def test_the_table_lists_the_fields_in_their_order():
    assert list(ROWS) == [field.name for field in dataclasses.fields(ParsedSentence)]


def test_every_field_is_told_in_both_languages():
    assert all(len(english) > 3 and len(spanish) > 3 and english != spanish for english, spanish in ROWS.values())


def test_every_channel_direction_and_cadence_is_named():
    assert [name for name, _ in CHANNELS if f"`{name}`" not in ROWS["channel"][0]] == []
    assert [name for name in VERBS["es"] if f"`{name}`" not in ROWS["direction"][0]] == []
    assert [name for name in CADENCES if f"`{name}`" not in ROWS["period"][0]] == []


def test_every_warning_is_named():
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).resolve().parents[3] / "sync/sentence").glob("*.py")
    )
    given = set(re.findall(r'warnings\.append\("(\w+)"\)', source))
    assert given == set(re.findall(r"`(\w+)`", ROWS["warnings"][0]))
