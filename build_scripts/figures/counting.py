"""What is counted: 19个 are projects, 28家 firms, 49次 rounds of canvassing. By the noun beside the number, or carried from the
number before.
"""

import re

from build_scripts.figures.sight import NamingRule, Sight
from build_scripts.figures.words import EMERGING, VERB

_PREDICATES = re.compile(
    r"(?:总数|总量|数量|数(?!据)|已达到?|达到?|共计|共有|共|总计|合计|累计|有|分别|依次|为|(?<!签)约|了|已|就|：|:|是|多达|高达|突破|增至|增加到|"
    r"占到|占|各|不少于|不低于|超过|再到|到|从|的|20\d\d年|，)+$"
)
_NOUN_AFTER = re.compile(r"(?:的|为|是|均为|属于)?(?!、)((?:“[^”，。；]{1,12}”|[A-Za-z一-鿿、]){0,18}?)(?:项目|重点工程|(?<=重大)工程)")
_DESCRIBED = re.compile(r"[一-鿿、]{2,14}[强大高好优新快广]的")
"""What projects are like, before the noun: 102项牵引性强、战略意义重大的转型升级项目."""
_MOST = re.compile(r"项目(?:个)?数(?:量)?[^，。；]{0,4}最[多少高低]的?(?:是|为)[^，。；]{1,12}，$")
_PRICED = re.compile(r"(?:计划)?(?:总)?投资(?:额)?[约近超逾]?\d[\d.]*[余多]?[万亿]*元(?:以上|以下)?的[一-鿿]{0,12}项目")
_OTHER_NOUN = re.compile(
    r"推动|带动|建设了|吸引|为|是|的|服务|支持|涉及|覆盖|提供|企业|公司|家|任务|措施|举措|问题|开发区|园区|共|县(?![级域重])|市(?!级|政|重|县)|指标|专班|团队|产业链|委员会|机制|小组|部门|人员|干部|队伍|单位|窗口|政策"
)
_STAGES = re.compile(rf"(?:{VERB}|一批”?|在建|新建|储备|谋划|新开|停建|落地|入库|战新|前期|手续)(?:的|了)?$")
_FREE = re.compile(
    r"(?:到|的(?:数量|体量|规模)|在|为|是|落地|落户|集中在|集中|分布|正|已|均|全部|处于|位于|进入|完成|平均|的(?:原料|产品|投资|建设)|"
    r"与|和|同步|陆续|相继|有序|开工|投产|复工|因|由|被|来自|属于|归属|虽|却|仍|还|尚|未|将|可|需|也|都|则|签(?:订|署|下)|列入|符合|采用)"
)
_ADVERBS = re.compile(r"其中|虽然?|只有?|仅有?|也|却|但|则|就|还|更|又|均|都|各|另外?|全年|今年|目前|当前|有|共")
_TAKEN = re.compile(rf"{_ADVERBS.pattern}|引进|招引|落户|落地|承担|实施|入选|入围|参加|拥有|贡献")
_PROCESS = re.compile(r"(已)?(?:经)?(完成|撤销|取消|终止|退出|推迟|达效|达产|验收|盘活|入统|并网|并购|核准|备案)(?:了)?$")
_OTHER_FIRMS = re.compile(
    r"(?:的)?[一-鿿]{0,10}?(开发区|金融机构|银行|科研院所|高校|院校|机构|单位|合作社|医院|商户|农户|平台|中心|实验室|研究院|农民|群众|居民|"
    r"脱贫户|家庭)"
)
_CAPACITY = re.compile(r"年产(?![值量])|产能|生产能力|年可生产|年加工|形成(?:了)?年|年处理|装机")


def _tail(c: Sight) -> str:
    """What stands before the number without the words between a noun and its number: 项目总数达到 → 项目."""
    return _PREDICATES.sub("", c.left)


def _plain(c: Sight) -> str:
    return c.q.unit.lstrip("十百千万亿")


def counted_projects(c: Sight) -> str | None:
    """How the text says that projects are counted (``left``, ``right``, ``verb``, ``share``, ``carried``, ``split``), or
    ``None``.
    """
    unit, tail, state = _plain(c), _tail(c), c.state
    if unit not in ("个", "项", "宗", ""):
        return None
    if _PRICED.match(c.right):
        return "right"  # 6个总投资13.8亿元的产业项目
    described = _DESCRIBED.match(c.right)
    noun = _NOUN_AFTER.match(c.right, described.end() if described else 0)
    if noun and not _OTHER_NOUN.search(c.right[noun.start(1) : noun.end()]):
        return "right"
    if re.search(r"(?:项目|重点工程)(?:（[^）]*）)?$", tail) and (unit or c.q.kind == "bare"):
        return "left"
    open_right = not re.match(r"[一-鿿A-Za-z“]", c.right) or re.match(r"(?:正在|有序|已|集中|同步|陆续|全部|均|和|、)", c.right)
    agreements = re.match(r"[一-鿿]{0,4}(?:协议|合同|订单|企业|机构|大单|备忘录)", c.right)
    if _STAGES.search(tail) if open_right else re.search(rf"(?:{VERB})$", tail) and not agreements:
        return "verb"
    return _carried_projects(c, unit, tail) or (
        "share" if re.search(r"占(?:了|到|全[省市])?$", c.left) and (state.counted or state.batch) else None
    )


