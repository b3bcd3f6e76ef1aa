"""Comment threads: each hangs on an anchor that follows its cell."""

from datetime import UTC, datetime

from ..checks import check_spot
from ..context import Context
from ..document import Json, Workbook
from ..errors import ApiError, RequestError, invalid
from ..ranges import tab_of
from ..view import CellView

MAX_UNITS = 2048
NO_REPLY = "Add comment reply requests must specify a non-empty content if comment action is not RESOLVE or REOPEN."


def timestamp() -> str:
    """RFC 3339 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _content(text: str, empty: str) -> str:
    if not text:
        raise RequestError(empty)
    if len(text.encode()) > MAX_UNITS:
        raise RequestError(f"The content may not exceed {MAX_UNITS} UTF-8 code units.")
    return text


def _post(context: Context, content: str) -> Json:
    now = timestamp()
    return {
        "postId": _new_id(context),
        "createTime": now,
        "updateTime": now,
        "content": content,
        "commentAction": "NO_COMMENT_ACTION_CHANGE",
        "author": {"displayName": context.user, "user": context.user, "me": True},
    }


def _new_id(context: Context) -> str:
    return f"AAAA{context.new_id():010d}"


def insert_comment(workbook: Workbook, request: Json, context: Context) -> Json:
    where = request.get("coordinate", {})
    tab = tab_of(workbook, where.get("sheetId", 0))
    row, column = check_spot(tab, where)
    content = _content(request.get("content", ""), "Insert comment requests must specify non-empty post text.")
    anchor = _new_id(context)
    post = _post(context, content)
    if request.get("assigneeEmailAddress"):
        post["assigneeEmail"] = request["assigneeEmailAddress"]
    thread: Json = {
        "commentId": _new_id(context),
        "anchorId": anchor,
        "headPost": post,
        "status": "OPEN",
        "plainTextQuote": CellView(workbook, tab).text(row, column, tab.cell(row, column)) or "",
    }
    thread = {name: item for name, item in thread.items() if item != ""}
    workbook.comments.append(thread)
    span = {
        "sheetId": tab.sheet_id,
        "startRowIndex": row,
        "endRowIndex": row + 1,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    tab.lists["commentAnchors"].append({"anchorId": anchor, "range": span})
    return {"commentThread": thread}


def _find(workbook: Workbook, comment_id: str) -> int:
    for place, thread in enumerate(workbook.comments):
        if thread["commentId"] == comment_id:
            return place
    raise ApiError(404, f"Comment with ID {comment_id} does not exist.")


def _no_reply(request: Json) -> ApiError:
    return ApiError(404, f"Reply with ID {request.get('postId', '')} does not exist.")


def _check_author(post: Json, context: Context, word: str = "post") -> None:
    if post["author"]["user"] != context.user:
        raise invalid(f"The requesting user is not the author of the {word}.")


def add_reply(workbook: Workbook, request: Json, context: Context) -> Json:
    place = _find(workbook, request.get("commentId", ""))
    wanted = request.get("post", {})
    action = wanted.get("commentAction", "COMMENT_ACTION_TYPE_UNSPECIFIED")
    moves = action in ("RESOLVE", "REOPEN")
    content = wanted.get("content", "")
    post = _post(context, content if moves and not content else _content(content, NO_REPLY))
    if wanted.get("assigneeEmail"):
        _check_assignee(workbook.comments[place], moves)
        post["assigneeEmail"] = wanted["assigneeEmail"]
    if moves:
        post["commentAction"] = action
    post = {name: item for name, item in post.items() if item != ""}
    thread = workbook.comments[place]
    status = {"RESOLVE": "RESOLVED", "REOPEN": "OPEN"}.get(action, thread["status"])
    workbook.comments[place] = thread | {"replies": [*thread.get("replies", []), post], "status": status}
    return {"post": post}


def _check_assignee(thread: Json, moves: bool) -> None:
    if moves:
        raise RequestError("An assignee cannot be set when resolving or reopening.")
    if "assigneeEmail" not in thread["headPost"]:
        raise invalid(
            f"Cannot reassign comment thread with ID {thread['commentId']} whose head post does not have an assignment."
        )


def update_post(workbook: Workbook, request: Json, context: Context) -> None:
    place = _find(workbook, request.get("commentId", ""))
    thread = workbook.comments[place]
    posts = [thread["headPost"], *thread.get("replies", [])]
    for number, post in enumerate(posts):
        if post["postId"] == request.get("postId", ""):
            content = _content(
                request.get("content", ""), "Update comment post requests must specify non-empty content."
            )
            _check_author(post, context)
            posts[number] = post | {"content": content, "updateTime": timestamp()}
            replies = {"replies": posts[1:]} if posts[1:] else {}
            workbook.comments[place] = thread | {"headPost": posts[0]} | replies
            return
    raise _no_reply(request)


def delete_comment(workbook: Workbook, request: Json, context: Context) -> None:
    comment_id = request.get("commentId", "")
    if all(thread["commentId"] != comment_id for thread in workbook.comments):
        raise ApiError(404, f"Comment thread with ID '{comment_id}' was not found.")
    place = _find(workbook, comment_id)
    thread = workbook.comments[place]
    _check_author(thread["headPost"], context, "head post")
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
        raise _no_reply(request)
    _check_author(found[0], context)
    if found[0].get("commentAction") in ("RESOLVE", "REOPEN"):
        raise invalid("The reply post contains a comment action.")
    if "assigneeEmail" in found[0]:
        raise invalid("The reply post contains an assignee.")
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
