"""Real brand channels, written out as CSV files, arrive value for value."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from sync.sources import fetch_all
from tests.source_builders import context, kpi, series, snapshot

SERIES = Path(__file__).parents[3] / "shared" / "eval" / "series" / "leeds2023_daily_dev.jsonl"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SERIES.exists(), reason="the real series lie beside the repository and are not here"),
]


def written(folder, row):
    first = date.fromisoformat(row["start"])
    lines = [f"{first + timedelta(days=n)},{'' if v is None else v}" for n, v in enumerate(row["values"])]
    (folder / f"{row['id']}.csv").write_text("\n".join(["date,value", *lines]))
    return kpi(f"{row['id']}.csv", "value", id=row["id"])


def test_every_real_series_arrives_as_it_is(tmp_path):
    rows = [json.loads(line) for line in SERIES.read_text(encoding="utf-8").splitlines()]
    found = fetch_all([written(tmp_path, row) for row in rows], snapshot(), context(tmp_path))
    for row in rows:
        points = series(found[row["id"]]).points
        assert [point.value for point in points] == row["values"]
        assert points[0].on == date.fromisoformat(row["start"])
