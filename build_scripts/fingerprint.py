"""What the program is: its own files and the versions of what it reads with. A part of every key of the cache."""

import hashlib
import platform
import sys
import unicodedata
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

LIBRARIES = ("PyYAML", "msgspec", "mkdocs", "mkdocs-material", "Markdown", "Jinja2", "jieba")
"""What decides together with the program what comes out."""


@cache
def program_fingerprint() -> bytes:
    """32 bytes that change with any file of the package (rules, lexicons, templates of data) and any version that matters.

    No list of which module decides what: a rule that is changed is never answered with what an older one read.
    """
    digest = hashlib.sha256()
    for name, data in files_below(PACKAGE, (".py", ".csv", ".txt", ".yml", ".json")):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    versions = [platform.python_version(), unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION, sys.byteorder]
    versions += [f"{name} {version(name)}" for name in LIBRARIES]
    digest.update("\0".join(versions).encode())
    return digest.digest()


def files_below(folder: Path, endings: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Path relative to ``folder`` and content of every file whose name has one of ``endings``, in order of path."""
    paths = sorted(path for path in folder.rglob("*") if path.name.endswith(endings) and path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def content_key(*parts: bytes) -> bytes:
    """The key of what this program makes of ``parts``, in this order."""
    digest = hashlib.sha256(program_fingerprint())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
