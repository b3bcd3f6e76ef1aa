"""Which service account serves a workbook, where several share the load. Pure but for calling what it is given."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sync.errors import WorkbookError, WorkbookNotFoundError, WorkbookNotSharedError

Result = TypeVar("Result")


def keys_in_order(keys: Sequence[Path], workbook: str, last: str | None) -> tuple[Path | None, ...]:
    """The key files in the order in which to try them: the one that could open the workbook last, then by its id.

    The order by id is the same in every process and spreads workbooks evenly; a key more or less moves only the
    workbooks that it wins or loses (https://en.wikipedia.org/wiki/Rendezvous_hashing). No keys: this machine's own
    identity, told as None.
    """
    ranked = sorted(keys, key=lambda key: (str(key) != last, sha256(f"{key.name}|{workbook}".encode()).digest()))
    return tuple(ranked) or (None,)


def first_with_access(keys: Sequence[Path | None], attempt: Callable[[Path | None], Result]) -> Result:
    """What `attempt` gives with the first key that the workbook is shared with.

    Raises what the first attempt raised when it is shared with none of them: its sentence names whom to share with.
    """
    refusal: WorkbookError | None = None
    for key in keys:
        try:
            return attempt(key)
        except (WorkbookNotSharedError, WorkbookNotFoundError) as error:
            refusal = refusal or error
    assert refusal is not None  # noqa: S101  # there is always one key, or None for our own identity
    raise refusal
