"""From an indicator to a whole reading: whose figure it is, of which batch, actual or planned, main figure or not.

Each step is a function on a :class:`Draft`; they run in the order of :func:`fill`. The state changes with them: the next figure
is read after this one.
"""

import re
from dataclasses import dataclass, field

from build_scripts.figures.batches import count_batch, own_stage, several_before, total_batch, verb_after, verb_in
from build_scripts.figures.projects import Name
from build_scripts.figures.sight import Sight
from build_scripts.figures.state import Reading, sentence_start
from build_scripts.figures.tables import planned_indicators
from build_scripts.figures.words import BATCH, CORE, FINISHED, PLAN_WEAK, REGION_ONLY, VERB, YIELDS

_COUNTS = ("项目数", "战新项目数", "亿元以上项目数")
_OF_THE_GROUP = ("总投资", "年度计划投资", "战新总投资", "预计年产值")
_RATES = ("开工率", "投产率", "签约率", "复工率", "达效率")
_BATCHES = ("签约", "开工", "投产", "复工", "续建", "合计")
_NOT_CORE = ("projects-representative", "project-amount")
_DONE = re.compile(r"[^，。；]{0,12}已(?:全部|经|基本)*(?:封顶|建成|完工|完成|投用|投产|竣工|交付|开工|签约|到位|入驻)")
"""规划建设厂房16栋，其中7栋厂房|已全部封顶: within the plan, what is done."""
_MADE_ALREADY = re.compile(r"已|现有|目前|实际|如今|现在|满负荷|运转|运行")


_BEFORE_SCOPE = re.compile(
    r"^(?:截?至目前|目前|[年月日](?!度)份?|全[省市区县国]|我[省市区县]|各|县区|另有?|开发区|园区|新(?!兴|能|材|型|基|一代)|签约|开工|投产|引进|包装|推出|安排|列入|入库|纳入|完成|共|有|已|在)+"
)
"""What is no part of a subset's name: the end of a date, the whole, the verb that took it."""


@dataclass(slots=True)
class Draft:
    """A reading in the making."""

    indicator: str
    rule: str
    rules: list[str]
    counted: bool
    """It counts projects."""
    scope: str | None = None
    subject: str = ""
    kind: str = ""
    batch: str | None = None
    attributive: bool = False
    planned: bool = False
    in_name: bool = False
    core: bool = field(default=False)


def fill(c: Sight, indicator: str, rule: str, after: tuple[int, int] | None, project: Name | None, quote: str) -> Reading:  # noqa: PLR0917 (what a reading is made of)
    """The reading of one quantity.

    ``after`` is what stands behind it, see :func:`build_scripts.figures.lookahead.find_attributive`; ``project`` the name found
    there.
    """
    draft = Draft(indicator, rule, [rule], indicator in _COUNTS, batch=c.state.batch, attributive=after is not None)
    _open_group(c, draft)
    _whose(c, draft, after, project)
    _shared(c, draft)
    _which_batch(c, draft)
    _subset(c, draft)
    _planned(c, draft)
    _remember(c, draft)
    _again(c, draft)
    _core(draft, quote)
    state = c.state
    steps = tuple(state.steps)
    state.steps.clear()
    return Reading(
        quantity=c.q,
        indicator=draft.indicator,
        subject=draft.subject or None,
        subject_type=("other" if draft.kind == "county" else draft.kind) or None,
        scope=draft.scope or (state.stage if draft.kind == "project" else state.scope),
        batch=draft.batch,
        planned=draft.planned,
        event=state.event if draft.batch or draft.kind != "project" else None,
        period=state.period,
        core=draft.core,
        in_name=draft.in_name,
        quote=quote,
        rule="+".join(draft.rules),
        steps=steps,
    )


