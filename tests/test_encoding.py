"""Raw pages in other encodings: converted where that is certain, refused with a reason where it is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.encoding import Filed, find_doubtful_lines, read_original
from build_scripts.errors import SourceError
from tests.conftest import PROJECT, TEXT, page_of

PAGES = [path.read_text("utf-8") for path in sorted((PROJECT / "content/sources").glob("*/*.txt"))]


def read(folder: Path, data: bytes) -> Filed:
    path = folder / "page.txt"
    path.write_bytes(data)
    return read_original(path, issue="2024-1", name="D1", source="content/sources/2024-1/D1.txt")


@pytest.mark.parametrize("text", [TEXT, *PAGES], ids=lambda text: f"{len(text)} characters")
@pytest.mark.parametrize(
    ("mark", "encoding", "recorded"),
    [
        (b"", "utf-8", None),
        (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
        (b"", "gb18030", "gb18030"),
        (b"\xff\xfe", "utf-16-le", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be", "utf-16-be"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
    ],
)
def test_known_encodings_give_the_same_page(tmp_path: Path, text: str, mark: bytes, encoding: str, recorded: str | None) -> None:
    filed = read(tmp_path, mark + text.encode(encoding))
    assert (filed.data, filed.encoding) == (text.encode(), recorded)


def test_utf_8_is_kept_byte_for_byte(tmp_path: Path) -> None:
    data = (TEXT.replace("\n", "\r\n") + "\u3000 \t\f\n\n").encode()
    assert read(tmp_path, data).data == data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (bytes(range(256)) * 20, "is not UTF-8"),
        (b"\x00" * 100, "is not UTF-8"),
        (TEXT.encode() + b"\x00", "is not UTF-8"),
        (TEXT.encode() + b"\x1b", "U+001B"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"\x89PNG\r\n\x1a\n", "OCR"),
        (b" <!DOCTYPE html><p>", "web page"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("big5", "ignore") * 3, "is not UTF-8"),
        ("これは新聞です。開発区の記事を読みます。".encode("shift_jis") * 9, "is not UTF-8"),
        (TEXT.encode() + TEXT.encode("gb18030"), "is not UTF-8"),
        (TEXT.encode("utf-16")[:-1], "begins as UTF-16"),
        (TEXT.replace("\n", "\r").encode(), "CR alone"),
        (b"The quick brown fox jumps over the lazy dog.\n" * 20, "hardly any Chinese"),
        (TEXT.encode("gb18030").decode("latin-1").encode(), "mojibake"),
        (PAGES[0].encode().decode("gb18030", "replace").encode(), "mojibake"),
        (PAGES[0].encode("gb18030").decode("utf-8", "replace").encode(), "mojibake"),
        (TEXT.encode() * 40_000, "bytes"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "is no file"), (tmp_path / "nothing", "is not there"), (Path("/dev/zero"), "is no file")):
        with pytest.raises(SourceError, match=words):
            read_original(path, issue="2024-1", name="D1", source="x")


def test_spoilt_lines_are_doubted_and_others_are_not() -> None:
    text = "科学导报讯\n总投资\ufffd亿元\n图标\ue123\n绉戝瀵兼姤璁紑鍙戝尯\n骉骦骧\n"
    assert find_doubtful_lines(page_of(text)) == (
        (2, "有无法显示的字符 U+FFFD"),
        (3, "有无法显示的字符 U+E123"),
        (4, "生僻字过多，像是乱码"),
    )
    assert all(find_doubtful_lines(page_of(text)) == () for text in PAGES)


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_page_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    filed = said = None
    try:
        filed = read(tmp_path_factory.getbasetemp(), data)
    except SourceError as error:
        said = str(error)
    assert (filed is None) != (said is None)
    assert "\n" not in (said or "")
    assert filed is None or filed.encoding or filed.data == data
