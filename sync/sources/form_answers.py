"""A form's own answers: the tab that Google Forms fills, a row an answer sheet and a column a question."""

from collections.abc import Mapping, Sequence

from sheet_templates.layout import fold, vocabulary
from sync.dates_text import date_of, order_of
from sync.errors import SourceError
from sync.model import CellValue, FetchOutcome, MeasurementSeries, Snapshot
from sync.sources.boundary import each
from sync.sources.grid import Grid, date_column, need_column, text_of
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import shown
from sync.sources.other_tab import grid_of_tab
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place
from sync.sources.surveys import scored, wish_of
from sync.surveys.answers import Row

_SCALE_NAMES = frozenset(("escala", "scale"))


class FormAnswers:
    """What people answered in a form, scored by the scale that the KPI's filter names."""

    manifest = Manifest(
        id="form",
        titles={"es": "Respuestas de un formulario", "en": "Answers of a form"},
        about={
            "es": "La pestaña que llena un formulario de Google: una fila por persona, una columna por pregunta.",
            "en": "The tab that a Google form fills: a row a person, a column a question.",
        },
        reads="workbook",
        parameters=(
            Parameter(
                "place",
                {"es": "El nombre de la pestaña.", "en": "The tab's name."},
                "Respuestas de formulario 1",
                required=True,
            ),
            Parameter(
                "metric",
                {"es": "El encabezado de la pregunta.", "en": "The heading of the question."},
                "¿Nos recomendarías?",
            ),
            Parameter(
                "filter",
                {
                    "es": "La escala; también el mínimo de respuestas, las palabras que se buscan, otras columnas.",
                    "en": "The scale; also the minimum of answers, the words to look for, other columns.",
                },
                "escala=NPS; min n=20",
            ),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a tab."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """A reading a period for each KPI. Raises SourceError `missing_tab` or `empty_table`."""
        grid = grid_of_tab(batch.place, snapshot, context)
        return each("form", batch.requests, lambda request: answered(request, grid, date_column(grid), context))


def answered(request: Request, grid: Grid, days: int, context: FetchContext) -> MeasurementSeries:
    """A reading a period of one question, a column of `grid`; `days` is the column of the answers' days.

    Raises SourceError `missing_form_scale`, and as `scored` does.
    """
    scale, rest = read_scale(request.definition.filter)
    wish = wish_of(rest)
    if wish.words is None and vocabulary("survey").code(scale or "") is None:
        raise SourceError("missing_form_scale", permanent=True, facts={"metric": shown(request.metric)})
    rows = _rows(grid, days, need_column(grid, request.metric), scale, context.locale)
    return scored(request, rows, wish, grid, context)


def read_scale(text: str | None) -> tuple[str | None, str]:
    """`escala=NPS; min n=20` -> the scale's name and the rest of the filter."""
    scale, rest = None, []
    for part in (text or "").split(";"):
        name, equals, value = part.partition("=")
        if equals and fold(name) in _SCALE_NAMES:
            scale = value.strip()
        elif part.strip():
            rest.append(part)
    return scale, ";".join(rest)


def _rows(grid: Grid, days: int, question: int, scale: CellValue, locale: str) -> list[Row]:
    """The answers to one question as the Surveys tab would hold them; its text is answer and comment in one."""
    columns = grid.load(frozenset((days, question)))
    day_first = order_of((cell for cell in columns[days] if isinstance(cell, str)), locale)
    found = []
    for row, (day, answer) in enumerate(zip(columns[days], columns[question], strict=True)):
        text = text_of(answer).strip()
        if text:
            on = date_of(day, locale, day_first=day_first).value
            found.append(Row(row, on, "", scale, answer, text))
    return found


SOURCE = FormAnswers()
