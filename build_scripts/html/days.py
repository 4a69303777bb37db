"""Days as the site writes them. What is printed is a day: no weekday, and no zero before a digit."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def day(date: str) -> str:
    """A year, month or day, or two of them with 至 between.

    >>> day("2024-04-02/2024-04-07"), day("2024-08"), day("2024")
    ('2024年4月2日至2024年4月7日', '2024年8月', '2024年')
    """
    return "至".join(_day(part) for part in date.split("/"))


def _day(part: str) -> str:
    year, *rest = part.split("-")
    return f"{year}年" + "".join(f"{int(number)}{sign}" for number, sign in zip(rest, "月日", strict=False))


@lru_cache(maxsize=4096)
def open_day(date: str) -> str:
    """The same where the text does not say the year (``--08-01``).

    >>> open_day("--08-01/--09"), open_day("2024-08")
    ('8月1日（年份待考）至9月（年份待考）', '2024年8月')
    """
    parts = (f"{_day(part[1:])[1:]}（年份待考）" if part.startswith("--") else _day(part) for part in date.split("/"))
    return "至".join(parts)
