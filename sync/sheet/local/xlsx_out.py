"""A workbook as xlsx: values, formulas, formats, notes, validation, conditional formats, sizes, merges, names."""

import io
import re
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from .document import Cell, CellError, Formula, Json, Tab, Workbook
from .formats import color_bytes
from .locales import locale_of
from .ranges import a1_of, box_of, letters, quote_title
from .view import ERROR_TEXT, CellView, pattern_of

SIDES = {
    "DOTTED": "dotted",
    "DASHED": "dashed",
    "SOLID": "thin",
    "SOLID_MEDIUM": "medium",
    "SOLID_THICK": "thick",
    "DOUBLE": "double",
}
ALIGN = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
VERTICAL = {"TOP": "top", "MIDDLE": "center", "BOTTOM": "bottom"}
# openpyxl's own annotations are thinner than what it takes.
scale_rule: Any = ColorScaleRule
formula_rule: Any = FormulaRule
cell_rule: Any = CellIsRule
excel_validation: Any = DataValidation
excel_side: Any = Side
excel_border: Any = Border
COMPARED = {
    "NUMBER_GREATER": "greaterThan",
    "NUMBER_GREATER_THAN_EQ": "greaterThanOrEqual",
    "NUMBER_LESS": "lessThan",
    "NUMBER_LESS_THAN_EQ": "lessThanOrEqual",
    "NUMBER_EQ": "equal",
    "NUMBER_NOT_EQ": "notEqual",
    "NUMBER_BETWEEN": "between",
    "NUMBER_NOT_BETWEEN": "notBetween",
    "DATE_AFTER": "greaterThan",
    "DATE_BEFORE": "lessThan",
    "DATE_ON_OR_AFTER": "greaterThanOrEqual",
    "DATE_ON_OR_BEFORE": "lessThanOrEqual",
    "DATE_BETWEEN": "between",
    "DATE_EQ": "equal",
}


