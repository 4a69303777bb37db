"""Which indicator 指标 a figure is: by its unit and its noun, by the wording before it, or carried from the figure before.

The rules are asked in the order of :data:`NAMING_RULES`; the first that answers decides. The last one takes the paper's own noun.
"""

import re

from build_scripts.figures.counting import COUNTING_RULES
from build_scripts.figures.sight import NamingRule, Sight
from build_scripts.figures.state import sentence_start
from build_scripts.figures.tables import indicators
from build_scripts.figures.words import COMPARED

_MONEY = frozenset({"money"})
_RATIO = frozenset({"ratio"})
_AND = re.compile(r"(?:和|、|及|至|到|-|—|~)")
_EMPTY_LEFT = re.compile(
    r"(?:约|近|超过?|达到?|为|和|、|共|合计|总计|[三两]项|，|占到?|至|完成|实现|已|了|全部|分别|由|从|增至|调增至|将)+$"
)
_BUILDING_NOUN = re.compile(r"[一-鿿A-Za-z]{1,16}?(?:生产线|产线|项目|工程|机组|装置|电站)")
_PRODUCTS = ("台", "套", "台套", "万台", "万套", "辆", "万辆")
_RANGE_OF_PROJECTS = re.compile(r"(?:[至到—~－-]+[\d.]+[万亿]*元)?(?:以上|以下)?的?[一-鿿]{0,4}项目(?:有|共)?\d")
_DEFAULT_NOUN = {"money": "金额", "area": "面积", "length": "长度", "mass": "重量", "duration": "时长", "ratio": "比例"}


def name_indicator(c: Sight) -> tuple[str, str]:
    """The indicator of a quantity and the name of the rule that gave it."""
    for rule in NAMING_RULES:
        if rule.kinds is None or c.q.kind in rule.kinds:
            c.detail = ""
            if name := rule.read(c):
                return name, f"{rule.name}-{c.detail}" if c.detail else rule.name
    return own_noun(c), "own-noun"


def _row(c: Sight) -> str | None:
    return "项目数" if c.q.heading else None


def _respectively(c: Sight) -> str | None:
    if c.share and c.share.indicator:
        return c.share.indicator
    if c.share is None:
        return None
    if c.share.follows:
        return c.state.last_indicator if c.state.last_kind == c.q.kind else None
    if re.search(r"[一-鿿]", re.sub(r"分别|达到?|是|约|，", "", _EMPTY_LEFT.sub("", c.left))):
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


def _temperature(c: Sight) -> str | None:
    return "温度"


def _emerging_share(c: Sight) -> str | None:
    named = re.search(r"(?:战新|新兴产业)[^，。；]{0,12}(?:占比|占|比重)", c.whole_left)
    carried = c.state.emerging and re.search(r"占", c.whole_left) and re.search(r"投资", c.whole_left)
    return "战新投资占比" if named or carried else None


def _share_of_target(c: Sight) -> str | None:
    return "完成率" if c.left.endswith("的") and re.search(r"完成[^，。；]{0,14}(?:目标|任务|计划)", c.whole_left) else None


def _share(c: Sight) -> str | None:
    if re.search(r"全[省市国区县]的?(?:约|近)?$", c.left) and c.right.startswith("的"):
        return "占比"
    rate = re.search(r"率$", re.sub(r"(?:达到?|为|约|了|：)+$", "", c.left))
    return "占比" if "占" in c.whole_left and not rate else None


def _changed_to(c: Sight) -> str | None:
    changed = re.search(r"(?:到|至|为)(?:今年|目前|现在)?的?$", c.left) and re.search(r"提|升|降|增|由|从|扩", c.left)
    return c.state.last_indicator if c.state.last_kind == c.q.kind and changed else None


def _emerging_named(c: Sight) -> str | None:
    return "战新总投资" if re.search(r"(?:战新|战略性新兴产业|新兴产业)(?:类)?项目[^，。；\d]{0,4}投资", c.left) else None


def _last_wording(text: str, kind: str) -> str | None:
    """The wording of the table that ends last in ``text``; of two that end together the longer one."""
    best: tuple[int, int] = (-1, 0)
    name: str | None = None
    for row in indicators():
        if kind not in row.kinds:
            continue
        for match in row.wording.finditer(text):
            if (key := (match.end(), match.end() - match.start())) > best:
                best, name = key, row.name
    return name


def _wording(c: Sight) -> str | None:
    name = _last_wording(c.left or c.whole_left, c.q.kind)
    if name == "总投资" and c.state.emerging:
        c.detail = "emerging"
        return "战新总投资"
    return name


def _threshold(c: Sight) -> str | None:
    q = c.q
    bound = q.approx in ("以上", "以下") and re.match(r"的?(?:[^，。；]{0,6}项目|\d|企业)", c.right)
    grade = q.unit.endswith("级") and c.right.startswith("项目")
    ranged = _RANGE_OF_PROJECTS.match(c.text[q.end : q.end + 24])
    return "投资门槛" if bound or grade or ranged else None


