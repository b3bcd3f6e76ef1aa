"""How wide a text is, roughly: the widths of a plain sans serif's letters, as shares of the font's size."""

# Pixels of the default font's size and what a column has around its text; fitted to one measured column of 1,024
# capital A's, 9,483 pixels wide.
SIZE, AROUND = 13.8667, 12
CLASSES = {
    "ijl'|": 0.222,
    " !,./:;I[]\\ft": 0.278,
    '()-`r"': 0.333,
    "^*": 0.43,
    "Jckstvxyz": 0.5,
    "+<=>~": 0.584,
    "FTZ": 0.611,
    "ABEKPSVXY&": 0.667,
    "CDHNRUw": 0.722,
    "GOQ": 0.778,
    "Mm": 0.833,
    "%": 0.889,
    "W": 0.944,
    "@": 1.015,
}
WIDTHS = {letter: width for letters, width in CLASSES.items() for letter in letters}


def width_of(text: str) -> int:
    """Pixels of a column that fits the text's longest line."""
    longest = max(sum(WIDTHS.get(letter, 0.556) for letter in line) for line in text.split("\n"))
    return round(longest * SIZE + AROUND)
