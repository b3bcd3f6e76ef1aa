"""Answers in the Surveys tab: a score for each period, with how many answered and how sure it is."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sync.errors import SourceError
from sync.model import Fact, FetchOutcome, MeasurementSeries, Provenance, Snapshot
from sync.sources.boundary import each
from sync.sources.filters import read_filter, rows_that_fit
from sync.sources.grid import Grid, grid_of_columns
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import shown
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place
from sync.surveys.answers import NEEDED, TAB, Answer, Row, answers_in, asking, read_rows, scales_in
from sync.surveys.periods import Scorer, readings
from sync.surveys.scales import SCALES, Measure
from sync.surveys.score import score_of
from sync.surveys.wish import LEAST, MOST, Wish, means_comments, read_wish
from sync.surveys.words import finder

_SHARE: Scorer = partial(score_of, measure=Measure.SHARE, scale=SCALES["yes_no"])


class Surveys:
    """What people answered, scored by the scale that the tab names."""

    manifest = Manifest(
        id=TAB,
        titles={"es": "Pestaña Encuestas", "en": "Surveys tab"},
        about={
            "es": "Las respuestas de una encuesta (NPS, CSAT, CES, Likert, sí o no), una por fila, con su fecha.",
            "en": "The answers to a survey (NPS, CSAT, CES, Likert, yes or no), one a row, with their date.",
        },
        reads="workbook",
        parameters=(
            Parameter(
                "metric",
                {
                    "es": "El texto de la pregunta; «comentarios» para contar lo que dicen.",
                    "en": "The text of the question; “comments” to count what they say.",
                },
                "¿Nos recomendarías?",
            ),
            Parameter(
                "filter",
                {
                    "es": "El mínimo de respuestas, las palabras que se buscan, otras columnas.",
                    "en": "The minimum of answers, the words to look for, other columns.",
                },
                "min n=20; palabras=lento, espera",
            ),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """All of them at once: the tab was read with the workbook."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """A reading a period for each KPI. Raises SourceError `missing_surveys`."""
        table = snapshot.tables.get(TAB)
        if table is None or any(key not in table.keys for key in NEEDED):
            raise SourceError("missing_surveys", permanent=True)
        rows, grid = read_rows(table, context.locale), grid_of_columns(table.title, table.columns)
        return each(TAB, batch.requests, lambda request: _measure(request, rows, grid, context))


def _measure(request: Request, rows: Sequence[Row], grid: Grid, context: FetchContext) -> MeasurementSeries:
    wish = wish_of(request.definition.filter)
    asked = rows if means_comments(request.metric) else asking(rows, request.metric)
    return scored(request, asked, wish, grid, context)


def wish_of(text: str | None) -> Wish:
    """What a filter asks for beside columns. Raises SourceError `bad_minimum`."""
    wish = read_wish(text)
    if wish.bad is not None:
        facts: dict[str, Fact] = {"filter": shown(wish.bad), "least": float(LEAST), "most": float(MOST)}
        raise SourceError("bad_minimum", permanent=True, facts=facts)
    return wish


def scored(request: Request, asked: Sequence[Row], wish: Wish, grid: Grid, context: FetchContext) -> MeasurementSeries:
    """A reading a period of the rows that answer one question. Raises SourceError as `_said` and `read_filter` do."""
    fitting = _fitting(asked, wish, grid)
    answers, score, flags = _said(request, fitting, wish, context.locale)
    found = readings(request.definition, answers, score, wish.minimum, context.today)
    if asked and not fitting:
        flags.add("filter_matched_nothing")
    provenance = Provenance(request.ref.kind, shown(request.metric), context.today, tuple(sorted(found.flags | flags)))
    return MeasurementSeries(found.points, provenance)


def _fitting(rows: Sequence[Row], wish: Wish, grid: Grid) -> list[Row]:
    """The rows in which every condition on a column holds."""
    conditions = read_filter(wish.rest, grid)
    fitting = set(rows_that_fit(conditions, grid, 0))
    return [row for row in rows if not conditions or row.row in fitting]


def _said(request: Request, rows: Sequence[Row], wish: Wish, locale: str) -> tuple[Sequence[Answer], Scorer, set[str]]:
    """The answers, how they are scored, and what was doubted. Raises SourceError `missing_words`, `missing_scale` or
    `mixed_scales`.
    """
    if wish.words is not None or means_comments(request.metric):
        return _comments(rows, wish.words or ""), _SHARE, set()
    codes = scales_in(rows)
    if not rows:
        return (), _SHARE, set()
    if not codes:
        raise SourceError("missing_scale", permanent=True, facts={"metric": shown(request.metric)})
    if len(codes) > 1:
        raise SourceError("mixed_scales", permanent=True, facts={"metric": shown(request.metric)})
    scale = SCALES[codes[0]]
    measure = scale.measure_in(request.definition.unit)
    answers, uncounted = answers_in(rows, codes[0], locale)
    worths = [
        Answer(answer.on, None if answer.value is None else scale.worth(answer.value, measure)) for answer in answers
    ]
    return worths, partial(score_of, measure=measure, scale=scale), {"uncounted_answers"} if uncounted else set()


def _comments(rows: Sequence[Row], words: str) -> Sequence[Answer]:
    """1 for a comment that holds one of the words, 0 for any other. Raises SourceError `missing_words`."""
    holds: Callable[[str], bool] | None = finder(words)
    if holds is None:
        raise SourceError("missing_words", permanent=True)
    return [Answer(row.on, float(holds(row.comment))) for row in rows if row.comment and row.on is not None]


SOURCE = Surveys()
