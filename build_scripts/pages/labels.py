"""Chinese names for what the records call in English, and the addresses that pages share."""

from build_scripts.checks.records import plain
from build_scripts.figures.records import Figure
from build_scripts.figures.tables import hedges
from build_scripts.records import Lines, PageRecord

TYPES = {"brief": "消息", "news": "消息", "feature": "通讯", "editors_note": "编前语", "caption": "图片说明"}
KINDS = {"glyph": "字符识别", "typo": "原刊误植", "ocr": "识别误差", "duplicate": "重出", "number": "数字"}
CLAIMS = {"year": "年份", "number": "期号", "date": "日期", "page": "版次", "not_before": "最晚所报日期", "supplement": "刊名"}
UNPAGED = "版次待考"


def page_label(name: str) -> str:
    """``D1版``; ``版次待考`` where the page prints no number, numbered from the second such page of an issue on."""
    if name.startswith("unpaged-"):
        number = name.removeprefix("unpaged-")
        return UNPAGED if number == "1" else f"{UNPAGED}（{number}）"
    return f"{name}版"


def lines_label(lines: Lines) -> str:
    """``8–14、20`` for readers."""
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in lines)


def quantity_label(figure: Figure) -> str:
    """``约16个``, ``30余万平方米``, ``100家以上``: a figure with its hedge where the paper has it."""
    number = plain(figure.value)
    where = {hedge.place for hedge in hedges() if hedge.printed == figure.approx}
    if "inner" in where:
        return f"{number}{figure.approx}{figure.unit}"
    return f"{number}{figure.unit}{figure.approx}" if "after" in where else f"{figure.approx or ''}{number}{figure.unit}"


def day_label(day: str) -> str:
    """``2024-08-19`` → ``2024年8月19日``; ``2022/2023-12`` → ``2022年至2023年12月``; ``--08-19``: the year is not known."""
    parts = []
    for part in day.split("/"):
        numbers = part.removeprefix("--").split("-")
        units = "月日" if part.startswith("--") else "年月日"
        parts.append("".join(f"{int(number)}{unit}" for number, unit in zip(numbers, units, strict=False)))
    return "至".join(parts)


NAME_LENGTH = 40
"""Characters of a name that its address is made of; longer ones are not names."""


def author_url(name: str) -> str:
    """Address of an author's page: the name's characters by number. It needs no table of readings and no two names share it.

    >>> author_url("王波")
    'authors/738b-6ce2/'
    """
    return f"authors/{'-'.join(f'{ord(char):x}' for char in name[:NAME_LENGTH])}/"


def page_link(record: PageRecord) -> dict[str, str]:
    """Name and address of a raw page."""
    return {"name": record.name, "label": page_label(record.name), "url": record.url}
