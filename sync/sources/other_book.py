"""A tab of another workbook, Google's or the embedded server's, read with the service's own account.

Our account may open every workbook that is shared with us, whoever shared it; so nobody may have it open one for them
just by typing its address. Which workbook may read which is the operator's to say, in SEMAFORO_BOOKS.
"""

from collections.abc import Mapping, Sequence

from sync.errors import BlockedError, SourceError, UsageError, WorkbookError, WorkbookNotFoundError
from sync.model import FetchOutcome, MeasurementSeries, Provenance, Snapshot
from sync.sheet.reference import LOCAL_ID, read_reference
from sync.sources.boundary import attempt, each
from sync.sources.grid import Grid, grid_of_columns
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import shown
from sync.sources.protocol import Batch, Column, FetchContext, Request
from sync.sources.select import choose, select


class OtherBook:
    """A table in another workbook: its first row holds the headings."""

    manifest = Manifest(
        id="book",
        titles={"es": "Otro libro", "en": "Another workbook"},
        about={
            "es": "Una pestaña de otra hoja de cálculo, con los encabezados en la primera fila.",
            "en": "A tab of another workbook, with the headings in its first row.",
        },
        reads="workbook",
        parameters=(
            Parameter(
                "place",
                {
                    "es": "La dirección del libro y, tras #, la pestaña.",
                    "en": "The workbook's address and, behind #, the tab.",
                },
                "local:shop#CRM",
                required=True,
            ),
            Parameter(
                "metric",
                {
                    "es": "El encabezado de la columna, o dos: numerador / denominador.",
                    "en": "The heading of the column, or two: numerator / denominator.",
                },
                "Leads",
            ),
            Parameter("filter", {"es": "Qué filas cuentan.", "en": "Which rows count."}, "Canal=Web; País=España"),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a workbook, however many of its tabs are named."""
        books: dict[str, list[Request]] = {}
        for request in requests:
            books.setdefault(_split(request)[0], []).append(request)
        return tuple(Batch(book, tuple(group)) for book, group in books.items())

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError: book_address, book_not_allowed, book_unreachable; for a KPI
        book_tab, missing_book_tab, empty_table."""
        found = attempt("book", lambda: _tabs(batch, context))
        if not isinstance(found, Mapping):
            return {request.definition.id: found for request in batch.requests}
        return each("book", batch.requests, lambda request: _measure(request, found, context))


def _tabs(batch: Batch, context: FetchContext) -> Mapping[str, Sequence[Column]]:
    book = _allowed(batch.place, context)
    titles = list(dict.fromkeys(tab for _, tab in map(_split, batch.requests) if tab))
    if context.books is None:
        raise SourceError("book_unreachable", permanent=False, facts={"book": shown(batch.place)})
    try:
        return context.books(book, titles)
    except WorkbookNotFoundError:
        raise _not_allowed(batch.place, context) from None
    except WorkbookError as error:
        if error.code == "workbook_not_shared":
            facts = {"book": shown(batch.place), "account": str(error.facts.get("account"))}
            raise BlockedError("book_not_shared", permanent=True, facts=facts) from None
        raise SourceError("book_unreachable", permanent=error.permanent, facts={"book": shown(batch.place)}) from None


def _allowed(text: str, context: FetchContext) -> str:
    """The id of a workbook that this one may read. Nothing is asked of the server before this is sure."""
    try:
        book = read_reference(text).id
    except UsageError:
        raise SourceError("book_address", permanent=True, facts={"book": shown(text)}) from None
    same_server = book.startswith(LOCAL_ID) == context.workbook.startswith(LOCAL_ID)
    if not same_server or (context.workbook, book) not in context.settings.books:
        raise _not_allowed(text, context)
    return book


def _not_allowed(text: str, context: FetchContext) -> SourceError:
    """The same whether or not there is such a workbook."""
    facts = {"book": shown(text), "reader": context.workbook}
    return SourceError("book_not_allowed", permanent=True, facts=facts)


def _split(request: Request) -> tuple[str, str]:
    """`ADDRESS#Tab`; an address copied from the browser may bring a #gid=0 of its own."""
    place = request.ref.place or ""
    head, mark, tab = place.rpartition("#")
    if not mark or tab.startswith("gid="):
        return place.partition("#")[0].strip(), ""
    return head.partition("#")[0].strip(), tab.strip()


def _measure(request: Request, tabs: Mapping[str, Sequence[Column]], context: FetchContext) -> MeasurementSeries:
    book, tab = _split(request)
    if not tab:
        raise SourceError("book_tab", permanent=True, facts={"book": shown(book)})
    if tab not in tabs:
        raise SourceError("missing_book_tab", permanent=True, facts={"tab": shown(tab), "book": shown(book)})
    grid = _grid(shown(tab), tabs[tab])
    provenance = Provenance("book", f"{shown(book)} {grid.place}: {shown(request.metric)}", context.today)
    return select(choose(request, grid), grid, provenance, context.locale)


def _grid(place: str, columns: Sequence[Column]) -> Grid:
    grid = grid_of_columns(place, columns)
    if not any(grid.headings):
        raise SourceError("empty_table", permanent=True, facts={"place": place})
    return grid


SOURCE = OtherBook()
