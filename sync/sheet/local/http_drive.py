"""Addresses of Drive v3."""

from typing import Any

from flask import Flask, Response, request

from . import web
from .document import Json

FILES = "/drive/v3/files"


def query_of() -> Json:
    return {name: value for name, value in request.args.items()}


def add_routes(flask: Flask, server: Any) -> None:
    """Drive's methods on the app; `server` holds the drive and the helpers for bodies and answers."""
    drive = server.drive

    def files() -> Response:
        if request.method == "POST":
            return web.reply(drive.create(query_of(), web.read_body(request), web.user_of(request)))
        return web.reply(drive.list(query_of(), web.user_of(request)))

    def one(file_id: str) -> Response:
        if request.method == "DELETE":
            drive.delete(file_id)
            return Response(status=204)
        if request.method == "PATCH":
            return web.reply(drive.update(file_id, query_of(), web.read_body(request)))
        return web.reply(drive.get(file_id, query_of()))

    def copy(file_id: str) -> Response:
        return web.reply(drive.copy(file_id, query_of(), web.read_body(request), web.user_of(request)))

    def permissions(file_id: str) -> Response:
        if request.method == "POST":
            return web.reply(drive.permit(file_id, query_of(), web.read_body(request)))
        return web.reply(drive.permissions(file_id, query_of()))

    def permission(file_id: str, permission_id: str) -> Response:
        if request.method == "DELETE":
            drive.unpermit(file_id, permission_id)
            return Response(status=204)
        if request.method == "PATCH":
            return web.reply(drive.permission_update(file_id, permission_id, web.read_body(request)))
        return web.reply(drive.permission_get(file_id, permission_id))

    def comments(file_id: str) -> Response:
        if request.method == "POST":
            return web.reply(drive.comment(file_id, web.read_body(request), web.user_of(request)))
        return web.reply(drive.comments(file_id))

    flask.add_url_rule(FILES, "files", files, methods=["GET", "POST"])
    flask.add_url_rule(f"{FILES}/<file_id>", "file", one, methods=["GET", "PATCH", "DELETE"])
    flask.add_url_rule(f"{FILES}/<file_id>/copy", "copy", copy, methods=["POST"])
    flask.add_url_rule(f"{FILES}/<file_id>/permissions", "permissions", permissions, methods=["GET", "POST"])
    path = f"{FILES}/<file_id>/permissions/<permission_id>"
    flask.add_url_rule(path, "permission", permission, methods=["GET", "PATCH", "DELETE"])
    flask.add_url_rule(f"{FILES}/<file_id>/comments", "comments", comments, methods=["GET", "POST"])
