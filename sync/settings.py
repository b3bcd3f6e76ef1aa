"""The operator's choices: `SEMAFORO_*` variables and `.env`, read whole, in this one place.

The owner's choices (language, time zone, cadence) stand in the workbook instead.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path

import platformdirs

from sync.errors import UsageError
from sync.sheet.quota import GOOGLE, Quota, read_quota
from sync.sheet.reference import read_reference

PREFIX = "SEMAFORO_"
TASKS_PROOFS = ("none", "hmac", "oidc", "appengine")
FROM_FILES = ("database_url", "master_key", "master_key_old", "metrics_token")  # secrets: each may stand in a file
LISTS_FROM_FILES = ("places",)
JOBS = ("local", "procrastinate", "cloud_tasks")


class Secret(str):
    """Text that never shows itself in a representation."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<SECRET>"


def on_app_engine() -> bool:
    """Whether this process runs on App Engine, which alone takes its own headers out of outside requests."""
    return os.environ.get("GAE_ENV") == "standard" or bool(os.environ.get("GAE_APPLICATION"))


@dataclass(frozen=True)
class Settings:
    """What the operator decides. The comment of each field is its manual; docs/settings.md is compared with it."""

    home: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("semaforo")))  # where everything is kept
    sheets_url: str = "http://127.0.0.1:8790"  # the embedded spreadsheet server that `local:` asks first
    credentials: Path | None = None  # service-account key file for Google; without it, the machine's own identity
    accounts: tuple[Path, ...] = ()  # further key files, with commas: service accounts that share the load
    quota: Quota | None = None  # calls to an account and to the project a minute; absent: Google's 60/300 for Google
    database_url: str | None = None  # state store; SQLite under `home` when absent
    master_key: Secret | None = None  # the workbooks' secrets are derived from it; made under `home` when absent
    files: Path | None = None  # the only folder that file sources may read; `home`/files when absent
    queries: Path | None = None  # a folder with the operator's named SQL queries; `home`/queries when absent
    books: frozenset[tuple[str, str]] = frozenset()  # reader=book, with commas: which workbook may read which other
    places: tuple[str, ...] | None = None  # WORKBOOK=SOURCE:PLACE, with commas or a line each; see sync/sources/allowed
    jobs: str = "local"  # what carries syncs: local (threads of this process), procrastinate or cloud_tasks
    threads: int = 2  # how many syncs a `worker` process runs at once
    tasks_queue: str | None = None  # Cloud Tasks: projects/P/locations/L/queues/Q
    tasks_handler: str | None = None  # Cloud Tasks: the public address of our /tasks/sync
    tasks_account: str | None = None  # the service account whose OIDC token comes with a task, and must
    tasks_url: str = "https://cloudtasks.googleapis.com"  # Cloud Tasks: its REST interface
    allowed_hosts: tuple[str, ...] = ()  # host or host:port that sources may reach although it is not public
    secrets: Mapping[str, Secret] = field(default_factory=dict, metadata={"prefix": "SECRET_"})  # by name, for sources
    secrets_dir: Path | None = None  # a folder with a file for each secret; a folder in it is one workbook's own
    secrets_project: str | None = None  # Google Cloud project whose Secret Manager is asked last
    source_urls: Mapping[str, str] = field(default_factory=dict, metadata={"prefix": "SOURCE_URL_"})  # by source id
    sources_dir: Path | None = None  # a folder with declared sources (YAML) of the operator's own
    host: str = "127.0.0.1"  # where `serve` listens
    port: int = 8791  # the port of `serve`
    public_url: str | None = None  # where people reach the service; `init` writes it into Settings for the plugin
    log: str = "auto"  # the log's lines: json, text, or auto: text on a terminal, else json
    traces: str = "off"  # otlp: spans go where OpenTelemetry's own OTEL_* variables say (extra: telemetry)
    # --- the web service
    master_key_old: Secret | None = None  # the master key before this one, while both are to open
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-For is believed
    pairing: str = "open"  # who may connect: open (whoever edits a workbook that we can open) or enrolled ones alone
    requests_per_minute: int = 600  # signed requests that a workbook may make; 0 for any number
    identity_audiences: tuple[str, ...] = ()  # OAuth clients whose ID tokens in X-Kpi-Identity are believed
    identity_required: bool = False  # whether a press without a good ID token is refused
    certs_url: str = "https://www.googleapis.com/oauth2/v1/certs"  # the certificates of those who sign tokens
    tasks_proof: str = "none"  # how /tasks/sync and /cron/refresh know their caller: none, hmac, oidc, appengine
    tasks_audience: str | None = None  # the audience of such a caller's OIDC token; `tasks_handler` when absent
    metrics_token: Secret | None = None  # bearer token of /metrics; open to everybody when absent

    @property
    def files_folder(self) -> Path:
        """The one folder that file sources may read."""
        return self.files or self.home / "files"

    @property
    def queries_folder(self) -> Path:
        """Where the operator's named queries stand."""
        return self.queries or self.home / "queries"

    @property
    def token_audience(self) -> str | None:
        """The audience of a scheduler's token; Cloud Tasks names the address that it calls."""
        return self.tasks_audience or self.tasks_handler

    @property
    def keys(self) -> tuple[Path, ...]:
        """The key files of all service accounts; none where this machine's own identity is used."""
        return (*((self.credentials,) if self.credentials else ()), *self.accounts)

    def quota_for(self, local: bool) -> Quota | None:
        """The quota that counts for Google or for the embedded server; None for none."""
        found = self.quota if self.quota is not None else None if local else GOOGLE
        return found or None

    @property
    def store_url(self) -> str:
        """The SQLAlchemy address of the state store."""
        return self.database_url or f"sqlite:///{self.home / 'semaforo.db'}"


