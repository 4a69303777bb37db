"""Names of projects and companies, found by the grammar of names: no list of names exists here.

A project's name ends in 项目 (or 工程, 生产线 … where a sentence is about it) and begins where the phrase begins: after a sign,
a verb that
introduces it (推动, 新建, 走进) or 亿元的. What is left of a class noun when the general words are taken away tells a name
(华清…深加工项目)
from a class (省级重点工程项目, 签约项目), of which there are many.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.projects.companies import Firm
from build_scripts.projects.names import Found, tidy
from build_scripts.projects.words import CUT, is_kind
from build_scripts.sieve import gated

MAX_NAME = 60

_END = re.compile(
    r"(?:项目|(?:工程|生产线|电站)(?=[，。；是总占全建已正于将投一二]|$)|"
    r"(?:产业园|园区|物流园|基地|中心|工厂)(?=，?(?:计划)?总投资|，?占地(?:面积)?[约近]?\d|，总?规划面积[约近]?\d|投资\d)|[一二三四]期(?=(?:计划)?(?:总)?投资\d))"
    r"(?!总数|数[^据字智]|个数|库|制|化|建设年|推进机制|包联|谋划|招引|手续|备案|核准|立项|用地|可研|环评|包装|责任|审批|信息|意向|推进会|观摩|调度会|攻坚|办公室|线索|资源|经理)"
)
_SUFFIX = re.compile(r"[”’]?(?:（[一二三四五六七八九十]+期(?:工程)?）|[一二三四五六七八九十]+期(?:工程|项目)?)?")
_STOP = "，。；：！？…\n"
_CUT = gated(
    r"(?:推动|推进|引进|新建|扩建|改建|承担|实施|启动|走进|走访|来到|深入|举行|位于|作为|包括|依托|围绕|建成|签约|谋划|开展|观摩|察看|考察|投资建设|"
    r"规划建设|计划建设|总投资|(?<!华)为|在|由|是|将|把|达成|促成|落户|争取|支持|聚焦|涉及|称|说|"
    r"这一|这个|上述|终于|(?:元|亩|平方米|吨|个|项|家)的|以及|比如|例如|其中|尤其是|特别是)"
)
_LEAD = re.compile(
    r"^(?:我们的?|该[省市县区](?=.{4})|靠着?|凭借|借助|再上|此次|本次|这次|目前|当前|眼下|近日|日前|同时|另外|此外|今年以来|今年|去年|以|从|向|对|和|与|及|等|了|着|的|已|也|又|还|正|就|于|该|年底|年初|加快|继续|重点|全面|"
    r"全力|着力|积极|先后|成功|顺利|随着|通过|针对|对于|关于|按照|占地|其|有|共有|现有|拥有|一是|二是|三是|四是|五是|首个|全省首个|首批|总|年内|当日|当天|计划|预计|拟)"
)
_GENERAL = gated(
    r"重点|重大|省级|市级|县级|区级|国家级|省市|省|市|县|全区|全国|级|签约|开工|投产|复工|续建|新建|在建|拟建|建设|产业类?|工业类?|基础设施|招商引资|招商|引资|代表|"
    r"平均|每个|每|单个|到|终于|促成|强化|持续|协调|解决|抓好|狠抓|优质|储备|入库|技改|扩产|扩建|改造|技术改造|技术创新|创新|战略性新兴|战新|新兴|亿元以上|亿元|投资|各类|一批|二批|三批|批|等|的|工程|项目|集中|现场|谋划|实施|推进|推动|"
    r"前期|这一|分会场|主会场|意向|推进会|观摩|调度会|攻坚|办公室|合作|这些|该|此|本|整个|所有|全部|多个|各个|配套|民生|民间|文旅|转型|标志性|龙头|牵引|高质量|外资|制造业|服务业|引进|落地|各开发区|开发区|示范区|"
    r"高新区|经开区|全省|全市|我省|我市|我区|园区|共有|共|有|新|好|大|年度|承担|确定|活动|组织|领域|行业|传统|科技|数字|绿色|农业|能源|特色|专项|一体化|产业园|"
    r"前?[一二三四]季度|上半年|下半年|全年|今年|去年|以来|活动|竣工|达产|达效|预备|后备|[0-9一二三四五六七八九十两几多余]+[个项年月]|[“”‘’、]|延链补链强链|延链|补链|强链|链|与|和|及|类|类型|类别|性|型|小|中|强|优|快|早"
)
COUNTED = re.compile(
    r"^[一二三四]期|记者|20\d\d年|\d月|^[一二两三四五六七八九十]+[条台座栋套家个]|^[\d.]*[百千万亿]+级|^[\d.]+[余多]?[十百千万亿]*元|^(?:建设|新建|新增|安装)?\d+[条台座栋套]|(?:^|[^年])(?:全省|全市|全区|全县|我省|我市)|第[一二三四五六]条|\d[余多]?(?:[个家户名条座栋]|项(?!目))|等\d|[两三四五六七八九十]个"
)
_SENTENCE = re.compile(
    r"(?:主要|配套|分期|同步)建设|数量占|项目占|(?:已|正在|将|拟|共|先后|累计)(?:建成|引进|实施|签约|开工|投产|推进|谋划|落地|新建|建设)"
)
"""An adverb of aspect and a verb never stand inside a name: 经开区已建成风电项目 is a sentence."""
_DOES = re.compile(r"推动|推进|引进|实施|启动|承担|开展|谋划|促进|加快|强化|协调|解决")
"""Somebody does something with projects of a kind: 省工信厅推进转型升级项目 names none."""
_BATCH_NOUN = re.compile(r"(?:签约|开工|投产|复工|续建|在建|代表|储备|入库|拟建|落地)(?:的)?项目$")
_PRICED = re.compile(r"(?:计划|预计)?(?:总)?投资(?:额)?(?:约|近|超|达|为)?\d")
_PART = re.compile(r"[一二三四五]期(?:工程|年产)?\d")
_COMPANY = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|总公司|分公司|公司|集团|研究院|研究所)(?!化(?!工))")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at ``text[start:end]``."""

    start: int
    end: int
    name: str
    listed: bool = False
    """It stands in a list that 等N个项目 closes: an example, not what the sentence is about."""


