"""The closed classes that names of projects and firms are told by: from ``lexicon/project-words.csv``, and verbs that introduce a name.

``general`` words say nothing about which project (省级, 重点, 签约); ``trade`` words name an industry or a public work (新能源, 管网):
a phrase of nothing else names a kind. ``part`` words make a part of a project (桩基工程). ``firm`` words end the short names of firms,
``maker`` words end nothing else; ``plain`` words alone make no firm's name (招商服务公司).
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from build_scripts.errors import ArchiveError
from build_scripts.sieve import Sieve, gated

TABLE = Path(__file__).parent.parent / "lexicon" / "project-words.csv"
KINDS = ("general", "trade", "part", "firm", "maker", "plain")

STOPS = "，。；：！？…\n"
"""What no name runs across."""

_SINGLE = (
    r"在(?![线岗建])|(?<![自缘经理来事])由(?![于来])|(?<![上中小])将(?!军)|(?<!华|作|成|称|列|因|认|名|行|有|创|分|转)为(?![民主何])|把(?![手关])|被(?!动)|"
    r"(?<![成参核相应面])对(?![接外讲标口比])|(?<![服主侍])从(?![业事])|(?<![方面转定走意流导取动])向(?![阳日心])|(?<!于)是(?!否)|让(?!利)|(?<![造成])就(?![业医近读职地])|给(?![排水料])|(?<![属关终由位基])于(?!家)|"
    r"(?<![收直遇达签起])到(?!位|期)|抓(?!斗)|(?<![对])称(?!号|重|量)"
)
"""Prepositions and verbs of one character, with the words that hold them (在线, 华为, 服从)."""

CUT = Sieve(re.compile(
    r"推动|推进(?!器|剂)|引进|引入|承担|实施|启动|走进|走访|来到|深入|举行|举办|召开|位于|坐落|作为|包括|依托|围绕|签订|签署|签下|签约(?=[^，。；项]{4})|"
    r"落户|落地|达成|促成|争取|支持|鼓励|聚焦|涉及|瞄准|加快|加大|加强|强化|抓好|紧盯|紧扣|紧抓|紧跟|解决|确保|做好|做到|做优|做强|打造|奏响|标志着|"
    r"护航|助推(?!器)|助力(?![车转器])|赋能(?!中心|平台|基地|园)|完成|参观|观摩|察看|考察|调研|听取|查看|看望|了解(?!放)|见证|出席|用于|投向|以及|比如|例如|其中|尤其是|特别是|"
    r"(?:负责人|董事长|总经理|经理|主任|书记|记者|笔者)|表示|介绍|指出|强调|看到|正式(?!员)|已经|正在|即将|有望|预计|计划|列为|列入|纳入|获批|成为|属于|标注|"
    r"帮扶|协调|统筹|谋划|策划|包装推出|推出|承接|入驻|整合|积极|全力|重点(?=[一-鿿“]{8})|进行|开展|建立|设立|成立|带动|促进|培育(?=[^基中园])|"
    r"(?<=[一-鿿])(?:了(?![解望])|着(?![力眼手陆重]))|该公司|该企业|该集团|跟踪|以(?![上下内外及])|" + _SINGLE
))  # fmt: skip
"""What ends before a project's name begins: verbs that take it for an object, prepositions, people. None of them stands inside a name."""

LEAD = re.compile(
    r"^(?:(?:此次|本次|这次|目前|当前|眼下|近日|日前|同时|另外|此外|今年以来|今年|去年|年底|年初|近年来|年内|当日|当天|随着|通过|针对|对于|关于|按照|根据|其|也|又|还|"
    r"并|而|就|等|了|的|内|境内|区内|园内|共有|现有|拥有|共(?!同|享)|有(?![机色轨])|一是|二是|三是|四是|五是|首个|首批|唯一|唯一的|总|拟|靠|凭借|借助|持续|继续|不断|陆续|"
    r"先后|相继|成功|顺利|全面|着力|大力|强力|有效|有序|快速|加速|集中|联合|共同|主动|赴|做|要|能|可以|将|投资|集中签约|集中开工|开工建设|投资建设|规划建设|"
    r"计划建设|合作建设|建设(?=[一-鿿A-Z\d“]{6})|投建|新上|兴建|[一二三四]期(?=年产)|和|与|及|、)+)"
)  # fmt: skip
"""Words that may still stand before the name where the phrase begins."""

REFERENCE = re.compile(r"(?:该|本|此|这|这个|这一|那个|上述|我们的?|他们的?|每个|每一个|各个?|某个?|哪个?|什么|有的|一个|两个|几个|个个)$")
"""A phrase after one of these refers to something or to each of many; it is no name."""

FORBIDDEN = Sieve(
    re.compile(
        r"[了该这那此我你他她们每各某哪么很最也]|更(?![新换衣])|(?<!冷)却|(?<![首古成新])都(?!市)|个个|逐个|首[个家批条]|不(?!锈钢|燃|饱和|同|动产)|没有|怎[么样]|什么|为何|如何|项目|干一个|时间|负责|问题|情况|"
        r"\d+[余多]?(?:[个户名条座栋宗]|家(?!庄)|项(?!目))|[两三四五六七八九十几数]个|等\d|20\d\d年|\d月|第[一二三四五六]条|"
        r"[两三四五六七八九十\d]大(?:重点|标志性|产业)?$|(?:重点|重大|标志性|代表性|骨干)$|"
        r"(?:已|正|拟|将|共|先后|累计|主要|分期|同步)(?:建成|引进|实施|签约|开工|投产|推进|谋划|落地|新建|建设)"
    )
)
"""What never stands inside a name: pronouns, counts, years, aspect and verb."""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            if row["kind"] not in found or not row["word"]:
                raise ArchiveError(TABLE, line, f"the row is {row}", f"a word of one of the kinds {', '.join(KINDS)}")
            found[row["kind"]].append(row["word"])
    return {kind: tuple(sorted(words, key=lambda word: (-len(word), word))) for kind, words in found.items()}


@cache
def words_of(*kinds: str) -> str:
    """The words of ``kinds`` as the alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted((w for kind in kinds for w in _table()[kind]), key=lambda word: (-len(word), word)))


KEPT = 1 << 16
"""Phrases whose own words are kept: one is asked of several rules, and the ledger asks for every name of the archive."""


@cache
def _strip(*kinds: str) -> re.Pattern[str]:
    return gated(rf"{words_of(*kinds)}|[“”‘’、·（）()—－\-\s/]|[一二三四五六七八九十两]?期|[0-9.]+[余多]?[个项]?")


@lru_cache(maxsize=KEPT)
def own_words(phrase: str, *kinds: str) -> str:
    """What is left of ``phrase`` when the words of ``kinds`` are taken away: what only this one is called by."""
    return _strip(*kinds).sub("", phrase)


def is_kind(phrase: str) -> bool:
    """Whether ``phrase`` names a kind of projects and not one: 省级重点工程项目, 氢能产业项目.

    >>> is_kind("省级重点工程项目"), is_kind("广立工业园光伏项目")
    (True, False)
    """
    return len(own_words(phrase, "general", "trade")) < 2