def name_reading(c: Sight, project: Name, quote: str) -> Reading:
    """A number inside a project's name: 年产6000吨高纯石英管深加工项目 is its capacity, planned until the project is finished.

    A rating without 年产 (50MW电站) is a property of the thing, not a plan, unless the sentence plans it.
    """
    q = c.q
    finished = FINISHED.search(c.text[project.end : project.end + 14]) is not None
    rated = q.kind in ("power", "energy", "volume") and "年" not in c.text[max(0, q.start - 6) : q.start]
    indicator = {"money": "总投资", "voltage": "电压等级"}.get(q.kind, "产能")
    begun = re.search(r"(?:开工|开建|在建|拟建)的?$", c.text[max(0, project.start - 6) : project.start]) is not None
    planned = not finished and project.name not in c.state.finished and (not rated or c.state.planned or begun)
    return Reading(q, indicator, project.name, "project", None, None, planned, None, None, False, True, quote, "in-name")


def _open_group(c: Sight, draft: Draft) -> None:
    """A number of projects opens a group: a bare 总投资 after it is theirs."""
    draft.scope = _scope(c, draft.indicator)
    if draft.counted:
        c.state.emerging = draft.indicator == "战新项目数"
        c.state.group = True
        c.state.scope = draft.scope or c.state.scope


def _whose(c: Sight, draft: Draft, after: tuple[int, int] | None, project: Name | None) -> None:
    state = c.state
    rest = c.text[c.q.end : min(c.clause.end, c.q.end + 160)]
    done = re.match(r"(开工|投产)", c.right) if draft.counted and "已" in c.left else None
    if done and state.group and state.batch in ("签约", "开工") and state.batch != done[1]:
        state.subset = done[1]  # 签约项目213个，已有192个开工建设
    if after is not None and after[1]:
        state.project = draft.subject = project.name if project else c.text[after[0] : after[1]]
        state.holder, draft.kind = "project", "project"
        draft.rules.append("project-after")
        if draft.indicator in ("投资", "金额"):
            draft.indicator = "总投资"
        draft.batch = verb_after(c.text, after[1])
    elif after is not None:
        state.holder, state.group = "region", True
        draft.rules.append("group-after")
        draft.batch = verb_in(rest) or draft.batch
    elif draft.indicator in REGION_ONLY or draft.counted:
        state.holder = "region"
        if draft.counted and not state.subset:
            known = None if state.from_right and not c.clause.bracket else draft.batch
            draft.batch = count_batch(c.text, c.q, c.left, c.right, rest, known)
    elif state.group and state.holder == "project" and draft.indicator in _OF_THE_GROUP:
        state.holder = "region"


def _shared(c: Sight, draft: Draft) -> None:
    """What 分别 or the head of a row gives, before what is carried."""
    state, share = c.state, c.share
    if share and share.batch:
        draft.batch = share.batch
    if share and share.region:
        draft.subject, draft.kind = share.region.name, share.region.type
        draft.rules.append("respectively")
    if draft.counted and not state.subset:
        each = re.search(r"((?:签约|开工|投产|复工|续建)(?:[、和](?:签约|开工|投产|复工|续建))+)各$", c.left)
        state.counted_batches += each[1].replace("和", "、").split("、") if each else [draft.batch]
    if c.q.heading:
        draft.batch = c.q.heading if c.q.heading in _BATCHES else None
    if not draft.subject:
        draft.subject, draft.kind = state.held_by()
        draft.rules.append(f"holder-{draft.kind}")


def _which_batch(c: Sight, draft: Draft) -> None:
    state = c.state
    if draft.counted:
        _batch_of_count(c, draft)
    if draft.indicator in _RATES:
        _batch_of_rate(c, draft)
    if draft.kind == "project" and draft.indicator == "总投资" and draft.batch is None and not draft.attributive:
        draft.batch = state.project_batch
    opens = c.clause.start == sentence_start(c.text, c.q.start) and re.match(r"(?:计划)?总投资|预计|战新|战略性新兴", c.left)
    if draft.batch is None and opens and not (draft.attributive or draft.counted):
        draft.batch = "合计" if several_before(state) else state.previous_batch  # 签约项目10个。总投资50亿元
    if draft.indicator == "完成投资" and not state.quoted and not re.search(VERB, c.left):
        draft.batch = None  # 推动新开工项目达到26个…完成投资8.1亿元: money spent is not the batch's