def is_class(phrase: str, places: Sequence[str] = ()) -> bool:
    """Whether ``phrase`` names a kind of projects, not one: nothing of it is left when places and general words are taken away."""
    for place in places:
        phrase = phrase.replace(place, "")
    return len(_GENERAL.sub("", phrase)) < 3


def find_projects(text: str, attributive: dict[int, int] | None = None, places: Sequence[str] = ()) -> tuple[Name, ...]:
    """Every named project of ``text``.

    ``attributive`` maps where a name begins behind 总投资X亿元的 to where it ends; ``places`` are the printed places of the
    text, which alone
    make no name (忻州市签约项目).
    """
    fixed = sorted((attributive or {}).items())
    found = [Name(start, end, tidy(text[start:end])) for start, end in fixed]
    taken = at = 0
    for match in _END.finditer(text):
        if match.start() < taken:
            continue
        end = match.end()
        while at < len(fixed) and fixed[at][1] < end:
            at += 1
        if at < len(fixed) and fixed[at][0] < end:
            continue
        start = _left_edge(text, match.start(), max(taken, match.start() - MAX_NAME))
        start = _trim(text, start, end, places)
        if at and start < fixed[at - 1][1]:
            continue
        phrase = text[start:end]
        left = len(_GENERAL.sub("", phrase))
        definite = left > 1 and text.endswith(("该省", "该市", "该县", "该区"), 0, start)  # 该区|集中供热项目 is one, however short
        priced = definite or (_PRICED.match(text, end) is not None and left > 0)  # 新材料项目投资6亿元: one of a list
        if start >= match.start() or (is_class(phrase, places) and not priced) or COUNTED.search(phrase) or _BATCH_NOUN.search(phrase):
            continue
        if _SENTENCE.search(phrase) or any(is_class(phrase[verb.end() :], places) for verb in _DOES.finditer(phrase, 2)):
            continue
        if "的" in phrase and is_class(phrase[phrase.rfind("的") :], places):
            continue  # 临汾经开区重点推进的基础设施建设项目 says what a project is, it is no name
        end += len(_SUFFIX.match(text, end).group()) if _SUFFIX.match(text, end) else 0  # type: ignore[union-attr]
        rest = text[end : end + 12]
        found.append(Name(start, end, tidy(text[start:end]), listed=re.match(r"等[^，。]{0,4}\d", rest) is not None))
        taken = end
    apart: list[Name] = []
    for name in sorted(found, key=lambda name: (name.start, -name.end)):
        if not apart or name.start >= apart[-1].end:
            apart.append(name)
    return tuple(apart)


def find_companies(text: str) -> tuple[Name, ...]:
    """Every company named in full (…有限公司, …集团) in ``text``, those that are called by what they do (全代办服务公司) too."""
    found: list[Name] = []
    taken = 0
    for match in _COMPANY.finditer(text):
        if match.start() < taken:
            continue
        start = _trim(text, _left_edge(text, match.start(), max(taken, match.start() - 40)), match.end())
        start = max(start, *(text.rfind(sign, start, match.start()) + 1 for sign in "与和同跟及"))
        if match.start() - start >= 2 and not re.fullmatch(
            r"(?:该|本|我们?|这家|[一二两三]家|各|国有平台|平台|投融资)+", text[start : match.start()]
        ):
            found.append(Name(start, match.end(), tidy(text[start : match.end()])))
            taken = match.end()
    return tuple(found)


