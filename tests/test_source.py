"""Raw pages: what is refused, and that line and column are the paper's."""

from pathlib import Path

import pytest

from build_scripts.errors import SourceError
from build_scripts.source import Place, make_page, read_page
from tests.conftest import page_of


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"", 0, "empty"),
        (b" \n\n", 0, "empty"),
        ("好\n".encode("gb18030"), 1, "not UTF-8"),
        ("好\n好".encode() + b"\xff", 2, "not UTF-8"),
        ("好\n坏\x00".encode(), 2, "U+0000"),
        ("好\x02".encode(), 1, "U+0002"),
        (b"\xef\xbb\xbf" + "好".encode(), 1, "byte order mark"),
        ("好".encode("utf-16"), 1, "byte order mark"),
        (b"\x89PNG\r\n\x1a\n", 1, "not UTF-8"),
        (b"a" * 4_000_001, 0, "bytes"),
    ],
)
def test_refused(data: bytes, line: int, word: str) -> None:
    with pytest.raises(SourceError, match=r"D1\.txt") as caught:
        make_page(data, path="D1.txt", issue="i", name="D1", source="s")
    assert caught.value.line == line
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_page(tmp_path / "D1.txt", issue="i", name="D1", source="s")


def test_lines_split_at_line_feeds_only() -> None:
    page = page_of("一\u2028二\f三\r\n四\n")
    assert page.line_count == 3
    assert page.line_text(1) == "一\u2028二\f三\r"
    assert page.place(page.text.index("四")) == Place(2, 0)
    assert page.line_text(3) == ""
    with pytest.raises(IndexError):
        page.line_span(4)


def test_columns_are_characters_not_bytes() -> None:
    page = page_of("𠮷好8")
    assert page.place(page.text.index("8")) == Place(1, 2)
