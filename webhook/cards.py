"""The endpoint of a KPI's card, as the last sync of its workbook left it."""

from flask import Response

from webhook.events import CardAsked, Refusal
from webhook.responses import document, problem
from webhook.service import Service


def tell_card(service: Service, event: CardAsked) -> Response:
    """How a KPI stands; to any other workbook it does not exist."""
    card = service.store.card(event.workbook, event.kpi)
    return problem(Refusal("no_such_kpi")) if card is None else document(card)
