"""Zips that are joined from pieces: any reader opens them, and nothing but their files decides their bytes."""

import io
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.blocks import deflate
from build_scripts.zipping import Entry, Sums, entry_of, render_zip, sum_up

DAY = "2024-08-28"


def entry(name: str, pieces: Sequence[bytes]) -> Entry:
    """A file that is compressed piece by piece."""
    sums: list[Sums] = []
    assert b"".join(sum_up(pieces, sums.append)) == b"".join(pieces)
    return Entry(name, sums[0], lambda: map(deflate, pieces))


def zipped(*entries: Entry, day: str = DAY) -> bytes:
    return b"".join(render_zip(entries, day))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.csv", fullmatch=True), st.lists(st.binary(max_size=200) | st.just(b"ab" * 40_000))))
def test_what_goes_in_comes_out(files: dict[str, list[bytes]]) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(*(entry(name, pieces) for name, pieces in files.items())))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {name: b"".join(pieces) for name, pieces in files.items()}


def test_nothing_but_the_files_decides_the_bytes() -> None:
    first = zipped(entry_of("b", b"2"), entry_of("a", b"1"))
    assert first == zipped(entry_of("a", b"1"), entry_of("b", b"2"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert [(one.filename, one.date_time, one.external_attr >> 16) for one in archive.infolist()] == [
            ("a", (2024, 8, 28, 0, 0, 0), 0o100644),
            ("b", (2024, 8, 28, 0, 0, 0), 0o100644),
        ]
    early = zipped(entry_of("a", b""), day="1970-01-01")
    assert zipfile.ZipFile(io.BytesIO(early)).infolist()[0].date_time[:3] == (1980, 1, 1)


def test_it_is_what_python_s_own_writer_makes() -> None:
    """Field by field: what one reader forgives, another does not."""
    theirs = io.BytesIO()
    with zipfile.ZipFile(theirs, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.csv", "b.csv"):
            info = zipfile.ZipInfo(name, (2024, 8, 28, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            archive.writestr(info, b"x" * 1000)
    ours = io.BytesIO(zipped(entry("a.csv", [b"x" * 400, b"", b"x" * 600]), entry("b.csv", [b"x" * 1000])))
    unlike = ("compress_size", "header_offset", "_compresslevel", "_end_offset")
    fields = [field for field in zipfile.ZipInfo.__slots__ if field not in unlike]
    mine, other = ([[getattr(info, f, None) for f in fields] for info in zipfile.ZipFile(file).infolist()] for file in (ours, theirs))
    assert mine == other


@pytest.mark.parametrize("command", [["unzip", "-t"], ["jar", "-tf"]])
def test_other_readers_find_nothing_wrong(tmp_path: Path, command: list[str]) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"no {command[0]} here")
    (tmp_path / "a.zip").write_bytes(zipped(entry("a.csv", ["甲".encode() * 9000, b"", b"x,y\r\n" * 9000]), entry_of("b.txt", b"")))
    told = subprocess.run([*command, "a.zip"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "a.csv" in told.stdout


def test_a_damaged_byte_is_noticed() -> None:
    whole = zipped(entry("a.csv", [b"1,2\r\n" * 50, b"3,4\r\n" * 50]))
    at = 30 + len("a.csv") + 4
    damaged = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    with pytest.raises((zipfile.BadZipFile, zlib.error)), zipfile.ZipFile(io.BytesIO(damaged)) as archive:
        archive.read("a.csv")
