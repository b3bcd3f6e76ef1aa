"""The API for tests, off unless asked for: faults in force, and edits by a pretended person."""

from typing import Any

from flask import Flask, Response, request

from .errors import invalid
from .faults import Faults, FaultsError, read_faults
from .hooks import edit
from .web import read_body, reply


def add_routes(flask: Flask, server: Any) -> None:
    """`GET`, `PUT` and `DELETE /_local/faults`, `POST /_local/edit?workbook=ID`."""

    def faults() -> Response:
        if request.method == "GET":
            return reply({"refused": server.faults.refused})
        try:
            server.faults = Faults() if request.method == "DELETE" else read_faults(read_body(request))
        except (FaultsError, TypeError, ValueError, AttributeError) as trouble:
            raise invalid(str(trouble)) from None
        return reply({})

    def change() -> Response:
        workbook, call = request.args.get("workbook", ""), request.args.get("before") or request.args.get("after")
        if call is None:
            edit(server.library, workbook, read_body(request))
        else:
            server.hooks.plan_edit(workbook, int(call), read_body(request), "after" in request.args)
        return reply({})

    flask.add_url_rule("/_local/faults", "set_faults", faults, methods=["GET", "PUT", "DELETE"])
    flask.add_url_rule("/_local/edit", "edit", change, methods=["POST"])
