"""Colours and cell formats as Google keeps them.

Colours are kept in eight bits for each channel and answered as the shortest float32 of n/255. Every colour field
has a `...Style` twin that says the same (or names a theme colour); setting one sets both.
"""

import struct
from functools import cache
from typing import Any

from .document import Json
from .masks import Tree
from .schema import SHAPES


def _float32(number: float) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])


def shortest(number: float) -> float | int:
    """The shortest decimal that is the same float32; whole numbers come out as ints."""
    exact = _float32(number)
    for digits in range(1, 10):
        candidate = float(f"{exact:.{digits}g}")
        if _float32(candidate) == exact:
            return int(candidate) if candidate.is_integer() else candidate
    return exact


CHANNEL = [shortest(n / 255) for n in range(256)]
RGB = ("red", "green", "blue")

THEME_COLORS = {
    "TEXT": (0, 0, 0),
    "BACKGROUND": (255, 255, 255),
    "ACCENT1": (66, 133, 244),
    "ACCENT2": (234, 67, 53),
    "ACCENT3": (251, 188, 4),
    "ACCENT4": (52, 168, 83),
    "ACCENT5": (255, 109, 1),
    "ACCENT6": (70, 189, 198),
    "LINK": (17, 85, 204),
}


def channel_byte(number: float) -> int:
    """0.5 -> 127: eight bits, rounded down, in float32 as Google computes it."""
    return max(0, min(255, int(_float32(_float32(number) * 255))))


def color_of(red: int, green: int, blue: int) -> Json:
    """The Color message of three bytes; a zero channel is left out."""
    return {name: CHANNEL[n] for name, n in zip(RGB, (red, green, blue), strict=True) if n}


def color_bytes(color: Json) -> tuple[int, int, int]:
    red, green, blue = (channel_byte(color.get(name, 0)) for name in RGB)
    return red, green, blue


def tidy_color(color: Json) -> Json:
    return color_of(*color_bytes(color))


WHITE = color_of(255, 255, 255)


def style_color(style: Json, theme: dict[str, tuple[int, int, int]] | None = None) -> Json:
    """The plain colour that a ColorStyle stands for."""
    if "themeColor" in style:
        return color_of(*(theme or THEME_COLORS).get(style["themeColor"], (0, 0, 0)))
    return tidy_color(style.get("rgbColor", {}))


@cache
def twins(shape: str) -> tuple[tuple[str, str], ...]:
    """The (colour, style) field pairs of a message."""
    fields = SHAPES[shape]
    return tuple(
        (name, name + "Style") for name, kind in fields.items() if kind == "Color" and name + "Style" in fields
    )


@cache
def _inner(shape: str) -> tuple[tuple[str, str], ...]:
    """The fields of a message that may hold colours deeper down."""
    found = []
    for name, kind in SHAPES[shape].items():
        core = kind.removeprefix("[]").removeprefix("{}")
        if core in SHAPES and core not in ("Color", "ColorStyle") and _holds_color(core, ()):
            found.append((name, kind))
    return tuple(found)


def _holds_color(shape: str, seen: tuple[str, ...]) -> bool:
    if shape in ("Color", "ColorStyle"):
        return True
    if shape in seen:
        return False
    cores = {kind.removeprefix("[]").removeprefix("{}") for kind in SHAPES[shape].values()}
    return any(core in SHAPES and _holds_color(core, (*seen, shape)) for core in cores)


def tidy(message: Json, shape: str) -> Json:
    """The message with every colour quantised and every twin filled in."""
    out = dict(message)
    for color, style in twins(shape):
        if out.get(style):
            out[color] = style_color(out[style])
            out[style] = out[style] if "themeColor" in out[style] else {"rgbColor": out[color]}
        elif color in out:
            out[color] = tidy_color(out[color])
            out[style] = {"rgbColor": out[color]}
        elif style in out:
            del out[style]  # a style that names no colour says: none
    if shape in ("ColorStyle",) and "rgbColor" in out:
        out["rgbColor"] = tidy_color(out["rgbColor"])
    lone = (name for name, kind in SHAPES[shape].items() if kind == "ColorStyle" and name in out)
    for name in lone:
        out[name] = tidy(out[name], "ColorStyle")
    for name, kind in _inner(shape):
        if name in out:
            out[name] = _tidy_field(out[name], kind)
    return out


def _tidy_field(value: Any, kind: str) -> Any:
    if kind.startswith("[]"):
        return [tidy(item, kind[2:]) for item in value]
    if kind.startswith("{}"):
        return {key: tidy(item, kind[2:]) for key, item in value.items()}
    return tidy(value, kind)


def with_twins(tree: Tree, shape: str) -> Tree:
    """A write mask that names a colour also speaks of its twin."""
    core = shape.removeprefix("[]").removeprefix("{}")
    if not tree or core not in SHAPES:
        return tree
    out = {name: with_twins(inner, SHAPES[core][name]) for name, inner in tree.items() if name in SHAPES[core]}
    for color, style in twins(core):
        if color in out or style in out:
            out[color] = {}
            out[style] = {}
    return out


def default_text() -> Json:
    return {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    }


def default_format() -> Json:
    """The defaultFormat of a new workbook."""
    return {
        "backgroundColor": WHITE,
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": default_text(),
        "backgroundColorStyle": {"rgbColor": WHITE},
    }


def default_theme() -> Json:
    """The spreadsheetTheme of a new workbook."""
    return {
        "primaryFontFamily": "Arial",
        "themeColors": [
            {"colorType": name, "color": {"rgbColor": color_of(*rgb)}} for name, rgb in THEME_COLORS.items()
        ],
    }


def layered(base: Json, over: Json | None) -> Json:
    """`base` with what `over` sets; messages inside are layered, borders and colours replaced whole."""
    if not over:
        return base
    out = dict(base)
    for name, value in over.items():
        if name in ("textFormat", "padding", "borders") and name in out:
            out[name] = out[name] | value
        else:
            out[name] = value
    return out


def tidy_borders(borders: Json) -> Json:
    """Each border with its width in pixels and both colour twins; NONE is no border."""
    out = {}
    for side in ("top", "bottom", "left", "right"):
        border = borders.get(side)
        if not border:
            continue
        kept = tidy_border(border)
        if kept:
            out[side] = kept
    return out


WIDTHS = {"DOTTED": 1, "DASHED": 1, "SOLID": 1, "SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}


def tidy_border(border: Json) -> Json | None:
    """A Border as it is kept; None when it takes the line away."""
    style = border.get("style", "STYLE_UNSPECIFIED")
    if style in ("NONE", "STYLE_UNSPECIFIED") and not border.get("width"):
        return None
    if style == "STYLE_UNSPECIFIED":
        style = {1: "SOLID", 2: "SOLID_MEDIUM"}.get(border.get("width", 1), "SOLID_THICK")
    color = tidy({"color": {}} | border, "Border")
    return {
        "style": style,
        "width": WIDTHS.get(style, 1),
        "color": color["color"],
        "colorStyle": color["colorStyle"],
    }


def tidy_format(message: Json) -> Json:
    """A CellFormat of a request in its kept form."""
    out = tidy(message, "CellFormat")
    if "borders" in out:
        out["borders"] = tidy_borders(out["borders"])
        if not out["borders"]:
            del out["borders"]
    number = out.get("numberFormat")
    if number is not None and not number.get("type"):
        out["numberFormat"] = {"type": "NUMBER"} | number
    return out
