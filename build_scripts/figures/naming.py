"""Which indicator 指标 a figure is: by its unit and its noun, by the wording before it, or carried from the figure before.

The rules are asked in the order of :data:`NAMING_RULES`; the first that answers decides. The last one takes the paper's own noun.
"""

import re
from functools import cache

from build_scripts.figures.counting import COUNTING_RULES
from build_scripts.figures.nouns import own_noun
from build_scripts.figures.sight import NamingRule, Sight
from build_scripts.figures.state import sentence_start
from build_scripts.figures.tables import Indicator, indicators
from build_scripts.figures.words import COMPARED, LOOK
from build_scripts.sieve import Sieves

_MONEY = frozenset({"money"})
_RATIO = frozenset({"ratio"})
_AND = re.compile(r"(?:和|、|及|至|到|-|—|~)")
_EMPTY_LEFT = re.compile(
    r"(?:^项目|约|近|超过?|达到?|为|和|、|共|合计|总计|[三两]项|，|占到?|至|完成|实现|已|了|全部|分别|依次|由|从|增至|调增至|将|虽然?|只有|仅有?|只|却|也|但|就|"
    r"总量|高达|多达|不低于|要|能)+$"
)
_TIME = re.compile(
    r"(?:截至|截止|到|至|自)?(?:今年|明年|去年|当年|年内|[一二三四]季度|上半年|下半年|全年|本月|年|[\d—-]+月份?)(?:底|末|初|前)?|目前|当前"
)
_BUILDING_NOUN = re.compile(r"[一-鿿A-Za-z]{1,16}?(?:生产线|产线|项目|工程|机组|装置|电站)")
_PRODUCTS = ("台", "套", "台套", "万台", "万套", "辆", "万辆")
_NO_INVESTMENT = re.compile(r"产值|收入|增加值|企业|产品|税|项目(?!的?[一-鿿]{0,4}投资)")
_TO = re.compile(r"[至到—~－-]+")
_COUNTED_OF_RANGE = re.compile(r"(?:以上|以下)?的?(?:[一-鿿]{0,4}项目(?:有|共)?)?\d+[个项]")
_RANGE_OF_PROJECTS = re.compile(
    r"(?:[至到—~－-]+[\d.]+[万亿]*元)?(?:以上|以下)?的?[一-鿿]{0,4}项目(?:有|共)?\d|[至到—~－-]+[\d.]+[万亿]*元的?\d+[个项]"
)


def name_indicator(c: Sight) -> tuple[str, str]:
    """The indicator of a quantity and the name of the rule that gave it."""
    for rule in NAMING_RULES:
        if rule.kinds is None or c.q.kind in rule.kinds:
            c.detail = ""
            if name := rule.read(c):
                return name, f"{rule.name}-{c.detail}" if c.detail else rule.name
    return own_noun(c), "own-noun"


def _row(c: Sight) -> str | None:
    if c.q.of:
        return _last_wording(c.q.of, c.q.kind) or ("项目数" if "项目" in c.q.of and c.q.kind == "count" else None)
    return "项目数" if c.q.heading else None


def _respectively(c: Sight) -> str | None:
    if c.share and c.share.indicator:
        return c.share.indicator
    if c.share is None:
        return None
    if c.share.follows:
        return c.state.last_indicator if c.state.last_kind == c.q.kind else None
    if re.search(r"[一-鿿]", re.sub(r"分别|依次|达到?|是|约|，", "", _EMPTY_LEFT.sub("", c.left))):
        return None
    sentence = c.text[sentence_start(c.text, c.q.start) : c.clause.start]  # 签约总投资居前三位的是…，分别为286亿元
    return _last_wording(sentence[-60:], c.q.kind)


def _per_year(c: Sight) -> str | None:
    return "产能" if c.q.rate == "/年" else None


def _compared(c: Sight) -> str | None:
    state = c.state
    beside = state.compared and re.fullmatch(r"[、和]", c.left)
    amount = c.q.kind == "money" and re.search(r"(?:增加|减少)了?$", c.left)
    if COMPARED.search(c.whole_left) or beside or (amount and re.search(r"[比较]", c.text[sentence_start(c.text, c.q.start) : c.q.start])):
        state.compared = True
        return "比较差额"
    state.compared = False
    return None


