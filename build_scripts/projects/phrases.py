"""Where the phrase begins that a project's name ends: behind a sign, a zone, 亿元的, a verb that takes a project for its object."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.chars import is_han
from build_scripts.lexicon.finder import Mention
from build_scripts.projects.companies import Firm
from build_scripts.projects.words import CUT, LEAD, STOPS

MAX_NAME = 64
"""Characters of a name; the longest on the pages has 45."""

_MONEY = r"[\d.]+[余多]?[百千万亿]*(?:美|欧)?元"
_MONEY_CUT = re.compile(
    rf"{_MONEY}(?:的|新建|扩建|兴建|建设|投资建设|实施|打造|引进|在[^，。；]{{2,24}}?建设|从[^，。；]{{1,8}}引进)?的?|(?:亩|平方米|公里|吨|米)的"
    r"|(?:投资|开工|合作|规划|共同)?建设的|(?:新建|扩建|改扩建)(?=[一-鿿A-Z\d“])"
)
_PRICED_BEFORE = re.compile(rf"投资(?:约|近|超)?{_MONEY}(?:从|、(?:总)?(?:占地|用地|建筑面积|年))")
"""其龙新材料投资2.5亿元从日本引进…: the sum is the thing's that is bought."""


_BUILT_BY = re.compile(r"(?:建设|新建|兴建|新上|投建|打造|实施|引进|改造)了?$")
_JOINT = re.compile("[与和]")
_VISITED = re.compile(r"走进|走访|来到|深入|察看|查看|考察|观摩|参观|调研")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words before the end of a name that may be one."""

    start: int
    zone: Mention | None
    """The zone that stands before it."""
    linked: bool
    """Nothing stands between zone and name."""
    priced: bool
    """A sum of money stands before it: 总投资3亿元的."""
    firm: Firm | None
    """The firm that it begins with."""
    visited: bool
    """It stands behind a verb of going or looking there: 走进, 察看."""
    built: bool
    """It stands behind a verb of building: 共同建设."""


class Phrases:
    """The phrases of one text. ``places`` and ``firms`` are those that it names, in order."""

    def __init__(self, text: str, places: Sequence[Mention], firms: Sequence[Firm]) -> None:
        self.text = text
        self.zones = [place for place in places if place.kind == "zone"]
        self.firms = [firm for firm in firms if firm.full]
        self._zone_starts = [zone.start for zone in self.zones]
        self._firm_starts = [firm.start for firm in self.firms]
        self._ends = {zone.end for zone in self.zones} | {firm.end for firm in self.firms}
        self._places = sorted({place.printed for place in places}, key=len, reverse=True)
        self._books = [match.span() for match in re.finditer(r"《[^《》]*》", text)] if "《" in text else []

    def left(self, offset: int, limit: int) -> int:
        """Behind the sign before ``offset``, or behind a 、 outside quotation marks and brackets; ``limit`` where there is none."""
        depth = int(self.text.startswith("”", offset) and self.closes(offset, limit))
        for at in range(offset - 1, limit - 1, -1):
            char = self.text[at]
            if char == "”" and not depth and self._is_speech(at, limit):
                return at + 1
            if char in "”’）":
                depth += 1
            elif char in "“‘（":
                if not depth:
                    return at + 1
                depth -= 1
            elif not depth and (char in STOPS or char in "、 —"):
                return at + 1
        return limit

    def _is_speech(self, offset: int, limit: int) -> bool:
        """Whether the ” at ``offset`` closes what somebody says, and no name."""
        first = self.text.rfind("“", limit, offset)
        return any(sign in "，。！？；…" for sign in self.text[max(first, limit) : offset])

    def closes(self, offset: int, limit: int) -> bool:
        """Whether the ” at ``offset`` closes a part of the name: 晶科能源“年产56GW垂直一体化大基地项目”."""
        first = self.text.rfind("“", limit, offset)
        return first > 0 and not any(sign in STOPS + "”" for sign in self.text[first:offset]) and is_han(self.text[first - 1])

    def in_book(self, offset: int) -> bool:
        """Whether the place lies in the title of a document, 《…》."""
        at = bisect_left(self._books, (offset + 1, 0)) - 1
        return at >= 0 and offset < self._books[at][1]

    def without_places(self, phrase: str) -> str:
        """``phrase`` without the places of the text, which alone make no name (忻州市签约项目)."""
        for place in self._places:
            if place in phrase:
                phrase = phrase.replace(place, "")
        return phrase

    def firms_in(self, low: int, end: int) -> list[Firm]:
        """The firms whose names lie in ``text[low:end]``."""
        return [firm for firm in self.firms[bisect_left(self._firm_starts, low) : bisect_left(self._firm_starts, end)] if firm.end < end]

    def begin(self, low: int, end: int) -> Phrase:
        """Where in ``text[low:end]`` the name begins that ends at ``end``, and what stands before it."""
        text, start = self.text, low
        zone: Mention | None = None
        for place in self.zones[bisect_left(self._zone_starts, low) : bisect_left(self._zone_starts, end)]:
            if place.end < end:
                zone, start = place, place.end
        behind_zone = start
        clause = max([text.rfind(sign, max(0, low - MAX_NAME), low) for sign in "，。；："]) + 1
        priced = _PRICED_BEFORE.search(text, clause, end) is not None
        for match in _MONEY_CUT.finditer(text, start, end - 2):
            if match.start() == behind_zone and zone and match.group() in ("新建", "扩建", "改扩建"):
                continue  # 长治经开区新建LED封装扩产
            start = max(start, match.end())
            priced = priced or "元" in match.group()
        held = self.firms_in(low, end)
        for match in CUT.finditer(text, start, end - 2):
            if match.start() >= start and not any(firm.start < match.end() and match.start() < firm.end for firm in held):
                start = match.end()
        start = self._behind_joint(start, end)
        firm = next((firm for firm in reversed(held) if start <= firm.start), None)
        if firm is not None:
            pair = self._pair(firm)
            start, firm = (firm.end, pair) if pair else (firm.start, firm)
        at = text.rfind("的", start, end)
        if at >= 0 and not any(firm.end == at for firm in held) and end - at > 4:
            start, firm = at + 1, None
        while lead := LEAD.match(text[start:end]):
            start += lead.end()
        visited = _VISITED.search(text, clause, start) is not None
        built = _BUILT_BY.search(text, clause, start) is not None
        return Phrase(start, zone, zone is not None and start == behind_zone, priced, firm, visited, built)

    def _behind_joint(self, start: int, end: int) -> int:
        """Behind 与 or 和 where they join the name to a zone or a firm before it."""
        for match in _JOINT.finditer(self.text, start, end):
            at = match.start()
            if at in self._ends and not any(firm.start == at + 1 and self._pair(firm) for firm in self.firms_in(at, end)):
                return at + 1
        return start

    def _pair(self, firm: Firm) -> Firm | None:
        """The firm that is joined to this one: A公司与B公司 before a project belong to it both."""
        at = bisect_left(self._firm_starts, firm.start) - 1
        other = self.firms[at] if at >= 0 else None
        return other if other is not None and self.text[other.end : firm.start] in ("与", "和", "、") else None
