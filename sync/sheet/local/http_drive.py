"""Addresses of Drive v3."""

import json
from email import message_from_bytes
from email.policy import default

from flask import Flask, Response, request

from . import web
from .access import Door
from .document import Json
from .drive import Drive
from .drive_body import read
from .drive_query import DriveError
from .drive_shown import person, shown
from .drive_v2 import shown_v2
from .library import SHEETS_MIME

FILES, FILES_V2 = "/drive/v3/files", "/drive/v2/files"


def query_of() -> Json:
    return dict(request.args.items())


def two_parts(content_type: str, data: bytes) -> tuple[Json, bytes, str]:
    """(metadata, content, media type) of a multipart/related body. Raises DriveError 400."""
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + data, policy=default)
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if len(parts) != 2:
        raise DriveError(400, "Malformed multipart body.", "badContent")
    try:
        head = json.loads(parts[0].get_content())
    except ValueError:
        raise DriveError(400, "Malformed multipart body.", "badContent") from None
    body = parts[1].get_payload(decode=True)
    return head, body if isinstance(body, bytes) else b"", parts[1].get_content_type()


class Routes:
    """Drive's methods, one view function for each address."""

    def __init__(self, drive: Drive, door: Door) -> None:
        self.drive, self.door = drive, door

    def check(self, file_id: str, copying: bool = False) -> None:
        """Raises DriveError where the caller may not do this."""
        writes = request.method != "GET" and not copying
        self.door.check_drive(file_id, web.user_of(request), writes)

    def files(self) -> Response:
        if request.method == "POST":
            return web.reply(self.drive.create(query_of(), web.read_body(request), web.user_of(request)))
        user = web.user_of(request)
        return web.reply(self.drive.list(query_of(), lambda file: self.door.role(file, user) is not None))

    def file(self, file_id: str) -> Response:
        self.check(file_id)
        if request.method == "DELETE":
            self.drive.delete(file_id)
            return Response(status=204)
        if request.method == "PATCH":
            return web.reply(self.drive.update(file_id, query_of(), web.read_body(request)))
        return web.reply(self.drive.get(file_id, query_of()))

    def root(self) -> Response:
        return web.reply(self.drive.root(query_of(), web.user_of(request)))

    def file_v2(self, file_id: str) -> Response:
        """Drive v2: read a file's record, or delete it."""
        self.check(file_id)
        if request.method == "DELETE":
            self.drive.delete(file_id)
            return Response(status=204)
        return web.reply(shown_v2(self.drive.file(file_id)))

    def files_v2(self) -> Response:
        """Drive v2: a new file, whose name is its `title`."""
        body = read(web.read_body(request))
        message = {"name": body.get("title"), "mimeType": body.get("mimeType")}
        wanted = {name: item for name, item in message.items() if item}
        made = self.drive.create({}, wanted, web.user_of(request))
        return web.reply(shown_v2(self.drive.file(made["id"])))

    def me(self) -> Response:
        """Who is calling, as Google's userinfo says it."""
        own = person(web.user_of(request))
        return web.reply({"id": own["permissionId"], "email": own["emailAddress"], "verified_email": True})

    def copy(self, file_id: str) -> Response:
        self.check(file_id, copying=True)
        return web.reply(self.drive.copy(file_id, query_of(), web.read_body(request), web.user_of(request)))

    def export(self, file_id: str) -> Response:
        self.check(file_id)
        kind = request.args.get("mimeType", "")
        return Response(self.drive.export(file_id, kind), content_type=kind)

    def upload(self, file_id: str) -> Response:
        """New content for a file, by Drive v2 (`PUT`) or v3 (`PATCH`)."""
        self.check(file_id)
        file = self.drive.upload(file_id, request.get_data(), request.content_type or "text/csv")
        return web.reply(shown_v2(file) if "/v2/" in request.path else shown(file, request.args.get("fields")))

    def upload_new(self) -> Response:
        """A new file: its metadata and its content as the two parts of a multipart/related body."""
        message, data, kind = two_parts(request.content_type or "", request.get_data())
        made = self.drive.create({}, read(message) | {"mimeType": SHEETS_MIME}, web.user_of(request))
        try:
            file = self.drive.upload(made["id"], data, kind)
        except DriveError:
            self.drive.delete(made["id"])
            raise
        return web.reply(shown(file, request.args.get("fields")))

    def permissions(self, file_id: str) -> Response:
        self.check(file_id)
        if request.method == "POST":
            return web.reply(self.drive.permit(file_id, query_of(), web.read_body(request)))
        return web.reply(self.drive.permissions(file_id, query_of()))

    def permission(self, file_id: str, permission_id: str) -> Response:
        self.check(file_id)
        if request.method == "DELETE":
            self.drive.unpermit(file_id, permission_id)
            return Response(status=204)
        if request.method == "PATCH":
            body = web.read_body(request)
            return web.reply(self.drive.permission_update(file_id, permission_id, query_of(), body))
        return web.reply(self.drive.permission_get(file_id, permission_id, query_of()))

    def comments(self, file_id: str) -> Response:
        self.check(file_id)
        if request.method == "POST":
            body = web.read_body(request)
            return web.reply(self.drive.comment(file_id, query_of(), body, web.user_of(request)))
        return web.reply(self.drive.comments(file_id, query_of()))


def add_routes(flask: Flask, drive: Drive, door: Door) -> None:
    """Put Drive's addresses on the app."""
    routes = Routes(drive, door)
    one = f"{FILES}/<file_id>"
    table = (
        (FILES, routes.files, ["GET", "POST"]),
        (f"{FILES}/root", routes.root, ["GET"]),
        (FILES_V2, routes.files_v2, ["POST"]),
        (f"{FILES_V2}/<file_id>", routes.file_v2, ["GET", "DELETE"]),
        ("/userinfo/v2/me", routes.me, ["GET"]),
        (one, routes.file, ["GET", "PATCH", "DELETE"]),
        (f"{one}/copy", routes.copy, ["POST"]),
        (f"{one}/export", routes.export, ["GET"]),
        ("/upload/drive/v2/files/<file_id>", routes.upload, ["PUT"]),
        ("/upload/drive/v3/files", routes.upload_new, ["POST"]),
        (f"{one}/permissions", routes.permissions, ["GET", "POST"]),
        (f"{one}/permissions/<permission_id>", routes.permission, ["GET", "PATCH", "DELETE"]),
        (f"{one}/comments", routes.comments, ["GET", "POST"]),
    )
    flask.add_url_rule("/upload/drive/v3/files/<file_id>", "upload_v3", routes.upload, methods=["PATCH"])
    for path, view, verbs in table:
        flask.add_url_rule(path, view.__name__ + "_of_drive", view, methods=verbs)
