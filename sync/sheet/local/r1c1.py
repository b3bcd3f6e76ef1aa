"""R1C1 text: R and C each with a number from 1, an offset from A1 in brackets, or nothing.

Rules: https://developers.google.com/workspace/sheets/api/guides/concepts#cell
"""

import re

NUMBER = r"[0-9]+|\[[0-9]+\]"
R1C1 = re.compile(rf"(?P<row>[Rr](?P<r>{NUMBER})?)?(?P<column>[Cc](?P<c>{NUMBER})?)?")

Axis = tuple[str, int] | None  # "#" and a number from 1, "[" and an offset, "" and 0; None where it is open
Corner = tuple[int | None, int | None]


def corners(halves: list[str]) -> tuple[Corner, Corner] | None:
    """First and last (row, column), zero-based, None where open; None when it is no R1C1 range.

    Google refuses a reversed pair of neighbouring numbers of one kind (R2C2:R1C1) and swaps other reversed pairs.
    """
    first, last = _corner(halves[0]), _corner(halves[-1])
    if first is None or last is None:
        return None
    for one, other in zip(first, last, strict=True):
        if one and other and one[0] == other[0] and one[1] == other[1] + 1:
            return None
    return (_index(first[0]), _index(first[1])), (_index(last[0]), _index(last[1]))


def _corner(text: str) -> tuple[Axis, Axis] | None:
    found = R1C1.fullmatch(text)
    if not found or not text:
        return None
    row, column = _axis(found["row"], found["r"], found["c"]), _axis(found["column"], found["c"], found["r"])
    return None if ("#", 0) in (row, column) else (row, column)


def _axis(letter: str | None, number: str | None, beside: str | None) -> Axis:
    """A letter without a number means the first; an absent one is open beside a number, else the first."""
    if number is None:
        return None if letter is None and beside is not None else ("", 0)
    return ("[", int(number[1:-1])) if number.startswith("[") else ("#", int(number))


def _index(axis: Axis) -> int | None:
    return None if axis is None else axis[1] - (axis[0] == "#")
