"""What has been found in one sentence, gathered for the rooms that judge it; and small looks to the left and right."""

import re
from dataclasses import dataclass

from sync.sentence.model import DateMention, Quantity, VerbMention


@dataclass(frozen=True, slots=True)
class Findings:
    """One sentence taken apart: `clean` and `folded` have the same offsets."""

    clean: str
    folded: str
    lang: str
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    verbs: tuple[VerbMention, ...]

    def left(self, at: int, size: int = 48) -> str:
        """Folded text before `at`, without trailing blanks."""
        return self.folded[max(0, at - size) : at].rstrip()

    def right(self, at: int, size: int = 48) -> str:
        """Folded text from `at` on, without leading blanks."""
        return self.folded[at : at + size].lstrip()

    def busy(self, start: int, end: int) -> bool:
        """Whether a time expression lies in the span."""
        return any(d.start < end and start < d.end for d in self.dates if d.role != "hold")


# Words between a preposition and its number that change nothing, or that set a limit.
_QUALIFIER = re.compile(
    r"(?:^|(?<=[ (]))(?P<q>at least|at most|up to|more than|less than|fewer than|greater than|higher than"
    r"|lower than|over|under|above|below|"
    r"about|around|approximately|approx\.?|roughly|nearly|almost|just|only|a minimum of|minimum of|minimum"
    r"|min\.?|a maximum of|maximum|"
    r"no more than|not more than|no less than|a total of|a further|another|an additional|additional"
    r"|an average of|an extra|the|or less|"
    r"al menos|por lo menos|mas de|menos de|como minimo|minimo|un minimo de|como maximo|maximo|un maximo de"
    r"|no mas de|no menos de|"
    r"cerca de|alrededor de|aproximadamente|unos|unas|casi|un total de|total de|hasta|los|las|el|la|un|una|otros"
    r"|otras|mayor (?:a|al|que)|"
    r"menor (?:a|al|que)|mayores (?:a|que)|menores (?:a|que)|superior al?|inferior al?|igual o (?:superior|mayor"
    r"|inferior|menor) al?|"
    r"por encima del?|por debajo del?|arriba del?|debajo del?|encima del?|de mas|adicionales|its?|their|our"
    r"|nuestros|sus?|nuevos|nuevas|"
    r"equal to|exactly|beyond|further|average of|media de|promedio de|excess of)$"
)
_LIMITS_LOW = re.compile(
    r"less|fewer|under|below|lower|at most|maxim|no more|not more|menos de|no mas|debajo|menor|inferior|up to|or less"
)
_LIMITS_HIGH = re.compile(
    r"more than|greater|over$|above|higher|at least|minim|no less|al menos|por lo menos|mas de|encima|mayor"
    r"|superior|arriba|beyond|excess"
)


@dataclass(frozen=True, slots=True)
class Governor:
    """What governs a number: the text before it without qualifiers, and whether they set a floor or a ceiling.

    `level` is for limits that can only be a level ('above 90 %'); 'at least 10 %' may be a change too.
    """

    left: str
    limit: str = ""
    added: bool = False
    level: bool = False


def governor(found: Findings, start: int) -> Governor:
    """Peels qualifiers ('at least', 'un', 'menos de') off the text before a number, four at most."""
    left, peeled = found.left(start), []
    if found.lang == "en":
        left = re.sub(r" an?$", "", left)
    for _ in range(4):
        match = _QUALIFIER.search(left)
        if match is None or (match["q"] in ("hasta", "up to", "over") and not _preposition_left(left[: match.start()])):
            break
        peeled.append(match["q"])
        left = left[: match.start()].rstrip()
    if left.endswith(("hasta", "up to", "over")):
        peeled.append(left.split()[-1])
    limit = next((side for word in peeled if (side := _side(word))), "")
    return Governor(left, limit, any(w in _ADDED for w in peeled), any(_LEVELS.match(w) for w in peeled))


_ADDED = ("another", "an additional", "additional", "a further", "an extra", "otros", "otras", "adicionales")
_LEVELS = re.compile(
    r"(?:under|below|above|over|beyond|por (?:encima|debajo)|debajo|encima|arriba|superior|inferior|higher|lower)"
)


def _side(qualifier: str) -> str:
    """'low' for a ceiling, 'high' for a floor, '' for neither."""
    if _LIMITS_LOW.search(qualifier):
        return "low"
    return "high" if _LIMITS_HIGH.search(qualifier) else ""


def _preposition_left(left: str) -> bool:
    return re.search(r"(?:^| )(?:by|to|en|of|de|a)\s*$", left) is not None