def _batch_of_count(c: Sight, draft: Draft) -> None:
    """A count names its batch, repeats the one before (祁县经开区28个), has a stage of its own (前期12个), or is of all."""
    state, by_verb, staged = c.state, draft.batch is not None, own_stage(c.left)
    if draft.rule in ("projects-place", "projects-headless"):
        draft.batch = draft.batch or ("合计" if several_before(state) else state.last_count)
    elif staged and not by_verb:
        state.batch = None
    elif draft.batch is None:
        draft.batch = total_batch(state, c.text, c.clause, c.left, draft.rule)
    if not state.subset and draft.batch != state.batch and (draft.batch or state.from_right):
        state.batch, state.from_right = draft.batch, by_verb
    state.last_count = draft.batch
    if draft.batch or staged:
        state.sentence_batches.add(draft.batch or "")


def _batch_of_rate(c: Sight, draft: Draft) -> None:
    """A rate is of the projects named before it: 签约项目开工率. 新建 is no batch."""
    named = re.search(r"(签约|开工|投产|续建|复工|新建)项目[^，。；项、]{0,8}$", re.sub(rf"{draft.indicator}.*", "", c.left))
    if named:
        draft.batch = c.state.batch = None if named[1] == "新建" else named[1]
    elif c.share and c.share.batch:
        draft.batch = c.share.batch
    if draft.indicator == "复工率" and draft.batch is None:
        draft.batch = "续建" if "续建" in c.left else "复工"


def _subset(c: Sight, draft: Draft) -> None:
    """已开工108个 of the 签约一批: a count of its own, in the batch that it is a part of."""
    state = c.state
    if state.subset and draft.counted:
        draft.indicator = f"已{state.subset}项目数"
        draft.rules.append("subset")
    elif state.subset:
        draft.scope = draft.scope or f"已{state.subset}项目"


def _planned(c: Sight, draft: Draft) -> None:
    state, q = c.state, c.q
    capacity = draft.indicator == "产能"
    planned = state.planned or (capacity and state.last_indicator == "产能" and state.last_planned)
    named = capacity and c.left.endswith("年产") and re.match(r"[一-鿿A-Z]", c.right) is not None
    draft.in_name = draft.rule == "rating-in-name" or named
    if draft.in_name:  # 包括长治高新区年产10万吨磷酸锰铁锂正极材料: a project by what it will make
        rated = q.kind in ("power", "energy") and not c.left.endswith("年产")
        done = FINISHED.search(c.right) or (draft.kind == "project" and draft.subject in state.finished)
        planned = not done and (not rated or state.planned)
    if draft.counted and re.match(r"的?[一-鿿]{0,4}(?:在建|续建)", c.right):
        planned = False  # 下一步，紧盯229个在建项目: they are there
    if _DONE.match(c.right):
        planned = False
    if re.search(r"(?:投产|达产|建成)后", c.right):
        planned = True
    if state.last_planned and draft.indicator in YIELDS and re.match(r"[，、]?(?:年|可|带动|新增|提供|安置|实现)", c.left):
        planned = True  # 预计年营业收入5.6亿元，年利税8000万元
    of_plant = draft.kind == "project" or state.group or draft.batch
    if planned and draft.indicator == "产值" and of_plant and "工业总产值" not in c.left:
        draft.indicator = "预计年产值"  # 达产后总产值80亿元: what a plant is to make a year
    sentence = c.text[sentence_start(c.text, q.start) : q.start][-60:]
    draft.planned = (
        planned
        or draft.indicator in planned_indicators()
        or PLAN_WEAK.search(c.left) is not None
        or (capacity and re.search(r"设计|可", c.left) is not None)
        # what a project is to make, until the text says that it makes it
        or (capacity and draft.kind == "project" and draft.subject not in state.finished and not _MADE_ALREADY.search(sentence + c.right))
    )
    if q.rate == "/年" and re.match(r"[一-鿿]", c.right):
        draft.in_name, draft.planned = True, not FINISHED.search(c.right)


