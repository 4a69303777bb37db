"""Whether a phrase is the name of one project, or of a kind, a group, a part.

A name has words of its own (省级重点工程项目, 氢能产业项目 have none), and something shows that one project is meant: a zone or a firm
before it, its investment, a capacity, a phase, what is done at it.
"""

import re

from build_scripts.projects.companies import maker_of
from build_scripts.projects.phrases import MAX_NAME, Phrase, Phrases
from build_scripts.projects.words import FORBIDDEN, REFERENCE, is_kind, own_words, words_of

BUILT = "生产线|产线|电站|产业园|园区|物流园|科技园|工业园|示范园|创新园|创业园|基地|工厂|综合体|大厦|小镇|车间"
"""What is built: it ends a name where 项目 does not follow and the text shows that a project is meant."""

HOUSES = "中心|总部|医院|学校|酒店|场馆|社区"
"""What is built too, and mostly only stands there: it ends a name only behind its price."""

WORKS = re.compile(r"(?:改造|扩建|扩能|扩产|提质|升级|深加工|技改|迁建|搬迁|再制造)$")
"""What ends the name of work at something: 永东化工绿色炭黑改造, a member of a list of projects."""

LONG_KIND = 8
"""A phrase of general words only that is as long as this is a name among names: 高新区产业园分布式光伏项目, one of six that are listed."""

_ENDS_BUILT = re.compile(rf"(?:{BUILT})$")
_ENDS_HOUSE = re.compile(rf"(?:{HOUSES})$")
_CAPACITY = re.compile(
    r"年(?:产|处理|加工|回收|屠宰)[\d.一二三四五六七八九十百千万]|\d(?:[GMk]Wh?|万?(?:千瓦|吨|台|套|件|立方米))"
)  # fmt: skip
_PHASED = re.compile(r"[一二三四五六]期|[A-Z一二三四](?:区|标段)")
_QUOTED = re.compile(r"“[^”]+”")
_ONLY_QUOTED = re.compile(r"“[^”]{1,6}”")
_COUNTED = re.compile(r"总?(?:数|量|个数)?(?:达|为|有|共)?\d+[余多]?[个项]")
_STATE = re.compile(
    r"[”’]?(?:的?(?:建设|施工)?(?:现场|工地)|的?(?:主体|桩基|主厂房|联合厂房|厂房|车间|数据中心|钢结构|设备)|(?:投资)?(?:建设)?负责人|施工|(?:培土)?奠基|"
    r"(?:正式|全面|顺利|集中|成功|同步|如期|全部|陆续|相继|[今当][日天])*(?:签约|开工|投产|复工|竣工|开建|动工|启动|封顶|完工|投用|投运|达产|落地|落户|建成|并网|交付|交工)|"
    r"(?:的[一-鿿]{2,8}(?:已|正|完成)|均|已|正|正在|开始|今年|年内|近日|日前|本月|[1-9]\d?月|目前|现已|现|将|预计|计划|于|自|由|是|作为|占地|(?:项目|计划)?总投资|投资|总?建筑面积|全长|位于|坐落|主要|建设内容|进展|建设进度|进入|完成|"
    r"总占地|规划|分[两三一二]期|合作协议|签订|签署|可行性|包括|设计|采用|一期|二期|延伸|等\d|进行|通过|获|被|列入|纳入|入选|并网|全容量|调试|联调|点火|出炉|下线|试|率先|首|年产|新增|可))|"
    r"，(?:该项目|项目|工程)?(?:计划|规划)?(?:总投资|占地|位于|由|是|全长|总?建筑面积|投资|主要建设|建设内容|目前|已|正|当天|在该区|仅用)"
)
"""What stands behind the name of one project: its site, its state, its size."""
_PARK_PRICED = re.compile(r"[^。]{0,30}。该(?:园区|产业园|基地|工厂|生产线|电站)(?:项目)?(?:计划)?(?:总投资|占地|由)")
"""玻璃器皿智能制造产业园，机器轰鸣。该园区总投资7.5亿元: a park that is spoken of as a project."""
_BUILDING = re.compile(
    r"(?:主体|车间|厂房|一期|二期)?(?:结构)?(?:正在|已|正)(?:紧张|全面|加紧|加快|抓紧)*(?:建设|施工|封顶|开工|完工|竣工|投产|投用)"
)
"""What is said of a thing that is being built: 绿色智能铸造园区车间正在紧张建设."""
_CALLED_ONE = re.compile(r"(?:是|为|被?列为|列入)[^，。；是]{0,40}?(?:项目|工程)(?:之一)?(?=[，。；])")
"""海玉食品产业园是第三次“三个一批”活动中的“投产一批”项目，: a park that is said to be a project."""
_ENUMERATION = re.compile(r"(?:[\d两三四五六七八九十]+[个项](?:[^，。；]{0,8})项目|项目)中，")
"""新开工的6个项目中，A项目…；B项目…: what follows are names."""
_BESIDE = re.compile(r"(?:[、和与及][^，。；：、]{4,40}?项目)+")
"""More names of the same list: A项目、B项目已进入调试阶段."""
_AND_SO_ON = re.compile(r".等(?!离子|级)[^“”]{0,18}$")
"""A list that ends in 等一批大项目 is no name; its members are."""
_STEM = re.compile(r"(?:PPP|EPC|BOT)?(?:项目|工程)$")
_LAST_OF_PAIR = re.compile(r"(?:和|与|以?及)(?!(?:其?配套|附属)$)([一-鿿]{0,2})$")


