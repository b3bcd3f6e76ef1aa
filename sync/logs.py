"""What the operator reads: one line an event, as JSON or as text, without secrets; workbooks are named by a hash.

Set up by what runs for long (`serve`, `worker`, the WSGI app); any other command speaks to its caller.
"""

import hashlib
import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from sync.settings import Settings
from sync.sources.web.redact import redacted

FIELDS = "fields"  # the attribute of a record that holds its figures: logger.info("run", extra={FIELDS: {...}})
_HANDLER = "semaforo"
_QUERY = re.compile(r"([?&][^=\s&]*(?:token|key|secret|sig|pass|pwd|auth|code)[^=\s&]*=)[^&\s\"']+", re.IGNORECASE)
_USER = re.compile(r"(://[^/\s:@]*:)[^/\s@]+@")
# The id of a workbook: in an address, of the length that Google's have, or as people name the embedded server's.
_WORKBOOK = re.compile(
    r"(?<=spreadsheets/)[\w-]{5,100}|(?<=spreadsheets/d/)[\w-]{5,100}|(?<=/files/)[\w-]{5,100}"
    r"|(?<![\w-])[\w-]{44}(?![\w-])|\blocal:[\w-]+",
    re.ASCII,
)
_LINE = "{asctime} {levelname:<7} {name}: {message}"


def set_up_logging(settings: Settings) -> None:
    """One handler on the root, unless whoever embeds us has set up their own. Repeating it changes nothing."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler()
    handler.name = _HANDLER
    handler.addFilter(Redacting(secrets_of(settings)))
    handler.setFormatter(JsonLines() if wants_json(settings) else Lines(_LINE, style="{"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "urllib3", "google", "alembic", "procrastinate", "waitress"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def wants_json(settings: Settings) -> bool:
    """JSON unless a person watches, or the settings say which."""
    return settings.log == "json" or (settings.log == "auto" and not sys.stderr.isatty())


def hashed(workbook: str) -> str:
    """A workbook as logs and traces name it: always the same, and nothing that opens anything."""
    return hashlib.sha256(workbook.encode()).hexdigest()[:12]


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """The secrets that this process knows from its start. The longest first: one may be a part of another."""
    own = (settings.master_key, settings.master_key_old, settings.metrics_token, *settings.secrets.values())
    password = urlsplit(settings.database_url or "").password or ""
    found = {str(secret) for secret in (*own, password, unquote(password)) if secret}
    return tuple(sorted(found, key=len, reverse=True))


class Redacting(logging.Filter):
    """Takes secrets out of everything that a record says, tracebacks included, and hashes the ids of workbooks."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, cleaned."""
        record.msg, record.args = self.clean(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        fields: Mapping[str, Any] = getattr(record, FIELDS, {})
        if fields:
            cleaned = {key: self.clean(value) if isinstance(value, str) else value for key, value in fields.items()}
            setattr(record, FIELDS, cleaned)
        return True

    def clean(self, text: str) -> str:
        """The text without what must not be read."""
        known = _USER.sub(r"\1…@", _QUERY.sub(r"\1…", redacted(text, self._secrets)))
        return _WORKBOOK.sub(lambda found: hashed(found[0].replace("local:", "local-")), known)


class JsonLines(logging.Formatter):
    """One JSON object a line; `severity`, `message` and `time` are the names that Google's log reader knows."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "severity": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_text or record.exc_info:
            line["error"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]  # one of the two is there
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """The same for a person: the figures behind the message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        """The first line."""
        fields: Mapping[str, Any] = getattr(record, FIELDS, {})
        return super().formatMessage(record) + "".join(f" {key}={value}" for key, value in fields.items())
