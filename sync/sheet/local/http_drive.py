"""Addresses of Drive v3."""

from flask import Flask, Response, request

from . import web
from .access import Door
from .document import Json
from .drive import Drive

FILES = "/drive/v3/files"


def query_of() -> Json:
    return dict(request.args.items())


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

    def copy(self, file_id: str) -> Response:
        self.check(file_id, copying=True)
        return web.reply(self.drive.copy(file_id, query_of(), web.read_body(request), web.user_of(request)))

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
            return web.reply(self.drive.permission_update(file_id, permission_id, web.read_body(request)))
        return web.reply(self.drive.permission_get(file_id, permission_id))

    def comments(self, file_id: str) -> Response:
        self.check(file_id)
        if request.method == "POST":
            return web.reply(self.drive.comment(file_id, web.read_body(request), web.user_of(request)))
        return web.reply(self.drive.comments(file_id))


def add_routes(flask: Flask, drive: Drive, door: Door) -> None:
    """Put Drive's addresses on the app."""
    routes = Routes(drive, door)
    one = f"{FILES}/<file_id>"
    table = (
        (FILES, routes.files, ["GET", "POST"]),
        (one, routes.file, ["GET", "PATCH", "DELETE"]),
        (f"{one}/copy", routes.copy, ["POST"]),
        (f"{one}/permissions", routes.permissions, ["GET", "POST"]),
        (f"{one}/permissions/<permission_id>", routes.permission, ["GET", "PATCH", "DELETE"]),
        (f"{one}/comments", routes.comments, ["GET", "POST"]),
    )
    for path, view, verbs in table:
        flask.add_url_rule(path, view.__name__ + "_of_drive", view, methods=verbs)