def to_xlsx(workbook: Workbook) -> bytes:
    """The workbook's xlsx file."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    titles: set[str] = set()
    for tab in workbook.tabs:
        _sheet(book, workbook, tab, _excel_title(tab.title, titles))
    for item in workbook.named_ranges:
        home = workbook.tab_by_id(item["range"].get("sheetId", 0))
        if home is not None:
            place = f"{quote_title(home.title)}!{_fixed(a1_of(box_of(home, item['range'])))}"
            book.defined_names[item["name"]] = DefinedName(item["name"], attr_text=place)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _excel_title(title: str, taken: set[str]) -> str:
    """Excel allows 31 signs and fewer of them."""
    name = re.sub(r"[\[\]:*?/\\]", "_", title)[:31]
    while name in taken:
        name = f"{name[:28]}_{len(taken)}"
    taken.add(name)
    return name


def _fixed(a1: str) -> str:
    return ":".join(re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", part) for part in a1.split(":"))


def _sheet(book: Any, workbook: Workbook, tab: Tab, title: str) -> None:
    sheet = book.create_sheet(title)
    view = CellView(workbook, tab)
    for row, column, cell in tab.filled(tab.whole()):
        _cell(sheet, view, row, column, cell)
    _sizes(sheet, tab)
    for grid in tab.lists["merges"]:
        sheet.merge_cells(a1_of(box_of(tab, grid)))
    _validations(sheet, tab)
    for rule in tab.lists["conditionalFormats"]:
        _conditional(sheet, tab, rule)
    if tab.basic_filter:
        sheet.auto_filter.ref = a1_of(box_of(tab, tab.basic_filter["range"]))
    grid = tab.props["gridProperties"]
    if grid.get("frozenRowCount") or grid.get("frozenColumnCount"):
        sheet.freeze_panes = f"{letters(grid.get('frozenColumnCount', 0))}{grid.get('frozenRowCount', 0) + 1}"
    sheet.sheet_view.showGridLines = not grid.get("hideGridlines", False)
    if tab.props.get("hidden"):
        sheet.sheet_state = "hidden"
    if "tabColor" in tab.props:
        sheet.sheet_properties.tabColor = _rgb(tab.props["tabColor"])


def _rgb(color: Json) -> str:
    return "{:02X}{:02X}{:02X}".format(*color_bytes(color))


def _cell(sheet: Any, view: CellView, row: int, column: int, cell: Cell) -> None:
    target = sheet.cell(row + 1, column + 1)
    value: Any = cell.value
    if isinstance(value, Formula):
        value = value.text
    elif isinstance(value, CellError):
        value = ERROR_TEXT[value.kind]
    if value is not None:
        target.value = value
        if isinstance(value, str) and not isinstance(cell.value, Formula):
            target.data_type = "s"  # a text that begins with an equals sign is no formula
    pattern = pattern_of(view.number_format(row, column, cell), locale_of(view.workbook.locale))
    if pattern:
        target.number_format = pattern
    if cell.note:
        target.comment = Comment(cell.note, "")
    if cell.format:
        _style(target, cell.format)


def _style(target: Any, shape: Json) -> None:
    text = shape.get("textFormat", {})
    if text:
        target.font = _font(text)
    if "backgroundColor" in shape:
        target.fill = PatternFill("solid", start_color=_rgb(shape["backgroundColor"]))
    if any(name in shape for name in ("horizontalAlignment", "verticalAlignment", "wrapStrategy")):
        target.alignment = Alignment(
            horizontal=ALIGN.get(shape.get("horizontalAlignment", "")),
            vertical=VERTICAL.get(shape.get("verticalAlignment", "")),
            wrap_text=shape.get("wrapStrategy") == "WRAP",
        )
    if "borders" in shape:
        lines = {
            side: excel_side(SIDES.get(line.get("style", ""), "thin"), color=_rgb(line.get("color", {})))
            for side, line in shape["borders"].items()
        }
        target.border = excel_border(**lines)


def _font(text: Json) -> Font:
    family = str(text.get("fontFamily", "Arial")).split(",")[0]
    return Font(
        name=family,
        size=text.get("fontSize", 10),
        bold=text.get("bold"),
        italic=text.get("italic"),
        strike=text.get("strikethrough"),
        underline="single" if text.get("underline") else None,
        color=_rgb(text["foregroundColor"]) if "foregroundColor" in text else None,
    )


def _sizes(sheet: Any, tab: Tab) -> None:
    """Pixels to Excel's units: about seven pixels to a letter, four thirds to a point."""
    for column, meta in tab.column_meta.items():
        size = sheet.column_dimensions[letters(column)]
        if "pixelSize" in meta:
            size.width = meta["pixelSize"] / 7
        size.hidden = bool(meta.get("hiddenByUser"))
    for row, meta in tab.row_meta.items():
        size = sheet.row_dimensions[row + 1]
        if "pixelSize" in meta:
            size.height = meta["pixelSize"] * 0.75
        size.hidden = bool(meta.get("hiddenByUser") or meta.get("hiddenByFilter"))


def _validations(sheet: Any, tab: Tab) -> None:
    """One Excel rule for all cells that share ours."""
    places: dict[str, tuple[Json, list[str]]] = {}
    for row, column, cell in tab.filled(tab.whole()):
        if cell.rule:
            key = repr(cell.rule)
            places.setdefault(key, (cell.rule, []))[1].append(f"{letters(column)}{row + 1}")
    for rule, cells in places.values():
        made = _validation(rule)
        if made is not None:
            for cell_name in cells:
                made.add(cell_name)
            sheet.add_data_validation(made)