def settle_companies(noted: Sequence[Name], sure: Sequence[Firm]) -> tuple[Name, ...]:
    """As :func:`settle_names`; 区属国有投资运营公司|开源公司 is one firm, told by the second name."""
    found = [Name(firm.start, firm.end, firm.name) for firm in sure if firm.full]
    starts = [name.start for name in found]
    one = [name for name in noted if not re.match(r"\d+[余多]?[家户个]", name.name)]
    return tuple(sorted([*found, *_beside(one, starts, found)], key=lambda name: name.start))


def settle_names(noted: Sequence[Name], sure: Sequence[Found], text: str) -> tuple[Name, ...]:
    """``noted`` with what is ``sure`` in its place: 经开区与A公司签订|B项目 is noted whole; the grammar of names knows where it begins.

    A zone directly before a name stays with it: it tells whose 年产20万吨交通设施配套产品项目 that is.
    """
    found: list[Name] = []
    for name in sure:
        if _PART.match(name.name):
            continue  # 项目…，一期10万吨生产线已投产: a part of the project before
        zone = name.zone
        start = zone.start if zone is not None and zone.end == name.start else name.start
        found.append(
            Name(
                start,
                name.end,
                tidy(text[start : name.end]),
                listed=re.match(r"等(?:[^，。]{0,4}\d|在建项目)", text[name.end : name.end + 12]) is not None,
            )
        )
    own = [name for name in noted if not _of_a_kind(text[name.start : name.end])]
    return tuple(sorted([*found, *_beside(own, [name.start for name in found], found)], key=lambda name: name.start))


def _beside(noted: Sequence[Name], starts: Sequence[int], sure: Sequence[Name]) -> list[Name]:
    """Those of ``noted`` that neither overlap a ``sure`` name nor stand directly before one."""
    extra: list[Name] = []
    for name in noted:
        at = bisect_right(starts, name.end)
        if not (at and sure[at - 1].end > name.start):
            extra.append(name)
    return extra


def _of_a_kind(phrase: str) -> bool:
    """促进|新能源汽车产业链项目, 康新数智产业园举办|工业产业园区项目: behind the verb stands no name."""
    cuts = list(CUT.finditer(phrase, 0, len(phrase) - 2))
    return bool(cuts) and is_kind(phrase[cuts[-1].end() :])


def name_after(text: str, start: int, limit: int) -> int | None:
    """Where the project's name ends that begins at ``start`` (behind 总投资X亿元的, or behind 新建), or ``None``.

    The name may hold 、 (“光、储、充、换”…项目): it runs to the first 项目, else to another word that ends names.
    """
    window = text[start : min(limit, start + MAX_NAME)]
    cut = len(window)
    for sign in _STOP:
        if 0 <= (at := window.find(sign)) < cut:
            cut = at
    window = window[:cut]
    if other := re.search(r"、(?:计划)?(?:总)?投资[约近超]?\d", window):
        window = window[: other.start()]  # the next of a list
    match = re.search(r"项目(?!化|制)", window) or re.search(
        r".*?(?:工程|生产线|产业园|生产基地|基地|电站|园区|物流园|科技园|工业园|中心|工厂|综合体|产线|车间|总部|产业链)(?=[、，。；已正签开投落于是一二三四五]|等|相继|集中|陆续|近日|日前|目前|$)",
        window,
    )
    if match is None:
        return None
    end = start + match.end()
    suffix = _SUFFIX.match(text, end)
    return end + (len(suffix.group()) if suffix else 0)


def _left_edge(text: str, offset: int, limit: int) -> int:
    """Where the phrase that ends at ``offset`` begins: after a sign, or a 、 outside quotation marks and brackets."""
    depth = 0
    for at in range(offset - 1, limit - 1, -1):
        char = text[at]
        if char in "”’）":
            depth += 1
        elif char in "“‘（":
            if not depth:
                return at + 1
            depth -= 1
        elif char in _STOP or (char in "、 " and not depth):
            return at + 1
    return limit


def _trim(text: str, start: int, end: int, places: Sequence[str] = ()) -> int:
    """``start`` moved right over what is not part of the name."""
    best = start
    for cut in _CUT.finditer(text, start, end):
        if end - cut.end() >= 4 and not is_class(text[cut.end() : end], places):
            best = cut.end()
    at = text.rfind("的", best, end)
    if at >= 0 and end - at > 5 and not text.endswith(("公司", "集团"), best, at) and not is_class(text[at + 1 : end], places):
        best = at + 1
    while (lead := _LEAD.match(text[best:end])) and lead.end() < end - best - 3:
        best += lead.end()
    return best
