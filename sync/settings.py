"""The operator's choices: `SEMAFORO_*` variables and `.env`, read whole, in this one place.

The owner's choices (language, time zone, cadence) stand in the workbook instead.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path

import platformdirs

from sync.errors import UsageError

PREFIX = "SEMAFORO_"
TASKS_PROOFS = ("none", "hmac", "oidc", "appengine")


class Secret(str):
    """Text that never shows itself in a representation."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<SECRET>"


@dataclass(frozen=True)
class Settings:
    """What the operator decides. The comment of each field is its manual; docs/settings.md is compared with it."""

    home: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("semaforo")))  # where everything is kept
    sheets_url: str = "http://127.0.0.1:8790"  # the embedded spreadsheet server that `local:` asks first
    credentials: Path | None = None  # service-account key file for Google; without it, the machine's own identity
    database_url: str | None = None  # state store; SQLite under `home` when absent
    master_key: Secret | None = None  # the workbooks' secrets are derived from it; made under `home` when absent
    files: Path | None = None  # the only folder that file sources may read; `home`/files when absent
    allowed_hosts: tuple[str, ...] = ()  # host or host:port that sources may reach although it is not public
    host: str = "127.0.0.1"  # where `serve` listens
    port: int = 8791  # the port of `serve`
    public_url: str | None = None  # where people reach the service; `init` writes it into Settings for the plugin
    # --- the web service
    master_key_old: Secret | None = None  # the master key before this one, while both are to open
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-For is believed
    requests_per_minute: int = 600  # signed requests that a workbook may make; 0 for any number
    identity_audiences: tuple[str, ...] = ()  # OAuth clients whose ID tokens in X-Kpi-Identity are believed
    identity_required: bool = False  # whether a press without a good ID token is refused
    certs_url: str = "https://www.googleapis.com/oauth2/v1/certs"  # the certificates of those who sign tokens
    tasks_proof: str = "none"  # how /tasks/sync and /cron/refresh know their caller: none, hmac, oidc, appengine
    tasks_audience: str | None = None  # the audience that such a caller's OIDC token must name
    tasks_account: str | None = None  # the service account that it must be
    metrics_token: Secret | None = None  # bearer token of /metrics; open to everybody when absent

    @property
    def files_folder(self) -> Path:
        """The one folder that file sources may read."""
        return self.files or self.home / "files"

    @property
    def store_url(self) -> str:
        """The SQLAlchemy address of the state store."""
        return self.database_url or f"sqlite:///{self.home / 'semaforo.db'}"


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """The settings of this process: `.env` in the working folder first, the environment over it.

    Raises UsageError that tells every problem at once: unknown names and values that don't fit.
    """
    found = {**_read_dotenv(dotenv or Path(".env")), **(os.environ if environment is None else environment)}
    known = [field.name for field in fields(Settings)]
    values: dict[str, object] = {}
    problems = []
    for variable in sorted(name for name in found if name.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            problems.append(f"{variable} ({PREFIX}{near.upper()}?)")
        elif found[variable]:
            try:
                values[name] = _CONVERTERS.get(name, str)(found[variable])
            except ValueError:
                problems.append(f"{variable}={found[variable]!r}")
    if problems:
        raise UsageError("settings", facts={"problems": "; ".join(problems)})
    return Settings(**values)  # type: ignore[arg-type]  # names and types were checked against the fields just above


def _host_list(text: str) -> tuple[str, ...]:
    return tuple(host.strip().lower() for host in text.split(",") if host.strip())


def _port(text: str) -> int:
    """0 is any port that is free."""
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _network_list(text: str) -> tuple[str, ...]:
    return tuple(str(ip_network(part.strip(), strict=False)) for part in text.split(",") if part.strip())


def _text_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _yes_no(text: str) -> bool:
    found = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(text.strip().lower())
    if found is None:
        raise ValueError(text)
    return found


def _proof(text: str) -> str:
    if text not in TASKS_PROOFS:
        raise ValueError(text)
    return text


def _amount(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


_CONVERTERS: Mapping[str, Callable[[str], object]] = {  # a plain text needs none
    "home": Path,
    "credentials": Path,
    "files": Path,
    "master_key": Secret,
    "allowed_hosts": _host_list,
    "port": _port,
    "master_key_old": Secret,
    "trusted_proxies": _network_list,
    "requests_per_minute": _amount,
    "identity_audiences": _text_list,
    "identity_required": _yes_no,
    "tasks_proof": _proof,
    "metrics_token": Secret,
}


def _read_dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
