"""Numbers written with digits: which mark parts thousands and which the decimals. Pure."""

import re

# Groups of three parted by dot, comma, apostrophe or blank, perhaps with decimals; or plain digits.
NUMBER = r"(?:[0-9]{1,3}(?:[.,' ][0-9]{3}){1,5}(?:[.,][0-9]{1,2})?(?![0-9])|[0-9]{1,15}(?:[.,][0-9]{1,6})?)"

_ONE_MARK = re.compile(r"([0-9]+)([.,])([0-9]+)")


def read_digits(raw: str, lang: str, small: bool, decimal_mark: str | None = None) -> tuple[float, float | None]:
    """The value of `raw`, and the other reading where it is truly ambiguous.

    `small` says that a value below a thousand is the likely one (percentages, multipliers). `decimal_mark` is the mark
    that another number of the sentence shows to be the decimal one.
    """
    plain = raw.replace("'", "").replace(" ", "")
    single = _ONE_MARK.fullmatch(plain)
    if single is None:
        return float(_thousands_removed(plain)), None
    whole, mark, rest = single.groups()
    decimal, thousands = float(f"{whole}.{rest}"), float(whole + rest)
    if len(rest) != 3 or len(whole) > 3 or whole == "0":
        return decimal, None
    native = mark == ("." if lang == "es" else ",")
    if small and rest != "000" and not (native and lang == "en"):
        return decimal, thousands
    if native or (decimal_mark is not None and decimal_mark != mark):
        return thousands, None
    return thousands, decimal


def _thousands_removed(plain: str) -> str:
    """A number with several marks, ready for float(): the last mark is decimal only where it stands once, alone."""
    marks = re.findall("[.,]", plain)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        head, tail = plain.rsplit(marks[-1], 1)
        return re.sub("[.,]", "", head) + "." + tail
    if len(set(marks)) == 2:
        return re.sub("[.,]", "", plain)
    return plain.replace(marks[0], "") if marks else plain


def shown_decimal_mark(folded: str) -> str | None:
    """The decimal mark that the sentence's unambiguous numbers show, such as the dot of '2.5' or '1,200.50'."""
    found = re.search(r"(?<![0-9.,])[0-9]{1,3}(?:[.,][0-9]{3})*([.,])[0-9]{1,2}(?![0-9.,]*[0-9])", folded)
    return found.group(1) if found else None
