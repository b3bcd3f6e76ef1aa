"""A marketing plan over real brand channels (daily, 2021 to 2024): levels, flows, ratios, from CSV files."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DAYS = (date(2021, 9, 30), date(2022, 6, 30), date(2023, 3, 31), date(2023, 12, 15))
OBJECTIVES = [{"name": name} for name in ("Darse a conocer", "Conversar con el público", "Llevar gente a la web")]


def write_files(series: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """One CSV a series (date, value) and one a channel with all that it has: ratios need two columns."""
    folder.mkdir(parents=True, exist_ok=True)
    channels: dict[str, dict[str, list[Any]]] = {}
    for row in series:
        _, channel, metric = row["id"].split("-", 2)
        channels.setdefault(channel, {})[metric] = row["values"]
    starts = {row["id"].split("-")[1]: date.fromisoformat(row["start"]) for row in series}
    for channel, metrics in channels.items():
        with (folder / f"{channel}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["date", *metrics])
            for offset, values in enumerate(zip(*metrics.values(), strict=True)):
                day = starts[channel] + timedelta(days=offset)
                writer.writerow([day.isoformat(), *("" if value is None else value for value in values)])


def kpis() -> list[dict[str, Any]]:
    """Sixteen KPIs a social-media manager of these channels might have written for the years 2021 to 2023."""
    reach, talk, web = (objective["name"] for objective in OBJECTIVES)
    year = {"start": date(2022, 1, 1), "due": date(2022, 12, 31)}
    last = {"start": date(2023, 1, 1), "due": date(2023, 12, 31)}
    whole = {"start": date(2021, 1, 1), "due": date(2023, 12, 31)}
    level = {"measure_kind": "Nivel", "unit": "seguidores", "metric": "audience", "stage": "Descubrimiento"}
    flow = {"measure_kind": "Flujo", "stage": "Consideración"}
    ratio = {"measure_kind": "Tasa", "unit": "%", "metric": "engagements / impressions", "stage": "Consideración"}
    rows = [
        level | whole | {"source": "csv:facebook.csv", "baseline": 2855, "target": 8000, "objective": reach},
        level | year | {"source": "csv:instagram.csv", "baseline": 6500, "target": 12000, "objective": reach},
        level | last | {"source": "csv:instagram.csv", "baseline": 11000, "target": 13000, "objective": reach},
        level | last | {"source": "csv:twitter.csv", "baseline": 20500, "target": 21500, "objective": reach},
        flow | year | _counted("impressions", "facebook", 400_000, "impresiones", reach),
        flow | last | _counted("impressions", "twitter", 600_000, "impresiones", reach),
        flow | year | _counted("engagements", "twitter", 20_000, "interacciones", talk),
        flow | last | _counted("engagements", "facebook", 6_000, "interacciones", talk),
        flow | last | _counted("post_link_clicks", "facebook", 4_000, "clics", web),
        flow | year | _counted("post_link_clicks", "twitter", 5_000, "clics", web),
        flow | last | _counted("event_count", "web", 300_000, "páginas vistas", web) | {"stage": "Conversión"},
        flow | last | _counted("mentions", "media", 400, "menciones", reach) | {"stage": "Fidelización"},
        ratio | year | _held("facebook", 2.5, "Mantener por encima", talk),
        ratio | last | _held("twitter", 2.0, "Mantener por encima", talk),
        ratio | whole | _held("twitter", 1.0, "Mantener entre", talk) | {"upper_limit": 4.0},
        level | last | _held("instagram", 10000, "Mantener por encima", reach),
    ]
    common = {"owner": "Leeds", "cadence": "Mensual", "direction": "Aumentar", "nature": "Cuantitativo"}
    return [
        {**common, **row, "name": f"{n:02d} {row['source'][4:-4]} {row['metric']}"} for n, row in enumerate(rows, 1)
    ]


def _counted(metric: str, channel: str, target: float, unit: str, objective: str) -> dict[str, Any]:
    return {
        "metric": metric,
        "source": f"csv:{channel}.csv",
        "target": target,
        "unit": unit,
        "objective": objective,
        "baseline": 0,
    }


def _held(channel: str, target: float, direction: str, objective: str) -> dict[str, Any]:
    return {"source": f"csv:{channel}.csv", "target": target, "direction": direction, "objective": objective}
