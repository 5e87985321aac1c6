"""Unpack gzip without being filled by it: a few kilobytes can hold gigabytes."""

import zlib
from collections.abc import Iterable

GZIP_START = b"\x1f\x8b"
_EITHER = 47  # zlib.decompressobj: recognise a gzip or a zlib header.


class TooLargeError(ValueError):
    """More bytes than allowed; never leaves this folder."""


def joined(chunks: Iterable[bytes], *, max_bytes: int) -> bytes:
    """Return all chunks as one.

    Raises:
        TooLargeError: They are more than allowed; the rest is not read.
    """
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > max_bytes:
            raise TooLargeError
    return bytes(whole)


def unpacked(content: bytes, *, max_bytes: int) -> bytes:
    """Return what gzip or zlib content holds, all members of it.

    Raises:
        TooLargeError: It holds more than allowed; no more than that is ever in memory.
        ValueError: It is cut off or damaged.
    """
    whole = bytearray()
    rest = content
    while rest:
        unpacker = zlib.decompressobj(_EITHER)
        try:
            whole += unpacker.decompress(rest, max_bytes - len(whole) + 1)
        except zlib.error as error:
            raise ValueError("its compressed content is damaged") from error
        if len(whole) > max_bytes:
            raise TooLargeError
        if not unpacker.eof:
            raise ValueError("its compressed content is cut off")
        # Padding after the last member is allowed, and ignored.
        rest = unpacker.unused_data if unpacker.unused_data.startswith(GZIP_START) else b""
    return bytes(whole)
