"""The words that steer reading: batch words, plan words, events, references. Patterns only; what they do stands in the modules
that use them.
"""

import re
from collections.abc import Iterator

DIGITS = "一二三四五六七八九十"
EVENT = re.compile(
    r"(?:全省|山西省)?(?:各)?(?:开发区)?(?:在)?(20\d\d)\s?年(?:全省开发区|开发区)?(?:第([一二三四五六七八九十]|\d{1,2})|首)(?:次|批|期|季度)"
    r"(?:全省)?(?:开发区)?(?:[^，。；]{0,24}?三个一批”?|[^，。；、]{0,8}签约一批、开工一批、投产一批)(?:项目)?(?:集中(?:签约|开工|投产)?)?(?:活动)?"
)
THIS_EVENT = re.compile(r"(?:此次|本次|这次|该次|当日的?|当天的?)[^，。；]{0,12}?(?:三个一批|活动)|(?:此次|本次|这次)(?=[，共签开投])")
ROUND = re.compile(r"第([一二三四五六七八九十])[次批期](?:开发区)?“三个一批")
MANY_EVENTS = re.compile(
    r"(?<!第)(?<!第[一二三四五六七八九十\d])[两二三四五六七八九十\d]{1,3}次[^，。；]{0,8}“?三个一批|累计|[以]来|1[-—至]\d{1,2}月|上半年|前[三\d]季度|全年|去年(?!同期)|过去一年|[截止]至|截止|今年|一季度|目前[，]|(?<!第)[\d两三四五六]次活动|20\d\d年(?=全[省市区]|，)"
)
BATCH = "签约|开工|投产|复工|续建"
KIND = {
    "竣工投产": "投产",
    "建成投产": "投产",
    "竣工": "投产",
    "达产": "投产",
    "开复工": "合计",
    "开工复工": "合计",
    "落地开工": "开工",
    "投运": "投产",
    "投用": "投产",
    "建成投运": "投产",
}
VERB = "开工复工|建成投产|竣工投产|建成投运|签约|开复工|开工|投产|复工|续建|竣工|投运"
ADJECTIVE = (
    r"(?:招商引资|重点|重大|产业类?|工业|开发区|省级|市级|省市|亿元以上|的|战新|战略性新兴产业|合作|正式|意向|入库|类|全部|"
    r"技改|建设|新兴产业)"
)
BATCH_TOKEN = re.compile(
    rf"(?P<quoted>“(?P<q>签约|开工|投产)(?:一批)?”|(?P<q2>签约|开工|投产)一批)"
    rf"|(?P<total>(?:项目总数|总项目数|项目总量|签约、?开工、?(?:和)?投产(?:的)?(?:各类)?项目|(?:签约|开工)[、和](?:开工|投产|复工)项目))"
    rf"|(?P<sum>(?:[三两]项|[三两]批(?:项目)?)?(?:合计|总计|共计)(?=(?:总投资|投资)?(?:额)?(?:为|达|约)?\d)|[三两]批项目|占到?(?:了)?全部(?=\d)|全部(?=\d))"
    rf"|(?P<already>已(?:经)?(?:全部)?(?P<a>{VERB})(?=(?:{ADJECTIVE})*(?:项目)?\d))"
    rf"|(?P<noun>(?:新|累计|集中|共|全部|在建|计划)?(?P<n>{VERB})(?!率|仪式|活动|现场|大会|后|条件|一批|、)(?:“三个一批”)?(?:{ADJECTIVE})*(?:(?!{VERB})[一-鿿]){{0,8}}?项目(?!总数|建设))"
    rf"|(?P<verb>(?:新|累计|集中|共|同步|计划|共计|完成|实现|达成)*(?P<v>{VERB})(?:了|过)?(?=的?(?:各|约|近|超过?|逾)?\d))"
    rf"|(?P<money>(?P<m>签约|开工|投产)(?=(?:总额|投资|金额|总投资|协议|合同)))"
)
AFTER_VERB = re.compile(
    rf"(?:全部|已|均已|已经|集中|正式|陆续|相继|先后|同时|顺利|实现|完成|现场|分[^，。；]{{0,4}}批(?:次)?(?:进行)?(?:了)?(?:集中|现场)?|进行(?:了)?(?:集中|现场)?|同步|得以|成功|按期)*"
    rf"(?P<v>{VERB})(?!率|仪式|一批|后|现场|活动|大会|奠基|\d|项目|条件|的|“|、开工|、投产)"
)
MANY_VERBS = re.compile(r"(?:签约|开工)[、和及](?:开工|投产|复工)(?:[、和及]投产)?|签约开工(?:投产)?")
EMERGING = re.compile(r"战新|战略性新兴产业|新兴产业")
PLAN_WEAK = re.compile(r"预计(?=年|总|实现年|投产后年)|设计(?:年)?产能|设计(?:年)?生产能力|规划(?:用地|占地)(?!面积)")
TAKEN_AS = re.compile(r"将[^。；]{1,40}，由[^，。；]{1,20}?(?:为|到|至|成)")
"""将企业注册至施工许可的13项审批事项，由串联办理优化为并行推进: 将 marks the object here."""
PLAN_OF_YEAR = re.compile(r"(?:年内|全年|今年|当年)?计划(?:完成)?(?:固定资产)?投资(?=[约近超逾]?\d)")
"""年内计划完成投资7.5亿元；投产的4个项目…: the year's plan of one batch, no aim of the whole sentence."""
PLAN = re.compile(
    r"达产后|投产后|建成后|建成投产后|建成投用后|投用后|投运后|达效后|竣工后|完工后|全部建成|全部达产|满产后|预计|届时|"
    r"可(?:实现|年产|达|带动|形成|新增|提供|创造|安置|安排|满足|为)|建设内容|拟(?=[建投用引新])|"
    r"规划(?:建设(?!面积)|总投资|用地(?!面积)|投资|占地|布局|年产|机架|装机)|不会(?:低于|少于)|设计|计划(?=投资建设|建设|新建|新上|上马|启动|推进|培育|实施|引进|到|于|在|用|今年|明年|年内|完成|新增|新开工|新签约|新投产|招引|签约|开工|投产|分)(?<!年度计划)(?<!占计划)"
    r"|(?P<aim>力争|有望|(?<![一即强大名干])将(?=[^军来领])(?![^，。；]{1,14}(?:由|从|作为|纳入|列为|增至|精简|压缩|缩短|转化|变|用于|列入))|下一步|争取|确保|(?:(?:会议|会上|[》长他她记任])要求|提出)(?=[，：]|$)|(?:[年月]底|季度末)前|"
    r"推动[^，。；]{0,12}达到|(?<![从自年])到20\d\d年(?:底|末)?(?=[，,]|$|共|[一-鿿]{0,6}(?:达|突破|建成|实现))|目标(?:是|为)|年内(?:力争|将|计划|完成|实现)|要(?:完成|达到|实现|新增|新建|力争))"
)
PLAN_END = re.compile(
    r"在(?=[^，。；]{2,30}基础上)|目前|截至|已(?:经)?(?:完成|建成|投产|开工|签约|到位|入驻|达)|现已|去年|上年|其中已|"
    r"实际(?=签|开|投|完|到|落|引)|比计划|较计划"
)
FINISHED = re.compile(
    r"(?:正式|已(?:经)?|全面|顺利)?(?:建成)?(?:投产|达产|投运|竣工|进入试生产)(?!后|达效|率|一批)|已建成|并网(?:发电|成功)|满负荷|运转正常"
)
PROJECT_REF = re.compile(
    r"(?:该|本|此|这一|这个|整个|上述|我们的?|[此本]次(?=扩|技|改))(?:重大|重点|产业|扩产|扩建|改扩建|技改)?(?:项目|工程|生产线|基地)|(?<![一-鿿、“”])项目(?!总数|数|名称|全部|均|都|陆续|共|\d|个|涵盖|涉及|签约|集中|投资额)|(?<=^)工程(?=总|于|全)"
)
PHASE = re.compile(
    r"(?<![一-鿿])(?:其中|项目|工程|加上|由于|目前)?(?P<phase>[一二三四五]期)(?:工程|项目)?"
    r"(?=(?:已|计划|预计|总|建成|全部)*(?:投资|达产|投产|占地|年产|建设|建成)|\d|，)"
)
COMPANY_REF = re.compile(r"该(?:公司|企业|集团|厂)|我们|公司(?=[^，。；]{0,12}\d)")
AMOUNT_FIRST = re.compile(r"其中|(?:计划|协议|签约)?(?:总投资|投资(?:总)?额)|预计年产值|达产后")
COMPARED = re.compile(
    r"(?:比|较)[^，。；]{1,20}?(?:多|少|增加|减少|增长|高|低|提高|提升|下降|增|降|扩大|缩短)(?:了|出)?$|(?:净增|同比增加|同比减少|同比多|同比增|增加了|减少了|新增加|还差)$|(?:超出?|超额|超过|超额完成)(?:了)?(?:年度|全年|计划|年初|目标|预定|任务)*(?:任务|目标|计划)$"
)
HAN = re.compile("[一-鿿]")
PLANS = re.compile(r"[【（“]?(?:下一步|下一阶段|接下来|今后)")
WHOLE = re.compile(r"[全我](省|市)(?:平均(?:值|水平)?|均值)?$")
"""What a bracket behind it speaks of: 高于全省平均值（分别为90.6%…）."""
LOOK = 400  # characters: longer than any sentence of the pages; keeps every search short on hostile text
YIELDS = frozenset({"纳税", "年销售收入", "利润", "就业岗位", "营业收入", "预计年产值", "产能", "人数"})
WIDER = {"province": 3, "city": 2, "county": 1, "zone": 1}
AMONG = re.compile(r"其中|其余|包括|分别为")
OF_ALL = re.compile(r"(?:中|上)?，?(?:累计|总计)?共")
"""全省开发区2024年第三次“三个一批”活动，|共签约项目194个: the round's own totals, whoever reports them."""
TAIL_VERB = re.compile(r"(?:落户|落地|入驻|布局)(?:在|到|于)?")
REGION_ONLY = frozenset(
    {
        "战新投资占比",
        "战新项目数",
        "战新总投资",
        "亿元以上项目数",
        "签约率",
        "投产率",
        "达效率",
        "复工率",
        "工业增加值",
        "工业投资",
        "招商活动次数",
        "年度计划投资占比",
    }
)
CORE = frozenset(
    {
        "项目数",
        "总投资",
        "预计年产值",
        "战新项目数",
        "战新总投资",
        "战新投资占比",
        "亿元以上项目数",
        "签约率",
        "开工率",
        "投产率",
        "达效率",
        "年度计划投资",
        "完成投资",
    }
)

