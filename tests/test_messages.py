"""Messages in Chinese: every error that the program can raise has one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts.errors import ArchiveError, LayoutError
from build_scripts.messages import chinese_message, chinese_text, load_messages
from tests.conftest import PROJECT

_RAISERS = {"error": 0, "need": -2, "LayoutError": 2, "SourceError": 2, "OutputError": 2, "ArchiveError": 2}
"""What raises an error → the first argument that is a text for people."""


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be, with ``{}`` for what is put in; none for what the code does not spell out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _RAISERS:
                yield from ((node.lineno, text) for argument in node.args[_RAISERS[name] :] for text in texts(argument))


def test_every_error_has_chinese_words() -> None:
    known = load_messages()
    missing = [
        f"{path.relative_to(PROJECT)}:{line}: {text}"
        for path in sorted((PROJECT / "build_scripts").rglob("*.py"))
        for line, text in spoken(path)
        if text.replace("{}", "").strip(" .,") and text not in known
    ]
    assert missing == [], "each needs a row in build_scripts/messages.csv"


def test_placeholders_of_both_languages_agree() -> None:
    for english, chinese in load_messages().items():
        used = {int(number) for number in re.findall(r"\{(\d)\}", chinese)}
        assert used <= set(range(english.count("{}"))), english
        assert re.search(r"[\u4e00-\u9fff]", chinese) or english.startswith(("pages:", "--issue")), english


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("title is empty", "title 是 空的"),
        ("the page 'D1' lacks its layout", "'D1' 版缺少版面划分文件"),
        ("the quotation '一是 (二)' is not on line 8 of content/x.txt", "引文 '一是 (二)' 不在 content/x.txt 第 8 行"),
        ("the article has the unknown key 'tipe'", "稿件有不认识的键 'tipe'"),
        ("what no row says", "what no row says"),
        ("type is '{0}'", "type 写的是 '{0}'"),
    ],
)
def test_chinese(english: str, chinese: str) -> None:
    assert chinese_text(english) == chinese


def test_a_message() -> None:
    assert chinese_message(LayoutError("x.yml", 3, "date is 2024-01-01", "a day of 2024 that is not before 2024-02-02")) == (
        "date 写的是 2024-01-01；应为：2024 年内、不早于 2024-02-02 的日期"
    )
    assert chinese_message(ArchiveError("x", 0, "is nested more than 12 deep")) == "嵌套超过 12 层"
