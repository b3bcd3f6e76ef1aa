"""The endpoint that looks at one KPI while a person types it. Nothing is fetched, nothing is kept."""

from datetime import UTC, datetime

from flask import Response

from webhook.events import CheckWanted
from webhook.responses import document, locale
from webhook.service import Service


def check(service: Service, event: CheckWanted) -> Response:
    """What is good about a sentence or a row, and what is missing; in the language that was asked for."""
    from sync.checking import Question, check_kpi, locale_of  # the words of two languages: not for a trigger
    from sync.sources.gate import Gate

    tag = event.lang or locale()
    today = event.today or datetime.fromtimestamp(service.clock(), UTC).date()
    gate = Gate(service.settings, event.workbook)
    question = Question(today, locale_of(tag), event.statement, event.row, detect=event.lang is None, gate=gate)
    answer = check_kpi(question)
    return document(answer, headers={"Content-Language": tag[:2], "Vary": "Accept-Language"})