def _bound(c: Sight) -> str | None:
    """项目数超过150个的有长治、晋中: a bound that picks out members, no count of anybody's projects."""
    picks = re.match(r"的(?:有|是|[一-鿿]{0,3}(?:市|县|区|企业|城市|地区))", c.right)
    bounded = c.q.approx in ("超过", "超", "逾", "不足", "不少于", "不低于", "不到", "突破", "以上", "以下")
    if not (picks and bounded):
        return None
    if c.q.kind == "money":
        return "投资门槛" if "投资" in c.left else None
    return "项目数门槛" if c.q.unit in ("个", "项") and "项目" in c.left else None


def _temperature(c: Sight) -> str | None:
    return "温度"


def _emerging_share(c: Sight) -> str | None:
    named = re.search(r"(?:战新|新兴产业)([^，。；]{0,12}?)(?:占比|占|比重)", c.whole_left)
    if named and _NO_INVESTMENT.search(named[1]):
        return "占比"  # 战新产业产值占规上工业的41.7%, 战新项目占比87%: of something else than the investment
    carried = c.state.emerging and re.search(r"占", c.whole_left) and re.search(r"投资", c.whole_left)
    return "战新投资占比" if named or carried else None


def _share_of_target(c: Sight) -> str | None:
    return "完成率" if c.left.endswith("的") and re.search(r"完成[^，。；]{0,14}(?:目标|任务|计划)", c.whole_left) else None


def _target(c: Sight) -> str | None:
    """超额完成年度55亿元的投资任务: what was to be reached."""
    return "目标任务" if re.search(r"完成[^，。；\d]{0,8}$", c.left) and re.match(r"的?[一-鿿]{0,6}(?:任务|目标)", c.right) else None


def _share(c: Sight) -> str | None:
    if re.search(r"全[省市国区县]的?(?:约|近)?$", c.left) and c.right.startswith("的"):
        return "占比"
    rate = re.search(r"率$", re.sub(r"(?:达到?|为|约|了|：)+$", "", c.left))
    return "占比" if "占" in c.whole_left and not rate else None


def _changed_to(c: Sight) -> str | None:
    changed = re.search(r"(?:到|至|为)了?(?:今年|目前|现在|20\d\d年[底末]?)?的?$", c.left) and re.search(r"提|升|降|增|由|从|扩", c.left)
    changed = changed or (re.search(r"(?:到|至)了?$", c.left) and re.search(r"[由从][^，。；]{0,12}\d", c.whole_left))
    return c.state.last_indicator if c.state.last_kind == c.q.kind and changed else None


def _emerging_named(c: Sight) -> str | None:
    return "战新总投资" if re.search(r"(?:战新|战略性新兴产业|新兴产业)(?:类)?项目[^，。；\d]{0,4}投资", c.left) else None


@cache
def _rows_of(kind: str) -> tuple[Indicator, ...]:
    return tuple(row for row in indicators() if kind in row.kinds)


@cache
def _wordings(kind: str) -> Sieves:
    return Sieves([row.wording for row in _rows_of(kind)])


def _last_wording(text: str, kind: str) -> str | None:
    """The wording of the table that ends last in ``text``; of two that end together the longer one."""
    best: tuple[int, int] = (-1, 0)
    name: str | None = None
    for index, match in _wordings(kind).finditer(text, 0, len(text)):
        if (key := (match.end(), match.end() - match.start())) > best:
            best, name = key, _rows_of(kind)[index].name
    return name


def _wording(c: Sight) -> str | None:
    name = _last_wording(c.left or c.whole_left, c.q.kind)
    if name == "总投资" and re.search(r"平均|每个|单个", c.text[sentence_start(c.text, c.q.start) : c.q.start]):
        return "平均投资"  # 平均到单个项目，投资额却由2.9亿元下降到2.4亿元
    if name == "增速" and re.search(r"(?:高于|低于)$", c.left) and c.q.unit in ("%", "％") and c.state.last_kind == "ratio":
        return c.state.last_indicator  # 完成率…均低于85%: how high, not how much higher
    if name == "总投资" and c.state.emerging:
        c.detail = "emerging"
        return "战新总投资"
    return name


