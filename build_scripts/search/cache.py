"""What one build may keep for the next: entries under a key that is made of everything they are made of.

An entry that is broken, cut short or filed under another key is taken for none. Nothing else is trusted either: entries are bytes and
JSON, which run nothing when they are read.
"""

import functools
import hashlib
import json
import platform
import sys
import unicodedata
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import jieba

from build_scripts.lexicon.places import FOLDER

_SEAL = 16


class Cache(Protocol):
    """Whatever keeps bytes under a key, such as a folder. It may forget, and it need not check what it gives back."""

    def get(self, key: bytes) -> bytes | None:
        """What was put under ``key``; ``None`` where there is nothing."""

    def put(self, key: bytes, value: bytes) -> None:
        """Keeps ``value``."""


def content_key(*parts: bytes) -> bytes:
    """The key of what is made of ``parts`` by this program, with this lexicon, on this Python."""
    digest = hashlib.blake2b(_program(), digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


@functools.cache
def _program() -> bytes:
    """The files and versions that decide what comes out, so that no change of a rule is ever answered with an old result."""
    digest = hashlib.blake2b(digest_size=32)
    for folder in (Path(__file__).parent, FOLDER):
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    versions = (platform.python_version(), unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION, jieba.__version__, sys.byteorder)
    digest.update("\0".join(versions).encode())
    return digest.digest()


def read_entry(cache: Cache | None, key: bytes) -> dict[str, bytes] | None:
    """The files of an entry; ``None`` where there is none that is whole."""
    value = cache.get(key) if cache else None
    if value is None or value[:_SEAL] != _seal(key, value[_SEAL:]):
        return None
    return unpack(value[_SEAL:])


def write_entry(cache: Cache | None, key: bytes, files: Mapping[str, bytes]) -> None:
    """Keeps the files of an entry."""
    if cache:
        value = pack(files)
        cache.put(key, _seal(key, value) + value)


def _seal(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SEAL, key=key).digest()


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
