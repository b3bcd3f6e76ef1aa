"""The bytes behind a place: a file beneath the operator's folder, or an address that is safe to ask."""

from sync.sources.names import shown
from sync.sources.protocol import FetchContext


def is_address(place: str) -> bool:
    """Whether a place is an address rather than a file's name."""
    return "://" in place


def place_shown(place: str) -> str:
    """What a sentence may say of a place: a file's name; of an address only the host, for the rest may be secret."""
    if not is_address(place):
        return shown(place)
    from sync.sources.address import host_shown

    return shown(host_shown(place))


def read_place(place: str, context: FetchContext) -> bytes:
    """All bytes of a place. Raises SourceError with a code of sync.sources.files or sync.sources.http."""
    if is_address(place):
        from sync.sources.http import get_bytes

        return get_bytes(place, context.settings.allowed_hosts, context.limits)
    from sync.sources.files import read_file

    return read_file(place, context.settings.files_folder, context.limits.file)
