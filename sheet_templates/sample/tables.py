"""The sample's own numbers: what its sources hold. Pure but for reading words.yaml once."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sheet_templates.sample.calendar import PlanYear, months_later
from sheet_templates.sample.series import flow, level, noise, season

Cell = str | float | date | None
Row = Sequence[Cell]

TICKET = 27.0  # euros an online order is worth
MARK = {"es": ",", "en": "."}  # as a spreadsheet of that language exports decimals
SEPARATOR = {"es": ";", "en": ","}


def files(language: str, year: PlanYear) -> dict[str, str]:
    """File name -> text, for the sources csv and json."""
    words = load("words.yaml")
    made = {
        "social": csv_text(social(language, year), language),
        "contacts": csv_text(contacts(language, year), language),
        "ads": csv_text(ads(language, year), language),
        "newsletter": json_text(newsletter(language, year)),
        "club": json_text(club(language, year)),
    }
    return {words["places"][place][language]: text for place, text in made.items()}


def tabs(language: str, year: PlanYear) -> dict[str, tuple[Row, ...]]:
    """Title -> rows, the headings first, of tabs that are a person's own."""
    return {load("words.yaml")["places"]["sales"][language]: tuple(sales(language, year))}


def social(language: str, year: PlanYear) -> list[Row]:
    """A week and network a row: followers on Sunday, and what was posted in the week."""
    rows: list[Row] = [_headings("social", language)]
    for index, on in enumerate(year.sundays()):
        followers = level("instagram", year, on, (4200, 7000), 1.06, 12)
        posts = 4 if index == 0 else (2 if index == 5 else 6 if index == 12 else 4 + round(noise("posts", index)))
        rows.append((on, _channel("instagram", language), round(followers), posts))
        friends = level("facebook", year, on, (2900, 3000), 1.0, 4)
        rows.append((on, _channel("facebook", language), round(friends), 1 + index % 2))
    return rows


def contacts(language: str, year: PlanYear) -> list[Row]:
    """A week and channel a row: people who left their address."""
    rows: list[Row] = [_headings("contacts", language)]
    for index, on in enumerate(year.sundays()):
        rows.append((on, _channel("web", language), round(flow("leads", index, 1.06 * 4000 / 52, 0.15))))
        if index % 4 == 3:
            rows.append((on, _channel("fairs", language), round(flow("fairs", index, 35, 0.3))))
    return rows


def ads(language: str, year: PlanYear) -> list[Row]:
    """A week a row: clicks, and what has been spent since the year began."""
    rows: list[Row] = [_headings("ads", language)]
    for index, on in enumerate(year.sundays()):
        spent = level("spend", year, on, (0, 12000), 1.16, 25)
        rows.append((on, round(flow("clicks", index, 410, 0.12)), round(spent, 2)))
    return rows


def newsletter(language: str, year: PlanYear) -> list[Row]:
    """One mailing a week: sent and opened."""
    rows: list[Row] = [_headings("newsletter", language)]
    for index, on in enumerate(year.sundays()):
        sent = 2400 + 18 * index
        rows.append((on, sent, round(sent * (0.335 + 0.004 * noise("opens", index)))))
    return rows


def club(language: str, year: PlanYear) -> list[Row]:
    """Subscribers on each Sunday."""
    counts = [round(level("club", year, on, (140, 260), 0.86, 0.6)) for on in year.sundays()]
    return [_headings("club", language), *zip(year.sundays(), counts, strict=True)]


def sales(language: str, year: PlanYear) -> list[Row]:
    """A week and channel a row, from a year before the plan's start: visits, orders, and sales in euros.

    Online the shop had 2,200 visits a week last year, of which 1.8 % ordered; the plan's year brings 24 % more visits
    and a rate that hardly moves.
    """
    rows: list[Row] = [_headings("sales", language)]
    for index, on in enumerate(year.sundays(months_later(year.start, -12))):
        ours = on >= year.start
        visits = round(flow("visits", index, 2200 * season(on) * (1.24 if ours else 1.0), 0.05))
        rate = 0.018 + (0.008 * 0.3 * year.share(on) if ours else 0.0)
        orders = round(visits * rate * (1 + 0.02 * noise("orders", index)))
        rows.append(
            (on, _channel("online", language), visits, orders, round(orders * (TICKET + noise("ticket", index)), 2))
        )
        guests = round(flow("guests", index, 1500, 0.08))
        served = round(guests * 0.82)
        rows.append((on, _channel("cafe", language), guests, served, round(served * 5.4, 2)))
    return rows


def csv_text(rows: Sequence[Row], language: str) -> str:
    """Rows as a spreadsheet of that language exports them: ISO dates, its own separator and decimal mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATOR[language], lineterminator="\n")
    writer.writerows([_exported(cell, language) for cell in row] for row in rows)
    return out.getvalue()


def json_text(rows: Sequence[Row]) -> str:
    """Rows as a list of objects, one a line."""
    head, *body = rows
    objects = [json.dumps(dict(zip(map(str, head), map(_plain, row), strict=True)), ensure_ascii=False) for row in body]
    return "[\n" + ",\n".join(objects) + "\n]\n"


@cache
def load(name: str) -> Any:
    """A YAML file beside this one."""
    return yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _headings(place: str, language: str) -> Row:
    words: Mapping[str, list[str]] = load("words.yaml")["headings"][place]
    return tuple(words[language])


def _channel(name: str, language: str) -> str:
    return str(load("words.yaml")["channels"][name][language])


def _plain(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


def _exported(cell: Cell, language: str) -> Cell:
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", MARK[language])
    return _plain(cell)
