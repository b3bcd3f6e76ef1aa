"""A data-validation rule as the page needs it: what may be chosen, and what to say of anything else."""

from .document import Json
from .errors import ApiError
from .ranges import quote_title, resolve
from .view import CellView, formatted


def rule_message(view: CellView, rule: Json) -> Json:
    """{"kind": list | checkbox | other, "options"?, "strict", "message"?}; `checkbox` has its two values as options."""
    condition = rule.get("condition", {})
    kind = condition.get("type", "")
    typed = [str(item.get("userEnteredValue", "")) for item in condition.get("values", [])]
    out: Json = {"kind": "other", "strict": bool(rule.get("strict"))}
    if rule.get("inputMessage"):
        out["message"] = rule["inputMessage"]
    if kind == "ONE_OF_LIST":
        return out | {"kind": "list", "options": typed}
    if kind == "ONE_OF_RANGE":
        return out | {"kind": "list", "options": _of_range(view, typed[0] if typed else "")}
    if kind == "BOOLEAN":
        return out | {"kind": "checkbox", "options": typed or list(view.locale.booleans)}
    return out


def _of_range(view: CellView, text: str) -> list[str]:
    """The texts in a range, each once; a range that is gone offers nothing."""
    name = text.removeprefix("=").replace("$", "")
    try:
        whole = f"{quote_title(view.tab.title)}!{name}" if _is_bare(view, name) else name
        place = resolve(view.workbook, whole)
    except ApiError:
        return []
    there = view if place.tab is view.tab else CellView(view.workbook, place.tab)
    found: dict[str, None] = {}
    for row, column, cell in place.tab.filled(place.box):
        shown = formatted(there.result(row, column, cell), there.number_format(row, column, cell), there.locale)
        if shown:
            found[shown] = None
    return list(found)


def _is_bare(view: CellView, name: str) -> bool:
    """An A1 range without its tab means the rule's own tab; a named range needs none."""
    return "!" not in name and not any(
        item["name"].casefold() == name.casefold() for item in view.workbook.named_ranges
    )
