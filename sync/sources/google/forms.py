"""Google Forms: the answers of a form, asked of Google itself, scored as those in a tab are.

https://developers.google.com/workspace/forms/api/reference/rest/v1/forms.responses/list
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from sync.model import CellValue, FetchOutcome, MeasurementSeries, Snapshot
from sync.sources.api import Api, Read, open_api
from sync.sources.boundary import each
from sync.sources.declared.days import day_in, zone_of
from sync.sources.form_answers import answered
from sync.sources.google.refusals import google_complaint
from sync.sources.grid import Grid, grid_of_columns
from sync.sources.manifest import GoogleServiceAccount, Manifest, OAuthRefresh, Parameter, Rate, Version
from sync.sources.names import shown
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place
from sync.sources.web.pages import by_cursor
from sync.sources.windows import days_window

PAGE = 5000
_DAYS = 0  # the column of the answers' days
_SCOPES = (
    "https://www.googleapis.com/auth/forms.body.readonly",
    "https://www.googleapis.com/auth/forms.responses.readonly",
)


class Forms:
    """What people answered in a form."""

    manifest = Manifest(
        id="forms",
        titles={"es": "Formulario de Google (sin hoja)", "en": "Google form (without a sheet)"},
        about={
            "es": "Las respuestas de un formulario, pedidas a Google; la cuenta del servicio debe poder verlo.",
            "en": "The answers of a form, asked of Google; the service's account has to be able to see it.",
        },
        reads="file_or_address",
        base="https://forms.googleapis.com",
        auth=(
            GoogleServiceAccount(_SCOPES),
            OAuthRefresh(
                "https://oauth2.googleapis.com/token", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "FORMS_REFRESH_TOKEN"
            ),
        ),
        version=Version("v1"),
        rate=Rate(per_second=2, burst=5),
        parameters=(
            Parameter(
                "place",
                {"es": "El id del formulario.", "en": "The form's id."},
                "1FAIpQLSd0example",
                required=True,
            ),
            Parameter(
                "metric",
                {"es": "El texto de la pregunta.", "en": "The text of the question."},
                "¿Nos recomendarías?",
            ),
            Parameter(
                "filter",
                {
                    "es": "La escala; también el mínimo de respuestas, las palabras que se buscan, otras preguntas.",
                    "en": "The scale; also the minimum of answers, the words to look for, other questions.",
                },
                "escala=NPS; min n=20",
            ),
        ),
        docs="https://developers.google.com/workspace/forms/api/reference/rest/v1/forms.responses/list",
        tested_on=("contract", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a form."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """A reading a period for each KPI: the form's questions, then its answers, in two calls and their pages."""
        api = open_api(self.manifest, context, batch.account)
        path = f"/v1/forms/{quote(batch.place, safe='')}"
        complaint = google_complaint(api, batch.place)
        questions = questions_in(api, api.json(api.get(path), complaint))
        window = days_window([request.definition for request in batch.requests], self.manifest, context.today)
        query = {"pageSize": str(PAGE)}
        if window and window.start > date.min:
            query["filter"] = f"timestamp >= {window.start - timedelta(days=1)}T00:00:00Z"
        read = api.read(
            api.get(f"{path}/responses", query),
            items=lambda page: _responses(api, page),
            pager=by_cursor(lambda page: page.get("nextPageToken"), "pageToken"),
            complaint=complaint,
        )
        grid = grid_of(shown(batch.place), questions, read.items, context.timezone)
        return each(
            self.manifest.id,
            batch.requests,
            lambda request: _told(answered(request, grid, _DAYS, context), read, context),
        )


def questions_in(api: Api, form: Any) -> dict[str, str]:
    """Question id -> its text; a grid's rows are called `question [row]`, as in a form's sheet.

    Raises SourceError unknown_shape.
    """
    if not isinstance(form, Mapping) or not isinstance(form.get("items") or [], list) or not form.get("formId"):
        raise api.failure("unknown_shape")
    found: dict[str, str] = {}
    for item in form.get("items") or []:
        title = str(item.get("title") or "").strip()
        single = (item.get("questionItem") or {}).get("question") or {}
        if single.get("questionId"):
            found[str(single["questionId"])] = title
        for row in (item.get("questionGroupItem") or {}).get("questions") or []:
            name = (row.get("rowQuestion") or {}).get("title") or ""
            found[str(row.get("questionId"))] = f"{title} [{name}]"
    return found


def grid_of(place: str, questions: Mapping[str, str], responses: Sequence[Any], timezone: str) -> Grid:
    """A row a response, a column a question; the first column holds the days in that time zone."""
    zone = zone_of(timezone)
    days = [day_in(response.get("lastSubmittedTime") or response.get("createTime"), zone) for response in responses]
    columns: list[list[CellValue]] = [["timestamp", *(None if on is None else on.isoformat() for on in days)]]
    columns += [[title, *(_text(response, one) for response in responses)] for one, title in questions.items()]
    return grid_of_columns(place, columns)


def _text(response: Mapping[str, Any], question: str) -> str | None:
    """What was answered; several ticks with commas."""
    answer = (response.get("answers") or {}).get(question) or {}
    texts = [text.get("value") for text in (answer.get("textAnswers") or {}).get("answers") or []]
    return ", ".join(str(text) for text in texts if text is not None) or None


def _responses(api: Api, page: Any) -> Sequence[Any]:
    """The responses of a page; a form that nobody has answered has none."""
    found = page.get("responses") or [] if isinstance(page, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(response, Mapping) for response in found):
        raise api.failure("unknown_shape")
    return found


def _told(series: MeasurementSeries, read: Read, context: FetchContext) -> MeasurementSeries:
    """The series with how it came about."""
    known = series.provenance
    flags = known.flags if read.complete else tuple(sorted({*known.flags, "partial"}))
    about = replace(known, flags=flags, timezone=context.timezone, request=read.request, asked="v1")
    return replace(series, provenance=replace(about, pages_read=len(read.pages), n=len(read.items)))


SOURCE = Forms()
