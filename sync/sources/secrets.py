"""Secrets by name: from the environment, from files, from Google's Secret Manager. None ever stands in a workbook.

A secret of an account is called like the plain one with the account behind it: `plausible@shop` wants
PLAUSIBLE_KEY_SHOP. A folder of SEMAFORO_SECRETS_DIR that is named like a workbook's id holds secrets for that workbook
alone.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sync.errors import BlockedError
from sync.settings import Secret, Settings
from sync.sources.manifest import GoogleServiceAccount

_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
_FOLDER = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LONGEST = 64 * 1024
_GOOGLE = GoogleServiceAccount(()).secret

Remote = Callable[[str], str | None]


def secret_name(name: str, account: str | None) -> str:
    """The name of an account's secret: PLAUSIBLE_KEY and shop -> PLAUSIBLE_KEY_SHOP."""
    return f"{name}_{re.sub('[^A-Z0-9]+', '_', account.upper())}" if account else name


class Secrets:
    """What one sync of one workbook may use. `remote` is asked last, by name.

    `own_only`: nothing but what lies in the workbook's own folder.
    """

    def __init__(
        self, settings: Settings, workbook: str = "", remote: Remote | None = None, *, own_only: bool = False
    ) -> None:
        self._settings = settings
        self._workbook = workbook
        self._remote = remote
        self._own_only = own_only

    def find(self, name: str, account: str | None = None) -> Secret | None:
        """The secret, renewed where the platform has changed it; None where there is none of that name."""
        full = secret_name(name, account)
        found = self._given(full)
        opens = self._settings.credentials if name == _GOOGLE and account is None and not self._own_only else None
        if found is None and opens:
            found = _read(opens)
        return None if found is None else Secret(self._renewed(full, found) or found)

    def need(self, name: str, account: str | None, place: str) -> Secret:
        """As `find`. Raises BlockedError `missing_secret` (facts place, secret)."""
        found = self.find(name, account)
        if found is None:
            facts = {"place": place, "secret": secret_name(name, account)}
            raise BlockedError("missing_secret", permanent=True, facts=facts)
        return found

    def owns(self, name: str, account: str | None) -> bool:
        """Whether the workbook has a secret of that name to itself. It is not read."""
        return self._own(secret_name(name, account))

    def expires(self, name: str, account: str | None = None) -> date | None:
        """The day that the secret NAME_EXPIRES holds, where the operator has written one down."""
        try:
            return date.fromisoformat((self._given(f"{secret_name(name, account)}_EXPIRES") or "").strip())
        except ValueError:
            return None

    def keep_renewed(self, name: str, account: str | None, value: str) -> None:
        """Keep what a platform gave in exchange for a secret that works only once. Under `home`, for us alone."""
        full = secret_name(name, account)
        given = self._given(full)
        if given is None or given == value:
            return
        path = self._renewed_path(full)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        content = json.dumps({"of": _hash(given), "value": value})
        temporary = path.with_suffix(".new")
        with open(
            temporary, "w", opener=lambda name, flags: os.open(name, flags, 0o600)
        ) as file:  # no opener in Path.open
            file.write(content)
        temporary.replace(path)

    def _given(self, full: str) -> str | None:
        if not _NAME.fullmatch(full):
            return None
        folder = self._settings.secrets_dir
        if folder and _FOLDER.fullmatch(self._workbook):
            own = _read(folder / self._workbook / full)
            if own is not None:
                return own
        if self._own_only:
            return None
        given = self._settings.secrets.get(full) or (_read(folder / full) if folder else None)
        return given or (self._remote(full) if self._remote else None)

    def _renewed(self, full: str, given: str) -> str | None:
        """What was kept, unless the operator has set a new secret since."""
        try:
            kept = json.loads(self._renewed_path(full).read_text(encoding="utf-8"))
            return str(kept["value"]) if kept["of"] == _hash(given) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _renewed_path(self, full: str) -> Path:
        owner = _hash(self._workbook) if self._own(full) else "all"
        return self._settings.home / "renewed" / owner / full

    def _own(self, full: str) -> bool:
        folder = self._settings.secrets_dir
        return bool(folder and _FOLDER.fullmatch(self._workbook) and (folder / self._workbook / full).is_file())


def _read(path: Path) -> str | None:
    """A file's text without the blank at its end; None for none, an empty or an outsized one."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LONGEST + 1).strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if 0 < len(text) <= _LONGEST else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
