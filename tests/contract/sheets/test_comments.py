"""Comment threads: who may touch what, in which words they are refused, and where an anchor goes."""

from typing import Any

import pytest

from tests.contract.sheets.support import Api


def ask(text: str = "why?", row: int = 2) -> dict[str, Any]:
    return {"insertComment": {"content": text, "coordinate": {"sheetId": 0, "rowIndex": row, "columnIndex": 1}}}


def thread(api: Api, **more: Any) -> str:
    wanted = ask()
    wanted["insertComment"] |= more
    made: str = api.batch(wanted)["replies"][0]["insertComment"]["commentThread"]["commentId"]
    return made


def refusal(api: Api, request: dict[str, Any]) -> tuple[int, str]:
    answer = api.send("POST", ":batchUpdate", {"requests": [request]})
    return answer.status_code, answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (ask(""), "Insert comment requests must specify non-empty post text."),
        (ask("x" * 2049), "The content may not exceed 2048 UTF-8 code units."),
        (ask(row=1000), "GridCoordinate.rowIndex[1000] is after last row in grid[999]"),
    ],
)
def test_a_comment_needs_a_text_and_a_cell(api: Api, request_, message):
    assert refusal(api, request_) == (400, f"Invalid requests[0].insertComment: {message}")


def test_what_is_not_there_is_a_404_without_the_requests_number(api: Api):
    known = thread(api)
    reply = {"addCommentReply": {"commentId": "AAAAnone", "post": {"content": "so"}}}
    assert refusal(api, reply) == (404, "Comment with ID AAAAnone does not exist.")
    gone = {"deleteComment": {"commentId": "AAAAnone"}}
    assert refusal(api, gone) == (404, "Comment thread with ID 'AAAAnone' was not found.")
    post = {"updateCommentPost": {"commentId": known, "postId": "AAAAnone", "content": "x"}}
    assert refusal(api, post) == (404, "Reply with ID AAAAnone does not exist.")


def test_a_reply_says_something_or_moves_the_thread(api: Api):
    known = thread(api)
    code, message = refusal(api, {"addCommentReply": {"commentId": known, "post": {}}})
    assert code == 400
    assert message.endswith("must specify a non-empty content if comment action is not RESOLVE or REOPEN.")
    post = api.batch({"addCommentReply": {"commentId": known, "post": {"commentAction": "RESOLVE"}}})["replies"][0]
    taken = {"deleteCommentReply": {"commentId": known, "postId": post["addCommentReply"]["post"]["postId"]}}
    assert refusal(api, taken) == (400, "The reply post contains a comment action.")


def test_only_an_assigned_thread_is_assigned_anew(api: Api):
    free = {"addCommentReply": {"commentId": thread(api), "post": {"content": "you", "assigneeEmail": "a@example.org"}}}
    code, message = refusal(api, free)
    assert code == 400
    assert message.endswith("whose head post does not have an assignment.")
    free["addCommentReply"]["commentId"] = thread(api, assigneeEmailAddress="b@example.org")
    assert api.batch(free)["replies"][0]["addCommentReply"]["post"]["assigneeEmail"] == "a@example.org"


def test_an_anchor_follows_its_cell_and_outlives_it(api: Api):
    thread(api)
    above = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    api.batch({"insertDimension": {"range": above}})
    assert anchor(api) == {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 2}
    own = above | {"startIndex": 2, "endIndex": 5}
    api.batch({"deleteDimension": {"range": own}})
    assert anchor(api) == {"startRowIndex": 2, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}


def anchor(api: Api) -> dict[str, int]:
    shown = api.get("", commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    found: dict[str, int] = shown["sheets"][0]["commentAnchors"][0]["range"]
    return found


def test_comments_are_shown_when_asked_for(api: Api):
    made = api.batch({"insertComment": {"content": "why?", "coordinate": {"rowIndex": 1}}})
    thread = made["replies"][0]["insertComment"]["commentThread"]
    api.batch({"addCommentReply": {"commentId": thread["commentId"], "post": {"commentAction": "RESOLVE"}}})
    assert made["commentUpdateState"] == "ALL_SAVED"
    assert "comments" not in api.get("")
    shown = api.get("", commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    assert shown["comments"][0]["status"] == "RESOLVED"
    assert shown["sheets"][0]["commentAnchors"][0]["range"] == {
        "startRowIndex": 1,
        "endRowIndex": 2,
        "endColumnIndex": 1,
    }
