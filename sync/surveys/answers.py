"""The Surveys tab -> answers and comments; what can't be counted is kept with its cell. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sheet_templates.layout import fold, vocabulary
from sync.dates_text import date_of, order_of
from sync.model import CellValue, Table
from sync.numbers_text import number_of
from sync.surveys.scales import answer_of

TAB = "surveys"
NEEDED = ("date", "metric", "kind", "answer")  # columns without which nothing can be asked of the tab


@dataclass(frozen=True)
class Row:
    """One row of the tab, its date read and the rest as it was typed."""

    row: int  # 0-based, below the heading
    on: date | None
    question: str  # folded
    kind: CellValue
    answer: CellValue
    comment: str


@dataclass(frozen=True)
class Answer:
    """One answer or comment with a day. `value` is None where nobody answered, or not on the scale."""

    on: date
    value: float | None


@dataclass(frozen=True)
class Uncounted:
    """A cell that says something which can't be counted: its column's key, its row, what it says."""

    column: str
    row: int
    text: str


def read_rows(table: Table, locale: str) -> tuple[Row, ...]:
    """Every row that holds an answer or a comment, in order. Text dates are read as the column's own rows prove."""
    days = [table.value("date", row) for row in range(table.height)]
    day_first = order_of((cell for cell in days if isinstance(cell, str)), locale)
    found = []
    for row, day in enumerate(days):
        answer, comment = table.value("answer", row), text_of(table.value("comment", row))
        if text_of(answer) or comment:
            on = date_of(day, locale, day_first=day_first).value
            question = fold(text_of(table.value("metric", row)))
            found.append(Row(row, on, question, table.value("kind", row), answer, comment))
    return tuple(found)


def scales_in(rows: Iterable[Row]) -> tuple[str, ...]:
    """The codes of the scales that these rows name, each once, in order."""
    words = vocabulary("survey")
    codes = (words.code(text_of(row.kind)) for row in rows)
    return tuple(dict.fromkeys(code for code in codes if code))


def answers_in(rows: Iterable[Row], code: str, locale: str) -> tuple[tuple[Answer, ...], tuple[Uncounted, ...]]:
    """The answers on a scale, and the cells that could not be counted. An empty answer (or N/A) is neither."""
    answers: list[Answer] = []
    uncounted: list[Uncounted] = []
    for row in rows:
        text = "" if number_of(row.answer, locale).kind == "missing" else text_of(row.answer)
        value = answer_of(row.answer, code, locale) if text else None
        if text and value is None:
            uncounted.append(Uncounted("answer", row.row, text))
        elif text and row.on is None:
            uncounted.append(Uncounted("date", row.row, text))  # the answer itself is sound
        if row.on is not None:
            answers.append(Answer(row.on, value))
    return tuple(answers), tuple(uncounted)


def asking(rows: Sequence[Row], question: str) -> tuple[Row, ...]:
    """The rows of one question, whatever its case and accents."""
    wanted = fold(question)
    return tuple(row for row in rows if row.question == wanted)


def text_of(cell: CellValue) -> str:
    """A cell as text without outer blanks; whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