def is_built(text: str, offset: int) -> bool:
    """Whether the text goes on at ``offset`` as of a thing that is being built."""
    return _BUILDING.match(text, offset) is not None


def ends_built(phrase: str) -> bool:
    """Whether the phrase ends in a word for what is built."""
    return _ENDS_BUILT.search(phrase) is not None


def is_name(phrases: Phrases, phrase: Phrase, head: int, end: int) -> bool:
    """Whether ``text[phrase.start:head]`` is a project's name; ``end`` is behind its phase or closing quotation mark."""
    text, start = phrases.text, phrase.start
    body = text[start:head]
    stem = _STEM.sub("", body)
    pair = _LAST_OF_PAIR.search(stem)
    if len(stem) < 2 or not _may_stand(phrases, start, body, stem) or _AND_SO_ON.search(body) or _COUNTED.match(text, end, end + 10):
        return False
    if (pair is not None and is_kind(pair[1])) or _ONLY_QUOTED.fullmatch(stem):
        return False  # 帮扶企业和项目, “飞地经济”项目
    own = phrases.without_places(stem)
    if is_kind(own):
        return _is_named_kind(phrases, phrase, head, end, own)
    if body.endswith("工程") and re.search(rf"(?:{words_of('part')})$", stem):
        return False
    beside = _BESIDE.match(text, end)
    told = _STATE.match(text, beside.end() if beside else end) is not None or _is_enumerated(text, start)
    if body.endswith(("项目", "工程")):
        built = phrase.built and len(own_words(own, "general", "trade")) >= 6
        return strength(phrase, body) or built or ((told or phrase.visited) and len(own) >= 4)
    shown = not _ENDS_HOUSE.search(body) and any(test(text, end) for test in (is_built, _PARK_PRICED.match, _CALLED_ONE.match))
    return phrase.priced or (shown and len(own) >= 3)


def may_be_listed(phrases: Phrases, phrase: Phrase, end: int) -> bool:
    """Whether a member of a list that 等项目 closes can be a name, as far as its words go."""
    body = phrases.text[phrase.start : end]
    stem = phrases.without_places(_STEM.sub("", body))
    own = own_words(stem, "general", "trade")
    return len(body) >= 4 and len(own) >= 2 and _may_stand(phrases, phrase.start, body, stem)


def strength(phrase: Phrase, body: str) -> bool:
    """Whether the phrase shows by itself that one project is meant."""
    quoted = _QUOTED.search(body)
    return (
        phrase.firm is not None
        or phrase.linked
        or phrase.priced
        or _PHASED.search(body) is not None
        or _CAPACITY.search(body) is not None
        or (quoted is not None and (quoted.start() > 0 or (quoted.end() > 5 and len(body) > quoted.end() + 3)))
        or "·" in body
        or maker_of(body) is not None
    )


def _may_stand(phrases: Phrases, start: int, body: str, stem: str) -> bool:
    """Nothing in the words forbids that they are a name."""
    return (
        len(body) <= MAX_NAME
        and not FORBIDDEN.search(stem.replace("PPP项目", ""))
        and not REFERENCE.search(phrases.text, max(0, start - 4), start)
        and not phrases.in_book(start)
        and not any(sign in "，。；！？" for sign in body)
    )


def _is_named_kind(phrases: Phrases, phrase: Phrase, head: int, end: int, own: str) -> bool:
    """Words of a kind that name one all the same: one of a list of six, a park that is being built, 新材料园区三期."""
    text, start = phrases.text, phrase.start
    body = text[start:head]
    if len(_STEM.sub("", body)) >= LONG_KIND and _is_enumerated(text, start):
        return True
    if is_built(text, end) and len(_ENDS_BUILT.sub("", body)) >= LONG_KIND - 2:
        return True
    if phrase.priced and len(own) >= LONG_KIND and ends_built(body):
        return True  # 总投资8.2亿元的数字乡村冷链物流园
    phased = _PHASED.search(text, max(start, head - 8), end) is not None
    if phased and phrase.linked and len(own) > 4 and body.endswith("项目"):
        return True  # 盐湖高新区标准化厂房三期项目
    return phased and len(own) > 3 and ends_built(body) and not text.startswith("等", end)


def _is_enumerated(text: str, start: int) -> bool:
    """Whether the sentence lists projects one by one."""
    first = max(0, start - 600)
    sentence = max(text.rfind(sign, first, start) for sign in "。！？\n") + 1
    return _ENUMERATION.search(text, max(first, sentence), start) is not None
