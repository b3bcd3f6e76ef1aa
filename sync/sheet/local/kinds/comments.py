"""Comment threads: each hangs on an anchor that follows its cell."""

from datetime import UTC, datetime

from ..context import Context
from ..document import Box, Json, Workbook
from ..errors import RequestError
from ..ranges import grid_range, tab_of
from ..view import CellView

MAX_UNITS = 2048


def _content(text: str) -> str:
    if not text:
        raise RequestError("The comment content must not be empty.")
    if len(text.encode()) > MAX_UNITS:
        raise RequestError(f"The comment content must not exceed {MAX_UNITS} UTF-8 code units.")
    return text


def _post(context: Context, content: str) -> Json:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "postId": str(context.new_id()),
        "createTime": now,
        "updateTime": now,
        "content": content,
        "author": {"displayName": context.user, "user": context.user, "me": True},
    }


def insert_comment(workbook: Workbook, request: Json, context: Context) -> Json:
    content = _content(request.get("content", ""))
    where = request.get("coordinate", {})
    tab = tab_of(workbook, where.get("sheetId", 0))
    row, column = where.get("rowIndex", 0), where.get("columnIndex", 0)
    if row >= tab.row_count or column >= tab.column_count:
        raise RequestError("coordinate is outside of the grid.")
    anchor = str(context.new_id())
    post = _post(context, content)
    if request.get("assigneeEmailAddress"):
        post["assigneeEmail"] = request["assigneeEmailAddress"]
    thread: Json = {
        "commentId": str(context.new_id()),
        "anchorId": anchor,
        "headPost": post,
        "status": "OPEN",
        "plainTextQuote": CellView(workbook, tab).text(row, column, tab.cell(row, column)) or "",
    }
    thread = {name: item for name, item in thread.items() if item != ""}
    workbook.comments.append(thread)
    box = Box(row, row + 1, column, column + 1)
    tab.lists["commentAnchors"].append({"anchorId": anchor, "range": grid_range(tab, box)})
    return {"commentThread": thread}


def _find(workbook: Workbook, comment_id: str) -> int:
    for place, thread in enumerate(workbook.comments):
        if thread["commentId"] == comment_id:
            return place
    raise RequestError(f"No comment with id: {comment_id}")


def _check_author(post: Json, context: Context) -> None:
    if post["author"]["user"] != context.user:
        raise RequestError("The requesting user is not the author of the post.")


def add_reply(workbook: Workbook, request: Json, context: Context) -> Json:
    place = _find(workbook, request.get("commentId", ""))
    wanted = request.get("post", {})
    action = wanted.get("commentAction", "COMMENT_ACTION_TYPE_UNSPECIFIED")
    moves = action in ("RESOLVE", "REOPEN")
    post = _post(context, wanted.get("content", "") if moves else _content(wanted.get("content", "")))
    if moves:
        post["commentAction"] = action
    post = {name: item for name, item in post.items() if item != ""}
    thread = workbook.comments[place]
    status = {"RESOLVE": "RESOLVED", "REOPEN": "OPEN"}.get(action, thread["status"])
    workbook.comments[place] = thread | {"replies": [*thread.get("replies", []), post], "status": status}
    return {"post": post}


def update_post(workbook: Workbook, request: Json, context: Context) -> None:
    place = _find(workbook, request.get("commentId", ""))
    content = _content(request.get("content", ""))
    thread = workbook.comments[place]
    posts = [thread["headPost"], *thread.get("replies", [])]
    for number, post in enumerate(posts):
        if post["postId"] == request.get("postId", ""):
            _check_author(post, context)
            posts[number] = post | {"content": content}
            replies = {"replies": posts[1:]} if posts[1:] else {}
            workbook.comments[place] = thread | {"headPost": posts[0]} | replies
            return
    raise RequestError(f"No post with id: {request.get('postId', '')}")


def delete_comment(workbook: Workbook, request: Json, context: Context) -> None:
    place = _find(workbook, request.get("commentId", ""))
    thread = workbook.comments[place]
    _check_author(thread["headPost"], context)
    del workbook.comments[place]
    for tab in workbook.tabs:
        kept = [item for item in tab.lists["commentAnchors"] if item["anchorId"] != thread["anchorId"]]
        tab.lists["commentAnchors"] = kept


def delete_reply(workbook: Workbook, request: Json, context: Context) -> None:
    place = _find(workbook, request.get("commentId", ""))
    thread = workbook.comments[place]
    replies = thread.get("replies", [])
    found = [post for post in replies if post["postId"] == request.get("postId", "")]
    if not found:
        raise RequestError(f"No post with id: {request.get('postId', '')}")
    _check_author(found[0], context)
    rest = [post for post in replies if post is not found[0]]
    kept = {name: item for name, item in thread.items() if name != "replies"}
    workbook.comments[place] = kept | ({"replies": rest} if rest else {})


KINDS = {
    "insertComment": insert_comment,
    "addCommentReply": add_reply,
    "updateCommentPost": update_post,
    "deleteComment": delete_comment,
    "deleteCommentReply": delete_reply,
}
