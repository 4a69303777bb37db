"""Traditional characters: 開發區 finds 开发区. The table is OpenCC's, see ``traditional.txt``."""

from collections.abc import Container
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "traditional.txt"


@cache
def load_table() -> dict[str, str]:
    """Traditional character → the usual simplified one.

    >>> load_table()["開"]
    '开'
    """
    lines = FILE.read_text("utf-8").splitlines()
    return {line[0]: line[1] for line in lines if line and not line.startswith("#")}


def table_for(characters: Container[str]) -> str:
    """The pairs whose simplified character is among ``characters``, in a row: no other can find anything.

    >>> table_for({"区"})
    '區区'
    """
    return "".join(traditional + simplified for traditional, simplified in load_table().items() if simplified in characters)
