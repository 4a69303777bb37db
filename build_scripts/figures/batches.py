"""Which batch 签约, 开工, 投产, 复工, 续建 or 合计 a figure belongs to: the word before it, the verb behind it, or all of a
round.
"""

import re

from build_scripts.figures.clauses import Clause
from build_scripts.figures.quantities import Quantity
from build_scripts.figures.state import State
from build_scripts.figures.words import AFTER_VERB, BATCH, EMERGING, KIND, LOOK, MANY_VERBS, VERB


def read_batch(state: State, text: str, match: re.Match[str]) -> None:
    """A batch word of the text changes the state: “签约一批”项目, 开工21个项目, 已开工108个 (a part of the 签约一批), 三项合计."""
    group = match.group
    if group("quoted"):
        state.batch, state.quoted, state.subset = group("q") or group("q2"), True, None
    elif group("total"):
        state.batch, state.quoted = "合计", False
    elif group("sum"):
        if (state.event or state.batches_seen or state.batch) and not _of_the_batch(state, text, match):
            state.batch, state.quoted = "合计", False
    elif group("already"):
        kind = KIND.get(group("a"), group("a"))
        beside = text.endswith("项目", 0, match.start())  # 签约项目已开工20个
        if state.batch and state.batch != kind and (state.quoted or state.group or beside) and state.batch in ("签约", "开工"):
            state.subset = kind
            return
        after = text[match.end() : match.end() + 60]
        state.batch = "合计" if kind == "开工" and re.search(r"复工|续建", after) else kind
        state.quoted = False
    else:
        word = group("n") or group("v") or group("m")
        kind = KIND.get(word, word)
        if state.subset and group("v") and text[match.start() - 1] == "、":
            state.subset = kind
            return
        if state.quoted and state.batch != kind and (state.subset == kind or group("money")):
            state.subset = kind
            return
        if state.quoted and state.batch == kind:
            return
        if group("money") and state.batch and state.batch != kind:
            return
        state.batch, state.quoted, state.subset = kind, False, None
    state.emerging = False
    behind = re.search(r"\d[余多]?[个项宗](?:[一-鿿]{0,6})$", text[max(0, match.start() - 12) : match.start()])
    state.from_right = behind is not None  # 14个续建项目全部复工: the batch of that number only
    state.steps.append(f"批次 {state.batch}")


def _of_the_batch(state: State, text: str, match: re.Match[str]) -> bool:
    """Whether 合计 sums one batch only: 新开工项目计划投资额总计589.4亿元, 签约项目23个，投资额合计104.2亿元."""
    if not re.fullmatch(r"合计|总计|共计", match.group()):
        return False
    clause = text[max(text.rfind(sign, max(0, match.start() - LOOK), match.start()) for sign in "，；。：") + 1 : match.start()]
    return re.search(BATCH, clause) is not None or (state.batch is not None and clause.endswith(("投资", "额", "金")))


def count_batch(text: str, q: Quantity, left: str, right: str, rest: str, batch: str | None) -> str | None:  # noqa: PLR0911, PLR0917 (the first construction that fits; what it is read from)
    """The batch of a number of projects by its own noun (33项续建项目) or the verb behind it (12个项目集中签约), else ``batch``."""
    noun = re.match(r"(?:的)?(?:[一-鿿]{0,6}?)(续建|新建|新开工|签约|开工|投产|复工|在建)(?:[一-鿿]{0,6}?)项目", right)
    if noun:
        word = noun[1].removeprefix("新") if noun[1] != "新建" else ""
        if word in ("续建", "开工", "签约", "投产", "复工"):
            return word
        if noun[1] == "新建":
            return verb_in(rest)  # 455个新建项目开工330个: a stage of its own, whatever was counted before
    if re.match(r"[^，。；]{0,24}?(?:开复工)", rest):
        return "合计"
    if own_stage(left):
        return None
    if "续建" in text[max(0, q.start - 6) : q.start]:
        return "续建"
    verb = verb_in(rest)
    if verb:
        return verb
    before = text[max(0, q.start - 8) : q.start]
    named = re.search(r"(开工?复工|续建|复工|开工|签约|投产)的?$", before)
    if named:
        return KIND.get(named[1], named[1])
    return batch


