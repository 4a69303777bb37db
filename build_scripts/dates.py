"""Dates as the paper prints them → ISO 8601. The one module that reads dates.

The paper writes a day without its year (``8月19日``), ranges (``4月2日至7日``, ``1-7月``, ``1月至5月``), parts of the day
(``19日上午``)
and years relative to its own (``今年8月``). A year that is not printed comes from the issue; what is not there is not guessed.
Deliberately not read: ``年底`` or ``三季度`` without digits, and the lunar calendar: no Arabic digit stands in them.
"""

import re
from dataclasses import dataclass

from build_scripts.sieve import Sieve

_TO = r"(?:至|到|—{1,2}|－|-|–|―|~|～)"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])"
_SUFFIX = r"[日号]"

_RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_PART_OF_YEAR = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "第一季度": (1, 3), "第二季度": (4, 6), "第三季度": (7, 9), "第四季度": (10, 12), "前三季度": (1, 9),
}  # fmt: skip

_QUARTERS = str.maketrans("1234", "一二三四")

_ANY = Sieve(
    re.compile(
        rf"(?<![\d.])(?:"
        # 2024.8.19, 2024-08-19 and 2024/8/19, as mastheads print them
        rf"(?P<iso_year>{_YEAR})[./-](?P<iso_month>{_MONTH})[./-](?P<iso_day>{_DAY_NUMBER})(?![\d.])"
        # 2024年8月19日, 8月19日至22日, 8月19-22日, 今年8月19日
        rf"|(?:(?P<d_year>{_YEAR})年|(?P<d_rel>[今去上本前明当]年))?(?P<d_month>{_MONTH})月"
        rf"(?P<d_day>{_DAY_NUMBER})(?:{_SUFFIX}|(?={_TO}{_DAY_NUMBER}{_SUFFIX}))"
        rf"(?:{_TO}(?:(?:(?P<d_year2>{_YEAR})年)?(?P<d_month2>{_MONTH})月)?(?P<d_day2>{_DAY_NUMBER}){_SUFFIX})?"
        # 2023年8月, 1-7月, 1月至5月, 2023年12月至2024年3月, 今年8月份; 12个月 has 个 between
        rf"|(?:(?P<m_year>{_YEAR})年|(?P<m_rel>[今去上本前明当]年))?(?P<m_month>{_MONTH})(?:月份?)?{_TO}"
        rf"(?:(?P<m_year2>{_YEAR})年)?(?P<m_month2>{_MONTH})月份?"
        rf"|(?:(?P<s_year>{_YEAR})年|(?P<s_rel>[今去上本前明当]年))?(?P<s_month>{_MONTH})月份?"
        # 前8个月, 今年前10个月
        rf"|(?:(?P<f_year>{_YEAR})年|(?P<f_rel>[今去上本前明当]年))?(?<![提以之比早])前(?P<f_month>{_MONTH})个月"
        # 2021年至2023年, 2023—2025年
        rf"|(?P<r_year>{_YEAR})年?{_TO}(?P<r_year2>{_YEAR})(?:年|(?![\d.年]))"
        # 2024年, 2024年上半年
        rf"|(?P<y_year>{_YEAR})年度?(?P<y_part>上半年|下半年|前三季度|第?[一二三四1-4]季度)?"
        # 8:30, 8时30分, 上午9点
        rf"|(?P<clock>(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d)|(?:[01]?\d|2[0-4])时(?:[0-5]?\d分|许|整|(?=，|在|，))"
        rf"|(?<=[午晨晚])(?:1?\d|2[0-4])[点时](?:[0-5]?\d分?|半|许)?)"
        # 19日上午, 19日至21日, after a month that the text has named
        rf"|(?P<l_day>{_DAY_NUMBER})(?:日|(?={_TO}{_DAY_NUMBER}日))(?:{_TO}(?P<l_day2>{_DAY_NUMBER})日)?(?![均产内夜程游子常用耗处])"
        rf")"
    )
)
_ROUND = re.compile(rf"({_YEAR})\s?年(?:[一-鿿]{{0,5}})?第?[一二三四五六首]次")
"""12月1日，全省开发区2023年第四次“三个一批”活动举行: the round dates the day."""
_AS_OF = re.compile(r"(?:截至|截止到?|自|至)(?:目前)?$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression at ``text[start:end]``."""

    start: int
    end: int
    iso: str | None
    """``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``A/B``; ``None`` for an hour, and for a day whose month the text does not give."""
    kind: str
    """``day``, ``month``, ``year`` or ``clock``."""


class DateReader:
    """Reads the dates of one article in reading order, remembering the month that ``19日上午`` leaves out."""

    def __init__(self, year: int | None, not_before: str | None = None) -> None:
        self.year = year
        """``None``: not known; a day then reads ``--08-19`` until the text names a year."""
        self.latest_month = int(not_before[5:7]) if not_before and len(not_before) >= 7 else None
        self.month: tuple[int | None, int] | None = None
        """Year and month of the last day that was named."""

    def find(self, text: str) -> list[DateMention]:
        """Every date expression of ``text``, in order.

        >>> [date.iso for date in DateReader(2024).find("截至今年8月，19日上午，2023年1-11月，1月至5月，2025年底")]
        ['2024-08', '2024-08-19', '2023-01/2023-11', '2024-01/2024-05', '2025']
        """
        found: list[DateMention] = []
        governing: int | None = None  # the year of a month named earlier in the sentence: 2022年11月签约，12月开工
        sentence = 0
        rounds = [(match.start(), int(match[1])) for match in _ROUND.finditer(text)]
        for match in _ANY.finditer(text):
            if any(stop in text[sentence : match.start()] for stop in "。！？"):
                governing = None
            sentence = match.start()
            while rounds and rounds[0][0] < sentence - 60:
                rounds.pop(0)
            if governing is None and rounds and rounds[0][0] < sentence + 60:
                between = text[min(sentence, rounds[0][0]) : max(sentence, rounds[0][0])]
                governing = rounds[0][1] if not any(stop in between for stop in "。！？") else None
            mention, governing = self._read(match, text, governing)
            if mention:
                found.append(mention)
        return found

    def _read(self, match: re.Match[str], text: str, governing: int | None) -> tuple[DateMention | None, int | None]:  # noqa: PLR0911 (one return a form of date)
        group, start, end = match.group, match.start(), match.end()
        if group("clock"):
            return DateMention(start, end, None, "clock"), governing
        if group("iso_year"):
            iso = _day(int(group("iso_year")), int(group("iso_month")), int(group("iso_day")))
            return DateMention(start, end, iso, "day"), governing
        if group("d_month"):
            year = self._year(group("d_year"), _relative(text, start, group("d_rel")), int(group("d_month")), text, start, governing)
            month, day = int(group("d_month")), int(group("d_day"))
            self.month = (year, month)
            iso = _day(year, month, day)
            if group("d_day2"):
                month2 = int(group("d_month2") or month)
                year2 = int(group("d_year2")) if group("d_year2") else year + 1 if year and month2 < month else year
                iso += "/" + _day(year2, month2, int(group("d_day2")))
            return DateMention(start, end, iso, "day"), year if group("d_year") else governing
        if group("m_month"):
            month, month2 = int(group("m_month")), int(group("m_month2"))
            year = self._year(group("m_year"), _relative(text, start, group("m_rel")), month, text, start, governing)
            year2 = int(group("m_year2")) if group("m_year2") else year + 1 if year and month2 < month else year
            return DateMention(start, end, f"{_month(year, month)}/{_month(year2, month2)}", "month"), governing
        if group("f_month"):
            month = int(group("f_month"))
            year = self._year(group("f_year"), _relative(text, start, group("f_rel")), month, text, start, governing)
            return DateMention(start, end, f"{_month(year, 1)}/{_month(year, month)}", "month"), governing
        if group("s_month"):
            month = int(group("s_month"))
            year = self._year(group("s_year"), _relative(text, start, group("s_rel")), month, text, start, governing)
            self.month = (year, month)
            return DateMention(start, end, _month(year, month), "month"), year if group("s_year") else governing
        if group("r_year"):
            return DateMention(start, end, f"{group('r_year')}/{group('r_year2')}", "year"), governing
        if group("y_year"):
            year = int(group("y_year"))
            if not group("y_part"):
                return DateMention(start, end, f"{year}", "year"), governing
            first, last = _PART_OF_YEAR[group("y_part").translate(_QUARTERS)]
            return DateMention(start, end, f"{year}-{first:02}/{year}-{last:02}", "month"), governing
        if self.month is None:
            return DateMention(start, end, None, "day"), governing
        iso = _day(*self.month, int(group("l_day")))
        if group("l_day2"):
            iso += "/" + _day(*self.month, int(group("l_day2")))
        return DateMention(start, end, iso, "day"), governing

    def _year(self, printed: str | None, relative: int | None, month: int, text: str, start: int, governing: int | None) -> int | None:  # noqa: PLR0917 (what a year is inferred from)
        """The year of a month: the printed one, the one counted from the issue's, the sentence's, else the issue's.

        ``截至12月底`` in an issue of March means last December: a report counts up to a day that has passed.
        """
        if printed:
            return int(printed)
        if relative is not None:
            return None if self.year is None else self.year + relative
        if governing is not None:
            return governing
        if self.year is not None and self.latest_month and month > self.latest_month and _AS_OF.search(text[max(0, start - 6) : start]):
            return self.year - 1
        return self.year


def _relative(text: str, start: int, printed: str | None) -> int | None:
    if printed is None:
        printed = text[max(0, start - 2) : start]
    return _RELATIVE.get(printed)


def _month(year: int | None, month: int) -> str:
    return f"{'-' if year is None else year}-{month:02}"


def _day(year: int | None, month: int, day: int) -> str:
    return f"{_month(year, month)}-{day:02}"


def event_date(first_paragraph: str, year: int | None) -> str | None:
    """The day that a report dates itself by: the first one in its first sentence, as news is written; ``None`` where it has none.

    Later sentences are not read: they date deadlines and earlier stages, not the event. Nor is a day without its month.

    >>> event_date("4月2日至7日，代表团出访。5月1日返回。", 2024)
    '2024-04-02/2024-04-07'
    """
    sentence = first_paragraph.partition("。")[0]
    for date in DateReader(year).find(sentence):
        if date.kind == "day" and re.search("[月./-]", sentence[date.start : date.end]):
            return date.iso
    return None
