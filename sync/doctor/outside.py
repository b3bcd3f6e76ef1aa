"""What lies beyond this machine: the service account, Google or the embedded server, clocks, our own public address."""

import json
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from sync.doctor.finding import Finding, broken, fine, from_error, warn
from sync.errors import UsageError
from sync.settings import Settings, on_app_engine
from sync.sheet.google import LISTING_SCOPES, open_google
from sync.sheet.opening import answers
from sync.store.store import Store

SECONDS = 5.0  # for one address to answer
OFF, FAR_OFF = 5.0, 60.0  # seconds: google-auth signs for the present minute, signatures may be off by 300
GOOGLE = "https://sheets.googleapis.com"


def check_credentials(settings: Settings, far: int) -> tuple[Finding, ...]:
    """Whose identity opens workbooks, so with which address they must be shared. `far` are Google workbooks."""
    if not settings.keys and not far and not on_app_engine():
        return (fine("credentials", "credentials_unneeded"),)
    found: list[Finding] = []
    for key in settings.keys or (None,):
        try:
            account = open_google(key).account
        except UsageError as error:
            found.append(from_error("credentials", error))
            continue
        scopes = ", ".join(scope.rpartition("/")[2] for scope in LISTING_SCOPES)
        found.append(fine("credentials", "credentials_of", account=account, scopes=scopes))
    return tuple(found)


def check_sheets(settings: Settings, near: int, far: int, google: str = GOOGLE) -> tuple[Finding, ...]:
    """Whether the spreadsheets can be reached: Google's, the embedded server's, or both, whichever is used."""
    found: list[Finding] = []
    if far or settings.keys:
        status, offset, _ = probe(google + "/")
        if status is None:
            found.append(broken("sheets", "unreachable", server=urlsplit(google).netloc))
        else:
            found += [fine("sheets", "reachable", server=urlsplit(google).netloc), *_clock(offset, "Google")]
    if near or not found:
        is_up = answers(settings.sheets_url)
        code = "local_up" if is_up else "local_asleep"
        found.append(fine("sheets", code, server=settings.sheets_url))
    return tuple(found)


def check_clock(store: Store) -> tuple[Finding, ...]:
    """Whether this machine's clock is that of the store, by which leases end."""
    begun = time.time()
    theirs = store.now()
    return _clock((begun + time.time()) / 2 - theirs, "store") or (fine("clock", "clock_right"),)


def check_public(settings: Settings) -> tuple[Finding, ...]:
    """Whether the address that workbooks are given leads to a service of ours."""
    address = settings.public_url
    if not address:
        return (warn("address", "address_none"),)
    status, offset, body = probe(address.rstrip("/") + "/healthz")
    if status is None:
        return (broken("address", "unreachable", server=urlsplit(address).netloc),)
    if status != 200 or body.get("status") != "ok":
        return (broken("address", "address_foreign", server=urlsplit(address).netloc, status=float(status)),)
    return (fine("address", "reachable", server=urlsplit(address).netloc), *_clock(offset, urlsplit(address).netloc))


def probe(address: str) -> tuple[int | None, float | None, dict[str, object]]:
    """Status, our clock minus theirs in seconds where they tell the time, and the JSON object of the answer.

    No status where nobody answers in time, or the certificate is not theirs.
    """
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    connection = (HTTPSConnection if secure else HTTPConnection)(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.request("GET", parts.path or "/", headers={"User-Agent": "semaforo-doctor"})
        answer = connection.getresponse()
        body = _object(answer.read(10_000))
        return answer.status, _offset(answer.headers.get("Date")), body
    except (OSError, HTTPException, ValueError):
        return None, None, {}
    finally:
        connection.close()


def _object(body: bytes) -> dict[str, object]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _offset(date: str | None) -> float | None:
    try:
        return time.time() - parsedate_to_datetime(date or "").timestamp()
    except (ValueError, TypeError):
        return None


def _clock(offset: float | None, whose: str) -> tuple[Finding, ...]:
    if offset is None or abs(offset) < OFF:
        return ()
    tell = broken if abs(offset) > FAR_OFF else warn
    return (tell("clock", "clock_off", seconds=float(round(abs(offset))), whose=whose),)
