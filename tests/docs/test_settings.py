"""The manual of the settings names every setting, and no other."""

import re
from dataclasses import fields
from pathlib import Path

from sync.settings import PREFIX, Settings

MANUAL = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_stands_in_the_manual() -> None:
    told = set(re.findall(r"^\| `(\w+(?:<\w+>)?)`", MANUAL.read_text(encoding="utf-8"), re.MULTILINE))
    families = {"secrets": "SECRET_<NAME>", "source_urls": "SOURCE_URL_<ID>"}
    assert told == {PREFIX + families.get(field.name, field.name.upper()) for field in fields(Settings)}