def _carried_projects(c: Sight, unit: str, tail: str) -> str | None:  # noqa: PLR0911 (one return a construction)
    """其余17个, 省级2项, 祁县经开区28个 after projects have been counted; 钢铁精深加工31个 in a sentence that begins 分产业看.

    A number of 个 without a noun repeats the noun phrase that was counted before it.
    """
    if unit not in ("个", "项"):
        return None
    if _MOST.search(c.text[max(0, c.clause.start - 24) : c.clause.start]) and not re.search(r"[一-鿿]", tail):
        return "carried"  # 开工项目数最多的是运城，达27个
    if not c.state.counted:
        return None
    if re.match(r"[一-鿿A-Za-z“]", c.right) and not _FREE.match(c.right):
        return None
    if c.behind_topic != c.left and not c.clause.bracket and not _TAKEN.sub("", _PREDICATES.sub("", c.behind_topic)):
        return "place"  # 祁县经开区28个
    if re.search(rf"(?:{VERB})、$", c.left) and re.match(VERB, c.right):
        return "carried"  # 力争年内全部开工、3个投产
    if re.search(r"[一-鿿]的$", c.left) and c.state.sentence_counts:
        return "headless"  # 其中属于上年结转的8个
    if not re.search(r"[一-鿿A-Za-z]", _ADVERBS.sub("", tail)) or re.search(
        r"(?:其中|其余|其他|另外|另有|还有|剩余|[省市县区国]级(?:重点)?|以上|类)$", tail
    ):
        return "carried"
    return "split" if c.state.split else None


def _projects(c: Sight) -> str | None:
    how = counted_projects(c)
    if how is None:
        return None
    c.state.counted = c.state.sentence_counts = True
    c.detail = how
    tail, noun = _tail(c), _NOUN_AFTER.match(c.right)
    around = tail[-16:] + (c.right[: noun.end()] if noun and how == "right" else "")
    phrase = noun[1] if noun and how == "right" else tail[-14:]
    if re.search(r"亿元以上|超亿元|上亿元", around):
        c.detail = "threshold"
        return "亿元以上项目数"
    if EMERGING.search(phrase) and not re.search(r"(?:战略性新兴产业|战新)[^项]{0,6}、", phrase):
        c.detail = "emerging"
        return "战新项目数"
    if "代表" in phrase[-4:]:
        c.detail = "representative"
    return "项目数"


def _processed(c: Sight) -> str | None:
    """已达效7个, 撤销3个: what a step has befallen, out of the projects that this sentence counts."""
    step = _PROCESS.search(_PREDICATES.sub("", c.left))
    if not step:
        step = _PROCESS.search(c.left)
    open_right = not re.match(r"[一-鿿A-Za-z“]", c.right)
    if step is None or not open_right or not c.state.sentence_counts or _plain(c) not in ("个", "项"):
        return None
    return f"{step[1] or ''}{step[2]}项目数"


def _jobs(c: Sight) -> str | None:
    tail = _tail(c)
    if _plain(c) in ("家", "户", "场", "次"):
        return None  # 132家企业提供就业岗位3680个
    found = "岗位" in c.right[:8] or tail.endswith("岗位") or re.search(r"就业(?!意向)[^，。；]{0,4}$", tail)
    return "就业岗位" if found else None


def _activities(c: Sight) -> str | None:
    around = c.whole_left + c.right[:16]
    counted = _plain(c) in ("次", "场", "场次", "批次", "趟")
    return "招商活动次数" if counted and re.search(r"招商|推介|对接|考察|路演|洽谈", around) else None


def _firms(c: Sight) -> str | None:
    if _plain(c) not in ("家", "户"):
        return None
    other = _OTHER_FIRMS.match(c.right)
    if other and not re.search(r"企业|公司|客商|与|和", other[0][: -len(other[1])]):
        return other[1] + "数"
    return "企业数"


def _people(c: Sight) -> str | None:
    if c.q.kind == "bare" and re.match(r"(?:师生|职工|群众|农民|游客|人口|村民|居民|学生|员工)", c.right):
        return "人数"
    return "人数" if _plain(c) in ("人", "名", "位", "人次") else None


def _capacity(c: Sight) -> str | None:
    carried = c.state.last_indicator == "产能" and c.state.last_kind == c.q.kind
    return "产能" if carried or _CAPACITY.search(c.whole_left) else None


def _output(c: Sight) -> str | None:
    return "产量" if re.search(r"产量|生产(?!线|设备|企业|基地|厂|、|和)(?:了)?|下线", c.whole_left[-10:]) else None


_COUNTS = frozenset({"count", "bare"})

COUNTING_RULES: tuple[NamingRule, ...] = (
    NamingRule("projects", "个、项旁边的名词是项目，或承接前文所数的项目", _projects, _COUNTS),
    NamingRule("processed", "已达效7个、撤销3个：数过的项目中经过这一步的", _processed, _COUNTS),
    NamingRule("jobs", "岗位、就业之后的数字是就业岗位", _jobs, _COUNTS),
    NamingRule("activity", "招商、推介的次数", _activities, _COUNTS),
    NamingRule("firms", "家、户数的是企业，除非后面另有名词", _firms, _COUNTS),
    NamingRule("people", "人、名、位数的是人", _people, _COUNTS),
    NamingRule("capacity", "年产、产能之后的台、套、件是产能，并列的后几项也是", _capacity, _COUNTS),
    NamingRule("output", "产量、下线之后是产量", _output, _COUNTS),
)  # fmt: skip
