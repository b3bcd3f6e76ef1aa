"""`semaforo backup | restore`: the state store and the embedded workbooks in one file, as of a moment each."""

import argparse
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sync.commands.base import FINE, Call
from sync.console import say_line
from sync.errors import UsageError
from sync.settings import Settings
from sync.sheet.opening import answers, local_copy
from sync.store.backup import check_database, copy_database, sqlite_file

STORE, SHEETS = "semaforo.db", "sheets.db"


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """backup [FILE] [--json]; restore FILE [--json]."""
    many = "?" if name == "backup" else None
    parser.add_argument("file", metavar="FILE", type=Path, nargs=many, help=words(f"arg.{name}_file"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Make the file, or put its content in the place of what is there, which is kept beside it. Raises UsageError."""
    if call.name == "backup":
        file = call.args.file or Path(_name("semaforo"))
        held = save(call.settings, file)
        _tell(call, "backup_done", {"file": str(file), "held": ", ".join(held)})
        return FINE
    kept = restore(call.settings, call.args.file)
    _tell(call, "restore_done", {"file": str(call.args.file), "kept": str(kept)})
    return FINE


def save(settings: Settings, file: Path) -> list[str]:
    """What there is of the two databases into a zip file; their names in it. Raises UsageError, OSError."""
    if file.exists():
        raise UsageError("backup_exists", facts={"path": str(file)})
    with _scratch(settings) as folder:
        store = sqlite_file(settings.store_url)
        if store.exists():
            copy_database(store, folder / STORE)
        if answers(settings.sheets_url):
            (folder / SHEETS).write_bytes(local_copy(settings.sheets_url))
        elif (settings.home / SHEETS).exists():
            copy_database(settings.home / SHEETS, folder / SHEETS)
        names = sorted(path.name for path in folder.iterdir() if path.name in (STORE, SHEETS))
        part = file.with_name(file.name + ".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.write(folder / name, name)
        part.chmod(0o600)  # it holds everything that the workbooks say
        part.replace(file)
    return names


def restore(settings: Settings, file: Path) -> Path:
    """Check the file, keep what is there as a backup of its own, then take over the content; where the old one is kept.

    Raises UsageError; nothing is changed then.
    """
    store = sqlite_file(settings.store_url)
    if answers(settings.sheets_url):
        raise UsageError("restore_running", facts={"server": settings.sheets_url})
    with _scratch(settings) as folder:
        names = _unpacked(file, folder)
        kept = settings.home / _name("before-restore")
        save(settings, kept)
        for name, target in ((STORE, store), (SHEETS, settings.home / SHEETS)):
            if name in names:
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                copy_database(folder / name, target)
    return kept


def _unpacked(file: Path, folder: Path) -> list[str]:
    """The databases of a backup, checked. Raises UsageError."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name for name in (STORE, SHEETS) if name in archive.namelist()]
            for name in names:
                archive.extract(name, folder)
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError("backup_broken", facts={"path": str(file)}) from error
    if not names:
        raise UsageError("backup_broken", facts={"path": str(file)})
    for name in names:
        check_database(folder / name)
    return names


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    """A folder for copies on the disk of the originals, readable to nobody else."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.home, prefix="copy-") as folder:
        yield Path(folder)


def _name(stem: str) -> str:
    return f"{stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip"


def _tell(call: Call, code: str, facts: dict[str, str]) -> None:
    if call.args.json:
        print(json.dumps(facts, ensure_ascii=False, indent=1))  # noqa: T201  # the answer
    else:
        say_line(call.say(code, **facts))
