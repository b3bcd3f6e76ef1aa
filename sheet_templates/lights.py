"""The conditional-format rules of a tab: lights that need `computed for` = id and `good until` >= TODAY().

The formulas hold no argument separator on purpose: a rule's text is read in the workbook's locale, where a comma may be
a decimal mark, so AND(a, b) would break in Spain. Products and sums of comparisons read alike everywhere.
"""

from typing import Any

from sheet_templates.layout import Tab, vocabulary

Request = dict[str, Any]

GREEN = ("#CDEFD6", "#0B5B2A")
AMBER = ("#FFE9B0", "#6B4300")
RED = ("#FBD3D0", "#8C1D18")
GREY = ("#E8EAED", "#5F6368")
COLOURS = {
    "green": (GREEN, ("achieved", "on_track")),
    "amber": (AMBER, ("at_risk",)),
    "red": (RED, ("off_track", "missed")),
}

PLAN, OBJECTIVE, GAPS = "Σ", "◎", "!"  # what a Scorecard row stands for; a KPI's row has no sign
BLOCKS = {PLAN: ("#1F3A5F", "#FFFFFF"), OBJECTIVE: ("#DFE7F1", "#1F3A5F"), GAPS: ("#1F3A5F", "#FFFFFF")}


def light_rules(tab: Tab) -> list[Request]:
    """The rules of a tab that has a status, as addConditionalFormatRule requests.

    Of the rules that hold for a cell the first alone gives its format, so each brings all that it needs.
    """
    keys = {column.key for column in tab.columns}
    if "status" not in keys:
        return []
    lit = [_rule(tab, _lit(tab, keys), _formula(tab, keys, codes), *pair) for pair, codes in COLOURS.values()]
    grey = _rule(tab, ("status",), f"=LEN({_cell(tab, 'status')})>0", *GREY)
    ours = tuple(column.key for column in tab.ours)
    stale = _rule(
        tab, ours, f"=(LEN({_cell(tab, 'good_until')})>0)*({_cell(tab, 'good_until')}<TODAY())>0", None, GREY[1]
    )
    wrong = []
    if "id" in keys:
        target, key = _cell(tab, "computed_for"), _cell(tab, "id")
        wrong = [_rule(tab, ours, f"=(LEN({target})>0)*({target}<>{key})>0", GREY[0], "#9AA0A6", strike=True)]
    rules = [*wrong, *(_blocks(tab) if "kind" in keys else ()), *lit, grey, stale]
    return [{"addConditionalFormatRule": {"rule": rule, "index": index}} for index, rule in enumerate(rules)]


def _blocks(tab: Tab) -> list[Request]:
    """Rows that stand for several KPIs: bold on a ground of their own, the light only in the status."""
    keys, kind = {column.key for column in tab.columns}, _cell(tab, "kind")
    rest = tuple(column.key for column in tab.columns if column.key != "status")
    lit = [
        _rule(tab, ("status",), _formula(tab, keys, codes, f"(LEN({kind})>0)*"), *pair, bold=True)
        for pair, codes in COLOURS.values()
    ]
    grey = _rule(tab, ("status",), f"=(LEN({kind})>0)*(LEN({_cell(tab, 'status')})>0)>0", *GREY, bold=True)
    title = _rule(tab, ("status",), f'={kind}="{GAPS}"', *BLOCKS[GAPS])
    grounds = [_rule(tab, rest, f'={kind}="{sign}"', *pair, bold=True) for sign, pair in BLOCKS.items()]
    return [*lit, grey, title, *grounds]


def letters(position: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text


def colour(hexadecimal: str) -> dict[str, float]:
    """#RRGGBB as the API's colour."""
    red, green, blue = (int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return {"red": red, "green": green, "blue": blue}


def _lit(tab: Tab, keys: set[str]) -> tuple[str, ...]:
    return ("status", "name") if "name" in keys else ("status",)


def _formula(tab: Tab, keys: set[str], codes: tuple[str, ...], only: str = "") -> str:
    status, until = _cell(tab, "status"), _cell(tab, "good_until")
    words = vocabulary("status").words
    symbols = "+".join(f'(LEFT({status})="{words[code]["symbol"]}")' for code in codes)
    guard = f"({_cell(tab, 'computed_for')}={_cell(tab, 'id')})*" if "id" in keys else ""
    return f"={only}(LEN({_cell(tab, 'computed_for')})>0)*{guard}({until}>=TODAY())*({symbols})>0"


def _cell(tab: Tab, key: str) -> str:
    return f"${letters(tab.position(key))}2"


def _rule(
    tab: Tab,
    keys: tuple[str, ...],
    formula: str,
    back: str | None,
    fore: str,
    *,
    strike: bool = False,
    bold: bool = False,
) -> Request:
    text: dict[str, Any] = {"foregroundColorStyle": {"rgbColor": colour(fore)}}
    if strike:
        text["strikethrough"] = True
    if bold:
        text["bold"] = True
    form: dict[str, Any] = {"textFormat": text}
    if back:
        form["backgroundColorStyle"] = {"rgbColor": colour(back)}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return {"ranges": _ranges(tab, keys), "booleanRule": {"condition": condition, "format": form}}


def _ranges(tab: Tab, keys: tuple[str, ...]) -> list[dict[str, int]]:
    return [
        {
            "sheetId": tab.id,
            "startRowIndex": 1,
            "startColumnIndex": tab.position(key),
            "endColumnIndex": tab.position(key) + 1,
        }
        for key in keys
    ]
