"""The keys of the service: the operator's master key, and the secret of each workbook derived from it.

Nothing derived is stored: a copied database opens nothing, and a new epoch is a new secret.
"""

import hmac
import os
import secrets
import tempfile
from pathlib import Path

from sync.errors import UsageError
from sync.settings import Settings

_LEAST = 32  # characters; a random key in hexadecimal has 64
_FILE = "master.key"
SCHEDULER = "@service"  # stands where a workbook's id does, and can be none: a scheduler's secret, of epoch 1


def master_key(settings: Settings) -> bytes:
    """The operator's master key, or the random one in `home`/master.key, which is made when there is none.

    Raises UsageError for a key that is too short, and for a file that others on this machine may read.
    """
    if settings.master_key is not None:
        return _checked(str(settings.master_key), "SEMAFORO_MASTER_KEY")
    path = settings.home / _FILE
    try:
        if not path.exists():
            _make(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise UsageError("key_readable", facts={"path": str(path)})
        return _checked(path.read_text(encoding="utf-8").strip(), str(path))
    except OSError as error:
        raise UsageError("key_unreadable", facts={"path": str(path)}) from error


def master_keys(settings: Settings) -> tuple[bytes, ...]:
    """The master key, and behind it the one before while both are to open. Raises UsageError."""
    present = master_key(settings)
    if settings.master_key_old is not None:
        return present, _checked(str(settings.master_key_old), "SEMAFORO_MASTER_KEY_OLD")
    return (present, *_old_file(settings)) if settings.master_key is None else (present,)


def key_file(settings: Settings) -> Path:
    """Where the master key is kept when the settings don't hold it."""
    return settings.home / _FILE


def old_file(settings: Settings) -> Path:
    """Where the master key before the present one is kept while both open."""
    return settings.home / (_FILE + ".old")


def renew_master(settings: Settings) -> None:
    """A new random master key in `home`; the present one is kept beside it and opens until `forget_old_master`.

    Raises UsageError: where the settings hold the key, and while an older one still opens.
    """
    if settings.master_key is not None:
        raise UsageError("key_in_settings", facts={"fresh": secrets.token_hex(32)})
    path, old = settings.home / _FILE, old_file(settings)
    master_key(settings)  # the one that becomes the old one
    if old.exists():
        raise UsageError("key_still_old", facts={"path": str(old)})
    try:
        os.link(path, old)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
        Path(draft).replace(path)
    except OSError as error:
        raise UsageError("key_unreadable", facts={"path": str(path)}) from error


def forget_old_master(settings: Settings) -> bool:
    """From now on only the present master key opens. False when there was no other."""
    old = old_file(settings)
    there = old.exists()
    old.unlink(missing_ok=True)
    return there


def _old_file(settings: Settings) -> tuple[bytes, ...]:
    old = old_file(settings)
    try:
        return (_checked(old.read_text(encoding="utf-8").strip(), str(old)),) if old.exists() else ()
    except OSError as error:
        raise UsageError("key_unreadable", facts={"path": str(old)}) from error


def workbook_secret(master: bytes, workbook: str, epoch: int) -> str:
    """The secret of a workbook in one epoch: HMAC-SHA256(master, "semaforo|v1|<workbook>|<epoch>") in hexadecimal.

    This text is what the plugin keeps; its UTF-8 bytes are the key of the signature.
    """
    return hmac.digest(master, f"semaforo|v1|{workbook}|{epoch}".encode(), "sha256").hex()


def _checked(text: str, where: str) -> bytes:
    if len(text) < _LEAST:
        raise UsageError("key_short", facts={"where": where, "least": float(_LEAST)})
    return text.encode()


def _make(path: Path) -> None:
    """Write a random key, whole or not at all; of two processes that start together one wins and both use its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
        os.link(draft, path)  # fails where the name is taken, unlike a rename
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
