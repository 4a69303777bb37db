"""What a clause says only behind its numbers: 总投资3亿元的Y项目, 投资12亿元新建Y项目; and what 分别 shares out among the
numbers of a list.
"""

import re
from collections.abc import Sequence

from build_scripts.figures.clauses import Clause
from build_scripts.figures.projects import COUNTED, is_class, name_after
from build_scripts.figures.quantities import Quantity
from build_scripts.figures.state import Share, State, sentence_start
from build_scripts.figures.words import BATCH, LOOK
from build_scripts.projects.words import is_kind

_CHAIN_BEFORE = re.compile(r"[元亩]、[^，。；、]{0,12}$")
_CHAINED = re.compile(r"[、，](?:总)?(?:占地|投资|总投资|建筑|全长|用地|设计|年|日|可)[^，。；、\d]{0,8}\d")
_BUILDS = re.compile(
    r"(?:建设|新建|实施|兴建|扩建|改建|打造|引进|建成|启动|开工建设|投资建设|(?:用于|从)[^，。；]{0,8}?(?:建设|新建|引进|实施))(?:的|了)?"
)
_BUILDS_NEXT = re.compile(r"，(?:主要|计划|拟|将|用于)?(?:投资)?(?:建设|新建|兴建|打造|实施|(?=年产\d))")
_GATHERED = re.compile(r"(?:集中|全部|同步)(?:签约|开工|投产)")
_NO_NAME = re.compile(r"[，。；、：）以之]|$|(?:左右|以上)")


def _may_stand_before(text: str, quantity: Quantity) -> bool:
    """Whether the quantity can be said of the project behind it; 10亿元以上项目 is a threshold."""
    if quantity.approx in ("以上", "以下"):
        return False
    if quantity.kind in ("money", "area", "length"):
        return True
    # the last of a chain: 总投资6.8亿元、占地560亩、年发运能力1000万吨的物流园
    chain = _CHAIN_BEFORE.search(text[max(0, quantity.start - 14) : quantity.start])
    return chain is not None and text.startswith("的", quantity.end)


def find_attributive(text: str, quantities: Sequence[Quantity]) -> dict[int, tuple[int, int]]:  # noqa: PLR0912 (one branch a construction)
    """For each amount that stands before its project (总投资3亿元的Y项目, 投资12亿元新建Y项目): where the project's name begins
    and ends.

    ``(0, 0)`` for one that stands before a number of projects (总投资64亿元的12个项目).
    """
    found: dict[int, tuple[int, int]] = {}
    for number, quantity in reversed(list(enumerate(quantities))):
        if not _may_stand_before(text, quantity):
            continue
        end = quantity.end
        right = text[end : end + 8]
        chained = _CHAINED.match(text, end, end + 20)
        if (
            chained
            and quantity.kind != "money"
            and not re.search(r"(?:占地|用地|建筑)(?:总)?(?:面积)?(?:约|近)?$", text[max(0, quantity.start - 8) : quantity.start])
        ):
            chained = None
        if (
            chained
            and number + 1 < len(quantities)
            and quantities[number + 1].number[0] in found
            and quantities[number + 1].start - end < 16
        ):
            found[quantity.number[0]] = found[quantities[number + 1].number[0]]
            continue
        verb = _BUILDS.match(text[end : end + 24])
        named = quantity.kind == "money" and (verb is not None or not _NO_NAME.match(right))
        builds = _BUILDS_NEXT.match(text[end : end + 12])
        sentence = max([text.rfind(sign, max(0, quantity.start - LOOK), quantity.start) for sign in "。；，"]) + 1
        if (
            quantity.kind == "money"
            and builds
            and not re.search(r"项目|期|其中|工程", text[sentence : quantity.start])
            and re.search(r"投资", text[sentence : quantity.start])
        ):
            start = end + builds.end()
        elif right.startswith("的"):
            start = end + 1
        elif verb and quantity.kind == "money":
            start = end + verb.end()
        elif named:
            start = end
        else:
            continue
        if re.match(r"(?:约|近|超|逾)?\d+(?:余|多)?[个项]", text[start : start + 10]):
            found[quantity.number[0]] = (0, 0)
            continue
        stop = name_after(text, start, len(text))
        if stop is None:
            continue
        if text.endswith("等项目", start, stop):
            stop -= len("等项目")
        body = text[start:stop]
        if (is_class(body) and is_kind(body)) or COUNTED.search(body):
            if _GATHERED.match(text, stop):
                found[quantity.number[0]] = (0, 0)  # 6个总投资13.8亿元的产业项目集中开工
            continue  # 总投资2亿元的轮毂扩建项目 is one, however short its name; 总投资9亿元的工业项目 are of a kind
        if re.search(r"\d[\d.]*[余多]?[十百千万亿]*(?:元|个|家|户)", body) or re.match(r"(?:占|是|达|同比|较|完成|增|为)", body):
            continue
        at = body.rfind("的")
        if at >= 0 and len(body) - at > 6:
            start += at + 1
        found[quantity.number[0]] = (start, stop)
    return found


_EACH = re.compile(r"分别|依次(?=为|是|达)")
_RATES = re.compile(r"(?:(签约|开工|投产|续建|复工)项目)?(签约率|开工率|投产率|复工率|达效率|达产率|完成率|增速)")


def find_shares(state: State, text: str, clause: Clause, own: Sequence[Quantity]) -> dict[int, Share]:
    """What 分别 gives each number of a list: its indicator, its batch, and whether it shares the first one's indicator.

    签约、开工、投产项目数量分别为1026个、896个和758个 · 投资额分别为8.9亿元、24.16亿元和5.2亿元 (the batches counted before) ·
    签约项目开工率、开工项目投产率分别为91.2%、38.6%.
    """
    each = _EACH.search(text, clause.start, clause.end)
    if each is None:
        return {}
    at = each.start()
    members = [quantity for quantity in own if quantity.start > at]
    if len(members) < 2:
        return {}
    head = text[max(clause.start, at - 60) : at]
    rates = list(_RATES.finditer(head))
    batches = re.findall(rf"{BATCH}", head)
    if not rates and (clause.bracket or not head.strip("，均")):  # 签约率由85.2%升至93.4%，…均高于全省平均值（分别为90.6%、78.3%、39.2%）
        rates = list(_RATES.finditer(text, max(0, sentence_start(text, clause.start), clause.start - LOOK), clause.start))
    own_counts = state.counted_batches[state.part_counts :]
    if len(own_counts) == len(members) and None not in own_counts and not batches:
        batches = [batch for batch in own_counts if batch]
    counted = list(dict.fromkeys(batch for batch in state.counted_batches or state.counted_before if batch))
    listed = state.places if len(state.places) == len(members) and len(batches) != len(members) else []
    found: dict[int, Share] = {}
    for index, quantity in enumerate(members):
        indicator = batch = None
        if len(rates) == len(members):
            indicator, batch = rates[index][2], rates[index][1]
            indicator = "达效率" if indicator == "达产率" else indicator
        elif len(batches) == len(members):
            batch = batches[index]
        elif not batches and not listed and len(counted) == len(members):
            batch = counted[index]
        found[quantity.number[0]] = Share(indicator, batch, listed[index] if listed else None, index > 0)
    return found
