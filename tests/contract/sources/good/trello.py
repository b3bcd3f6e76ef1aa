"""Lists as https://developer.atlassian.com/cloud/trello/rest/api-group-boards/ shows them; ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"cards.done": 2.0, "cards.in_list": 3.0}
COUNTED = ("cards.done", "cards.in_list")


def answer(call: Call) -> Answer:
    """Two cards that came, one that went; or the board's two lists."""
    if call.url.endswith("/lists"):
        cards = [{"id": str(n)} for n in range(3)]
        return ok([{"id": "a", "name": "Pendiente", "cards": []}, {"id": "b", "name": "Hecho", "cards": cards}])
    moves = [("Hecho", 18), ("Pendiente", 12), ("hecho", 9)]
    return ok([_move(name, hour) for name, hour in moves])


def _move(name: str, hour: int) -> dict[str, object]:
    lists = {"listBefore": {"id": "x", "name": "En curso"}, "listAfter": {"id": "y", "name": name}}
    return {"id": f"6{hour}", "type": "updateCard", "date": f"2026-06-29T{hour:02}:00:00.000Z", "data": lists}
