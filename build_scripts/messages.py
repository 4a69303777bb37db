"""Error messages in Chinese, for editors: ``messages.csv`` has a row for every piece of text that an error can be made of.

The program raises its errors in English; ``tests/test_messages.py`` sees to it that none is without a row.
"""

import csv
import re
from functools import cache
from pathlib import Path

from build_scripts.errors import ArchiveError

_TABLE = Path(__file__).with_name("messages.csv")


@cache
def load_messages() -> dict[str, str]:
    """English → Chinese. ``{}`` stands for what differs from case to case, ``{0}``, ``{1}`` for the same in the Chinese order."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["zh"] for row in csv.DictReader(file)}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The table as patterns, those with the most text of their own first."""
    ordered = sorted(load_messages().items(), key=lambda row: (-len(row[0].replace("{}", "")), row[0]))
    return tuple((re.compile("(.*?)".join(re.escape(part) for part in en.split("{}")), re.DOTALL), zh) for en, zh in ordered)


def chinese_text(text: str) -> str:
    """``text`` in Chinese; as it is where the table has no row for it, as for what a YAML parser says.

    >>> chinese_text("the page 'D1' stands twice")
    "'D1' 版列了两次"
    """
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(text):
            return chinese.format(*(load_messages().get(part, part) for part in match.groups()))
    return text


def chinese_message(error: ArchiveError) -> str:
    """What ``error`` says after its file and line."""
    found = chinese_text(error.found)
    return f"{found}；应为：{chinese_text(error.expected)}" if error.expected else found
