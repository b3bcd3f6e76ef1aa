"""What Google's interfaces say instead of an answer: one form of error for all of them.

https://cloud.google.com/apis/design/errors
"""

from collections.abc import Mapping
from typing import Any

from sync.errors import SourceError
from sync.sources.api import Api, Complaint
from sync.sources.names import shown
from sync.sources.web.call import Answer

_TOO_MUCH = {
    *("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"),
    *("RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"),
}
_OFF = {"accessNotConfigured", "SERVICE_DISABLED"}  # the interface, in the credential's project
_SCOPES = {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"}  # the credential's, whatever is asked for
_BAD_KEY = {"keyInvalid", "keyExpired", "API_KEY_INVALID"}  # told as a bad question


def google_complaint(api: Api, what: str, denied: str = "permission_or_place") -> Complaint:
    """Errors of an answer about `what`: a property, a site, a channel.

    `denied` is what a refusal means: of a property or site that is not there Google says that it may not be read.
    """

    def complain(answer: Answer, content: Any) -> SourceError | None:
        error = _error_in(content)
        if error is None:
            return _bare(api, answer, what)
        code = error.get("code")
        status = code if isinstance(code, int) and not isinstance(code, bool) else answer.status
        reasons = _reasons(error)
        if reasons & _OFF:
            return api.blocked("interface_off")
        if reasons & _TOO_MUCH:
            status = 429
        elif reasons & _BAD_KEY:
            status = 401
        if status == 403:
            return api.blocked("permission_missing" if reasons & _SCOPES else denied, what=shown(what))
        known = _known(api, status, what)
        # an error under a good status must not pass for an answer; any other the interface sorts by its status
        return known or (None if answer.status >= 400 else api.failure("platform_answer", status=float(status)))

    return complain


def _known(api: Api, status: int, what: str) -> SourceError | None:
    match status:
        case 429:
            return api.blocked("quota_reached", permanent=False)
        case 401:
            return api.blocked("credential_refused")
        case 404:
            return api.failure("thing_not_found", permanent=True, what=shown(what))
        case 400:
            return api.failure("request_refused", permanent=True, status=400.0)
    return None


def _bare(api: Api, answer: Answer, what: str) -> SourceError | None:
    """Statuses that come without Google's error body; the others are told as everywhere."""
    return api.failure("thing_not_found", permanent=True, what=shown(what)) if answer.status == 404 else None


def _error_in(content: Any) -> Mapping[str, Any] | None:
    """The error object; a stream (Google Ads) brings it as the first of a list, YouTube Analytics as `errors`."""
    first = content[0] if isinstance(content, list) and content else content
    told = [first.get("error"), first.get("errors")] if isinstance(first, Mapping) else []
    return next((error for error in told if isinstance(error, Mapping)), None)


def _reasons(error: Mapping[str, Any]) -> set[str]:
    listed = [*_listed(error.get("errors")), *_listed(error.get("details"))]
    reasons = {str(item.get("reason")) for item in listed if isinstance(item, Mapping)}
    return {*reasons, str(error.get("status"))}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
