"""What comes after a row of values when a person drags the corner: numbers go on, the rest repeats."""

import re

from .document import Value

NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)


def continued(values: list[Value], offset: int) -> Value:
    """The value `offset` places after the first of `values` (negative is before)."""
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) == len(values) and len(values) > 1:
        return _on_the_line(numbers, offset)
    texts = [NUMBERED.fullmatch(value) for value in values if isinstance(value, str)]
    if len(texts) == len(values) and all(texts) and len({found[1] for found in texts if found}) == 1:
        return _numbered([found for found in texts if found], offset)
    return values[offset % len(values)]


def _on_the_line(numbers: list[int | float], offset: int) -> int | float:
    """A straight line, by least squares, through the values given."""
    count = len(numbers)
    mean_x, mean_y = (count - 1) / 2, sum(numbers) / count
    spread = sum((x - mean_x) ** 2 for x in range(count))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in enumerate(numbers)) / spread
    value = round(mean_y + slope * (offset - mean_x), 12)
    return int(value) if value == int(value) else value


def _numbered(texts: list[re.Match[str]], offset: int) -> str:
    numbers: list[int | float] = [int(found[2]) for found in texts]
    number = _on_the_line(numbers, offset) if len(numbers) > 1 else numbers[0] + offset
    return f"{texts[0][1]}{int(number):0{len(texts[0][2])}d}"