def _remember(c: Sight, draft: Draft) -> None:
    state = c.state
    if c.q.kind == "duration" or draft.rule in ("own-noun", "rating-in-name"):
        return
    state.last_indicator, state.last_kind, state.last_planned = draft.indicator, c.q.kind, draft.planned
    if c.q.kind == "money":
        state.last_money = draft.indicator
    elif draft.counted:
        state.last_money = None


def _core(draft: Draft, quote: str) -> None:
    """A main figure: one of the thirteen indicators, of the province, a city, a zone or one named project.

    Representatives at a ceremony (代表项目, 现场签约项目) are examples, and one project has no number of projects.
    """
    ceremony = draft.counted and re.search(r"代表项目|现场签约|分会场", quote) is not None
    draft.core = (
        draft.indicator in CORE
        and draft.kind in ("province", "city", "zone", "project", "county")
        and draft.rule not in _NOT_CORE
        and not ceremony
        and not (draft.counted and draft.kind == "project")
    )


_AGAIN = re.compile(r"项目(?:当?中|里)")


def _again(c: Sight, draft: Draft) -> None:
    """新开工的4个项目中，: the four that were counted before, of the same subset."""
    if not draft.counted or draft.indicator != "项目数":
        return
    key = (draft.subject, draft.batch, c.q.value)
    if draft.scope is None and c.state.scope is None and _AGAIN.fullmatch(c.right):
        draft.scope = c.state.scopes.get(key)
    else:
        c.state.scopes[key] = draft.scope or c.state.scope


_STAGE = re.compile(r"(?:包装|招商|储备|谋划|前期|洽谈|在谈|拟建|落地|在建)(?:一批)?项目$")
"""Projects of a stage that is no batch are never all of them."""
_KINDS = re.compile(r"([一-鿿]{2,10}(?:[、和][一-鿿]{2,10})+?)等?(?:产业|领域|行业)分别")


def _shared_scope(c: Sight) -> str | None:
    """农业、消费品工业、新材料等产业分别签约项目137个、56个、31个: the kind that 分别 gives this number."""
    head = _KINDS.search(c.text, c.clause.start, c.q.start) if c.share else None
    kinds = re.split("[、和]", head[1].removesuffix("等")) if head else []
    return f"{kinds[sorted(c.shares).index(c.q.number[0])]}项目" if kinds and len(kinds) == len(c.shares) else None


def _scope(c: Sight, indicator: str) -> str | None:
    """The subset of the subject's projects that a number counts: 省级重点工程项目; ``None`` for all of a batch."""
    if indicator != "项目数":
        return None
    if shared := _shared_scope(c):
        return shared
    match = re.match(r"(?:的)?([一-鿿“”、]{2,14}?项目)", c.right) or re.search(r"([一-鿿“”]{2,14}?项目)(?:总数|数)?[^，。；]{0,4}$", c.left)
    phrase = re.split(r"的|等|了|共|分别|推进|实施|谋划|承担|确定|其中|[0-9月]", match[1])[-1] if match else ""
    for words in (_BEFORE_SCOPE.sub("", phrase), re.sub(r"^[年月日](?!度)份?", "", phrase)):
        rest = re.sub(rf"{BATCH}|一批|新|共|有|已|个|在建|全市|全区|全省|各|累计|集中|“|”", "", words)
        if len(rest) > 3 and re.search(r"级|重点|类|业项目|基础设施|招商|技改|产业|入库|储备|在谈|代表|现场", words):
            return words
    stage = _STAGE.search(phrase)
    return stage[0] if stage else None
