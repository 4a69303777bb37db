"""统计口径: over what a number counts: one round, since a day, up to a day, or a span of time; only as far as the text says so.

A reader who adds 累计 165 个 to 本次活动 47 个 counts twice. The paper tells the two apart with few words: 累计, 以来, several rounds at
once, 截至, 目前. Each opens a frame that holds to the end of its sentence; a sentence that begins with 其中 goes on with it, for it tells
the parts of what was just counted. What a thing is (the area of a site, the capacity of a plant, the investment of one project) does not
add up over time, so no frame touches it. What the text does not say stays ``None``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_scripts.dates import DateMention
from build_scripts.figures.state import Reading

CUMULATIVE, AS_OF, PERIOD, EVENT = "cumulative", "as_of", "period", "event"

_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_ONWARD = re.compile(r"[“‘（]?(?:其中|分(?:产业|行业|批次|类别|市|区)[看来]?)")
_UP_TO = re.compile(r"截(?:至|止)(?:到|至)?")
_NOW = re.compile(r"(?:截[至止]到?|到)?目前(?:为止)?(?!为止|最|唯一|国内|世界|全[国球省世])|至今(?![年天后])|迄今(?:为止)?|现已")
"""目前最大的 and 目前全世界首条 compare things and date no count."""
_SINCE = re.compile(r"以来|(?:[近多两三四五六七八九十\d]年|一年多|几年)来")
_TOTAL = re.compile(r"累计")
_ROUNDS = re.compile(r"(?<![第两二三四五六七八九十\d])[两二三四五六七八九十\d]{1,3}次[^，。；]{0,10}?“?三个一批”?(?:活动)?")

_ANY = re.compile(r"截[至止]|目前|至今|迄今|现已|来|累计|三个一批")
"""A sentence without any of these opens no frame."""

_OF_THE_THING = frozenset({"产能", "占地面积", "建筑面积", "规划面积", "长度", "高度", "温度", "电压等级", "注册资本"})
"""What a place or a plant is. It does not grow by counting on."""
_OF_A_PROJECT = frozenset({"总投资", "预计年产值", "产值", "年销售收入", "投资", "协议投资", "固定资产投资"})
"""What one project or firm is to cost and to yield: said once, whatever has been done since."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of text in which every number counts in one way."""

    start: int
    end: int
    basis: str
    """:data:`CUMULATIVE` or :data:`AS_OF`."""
    as_of: str | None
    """ISO day or month up to which it counts; ``None`` where the words give none (目前)."""
    printed: str
    """The words that say it."""
    sentence: int
    """Where its sentence ends: no frame reaches beyond."""


MOST = 12
"""Frames that one sentence can open: more than any of the paper does, and few enough that none of a hostile text's is slow."""


def find_frames(text: str, dates: Sequence[DateMention]) -> tuple[Frame, ...]:
    """The frames of one passage, in order of their beginning.

    >>> [(f.basis, f.printed) for f in find_frames("配备专员43名，累计解决问题126个。其中用地类30个。今年签约9个。", ())]
    [('cumulative', '累计'), ('cumulative', '累计')]
    """
    found: list[Frame] = []
    before: list[Frame] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        own = [replace(frame, start=start, end=end, sentence=end) for frame in before if _ONWARD.match(text, start)]
        for frame in _own_frames(text, start, end, dates) if _ANY.search(text, start, end) else ():
            known = any((f.printed, f.basis) == (frame.printed, frame.basis) and f.end >= frame.end for f in own)
            if len(own) < MOST and not known:
                own.append(frame)
        found += own
        before = own
    return tuple(sorted(found, key=lambda frame: (frame.start, frame.end)))


def _own_frames(text: str, start: int, end: int, dates: Sequence[DateMention]) -> Iterator[Frame]:
    """What the words of one sentence open, each from behind those words on."""
    for match in _UP_TO.finditer(text, start, end):
        first = bisect_left(dates, match.end(), key=lambda date: date.start)
        date = dates[first] if first < len(dates) and dates[first].start <= match.end() + 1 else None
        if date is not None and date.iso:
            last = date.end + (text[date.end : date.end + 1] in ("底", "末"))
            yield Frame(last, end, AS_OF, date.iso.split("/")[-1], text[match.start() : last], end)
    for match in _NOW.finditer(text, start, end):
        yield Frame(match.end(), end, AS_OF, None, match.group(), end)
    for match in _SINCE.finditer(text, start, end):
        clause = max(start, *(text.rfind(sign, start, match.start()) + 1 for sign in "，：；"))
        yield Frame(match.end(), end, CUMULATIVE, None, text[clause : match.end()], end)
    for match in _ROUNDS.finditer(text, start, end):
        yield Frame(match.end(), end, CUMULATIVE, None, match.group(), end)
    for match in _TOTAL.finditer(text, start, end):
        part = text.find("；", match.end(), end)
        yield Frame(match.end(), part if part >= 0 else end, CUMULATIVE, None, match.group(), end)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the text says of one number."""

    basis: str | None
    as_of: str | None
    printed: str | None
    """The words that say it; ``None`` for a round and a span of time, which have fields of their own."""


def read_basis(frames: Sequence[Frame], reading: Reading) -> Basis:
    """How a number counts. A round that is named outweighs 累计: 此次活动累计签约16个 is of that round."""
    if reading.event:
        return Basis(EVENT, None, None)
    lasting = reading.indicator in _OF_THE_THING or (reading.subject_type in ("project", "company") and reading.indicator in _OF_A_PROJECT)
    if reading.planned or reading.in_name or lasting:
        return Basis(None, None, None)
    offset = reading.quantity.number[0]
    around: list[Frame] = []
    at = bisect_right(frames, offset, key=lambda frame: frame.start)
    while at and frames[at - 1].sentence > offset:  # those before it belong to earlier sentences
        at -= 1
        if offset < frames[at].end:
            around.insert(0, frames[at])
    dated = [frame for frame in around if frame.basis == AS_OF]
    counted = [frame for frame in around if frame.basis == CUMULATIVE]
    as_of = dated[-1].as_of if dated else None
    if counted:
        return Basis(CUMULATIVE, as_of, "，".join(dict.fromkeys(frame.printed for frame in [*dated[-1:], *counted])))
    if dated:
        return Basis(AS_OF, as_of, dated[-1].printed)
    return Basis(PERIOD if reading.period else None, None, None)