def _validation(rule: Json) -> Any:
    condition = rule["condition"]
    kind, values = condition["type"], [item.get("userEnteredValue", "") for item in condition.get("values", [])]
    common: Json = {"allow_blank": True, "showErrorMessage": bool(rule.get("strict"))}
    if rule.get("inputMessage"):
        common |= {"prompt": rule["inputMessage"], "showInputMessage": True}
    if kind == "ONE_OF_LIST":
        text = ",".join(value.replace(",", " ") for value in values)
        return excel_validation(type="list", formula1=f'"{text}"', **common) if len(text) <= 255 else None
    if kind == "ONE_OF_RANGE":
        return excel_validation(type="list", formula1=values[0].removeprefix("="), **common)
    if kind == "CUSTOM_FORMULA":
        return excel_validation(type="custom", formula1=values[0].removeprefix("="), **common)
    if kind in ("DATE_IS_VALID",):
        return excel_validation(type="date", operator="greaterThan", formula1="1", **common)
    if kind in COMPARED and values:
        number = "date" if kind.startswith("DATE") else "decimal"
        second = values[1] if len(values) > 1 else None
        return excel_validation(type=number, operator=COMPARED[kind], formula1=values[0], formula2=second, **common)
    return None


def _conditional(sheet: Any, tab: Tab, rule: Json) -> None:
    where = " ".join(a1_of(box_of(tab, grid)) for grid in rule["ranges"])
    made = _scale(rule["gradientRule"]) if "gradientRule" in rule else _rule(rule, box_of(tab, rule["ranges"][0]))
    if made is not None:
        sheet.conditional_formatting.add(where, made)


def _scale(rule: Json) -> Any:
    kinds = {"MIN": "min", "MAX": "max", "NUMBER": "num", "PERCENT": "percent", "PERCENTILE": "percentile"}
    named = {}
    for ours, theirs in (("minpoint", "start"), ("midpoint", "mid"), ("maxpoint", "end")):
        point = rule.get(ours)
        if point:
            named[f"{theirs}_type"] = kinds.get(point.get("type", ""), "min")
            named[f"{theirs}_value"] = point.get("value")
            named[f"{theirs}_color"] = _rgb(point.get("color", {}))
    return scale_rule(**named)


def _rule(rule: Json, box: Any) -> Any:
    condition, shape = rule["booleanRule"]["condition"], rule["booleanRule"]["format"]
    kind, values = condition["type"], [item.get("userEnteredValue", "") for item in condition.get("values", [])]
    look: Json = {}
    if shape.get("textFormat"):
        look["font"] = _font(shape["textFormat"])
    if "backgroundColor" in shape:
        look["fill"] = PatternFill(bgColor=_rgb(shape["backgroundColor"]), fill_type="solid")
    corner = f"{letters(box.left)}{box.top + 1}"
    if kind == "CUSTOM_FORMULA":
        return formula_rule(formula=[values[0].removeprefix("=")], **look)
    if kind in COMPARED:
        return cell_rule(operator=COMPARED[kind], formula=[value.removeprefix("=") for value in values], **look)
    return _text_rule(kind, values, corner, look)


def _text_rule(kind: str, values: list[str], corner: str, look: Json) -> Rule | None:
    quoted = '"' + (values[0].replace('"', '""') if values else "") + '"'
    formulas = {
        "TEXT_CONTAINS": f"ISNUMBER(SEARCH({quoted},{corner}))",
        "TEXT_NOT_CONTAINS": f"ISERROR(SEARCH({quoted},{corner}))",
        "TEXT_STARTS_WITH": f"LEFT({corner},LEN({quoted}))={quoted}",
        "TEXT_ENDS_WITH": f"RIGHT({corner},LEN({quoted}))={quoted}",
        "TEXT_EQ": f"{corner}={quoted}",
        "TEXT_NOT_EQ": f"{corner}<>{quoted}",
        "BLANK": f"ISBLANK({corner})",
        "NOT_BLANK": f"NOT(ISBLANK({corner}))",
    }
    if kind not in formulas:
        return None
    return Rule(type="expression", formula=[formulas[kind]], dxf=DifferentialStyle(**look))
