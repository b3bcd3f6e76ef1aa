"""A declared source, understood: the manifest, what may be asked, and how an answer is read. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sync.sources.manifest import Manifest, Offer


@dataclass(frozen=True)
class Paging:
    """How the next page is found: see sync/sources/web/pages.py."""

    by: Literal["cursor", "next_url", "link", "offset", "page"]
    at: str = ""  # expression: the cursor or the next address on a page
    name: str = ""  # of the part of the question that brings cursor, offset or page
    more: str = ""  # expression: whether there is a next page
    size: int = 100
    first: int = 1


@dataclass(frozen=True)
class Ask:
    """One kind of question, and how its answer is read. `select`-like fields are JMESPath expressions.

    `window`: days (rows with a date, asked for at once), whole (one value a window), now (one value, of today).
    """

    name: str
    window: Literal["days", "whole", "now"]
    path: str
    method: Literal["GET", "POST"] = "GET"
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    dates: str = "%Y-%m-%d"  # strftime, or iso_time, unix, unix_ms
    end: Literal["inclusive", "exclusive"] = "inclusive"
    group: int | None = None  # how many metrics one question takes; None: any number
    most_days: int | None = None  # the longest window of one question
    look_back_days: int | None = None  # how far back it answers, where that is less than the source's
    restated_days: int | None = None  # so many last days are still corrected, where that differs from the source's
    pages: Paging | None = None
    needs: str = ""  # expression: what every good answer holds, also an empty one
    rows: str = ""  # expression: the rows of a page; none: the answer itself is the one row. May hold {field}
    keep: Mapping[str, str] = field(default_factory=dict)  # parameter -> expression that must equal it in a row
    date: str = ""  # expression: a row's day
    date_is: Literal["start", "end"] = "start"  # end: the moment at which the day is over
    value: str = "{field}"  # expression: a row's value; {field} and {index} are the metric's
    reduce: Literal["only", "sum", "count", "last"] = "only"  # several rows to one value
    missing: Literal["none", "zero"] = "none"  # zero: what is not listed did not happen
    total: str = ""  # expression: how many rows there are by the platform's own count
    partial_if: str = ""  # expression: true where the numbers are a sample or cut
    n: str = ""  # expression: how many things the numbers rest on


@dataclass(frozen=True)
class Measured:
    """A metric: which question brings it, what it is called there, and what its values are multiplied by."""

    offer: Offer
    ask: str
    field: str
    scale: float = 1.0
    value: str = ""  # instead of the question's
    rounded: bool = False


@dataclass(frozen=True)
class ErrorRule:
    """An error in the platform's own words: where it stands in the answer, and what it means.

    A rule without `status` is about answers below 500: what a failing server says of the question is no judgement.
    """

    say: str  # a code of the words in failures.yaml
    status: tuple[int, ...] = ()
    at: str = ""  # expression
    among: tuple[Any, ...] = ()  # the values that mean it; none: any value
    unless: tuple[Any, ...] = ()  # values that mean success: TikTok says "ok"
    text: tuple[str, ...] = ()  # words of which one stands in the answer as it came, JSON or not
    blocked: bool = False
    permanent: bool = True


@dataclass(frozen=True)
class Declaration:
    """A whole file. `names`: what a person types, by language; `base` may hold {parameters}."""

    manifest: Manifest
    names: Mapping[str, str]
    also: tuple[str, ...]
    asks: Mapping[str, Ask]
    metrics: Mapping[str, Measured]
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[ErrorRule, ...] = ()