def read_settings(
    environment: Mapping[str, str] | None = None,
    dotenv: Path | None = None,
    judge: Callable[[Settings], Iterable[str]] = lambda settings: (),
) -> Settings:
    """The settings of this process: `.env` in the working folder first, the environment over it.

    Raises UsageError that tells every problem at once: unknown names, values that don't fit, and what `judge` finds.
    """
    found = {**_read_dotenv(dotenv or Path(".env")), **(os.environ if environment is None else environment)}
    found = _with_files(found)
    known = [field.name for field in fields(Settings) if "prefix" not in field.metadata]
    values: dict[str, object] = {**_read_families(found)}
    problems = []
    for variable in sorted(name for name in found if name.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        if any(name.upper().startswith(prefix) for prefix in _FAMILIES):
            continue
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            problems.append(f"{variable} ({PREFIX}{near.upper()}?)")
        elif found[variable]:
            try:
                values[name] = _CONVERTERS.get(name, str)(found[variable])
            except ValueError:
                problems.append(f"{variable}={found[variable]!r} ({_FORMS[name]})")
    settings = Settings(**values)  # type: ignore[arg-type]  # names and types were checked against the fields just above
    problems += judge(settings)
    if problems:
        raise UsageError("settings", facts={"problems": "; ".join(problems)})
    return settings


_FAMILIES = {  # beginnings of variables whose rest is a name: SEMAFORO_SECRET_STRIPE_KEY is the secret STRIPE_KEY
    field.metadata["prefix"]: field.name for field in fields(Settings) if "prefix" in field.metadata
}


def _read_families(found: Mapping[str, str]) -> dict[str, object]:
    """Secrets by their name in capitals, addresses of sources by their id in small letters."""
    start = PREFIX + "SECRET_"
    secrets = {name.removeprefix(start): Secret(found[name]) for name in found if name.startswith(start)}
    start = PREFIX + "SOURCE_URL_"
    urls = {name.removeprefix(start).lower(): found[name] for name in found if name.startswith(start)}
    return {"secrets": secrets, "source_urls": urls}


def _with_files(found: Mapping[str, str]) -> dict[str, str]:
    """The variables with what the files of `SEMAFORO_<NAME>_FILE` hold in their place. Raises UsageError."""
    result = dict(found)
    for name in (*FROM_FILES, *LISTS_FROM_FILES):
        variable = PREFIX + name.upper()
        path = result.pop(variable + "_FILE", "")
        if not path:
            continue
        if result.get(variable):
            raise UsageError("secret_twice", facts={"variable": variable})
        try:
            result[variable] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            result[variable] = ""
        if not result[variable]:
            raise UsageError("secret_file", facts={"variable": variable + "_FILE", "path": path})
    return result


def _host_list(text: str) -> tuple[str, ...]:
    if "/" in text:  # an address allows nothing
        raise ValueError(text)
    return tuple(host.strip().lower() for host in text.split(",") if host.strip())


def _one_of(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return read


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _path_list(text: str) -> tuple[Path, ...]:
    return tuple(Path(path.strip()) for path in text.split(",") if path.strip())


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """`reader=book` by id or local:NAME, with commas."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    try:
        return frozenset((read_reference(reader).id, read_reference(book).id) for reader, _, book in pairs)
    except UsageError:
        raise ValueError(text) from None


def _network_list(text: str) -> tuple[str, ...]:
    return tuple(str(ip_network(part.strip(), strict=False)) for part in text.split(",") if part.strip())


def _text_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _line_list(text: str) -> tuple[str, ...]:
    """Entries with commas or a line each. From a number sign that begins a line, or follows a blank: a comment."""
    lines = (re.split(r"(?:^|\s)#", line)[0] for line in text.splitlines())
    return tuple(part for line in lines for part in _text_list(line))


def _yes_no(text: str) -> bool:
    found = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(text.strip().lower())
    if found is None:
        raise ValueError(text)
    return found


def _amount(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


_CONVERTERS: Mapping[str, Callable[[str], object]] = {  # a plain text needs none
    "home": Path,
    "credentials": Path,
    "accounts": _path_list,
    "quota": read_quota,
    "files": Path,
    "queries": Path,
    "books": _pairs,
    "places": _line_list,
    "database_url": Secret,  # it holds a password
    "secrets_dir": Path,
    "sources_dir": Path,
    "master_key": Secret,
    "allowed_hosts": _host_list,
    "port": _between(0, 65535),  # 0 is any that is free
    "master_key_old": Secret,
    "trusted_proxies": _network_list,
    "pairing": _one_of("open", "enrolled"),
    "requests_per_minute": _amount,
    "identity_audiences": _text_list,
    "identity_required": _yes_no,
    "tasks_proof": _one_of(*TASKS_PROOFS),
    "metrics_token": Secret,
    "jobs": _one_of(*JOBS),
    "log": _one_of("auto", "json", "text"),
    "traces": _one_of("off", "otlp"),
    "threads": _between(1, 64),
}
_FORMS = {  # what a value that does not fit should be like, in every language
    "quota": "60/300, off",
    "allowed_hosts": "host, host:8080",
    "books": "READER=BOOK",
    "port": "0-65535",
    "trusted_proxies": "10.0.0.0/8",
    "pairing": "open, enrolled",
    "requests_per_minute": "600",
    "identity_required": "yes, no",
    "tasks_proof": ", ".join(TASKS_PROOFS),
    "jobs": ", ".join(JOBS),
    "log": "auto, json, text",
    "traces": "off, otlp",
    "threads": "1-64",
}


def _read_dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