_SEASONS = {
    "前三季度": (1, 9), "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip
SEASON = re.compile(r"(?<![比较])(?<!\d年)(?<!\d年第)(?P<last>去年|上年)?第?(?P<season>前三季度|上半年|下半年|(?<!前)[一二三四]季度)")
"""前三季度, 去年上半年: a span of the issue's year, or of the one before; with the year in digits it is a date."""


def season_of(match: re.Match[str], year: int | None) -> str | None:
    """The span that a match of :data:`SEASON` names: 前三季度 of 2025 is ``2025-01/2025-09``."""
    if year is None:
        return None
    first, last = _SEASONS[match["season"]]
    own = year - bool(match["last"])
    return f"{own}-{first:02}/{own}-{last:02}"


TOKENS = (
    (BATCH_TOKEN, "batch"), (PLAN, "plan"), (PLAN_END, "fact"), (PROJECT_REF, "ref"), (PHASE, "phase"), (FINISHED, "finished"),
    (COMPANY_REF, "company_ref"), (SEASON, "season"),
    (THIS_EVENT, "this_event"), (ROUND, "round"), (MANY_EVENTS, "many_events"), (EVENT, "event"), (AMONG, "among"),
)  # fmt: skip
"""What changes the state where it stands in a clause."""


def find_events(text: str) -> Iterator[re.Match[str]]:
    """Every match of :data:`EVENT`, which ends where few texts have anything."""
    return EVENT.finditer(text) if "一批" in text else iter(())


def event_id(match: re.Match[str]) -> str:
    """``2024-3`` for 2024年第三次."""
    number = match[2] or "1"  # 首次
    return f"{match[1]}-{number if number.isdigit() else DIGITS.index(number) + 1}"
