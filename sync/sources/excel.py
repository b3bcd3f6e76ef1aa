"""Excel and OpenDocument files beneath the operator's folder: `ventas.xlsx#Hoja 1`. Formulas count as last computed."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sync.errors import SourceError
from sync.model import Fact, FetchOutcome, MeasurementSeries, Provenance, Snapshot
from sync.sources import excel_child
from sync.sources.boundary import each
from sync.sources.csv_text import too_big
from sync.sources.files import read_file
from sync.sources.grid import Grid, grid_of_columns
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import nearest, shown
from sync.sources.protocol import Batch, FetchContext, Request, batches_by
from sync.sources.select import choose, select

_LOG = logging.getLogger(__name__)
_CHILD = Path(excel_child.__file__)


class ExcelFile:
    """A sheet of a file: .xlsx, .xlsm, .xlsb, .xls, .ods."""

    manifest = Manifest(
        id="excel",
        titles={"es": "Excel u OpenDocument", "en": "Excel or OpenDocument"},
        about={
            "es": "Una hoja de un archivo .xlsx, .xls, .xlsb u .ods de la carpeta de archivos.",
            "en": "A sheet of an .xlsx, .xls, .xlsb or .ods file in the files folder.",
        },
        reads="file_or_address",
        parameters=(
            Parameter(
                "place",
                {
                    "es": "El archivo y, tras #, la hoja; sin #, la primera.",
                    "en": "The file and, behind #, the sheet; without #, the first.",
                },
                "sales.xlsx#2026",
                required=True,
            ),
            Parameter(
                "metric",
                {
                    "es": "El encabezado de la columna, o dos: numerador / denominador.",
                    "en": "The heading of the column, or two: numerator / denominator.",
                },
                "orders / visits",
            ),
            Parameter("filter", {"es": "Qué filas cuentan.", "en": "Which rows count."}, "channel=web; country=Spain"),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a sheet."""
        return batches_by(requests, lambda request: "")

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError: what `read_file` and `grid_of_sheet` raise."""
        name, _, sheet = batch.place.partition("#")
        content = read_file(name.strip(), context.settings.files_folder, context.limits.file)
        grid = grid_of_sheet(content, shown(name.strip()), sheet.strip(), context.limits.batch)
        return each("excel", batch.requests, lambda request: _measure(request, grid, context))


def grid_of_sheet(content: bytes, file: str, sheet: str, seconds: float) -> Grid:
    """The table of one sheet. Raises SourceError: missing_sheet (facts sheet, place, known), locked_file,
    not_a_workbook, table_too_big, empty_table, excel_package, too_slow."""
    answer = _in_a_child(content, file, sheet, seconds)
    error = answer.get("error")
    if error == "table_too_big":
        raise too_big(file)
    if error == "missing_sheet":
        facts = {"sheet": shown(sheet), "place": file, "known": nearest(sheet, answer["sheets"])}
        raise SourceError("missing_sheet", permanent=True, facts=facts)
    if error:
        raise SourceError(error, permanent=True, facts={"place": file})
    place = f"{file}#{shown(answer['sheet'])}" if sheet else file
    rows = answer["rows"]
    if not rows:
        raise SourceError("empty_table", permanent=True, facts={"place": place})
    found = grid_of_columns(place, tuple(zip(*rows, strict=True)))
    return Grid(place, found.headings, found.load, machine_made=False)


def _in_a_child(content: bytes, file: str, sheet: str, seconds: float) -> dict[str, Any]:
    """What the child says; one that died took more memory than it may."""
    try:
        done = subprocess.run(  # noqa: S603  # this interpreter, a file of ours, and a name as one argument
            [sys.executable, "-I", str(_CHILD), sheet], input=content, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        facts: dict[str, Fact] = {"place": file, "seconds": seconds}
        raise SourceError("too_slow", permanent=False, facts=facts) from None
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    if b"ModuleNotFoundError" in done.stderr:
        return {"error": "excel_package"}
    _LOG.warning("the reader of %s ended with %s: %s", file, done.returncode, done.stderr[-300:])
    return {"error": "table_too_big" if done.returncode < 0 or b"alloc" in done.stderr else "not_a_workbook"}


def _measure(request: Request, grid: Grid, context: FetchContext) -> MeasurementSeries:
    provenance = Provenance("excel", f"{grid.place}: {shown(request.metric)}", context.today)
    return select(choose(request, grid), grid, provenance, context.locale)


SOURCE = ExcelFile()
