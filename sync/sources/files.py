"""Files that sources may read: those beneath one folder, and nothing else on this machine."""

import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from sync.errors import SourceError
from sync.sources.names import shown


def read_file(name: str, folder: Path, limit: int) -> bytes:
    """All bytes of the file `name` beneath `folder`, at most `limit`.

    Raises SourceError: outside_folder, file_not_found, file_unreadable (fact file), too_large (place, megabytes).
    """
    facts = {"file": shown(name)}
    path = _beneath(name, folder)
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise SourceError("file_not_found", permanent=True, facts=facts) from None
    except OSError as error:
        raise SourceError("file_unreadable", permanent=False, facts=facts) from error
    if len(content) > limit:
        raise SourceError("too_large", permanent=True, facts={"place": shown(name), "megabytes": limit / 2**20})
    return content


def _beneath(name: str, folder: Path) -> Path:
    """The file's true place, links followed. Refuses whatever leaves the folder, before it looks at the disk."""
    refused = SourceError("outside_folder", permanent=True, facts={"file": shown(name)})
    absolute = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or PureWindowsPath(name).root
    if absolute or "\0" in name or "\\" in name or ".." in PurePosixPath(name).parts:
        raise refused
    try:
        root = folder.resolve()
        path = (root / name).resolve(strict=True)
        is_file = stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError("file_not_found", permanent=True, facts={"file": shown(name)}) from None
    except (OSError, RuntimeError) as error:  # too long a name, a circle of links
        raise SourceError("file_unreadable", permanent=True, facts={"file": shown(name)}) from error
    if not path.is_relative_to(root):
        raise refused
    if not is_file:
        raise SourceError("file_not_found", permanent=True, facts={"file": shown(name)})
    return path
