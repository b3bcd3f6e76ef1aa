"""Bodies of unknown size, read only as far as they are wanted. Pure."""

import zlib
from collections.abc import Iterable, Iterator

_GZIP = 16 + zlib.MAX_WBITS


def bounded(chunks: Iterable[bytes], limit: int, too_large: Exception) -> Iterator[bytes]:
    """The chunks as they are; raises `too_large` at the first that goes beyond `limit` bytes in all."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise too_large
        yield chunk


def inflated(chunks: Iterable[bytes], limit: int, too_large: Exception, broken: Exception) -> bytes:
    """A gzip body (one member or several), unpacked to at most `limit` bytes and never further.

    Raises `too_large`, or `broken` for what is no gzip or ends too early.
    """
    body = bytearray()
    member = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if member.eof:
                    member = zlib.decompressobj(_GZIP)
                body += member.decompress(data, limit + 1 - len(body))
                if len(body) > limit:
                    raise too_large
                data = member.unused_data if member.eof else member.unconsumed_tail
        body += b"" if member.eof else member.decompress(b"", limit + 1 - len(body))
    except zlib.error:
        raise broken from None
    if len(body) > limit:
        raise too_large
    if not member.eof:
        raise broken
    return bytes(body)
