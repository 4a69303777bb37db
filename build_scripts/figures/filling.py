"""From an indicator to a whole reading: whose figure it is, of which batch, actual or planned, main figure or not.

Each step is a function on a :class:`Draft`; they run in the order of :func:`fill`. The state changes with them: the next figure
is read after this one.
"""

import re
from dataclasses import dataclass, field

from build_scripts.figures.batches import count_batch, total_batch, verb_after, verb_in
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
_MADE_ALREADY = re.compile(r"已|现有|目前|实际|如今|现在")


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
    _core(draft, quote)
    state = c.state
    steps = tuple(state.steps)
    state.steps.clear()
    return Reading(
        quantity=c.q,
        indicator=draft.indicator,
        subject=draft.subject or None,
        subject_type=("other" if draft.kind == "county" else draft.kind) or None,
        scope=draft.scope or (state.scope if draft.kind != "project" else None),
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
    planned = not finished and (not rated or c.state.planned)
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
            draft.batch = count_batch(c.text, c.q, c.right, rest, known)
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
        state.counted_batches.append(draft.batch)
    if c.q.heading:
        draft.batch = c.q.heading if c.q.heading in _BATCHES else None
    if not draft.subject:
        draft.subject, draft.kind = state.held_by()
        draft.rules.append(f"holder-{draft.kind}")


def _which_batch(c: Sight, draft: Draft) -> None:
    state = c.state
    if draft.counted:
        by_verb = draft.batch is not None
        if draft.batch is None:
            draft.batch = total_batch(state, c.text, c.clause, c.left, draft.rule)
        if not state.subset and draft.batch != state.batch and (draft.batch or state.from_right):
            state.batch, state.from_right = draft.batch, by_verb
    if draft.counted and draft.batch:
        state.sentence_batches.add(draft.batch)
    if draft.indicator in _RATES:
        named = re.search(r"(签约|开工|投产|续建|复工)项目[^，。；]{0,2}$", c.left.replace(draft.indicator, ""))
        draft.batch = named[1] if named else c.share.batch if c.share and c.share.batch else draft.batch
        if draft.indicator == "复工率" and draft.batch is None:
            draft.batch = "续建" if "续建" in c.left else "复工"
    opens = c.clause.start == sentence_start(c.text, c.q.start) and re.match(r"(?:计划)?总投资|预计", c.left)
    if draft.batch is None and opens and not (draft.attributive or draft.counted):
        draft.batch = state.previous_batch  # 签约项目10个。总投资50亿元
    if draft.indicator == "完成投资" and not state.quoted and not re.search(VERB, c.left):
        draft.batch = None  # 推动新开工项目达到26个…完成投资8.1亿元: money spent is not the batch's


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
        planned = not FINISHED.search(c.right) and (not rated or state.planned)
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
        or (capacity and draft.kind == "project" and not _MADE_ALREADY.search(sentence + c.right))
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


def _scope(c: Sight, indicator: str) -> str | None:
    """The subset of the subject's projects that a number counts: 省级重点工程项目; ``None`` for all of a batch."""
    if indicator != "项目数":
        return None
    match = re.match(r"(?:的)?([一-鿿“”、]{2,14}?项目)", c.right) or re.search(r"([一-鿿“”]{2,14}?项目)(?:总数|数)?[^，。；]{0,4}$", c.left)
    phrase = re.split(r"的|等|了|共|推进|实施|谋划|承担|确定|其中|[0-9月]", match[1])[-1] if match else ""
    rest = re.sub(rf"{BATCH}|一批|新|共|有|已|个|在建|全市|全区|全省|各|累计|集中|“|”", "", phrase)
    return phrase if len(rest) > 3 and re.search(r"级|重点|类|基础设施|招商|技改|产业|入库|代表|现场", phrase) else None