def _money_carried(c: Sight) -> str | None:
    state = c.state
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
    for row in indicators():
        match = row.wording.match(c.right, at) if c.q.kind in row.kinds else None
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
    if kind == "ratio":
        return state.last_indicator if _AND.fullmatch(c.left) else None
    if state.last_indicator == "产能" or (kind != "count" and not re.search(r"[一-鿿]{2}", c.left)):
        return state.last_indicator
    return None


def _floor_space(c: Sight) -> str | None:
    beside = re.search(r"厂房|建筑|车间|仓库|办公楼|写字楼", c.right) or re.search(r"厂房|车间|仓库|楼|工程|中心$", c.left)
    return "建筑面积" if beside else None


def _rating_in_name(c: Sight) -> str | None:
    rated = c.q.kind in ("mass", "power", "energy", "volume") or c.q.unit in _PRODUCTS
    return "产能" if rated and _BUILDING_NOUN.match(c.right) else None


def _share_of_noun(c: Sight) -> str | None:
    return "占比" if re.match(r"的[一-鿿]", c.right) else None


def _project_amount(c: Sight) -> str | None:
    return "总投资" if re.match(r"(?:级|的)?(?:大)?项目", c.right) else None


def _rating(c: Sight) -> str | None:
    return None if re.search(r"[一-鿿]{2}$", c.left) else "产能"


NAMING_RULES: tuple[NamingRule, ...] = (
    NamingRule("row", "成行排列的数字由行首说明", _row),
    NamingRule("respectively", "“分别”把前面列出的指标依次分给后面的数字", _respectively),
    NamingRule("per-year", "吨/年是产能", _per_year, frozenset({"mass", "volume", "count", "area", "length"})),
    NamingRule("compared", "比上年多26个、88亿元说的是差额，不是总额", _compared, frozenset({"count", "money"})),
    *COUNTING_RULES,
    NamingRule("temperature", "摄氏度量的是温度", _temperature, frozenset({"temperature"})),
    NamingRule("emerging-share", "战新项目的投资占比", _emerging_share, _RATIO),
    NamingRule("share-of-target", "完成…目标的百分之几是完成率", _share_of_target, _RATIO),
    NamingRule("share", "占…的百分之几是占比", _share, _RATIO),
    NamingRule("rate-verb", "续建项目100%复工说的是复工率", _rate_verb, _RATIO),
    NamingRule("changed-to", "由65%提高到72.5%：后一个数仍是前一个指标", _changed_to, _RATIO | _MONEY),
    NamingRule("emerging-named", "战新项目总投资", _emerging_named, _MONEY),
    NamingRule("wording", "数字前最后一个指标用语，见指标表", _wording),
    NamingRule("threshold", "10亿元以上项目、5亿元至10亿元项目：门槛不是投资额", _threshold),
    NamingRule("money-carried", "没有名词的金额承接前一个金额，或属于刚数过的项目", _money_carried, _MONEY),
    NamingRule("wording-after", "指标用语在数字之后：56亿元的总投资", _wording_after),
    NamingRule("carried", "并列的数量承接前一项的指标", _wording_carried),
    NamingRule("floor-space", "平方米数的是厂房、车间，则为建筑面积", _floor_space, frozenset({"area"})),
    NamingRule("rating-in-name", "1.2万吨铸件生产线：名称里的规模是产能", _rating_in_name),
    NamingRule("share-of-noun", "以3%的面积：没有别的用语时是占比", _share_of_noun, _RATIO),
    NamingRule("project-amount", "10.5亿元项目：投资额作定语", _project_amount, _MONEY),
    NamingRule("rating", "没有名词的千瓦、千瓦时是装机规模", _rating, frozenset({"power", "energy"})),
)  # fmt: skip
"""In the order in which they are asked."""

_NOUN_AFTER = re.compile(
    r"(?:的)?((?:“[^”]{1,10}”|[一-鿿A-Za-z]){2,10}?)(?=完成|实现|参加|参与|共|已|正|进行|先后|提供|支撑|入驻|被|获|荣|与|和|近|为|在|将|可|等|的|"
    r"集中|全部|分|之一|赴|开展|达成|签|建成|投入|陆续|[，。；、：）\d]|$)"
)


def own_noun(c: Sight) -> str:
    """The paper's own noun for what no rule names: 招商专班数, 标识注册量. Not read: whether it is a good name."""
    if c.q.kind == "count" and (after := _NOUN_AFTER.match(c.right)):
        return after[1].strip("“”") + "数"
    noun = re.sub(r"(?:达到?|为|约|共计?|已|了|是|有|至|在|的|超过?|累计|：|就)+$", "", c.left)
    if tail := re.search(r"[一-鿿A-Za-z]{2,}$", noun):
        word = re.split(r"的|了|已|为|将|与|和|在|被", tail[0])[-1][-8:]
        if len(word) >= 2:
            return word + ("数" if c.q.kind == "count" else "")
    return _DEFAULT_NOUN.get(c.q.kind, "数量")