def _threshold(c: Sight) -> str | None:
    q = c.q
    bound = q.approx in ("以上", "以下") and re.match(r"的?(?:[^，。；]{0,6}项目|\d|企业)", c.right)
    grade = q.unit.endswith("级") and c.right.startswith("项目")
    right = c.text[q.end : q.end + 24]
    ranged = _RANGE_OF_PROJECTS.match(right) or (_TO.fullmatch(c.left) and _COUNTED_OF_RANGE.match(right))  # 10亿元—50亿元的7个
    return "投资门槛" if bound or grade or ranged else None


def _money_carried(c: Sight) -> str | None:
    state = c.state
    if state.last_money == "年度计划投资" and re.fullmatch(r"，?(?:目前|现)?(?:已|累计|实际)+完成(?:约|近)?", c.left):
        return "完成投资"  # 今年计划投资2.3亿元，已完成2.1亿元
    bare = re.sub(r"^[^、，]{0,3}(?=、)|今年|明年|去年|前|月|预计|有望|力争", "", _EMPTY_LEFT.sub("", c.left))
    if re.search(r"[一-鿿A-Za-z]", bare):
        return None
    if state.last_money:
        return state.last_money
    if state.group:
        c.detail = "of-projects"
        return "战新总投资" if state.emerging else "总投资"
    if state.holder == "project" and state.project:
        c.detail = "of-project"
        return "总投资"
    return None


def _wording_after(c: Sight) -> str | None:
    at = 1 if c.right.startswith("的") else 0
    for row in _rows_of(c.q.kind):
        match = row.wording.match(c.right, at)
        if match and match.end() > at + 1 and (at or match.end() == len(c.right) or c.right[match.end()] in "，。；、"):
            return row.name
    return None


def _rate_verb(c: Sight) -> str | None:
    """21个续建项目100%复工."""
    verb = re.match(r"(?:全部)?(复工|开工|投产|达效|签约)", c.right)
    return verb[1] + "率" if verb and re.search(r"项目(?:已|均|全部|的)*$", c.left) else None


def _wording_carried(c: Sight) -> str | None:
    state, kind = c.state, c.q.kind
    if state.last_indicator is None or state.last_kind != kind or kind in ("duration", "money"):
        return None
    if kind == "area" and re.search(r"\d[块栋座幢层宗处间]、$", c.whole_left):
        return None  # 厂房8栋、5.2万平方米: of what was just counted
    if kind == "ratio":  # 开工率达到80%，四季度末不低于95%
        place = c.behind_topic != c.left and not c.behind_topic  # 增速居前三位的是忻州41.2%、定襄37.9%
        return state.last_indicator if place or _AND.fullmatch(c.left) or (_TIME.search(c.left) and not _named(c.left)) else None
    phase = c.q.unit.endswith("平方米")  # 总建筑面积21.4万平方米，其中一期9.8万平方米
    plain = re.sub(r"其中|[一二三四五]期(?:工程|项目)?", "", c.left) if phase else c.left
    if state.last_indicator == "产能" or (kind != "count" and not re.search(r"[一-鿿]{2}", plain)):
        return state.last_indicator
    return None


def _topic(c: Sight) -> str | None:
    """曲沃经济技术开发区1—8月完成36.5亿元, in a paragraph on 工业投资: a clause without a noun speaks of what was spoken of last."""
    if c.q.kind not in ("money", "ratio") or _named(c.behind_topic):
        return None
    start = sentence_start(c.text, c.q.start) if c.q.kind == "ratio" else max(0, c.clause.start - LOOK)
    return _last_wording(c.text[start : c.clause.start], c.q.kind)


def _named(left: str) -> bool:
    """Whether a noun stands before the number: what is left when times and predicates are taken away."""
    return re.search(r"[一-鿿A-Za-z]", _EMPTY_LEFT.sub("", _TIME.sub("", left))) is not None


