"""The operator's choices: `SEMAFORO_*` variables and `.env`, read whole, in this one place.

The owner's choices (language, time zone, cadence) stand in the workbook instead.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path

import platformdirs

from sync.errors import UsageError
from sync.sheet.quota import GOOGLE, Quota, read_quota

PREFIX = "SEMAFORO_"


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
    accounts: tuple[Path, ...] = ()  # further key files, with commas: service accounts that share the load
    quota: Quota | None = None  # calls to an account and to the project a minute; absent: Google's 60/300 for Google
    database_url: str | None = None  # state store; SQLite under `home` when absent
    master_key: Secret | None = None  # the workbooks' secrets are derived from it; made under `home` when absent
    files: Path | None = None  # the only folder that file sources may read; `home`/files when absent
    allowed_hosts: tuple[str, ...] = ()  # host or host:port that sources may reach although it is not public
    host: str = "127.0.0.1"  # where `serve` listens
    port: int = 8791  # the port of `serve`

    @property
    def files_folder(self) -> Path:
        """The one folder that file sources may read."""
        return self.files or self.home / "files"

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


def _path_list(text: str) -> tuple[Path, ...]:
    return tuple(Path(path.strip()) for path in text.split(",") if path.strip())


def _port(text: str) -> int:
    """0 is any port that is free."""
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


_CONVERTERS: Mapping[str, Callable[[str], object]] = {  # a plain text needs none
    "home": Path,
    "credentials": Path,
    "accounts": _path_list,
    "quota": read_quota,
    "files": Path,
    "master_key": Secret,
    "allowed_hosts": _host_list,
    "port": _port,
}


def _read_dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
