"""What is missing, what to doubt, and the verdict. Pure."""

import re

from sync.sentence.model import DateMention, Smart, Span, Target

# $X, X %, from X to Y, [number], ___: a number that is still to come. X alone is a network too.
_PLACEHOLDER = re.compile(
    r"[$€£] ?[xyznXYZN]{1,4}\b|\b[XYZNxyzn]{1,3} ?(?:%|percent\b|por ciento\b)|\b(?:from|de"
    r"|del) (?:el )?\[?[A-Z]{1,2}\]?%? (?:to|al?|hasta) (?:el )?\[?[A-Z]{1,2}\]?\b"
    r"|\[[^\]0-9]{1,40}\]|\{[^}0-9]{1,40}\}|<[a-zA-Z ]{1,30}>|_{2,}|\bXX+\b|\bxx+\b|\b(?:by|to|en|un|a|least|of"
    r"|de) [XYN](?= |%|$|[.,])(?! \(?[Tt]witter)"
    r"|\?{2,}|\bN[º°]? de\b(?= X)|#{2,}|\bX (?:number of|cantidad|n[uú]mero|nuevos|new|more|m[aá]s|leads"
    r"|clientes|customers)\b"
)


def placeholders(clean: str) -> list[Span]:
    """Where stand-ins for numbers stand."""
    return [m.span() for m in _PLACEHOLDER.finditer(clean)]


def has_placeholder(clean: str) -> bool:
    """Whether the text holds a stand-in for a number."""
    return _PLACEHOLDER.search(clean) is not None


def judge(specific: bool, target: Target, due: DateMention | None) -> tuple[Smart, tuple[str, ...], str]:
    """The SMART letters that words can show, what must be asked for, and the verdict."""
    measurable = target.kind != "none"
    smart = Smart(specific, measurable, due is not None)
    resolved = due is not None and due.last is not None
    missing = tuple(
        name for name, there in (("metric", specific), ("target", measurable), ("due", resolved)) if not there
    )
    if not specific and not measurable:
        return smart, missing, "not_kpi"
    return smart, missing, "incomplete" if missing else "smart"
