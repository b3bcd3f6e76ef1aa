"""Signatures: what is signed, how, and whether one is good. Pure: keys and clock are passed in.

The canonical string has six fields joined by one newline, as UTF-8: `v1`, Unix seconds, nonce, METHOD in capitals, the
raw path with its query, the body. Its HMAC-SHA256 in lower-case hexadecimal goes out as `X-Kpi-Signature: v1=<hex>`.
"""

import hmac
from collections.abc import Sequence

from sync.keys import workbook_secret
from webhook.events import Envelope, Refusal, Request

FRESH_SECONDS = 300  # how far a request's clock may be off, either way


def canonical(timestamp: int, nonce: str, method: str, target: str, body: bytes) -> bytes:
    """The bytes that a signature covers."""
    return "\n".join(["v1", str(timestamp), nonce, method.upper(), target, ""]).encode() + body


def sign(secret: str, message: bytes) -> str:
    """HMAC-SHA256 of `message` under the secret's UTF-8 bytes, in lower-case hexadecimal."""
    return hmac.digest(secret.encode(), message, "sha256").hex()


def signed_headers(
    secret: str, method: str, target: str, body: bytes = b"", *, workbook: str, now: float, nonce: str
) -> dict[str, str]:
    """The four headers with which a client of ours sends a request; the content type is its own affair."""
    timestamp = int(now)
    return {
        "X-Kpi-Sheet": workbook,
        "X-Kpi-Timestamp": str(timestamp),
        "X-Kpi-Nonce": nonce,
        "X-Kpi-Signature": "v1=" + sign(secret, canonical(timestamp, nonce, method, target, body)),
    }


def clock_problem(envelope: Envelope, now: float) -> Refusal | None:
    """A refusal that says how many seconds the sender's clock is off, if that is too much."""
    off = round(envelope.timestamp - now)
    if abs(off) <= FRESH_SECONDS:
        return None
    return Refusal("clock_ahead" if off > 0 else "clock_behind", {"seconds": abs(off)})


def verify(request: Request, envelope: Envelope, masters: Sequence[bytes], epochs: Sequence[int]) -> Refusal | None:
    """None when the signature is good under the secret of one of the live `epochs`, by one of the master keys.

    `epochs` is empty for a workbook that is not enrolled: then the same work is done and the same refusal given as for
    a bad signature, so that nobody can ask us which workbooks we know.
    """
    message = canonical(envelope.timestamp, envelope.nonce, request.method, request.target, request.body)
    given = envelope.signature.encode()
    candidates = [*epochs, 0, 0][:2]  # always two, known or not; an enrolment's first epoch is 1
    matches = [
        hmac.compare_digest(given, sign(workbook_secret(master, envelope.workbook, epoch), message).encode())
        for epoch in candidates
        for master in masters
    ]
    return None if any(matches[: len(epochs) * len(masters)]) else Refusal("bad_signature")