def _floor_space(c: Sight) -> str | None:
    if c.q.unit.endswith(("亩", "公顷", "平方公里")):
        return "占地面积" if re.search(r"[一二三四五]期(?:工程|项目)?$", c.left) else None  # 一期480亩已建成厂房8栋: land, no floor
    if c.left == "、" and re.search(r"(?:厂房|车间|仓库)\d+[栋座幢层]、$", c.whole_left):
        return "建筑面积"  # 标准厂房12栋、9.6万平方米
    beside = re.search(r"厂房|建筑|车间|仓库|办公楼|写字楼", c.right) or re.search(r"厂房|车间|仓库|楼|工程|中心$", c.left)
    return "建筑面积" if beside else None


def _rating_in_name(c: Sight) -> str | None:
    rated = c.q.kind in ("mass", "power", "energy", "volume") or c.q.unit in _PRODUCTS
    made = rated and re.match(r"[一-鿿A-Za-z]{1,12}?(?:全部|陆续|全面)?(?:投产|达产|建成)", c.right)  # 24万吨生物基材料全部投产后
    return "产能" if made or (rated and _BUILDING_NOUN.match(c.right)) else None


def _share_of_noun(c: Sight) -> str | None:
    return "占比" if re.match(r"的[一-鿿A-Z]", c.right) else None


def _project_amount(c: Sight) -> str | None:
    return "总投资" if re.match(r"(?:级|的)?(?:大)?项目", c.right) else None


def _rating(c: Sight) -> str | None:
    return None if re.search(r"[一-鿿]{2}$", c.left.removesuffix("其中")) else "产能"


NAMING_RULES: tuple[NamingRule, ...] = (
    NamingRule("row", "成行排列的数字由行首说明", _row),
    NamingRule("respectively", "“分别”把前面列出的指标依次分给后面的数字", _respectively),
    NamingRule("per-year", "吨/年是产能", _per_year, frozenset({"mass", "volume", "count", "area", "length"})),
    NamingRule("compared", "比上年多26个、88亿元说的是差额，不是总额", _compared, frozenset({"count", "money"})),
    NamingRule("bound", "项目数超过150个的有某市：门槛不是项目数", _bound, frozenset({"count", "money"})),
    *COUNTING_RULES,
    NamingRule("temperature", "摄氏度量的是温度", _temperature, frozenset({"temperature"})),
    NamingRule("emerging-share", "战新项目的投资占比", _emerging_share, _RATIO),
    NamingRule("target", "完成…亿元的任务：任务在金额后面", _target, _MONEY),
    NamingRule("share-of-target", "完成…目标的百分之几是完成率", _share_of_target, _RATIO),
    NamingRule("share", "占…的百分之几是占比", _share, _RATIO),
    NamingRule("rate-verb", "续建项目100%复工说的是复工率", _rate_verb, _RATIO),
    NamingRule("changed-to", "由65%提高到72.5%：后一个数仍是前一个指标", _changed_to, _RATIO | _MONEY),
    NamingRule("emerging-named", "战新项目总投资", _emerging_named, _MONEY),
    NamingRule("threshold", "10亿元以上项目、5亿元至10亿元项目：门槛不是投资额", _threshold),
    NamingRule("wording", "数字前最后一个指标用语，见指标表", _wording),
    NamingRule("money-carried", "没有名词的金额承接前一个金额，或属于刚数过的项目", _money_carried, _MONEY),
    NamingRule("wording-after", "指标用语在数字之后：56亿元的总投资", _wording_after),
    NamingRule("carried", "并列的数量承接前一项的指标", _wording_carried),
    NamingRule("topic", "分句里没有名词的金额、比率，说的是上文最近的指标", _topic, _MONEY | _RATIO),
    NamingRule("floor-space", "平方米数的是厂房、车间，则为建筑面积", _floor_space, frozenset({"area"})),
    NamingRule("rating-in-name", "1.2万吨铸件生产线：名称里的规模是产能", _rating_in_name),
    NamingRule("share-of-noun", "以3%的面积：没有别的用语时是占比", _share_of_noun, _RATIO),
    NamingRule("project-amount", "10.5亿元项目：投资额作定语", _project_amount, _MONEY),
    NamingRule("rating", "没有名词的千瓦、千瓦时是装机规模", _rating, frozenset({"power", "energy"})),
)  # fmt: skip
"""In the order in which they are asked."""
