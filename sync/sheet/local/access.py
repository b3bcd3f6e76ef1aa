"""Who is calling, and what they may do with a file.

A bearer token comes from this server's own `/token`, which takes the signed statement that google-auth sends for a
service account. The signature is not checked: this server has no list of keys, and listens on loopback. A token only
says which address the caller goes by, so that sharing and refusals behave as they do with Google.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from .document import Json
from .drive_query import missing, not_enough
from .errors import ApiError, forbidden
from .library import DEFAULT_USER, Library

LIFETIME = 3600
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
WRITERS = ("owner", "organizer", "fileOrganizer", "writer")


class TokenError(Exception):
    """The token endpoint's refusal: an OAuth error word and a sentence."""

    def __init__(self, word: str, sentence: str) -> None:
        super().__init__(sentence)
        self.body = {"error": word, "error_description": sentence}


class Tokens:
    """Tokens that carry their own address and end, signed with a secret of this process."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def _seal(self, payload: str) -> str:
        return hmac.new(self._secret, payload.encode(), hashlib.sha256).hexdigest()[:32]

    def issue(self, address: str, lifetime: int = LIFETIME) -> Json:
        """The answer of the token endpoint."""
        inner = json.dumps([address, int(time.time()) + lifetime])
        payload = base64.urlsafe_b64encode(inner.encode()).decode().rstrip("=")
        token = f"local.{payload}.{self._seal(payload)}"
        return {"access_token": token, "expires_in": lifetime, "token_type": "Bearer"}

    def address_of(self, token: str) -> str | None:
        """The address behind a token of ours that is still good."""
        _, _, rest = token.partition("local.")
        payload, _, seal = rest.partition(".")
        if not payload or not hmac.compare_digest(seal, self._seal(payload)):
            return None
        address, end = json.loads(_unpacked(payload))
        return str(address) if end > time.time() else None

    def exchange(self, form: dict[str, str]) -> Json:
        """`grant_type` and `assertion` for a token. Raises TokenError."""
        if form.get("grant_type") != JWT_GRANT:
            raise TokenError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        claims = claims_of(form.get("assertion", ""))
        address = claims.get("sub") or claims.get("iss")
        if not address:
            raise TokenError("invalid_grant", "Invalid JWT: the issuer is missing.")
        if float(claims.get("exp", 0)) < time.time():
            raise TokenError("invalid_grant", "Invalid JWT: Token must be a short-lived token.")
        return self.issue(str(address))


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims_of(assertion: str) -> Json:
    """The middle part of a JWT. Raises TokenError."""
    parts = assertion.split(".")
    try:
        claims = json.loads(_unpacked(parts[1]))
    except (IndexError, ValueError):
        raise TokenError("invalid_grant", "Bad Request") from None
    if not isinstance(claims, dict):
        raise TokenError("invalid_grant", "Bad Request")
    return claims


def unauthenticated() -> ApiError:
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )


def unregistered() -> ApiError:
    return ApiError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or "
        "other form of API consumer identity to call this API.",
    )


class Door:
    """Reads the caller's address from the Authorization header and checks it against a file's permissions."""

    def __init__(self, library: Library, tokens: Tokens, require_token: bool) -> None:
        self.library, self.tokens, self.require_token = library, tokens, require_token

    def user(self, header: str | None) -> str:
        """The caller; without a header it is the person at this machine. Raises ApiError 401 or 403."""
        if not header:
            if self.require_token:
                raise unregistered()
            return DEFAULT_USER
        scheme, _, token = header.partition(" ")
        address = self.tokens.address_of(token) if scheme.lower() == "bearer" else None
        if address is None:
            raise unauthenticated()
        return address

    def role(self, file: Json, user: str) -> str | None:
        """The best role of an address in a file; the person at this machine owns all of them."""
        if user == DEFAULT_USER and not self.require_token:
            return "owner"
        roles = [item["role"] for item in file["permissions"] if _covers(item, user)]
        return next((role for role in (*WRITERS, "commenter", "reader") if role in roles), None)

    def check_sheets(self, workbook_id: str, user: str, writes: bool) -> None:
        """Raises ApiError 403 as the Sheets API words it; an unknown workbook is left to the call itself."""
        file = self.library.files.get(workbook_id)
        if file is None:
            return
        role = self.role(file, user)
        if role is None or (writes and role not in WRITERS):
            raise forbidden()

    def check_drive(self, file_id: str, user: str, writes: bool) -> None:
        """Raises DriveError: a file without any part in it is not found at all."""
        file = self.library.files.get(file_id)
        role = self.role(file, user) if file else None
        if role is None:
            raise missing(file_id)
        if writes and role not in WRITERS:
            raise not_enough()


def _covers(item: Json, user: str) -> bool:
    if item["type"] == "anyone":
        return True
    if item["type"] == "domain":
        return user.endswith("@" + str(item.get("domain", "")))
    found: Any = item.get("emailAddress", "")
    return bool(found.casefold() == user.casefold())
