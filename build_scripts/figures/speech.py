"""谁说的: the stretches of text that somebody is quoted with, and by what name the paper calls them.

A figure in 侯志钢's mouth is his statement and not the reporter's. The paper quotes in two ways: the name behind the quotation
(“…。”项目负责人侯志钢说) and the name before it (郝文盛表示，…), which then holds to the end of the sentence, and on through a quotation
that follows. 据项目负责人介绍 names an office; 据介绍, 据统计 and 据了解 name nobody, and 他表示 only who was named before: these are left
alone, and so are figures outside any speech; the article's byline stands for those.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from build_scripts.names import Mention

_VERB = r"(?:表示|介绍(?:说|道)?|说道?|指出|强调|告诉记者|透露|坦言|认为|要求|回忆道?|感慨道?)"
_AFTER = re.compile(rf"(?P<name>[^“”‘’，。：；！？]{{2,40}}?)(?:[一-鿿]{{2,3}}地)?{_VERB}(?=[，。：；])")
_TITLE = (
    r"(?:负责人|负责同志|主任|书记|经理|董事长|总监|部长|局长|处长|科长|县长|市长|省长|区长|院长|会长|秘书长|工程师|代表|厂长|队长|专员|教授|"
    r"主席|理事长|总裁|站长|镇长|厅长|所长|组长|主管|会议)"
)
_BEFORE = re.compile(rf"(?:^|(?<=[。！？；，]))据?(?P<name>[^“”，。：；！？]{{0,36}}?{_TITLE}[一-鿿·]{{0,4}}?){_VERB}(?=[，：])")
_SAID = re.compile(rf"{_VERB}[，：]")
_NOBODY = re.compile(r"^(?:据|[他她](?:们)?$|记者)")
_STOP = re.compile(r"[。！？]")
_MARK = re.compile(r"[“”]")
_LEAD = re.compile(r"^(?:日前|近日|目前|对此|同时|随后|现场|会上|活动现场|会议上)")


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker is quoted with: ``text[start:end]``."""

    start: int
    end: int
    speaker: str
    """As the paper calls them: 项目负责人侯志钢, 市商务局有关负责人, 会议."""


def find_speech(text: str) -> tuple[Speech, ...]:
    """Every stretch of one passage that has a speaker with a name or an office, in order.

    >>> [(s.speaker, text[s.start:s.end]) for text in ["“已完成60%。”项目负责人侯志钢说。据介绍，年产5万吨。"] for s in find_speech(text)]
    [('项目负责人侯志钢', '“已完成60%。”')]
    """
    quotes = _outer_quotes(text)
    opened = [start for start, _ in quotes]
    found: list[Speech] = []
    for start, end in quotes:
        match = _AFTER.match(text, end)
        if match and text[end - 2] in "。！？，…" and not _NOBODY.match(match["name"]):
            found.append(Speech(start, end, match["name"]))
            found += _going_on(text, match.end(), match["name"], quotes, opened)
    found.sort(key=lambda speech: speech.start)
    ends = list(accumulate((speech.end for speech in found), max))
    later: list[Speech] = []
    until = 0  # of the speech found last: who speaks within it does not begin another
    for match in _BEFORE.finditer(text) if _SAID.search(text) else ():
        name = _LEAD.sub("", match["name"])
        inside = _around(quotes, opened, match.start()) is not None
        at = bisect_right(found, match.end(), key=lambda speech: speech.start) - 1
        taken = match.end() < until or (at >= 0 and match.end() < ends[at])
        if name and not inside and not taken and not _NOBODY.match(name):
            later += _going_on(text, match.end(), name, quotes, opened)
            until = later[-1].end if later else 0
    return tuple(sorted([*found, *later], key=lambda speech: speech.start))


def find_own_places(text: str, places: Sequence[Mention]) -> tuple[tuple[int, Mention], ...]:
    """Where quotations begin that say 我们, each with the place whose people these are: “我们将…。”阳泉高新区负责人表示.

    ``places`` are all that ``text`` names, in order.
    """
    if "我们" not in text:
        return ()
    found: list[tuple[int, Mention]] = []
    for speech in find_speech(text):
        end = speech.end + len(speech.speaker)
        if "我们" in text[speech.start : speech.end] and text[speech.end : end] == speech.speaker:
            named = [place for place in places if speech.end <= place.start and place.end <= end and not place.weak]
            found += [(speech.start, named[0])] if named else []
    return tuple(found)


def _around(quotes: Sequence[tuple[int, int]], opened: Sequence[int], offset: int) -> tuple[int, int] | None:
    """The quotation that ``offset`` lies in."""
    at = bisect_left(opened, offset) - 1
    return quotes[at] if at >= 0 and offset < quotes[at][1] else None


def _going_on(text: str, offset: int, name: str, quotes: Sequence[tuple[int, int]], opened: Sequence[int]) -> list[Speech]:
    """What follows 表示， or 介绍：: to the end of the sentence, and of a quotation that begins there."""
    if text[offset : offset + 1] not in ("，", "："):
        return []
    start = offset + 1
    at = bisect_left(opened, start)
    if at < len(opened) and opened[at] == start:
        return [Speech(start, quotes[at][1], name)]
    stop = _STOP.search(text, start)
    end = stop.end() if stop else len(text)
    last = _around(quotes, opened, end)
    end = last[1] if last else end
    return [Speech(start, end, name)] if end > start else []


def _outer_quotes(text: str) -> list[tuple[int, int]]:
    """Quotations that lie in no other, as half-open ranges with their marks; “三个一批” inside a speech is no end of it."""
    found, depth, first = [], 0, 0
    for mark in _MARK.finditer(text):
        offset = mark.start()
        if mark[0] == "“":
            first = offset if depth == 0 else first
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((first, offset + 1))
    return found
