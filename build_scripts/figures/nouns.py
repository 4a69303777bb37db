"""The paper's own noun for what no rule names: 招商专班数, 使用寿命. A clean noun phrase, else the general word of the unit's kind.

Without a dictionary of words a noun phrase is found from outside: it ends where a verb or a function word begins, and begins
behind the
last one. What is left must not itself begin or end in such a word, must close its quotation marks, and must be short;
otherwise the general
word (时长, 金额, 数量) says less, but nothing wrong. Deliberately not read: whether the noun is the best name for the number.
"""

import re

from build_scripts.figures.sight import Sight
from build_scripts.sieve import gated

_DEFAULT = {
    "money": "金额", "area": "面积", "length": "长度", "mass": "重量", "duration": "时长", "ratio": "比例", "multiple": "倍数",
    "energy": "电量", "power": "功率", "volume": "体积", "voltage": "电压等级",
}  # fmt: skip
_OWN_UNITS = frozenset({"市", "县", "区", "村", "省", "镇", "乡", "国", "社区", "街道", "人次", "岗位", "座位", "课时", "学时"})
"""Units that are nouns themselves: 赴3市 counts 市."""
_PLACES = frozenset("村镇乡县市区国省厂矿港校")
_PERIOD = re.compile(r"(?:[一-鿿]{2}(?:寿命|周期|时限|期限)|寿命|周期|工期|时限|期限|年限)(?=[^，。；]{0,8}$)")
_LONGEST = 12  # 规模以上工业企业研发经费支出 has 14 signs, every own noun of the pages at most 9

_VERBS = (
    r"完成|实现|达成|建成|新建|新增|增加|减少|接待|拜访|开展|提供|承接|签订|签署|发布|办结(?!率|数)|出让|领办|拥有|配套|配备|形成|产生|供应|投入(?!强度|产出|品)|"
    r"创造|带动|吸纳|消纳|承担|制定|减排|出台|推出|落实|争取|获得|取得|授予|引进|组建|成立|设立|举办|召开|打造|培育|认定|申报|受理|解决|"
    r"攻克|明确|停放|覆盖|涉及|共有|共计|合计|总计|累计|节约|节省|相当于|压减|压缩|缩短|提高|提升|精简|优化|下降|降低|采取|连续|"
    r"设置|设(?!备|施|计)|建(?!设|筑|材)|(?<!共)有(?!限|机|色|效|关|序)|分设|开行|发放|兑现|奖励|补贴|支付|入驻|集聚|聚集|下达|安排|实行|实施|推行|接听|通过|开通"
)
_FUNCTION = (
    r"的|了|已经|已|为(?!主)|将|与|和(?!谐)|及|在|被|把|对(?!接)|从(?!业)|由|以(?!上|下)|按照?|比(?!例|重)|较|经(?![济营开费])|(?<![意方定面走导])向|给|因|并|于|其中|其|也|却|但|则|就|还|更|"
    r"仅|只|约|近|超|达|至|要|能(?![源力量])|可(?!再|持)|是|各|每|这|那|该|前(?!期|沿)|中(?![心小药高])|里|之|用时|使|让|获|共(?!享|同|性|建)|全[省市区县]|全国|今年|去年|目前|原来|现在|当前|刚|再"
)
_CUT = gated(f"{_VERBS}|正?加快|正在|推进|{_FUNCTION}")
_EDGES = re.compile(r"^(?:等|和|及|个|项(?!目)|多|余|\d+[年月日])+|(?:等|到|至|数|共)+$")
_NO_NOUN = re.compile(r"[来掉去起上下高快低]$|[一-鿿]条$")
_PREDICATES = re.compile(
    r"(?:达到?|为|约|共计?|已|了|是|有|至|到|在|的|由|从|仅|只|用时?|可|要|将|超过?|累计|突破|实现|完成|新增|就|：|原来|现在|目前|合计|总计|不低于|不足|分别|总数|数量|,|，)+$"
)
_STOP = re.compile(
    r"(?<=生产线)|(?<=产线)|(?<=机组)|(?<=装置)|(?<=厂房)|(?<=基地)|(?<=平台)|(?<=开发区)(?!“|建设|活动)|(?<=车间)|(?<=园区)(?![道管路电厂内外企配])|"
    rf"{_VERBS}|以(?!上|下)|[位排]?列(?=第|[入为])|位居|居(?=第)|的|了|已|正|进行|先后|参加|参与|支撑|荣|与|和|近|在|将|可|等|集中|全部|分(?:别|为)|之一|赴|达|陆续|拔地|均|中|位|因|虽|来自|仍|都|也|"
    r"[，。；、：！？）（\d]|$"
)
_PHRASE = re.compile(r"(?:“[^“”]{1,10}”|[一-鿿A-Za-z0-9&])+")


def own_noun(c: Sight) -> str:
    """The paper's own noun of a quantity: 招商专班数, 标识注册量, 使用寿命; else the general word of its kind of unit."""
    if c.q.kind == "duration":
        period = _PERIOD.search(c.left)
        return period[0] if period else _DEFAULT["duration"]
    if c.q.kind == "multiple" or c.q.unit.endswith("百分点"):
        return "倍数" if c.q.kind == "multiple" else "增减幅度"
    counts = c.q.kind in ("count", "bare")
    if counts:
        if c.q.unit in _OWN_UNITS:
            return c.q.unit + "数"
        if noun := _behind(c.right):
            return _number_of(noun)
    noun = _before(c.behind_topic)
    if noun is None:
        return "变电容量" if c.q.unit.endswith(("伏安", "VA")) else _DEFAULT.get(c.q.kind, "数量")
    return _number_of(noun) if c.q.kind == "count" else noun


def _number_of(noun: str) -> str:
    return noun if noun.endswith(("数", "量", "率", "额")) else noun + "数"


def _behind(right: str) -> str | None:
    """The noun behind a measure word: 7个|招商专班; the head where 的 stands in it."""
    start = 1 if right.startswith("的") else 0
    for stop in _STOP.finditer(right, start):
        phrase = right[start : stop.start()]
        if stop.group() == "的" and phrase:
            start = stop.end()
            continue
        return phrase if phrase in _PLACES else _clean(phrase)
    return None


def _before(left: str) -> str | None:
    """The noun that ends before the number, behind the last verb or function word: 签订|代办协议|158个."""
    text = _PREDICATES.sub("", left)
    last = next((match for match in _PHRASE.finditer(text) if match.end() == len(text)), None)
    if last is None:
        return None
    phrase = last.group()
    cuts = [cut for cut in _CUT.finditer(phrase) if not _quoted(phrase, cut.start())]
    return _clean(phrase[cuts[-1].end() :] if cuts else phrase)


def _quoted(phrase: str, offset: int) -> bool:
    return phrase.count("“", 0, offset) > phrase.count("”", 0, offset)


def _clean(phrase: str) -> str | None:
    """``phrase`` as a noun, or ``None`` where it is none: too short, too long, cut out of a quotation, or digits at its head."""
    phrase = _EDGES.sub("", phrase)
    if phrase.count("“") != phrase.count("”") or re.match(r"\d+(?![A-Za-z])", phrase):
        return None
    whole = phrase[1:-1] if phrase.startswith("“") and phrase.endswith("”") and phrase.count("“") == 1 else phrase
    if _NO_NOUN.search(whole):
        return None
    return whole if 2 <= len(whole) <= _LONGEST and re.search(r"[一-鿿]", whole) else None
