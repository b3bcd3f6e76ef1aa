"""The map of the house shows the house."""

from tests.docs.map import PAGE, rendered


def test_the_map_shows_every_room_with_its_own_first_sentence() -> None:
    assert PAGE.read_text(encoding="utf-8") == rendered(), "write it anew: python -m tests.docs.map"