def own_stage(left: str) -> bool:
    """Whether the number counts projects of a stage that is no batch: 新建项目5个, 前期12个."""
    stages = list(re.finditer(rf"(?:{BATCH})|落地|在建|入库|储备|谋划|洽谈|拟建|前期|新建", left[-12:]))
    last = stages[-1] if stages else None
    if len(stages) > 1 and stages[-2].end() == stages[-1].start():
        last = stages[-2]  # 新开工入库项目 are projects begun
    behind = left[-12:][last.end() :] if last else ""
    return (
        last is not None
        and not re.fullmatch(BATCH, last[0])
        and re.fullmatch(r"(?:[一-鿿]{0,4}项目)?[^，。；项目]{0,3}", behind) is not None
    )


def verb_in(rest: str) -> str | None:
    """The batch of the first verb behind a number; 签约、开工、投产 together are 合计. A verb before a number belongs to that number."""
    if MANY_VERBS.search(rest):
        return "合计"
    if re.match(r"(?:已|正式|成功)*签(?:订|署|下)(?:了)?[^，。；、]{0,6}(?:协议|合同)", rest):
        return "签约"
    for match in AFTER_VERB.finditer(rest):
        if re.search(r"[后前待未将]$", rest[: match.start()]) or (match.start() == 0):
            if match.start() == 0 and re.match(rf"(?:{VERB})(?:[，。；、]|$)", rest):
                return KIND.get(match["v"], match["v"])  # 全部开工、3个投产
            if match.start() == 0 and rest.startswith(("集中", "已", "全部", "现场", "正式", "均")):
                return KIND.get(match["v"], match["v"])
            continue
        return KIND.get(match["v"], match["v"])
    return None


def verb_after(text: str, start: int) -> str | None:
    """The batch of a project by the verb behind its name, over further names of a list: A项目、总投资2.5亿元B项目签约落地."""
    stop = min((at for sign in "。；！…" if (at := text.find(sign, start, start + 160)) >= 0), default=len(text))
    rest = text[start : min(stop, start + 160)]
    quoted = re.match(r"[”’]?(?:是|为|作为)[^，。；]{0,6}“?(签约|开工|投产)一批", rest)
    if quoted:
        return quoted[1]
    head = rest.split("，")[0]
    match = re.search(
        rf"(?:项目|线|基地|工程|”|）|期|地|园)(?:等)?(?:全部|已|均|集中|正式|陆续|相继|先后|顺利|成功|同步)*(?P<v>{VERB})(?!率|仪式|后|的)",
        text[start - 2 : start] + head,
    )
    return KIND.get(match["v"], match["v"]) if match else None


def several_before(state: State) -> bool:
    """Whether a sentence that names no batch comes behind one that counted more than one: 分县区看，孝义9个. 战新项目投资占比66.4%."""
    return not state.sentence_batches and len({batch for batch in state.counted_before if batch}) > 1


def total_batch(state: State, text: str, clause: Clause, left: str, rule: str) -> str | None:  # noqa: PLR0911 (the first construction that fits)
    """合计 for all projects of an event: 共有项目47个; 其中 after the batches' full stop; a headline's 项目总数."""
    if re.search(r"(?<!签约“)(?<!开工“)(?<!投产“)三个一批”?(?:活动)?(?:共|累计)?(?:的)?项目", left):
        return "合计"
    if state.part_batch == "合计" and EMERGING.search(left):
        return "合计"  # the round's 战新项目 behind ；
    ahead = re.match(rf"[^。！？；]{{0,60}}?({BATCH})项目", text[clause.end : clause.end + 80])
    if rule == "projects-carried" and ahead and not state.batches_seen and state.event is None:
        return ahead[1]  # 从15个到22个，招商引资签约项目逐年攀升
    if re.search(r"共", left) and re.match(
        r"[^。]{0,40}。?其中[^。]{0,12}签约(?:一批”?)?(?:的)?(?:项目)?\d", text[clause.end : clause.end + 80]
    ):
        return "合计"  # 共有8个项目入选，其中签约3个、开工3个、投产2个
    if state.only_batch:
        return state.only_batch
    if rule in ("projects-carried", "projects-split") and len(state.sentence_batches) == 1 and state.event is None:
        return next(iter(state.sentence_batches)) or None  # 签约项目31个…；数字经济类14个
    if state.split and several_before(state):
        return "合计"
    if state.split and state.previous_batch in ("签约", "开工", "投产", "复工", "续建"):
        return state.previous_batch
    if state.event is None:
        return None
    if state.event_counts or re.search(r"共有|共|总数|总共|累计|合计", left):
        return "合计"
    if state.batches_seen and re.search(r"其中", text[clause.start : clause.start + 4] + left):
        return "合计"
    return None
