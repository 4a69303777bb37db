"""Several files as one entry of the cache."""

import json
from collections.abc import Mapping

from build_scripts.cache import Cache


def read_entry(cache: Cache | None, key: bytes) -> dict[str, bytes] | None:
    """The files of an entry; ``None`` where there is none that is whole."""
    value = cache.get(key) if cache else None
    return None if value is None else unpack(value)


def write_entry(cache: Cache | None, key: bytes, files: Mapping[str, bytes]) -> None:
    """Keeps the files of an entry."""
    if cache:
        cache.put(key, pack(files))


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files in one piece: their names and sizes as a line of JSON, then the files.

    >>> unpack(pack({"a": b"1", "b": b""}))
    {'a': b'1', 'b': b''}
    """
    table = json.dumps([[name, len(content)] for name, content in files.items()], ensure_ascii=False)
    return b"".join([table.encode(), b"\n", *files.values()])


def unpack(data: bytes) -> dict[str, bytes]:
    """What :func:`pack` made one piece of."""
    at = data.index(b"\n") + 1
    files = {}
    for name, size in json.loads(data[:at]):
        files[name] = data[at : at + size]
        at += size
    return files
