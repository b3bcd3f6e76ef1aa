"""Google's error form: an HTTP code, a status word and a sentence.

`ApiError` is the only exception that a request may end with; everything else is a bug of this server.
"""

from typing import Any

STATUS_OF_CODE = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class ApiError(Exception):
    """An answer that is not 200: code, message, status word and optional details."""

    def __init__(self, code: int, message: str, details: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    def body(self) -> dict[str, Any]:
        """The JSON body as the Sheets API sends it."""
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": STATUS_OF_CODE.get(self.code, "UNKNOWN"),
        }
        if self.details:
            error["details"] = self.details
        return {"error": error}


class RequestError(Exception):
    """What is wrong with one request of a batch; the batch puts its place in front of the sentence."""


def invalid(message: str) -> ApiError:
    return ApiError(400, message)


def not_found() -> ApiError:
    return ApiError(404, "Requested entity was not found.")


def forbidden() -> ApiError:
    return ApiError(403, "The caller does not have permission")


def violations(found: list[tuple[str, str]]) -> ApiError:
    """A 400 for a body that does not fit its schema; `found` holds (field path, sentence) pairs."""
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [
            {"field": path, "description": text} if path else {"description": text} for path, text in found
        ],
    }
    return ApiError(400, "\n".join(text for _, text in found), [detail])
