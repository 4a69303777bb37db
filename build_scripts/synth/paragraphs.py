"""Paragraphs with figures, in the wording of the paper, whose every digit is known for what it is.

Sums are those of their parts and rates those of their counts, but for a few: a paper misprints, and checks are there to see it.
"""

import random
from dataclasses import dataclass

from build_scripts.lexicon.places import Zone
from build_scripts.synth.text import Misprint, Run, Text, dated, join, named, ordinal, quantity, say
from build_scripts.synth.world import PROVINCE, Batch, World, money

FIELDS = ("新材料", "新能源", "高端装备制造", "现代医药", "节能环保", "数字经济", "现代物流", "精细化工", "食品加工", "文化旅游")
MISPRINTED = 0.02
"""The share of totals whose printed figure or unit is wrong."""

MOST_ZONES = 3
"""Zones that one list of projects names."""

_NUMERALS = "零一二三四"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When an issue appears, and the latest round of “三个一批” before it."""

    year: int
    month: int
    round_month: int
    round_day: int
    round: int
    fresh: bool
    """The round was held in the last three weeks: cities report on it."""

    @property
    def event(self) -> str:
        """``2024-3``."""
        return f"{self.year}-{self.round}"

    @property
    def day(self) -> str:
        """ISO, of the round."""
        return f"{self.year}-{self.round_month:02}-{self.round_day:02}"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a paragraph is set."""

    world: World
    zone: Zone
    when: Occasion

    @property
    def rng(self) -> random.Random:
        """The world's dice."""
        return self.world.rng

    @property
    def name(self) -> str:
        """Whose figures they are."""
        return self.zone.name

    @property
    def since_january(self) -> str:
        """ISO, the months up to this one."""
        return f"{self.when.year}-01/{self.when.year}-{self.when.month:02}"

    @property
    def months(self) -> Text:
        """1-7月."""
        return say("{}-{}月", dated(1, self.since_january), dated(self.when.month, self.since_january))


@dataclass(frozen=True, slots=True)
class Round:
    """A round's figures of one subject: what its report says, and what its headline repeats."""

    subject: str
    event: str
    text: Text
    count: int
    invested: int


def round_figures(world: World, subject: str, event: str) -> Round:
    """Counts and sums of the three batches, as one paragraph."""
    rng, batches = world.rng, world.round(subject, event)
    total, invested = sum(batch.count for batch in batches), sum(batch.amount for batch in batches)
    if rng.random() < MISPRINTED:
        invested += 100
    whole = say(
        "此次“三个一批”活动，{}共有项目{}个，总投资{}{}，涉及{}等领域。其中，",
        subject,
        _count(total, subject, "合计", event),
        _sum(invested, subject, "合计", event),
        _unit(rng),
        "、".join(rng.sample(FIELDS, 3)),
    )
    more = rng.choice((_output, _strategic, _nothing))
    parts = [join((_plain(batch, subject, event), more(batch, subject, event))) for batch in batches]
    return Round(subject, event, join((whole, parts[0], ("；",), parts[1], ("；",), parts[2], ("。",))), total, invested)


def headline_of_round(figures: Round) -> tuple[Text, ...]:
    """大同：项目总数47个 总投资99.754亿元."""
    name = figures.subject.removesuffix("市")
    return (
        say("{}：项目总数{}个", name, _count(figures.count, figures.subject, "合计", figures.event)),
        say("总投资{}亿元", _sum(figures.invested, figures.subject, "合计", figures.event)),
    )


def opening_of_round(rng: random.Random, subject: str, zone: Zone, when: Occasion) -> Text:
    """The day, and who took part."""
    month, day = dated(when.round_month, when.day), dated(when.round_day, when.day)
    head = say("{}月{}日，", month, day)
    year = dated(when.year, str(when.year))
    number = _NUMERALS[when.round]
    if rng.random() < 0.5:
        return join((head, say("全省开发区{}年第{}次“三个一批”活动举行，{}与全省同步举行相关活动。", year, number, subject)))
    place = "" if subject == zone.name else f"在{zone.name}"
    return join((head, say("{}{}与全省同步举行开发区{}年第{}次“三个一批”活动。", subject, place, year, number)))


def _count(value: int, subject: str, batch: str, event: str | None) -> Run:
    return quantity(str(value), "个", "项目数", subject, batch=batch, event=event, core=True)


def _sum(hundredths: int, subject: str, batch: str, event: str | None) -> Run:
    return quantity(money(hundredths), "亿元", "总投资", subject, batch=batch, event=event, core=True)


def _unit(rng: random.Random) -> Text:
    """亿元, now and then without its 亿."""
    return (Misprint("元", "亿元", "typo", "漏“亿”字。"),) if rng.random() < MISPRINTED else ("亿元",)


def _plain(batch: Batch, subject: str, event: str) -> Text:
    count = _count(batch.count, subject, batch.name, event)
    return say("“{}一批”项目{}个，总投资{}亿元", batch.name, count, _sum(batch.amount, subject, batch.name, event))


def _output(batch: Batch, subject: str, event: str) -> Text:
    more = {"batch": batch.name, "event": event, "core": True}
    output = quantity(money(batch.output), "亿元", "预计年产值", subject, status="planned", **more)
    share = quantity(money(batch.share), "%", "战新投资占比", subject, **more)
    return say("，预计年产值{}亿元，战略性新兴产业项目投资占比{}%", output, share)


def _strategic(batch: Batch, subject: str, event: str) -> Text:
    more = {"batch": batch.name, "event": event, "core": True}
    number = quantity(str(batch.strategic), "个", "战新项目数", subject, **more)
    invested = quantity(money(batch.strategic_amount), "亿元", "战新总投资", subject, **more)
    return say("，其中战新项目{}个，总投资{}亿元", number, invested)


def _nothing(batch: Batch, subject: str, event: str) -> Text:
    del batch, subject, event
    return ()


def province(scene: Scene) -> Text:
    """The round of the whole province."""
    event = scene.when.event
    parts = []
    for batch in scene.world.round(PROVINCE, event):
        count, amount = _count(batch.count, PROVINCE, batch.name, event), _sum(batch.amount, PROVINCE, batch.name, event)
        parts.append(say("{}项目{}个、总投资{}亿元", batch.name, count, amount))
    year = dated(scene.when.year, str(scene.when.year))
    head = say("全省开发区{}年第{}次“三个一批”活动，共", year, _NUMERALS[scene.when.round])
    return join((head, parts[0], ("，",), parts[1], ("，",), parts[2], ("。",)))


def starts(scene: Scene) -> Text:
    """A zone's projects of this year and how many have begun."""
    rng, subject = scene.rng, scene.name
    again, new = rng.randint(5, 30), rng.randint(4, 30)
    planned_new = rng.randint(new, 2 * new)
    total = again + planned_new
    plan = {"status": ["planned", "actual"], "core": True}
    text = say(
        "今年，{}谋划实施项目{}个，总投资{}亿元，年度计划投资{}亿元。",
        subject,
        quantity(str(total), "个", "项目数", subject, **plan),
        quantity(money(rng.randint(5000, 60000)), "亿元", "总投资", subject, **plan),
        quantity(money(rng.randint(500, 9000)), "亿元", "年度计划投资", subject, status="planned", core=True),
    )
    rate = money(round(new / planned_new * 1000) * 10)
    rest = say(
        "目前，已开工项目{}个。其中，复工项目{}个，复工率{}%；新开工项目{}个，开工率{}%。",
        quantity(str(again + new), "个", "项目数", subject, batch="合计", core=True),
        quantity(str(again), "个", "项目数", subject, batch="复工", core=True),
        quantity("100", "%", "复工率", subject, batch="复工"),
        quantity(str(new), "个", "项目数", subject, batch="开工", core=True),
        quantity(rate, "%", "开工率", subject, batch="开工", core=True),
    )
    return join((text, rest))


def key_projects(scene: Scene) -> Text:
    """A zone's projects of provincial rank."""
    rng, subject = scene.rng, scene.name
    more = {"scope": ["省级重点工程项目", "重点工程项目"], "core": True}
    going, new = rng.randint(2, 9), rng.randint(2, 9)
    return say(
        "今年，{}推进实施的省级重点工程项目{}个，总投资{}亿元，年度计划投资{}亿元。目前，已开工项目{}个。其中，续建项目{}个，新开工项目{}个。",
        subject,
        quantity(str(going + new + rng.randint(0, 4)), "个", "项目数", subject, **more),
        quantity(money(rng.randint(2000, 20000)), "亿元", "总投资", subject, **more),
        quantity(money(rng.randint(300, 3000)), "亿元", "年度计划投资", subject, status="planned", **more),
        quantity(str(going + new), "个", "项目数", subject, batch="合计", **more),
        quantity(str(going), "个", "项目数", subject, batch="续建", **more),
        quantity(str(new), "个", "项目数", subject, batch="开工", **more),
    )


def invitation(scene: Scene) -> Text:
    """What was done to bring firms in."""
    rng, subject = scene.rng, scene.name
    text = say(
        "今年以来，{}深入落实“{}”招商工作体系，共开展招商活动{}次，对接企业{}家，引进企业{}家。",
        subject,
        named("".join(str(rng.randint(1, 6)) for _ in range(4))),
        quantity(str(rng.randint(5, 60)), "次", "招商活动次数", subject),
        quantity(str(rng.randint(30, 300)), "家", "企业数", subject, scope=[None, "对接企业"]),
        quantity(str(rng.randint(3, 40)), "家", "企业数", subject, scope=[None, "引进企业"]),
    )
    if rng.random() < 0.6:
        return text
    more = say(
        "{}，签约项目{}个，总投资{}亿元。",
        scene.months,
        quantity(str(rng.randint(5, 60)), "个", "项目数", subject, batch="签约", core=True),
        quantity(money(rng.randint(1000, 40000)), "亿元", "总投资", subject, batch="签约", core=True),
    )
    return join((text, more))


def economy(scene: Scene) -> Text:
    """A zone's output and investment since January."""
    rng, subject = scene.rng, scene.name
    return say(
        "{}，{}完成规上工业增加值{}亿元，增速{}%；工业投资{}亿元，增速{}%。",
        scene.months,
        subject,
        quantity(money(rng.randint(500, 20000)), "亿元", "工业增加值", subject),
        quantity(money(rng.randint(10, 250) * 10), "%", "增速", subject),
        quantity(money(rng.randint(300, 9000)), "亿元", "工业投资", subject),
        quantity(money(rng.randint(10, 350) * 10), "%", "增速", subject),
    )


def one_project(scene: Scene) -> Text:
    """What a project costs, covers and is to bring."""
    rng, when = scene.rng, scene.when
    project = scene.world.project(scene.zone)
    subject = project.name
    start = f"{when.year}-{max(1, when.month - rng.randint(0, 4)):02}"
    began = say("项目于{}年{}月开工建设，", dated(when.year, start), dated(int(start[5:]), start))
    text = say(
        "{}总投资{}亿元，占地{}亩，总建筑面积{}万平方米。",
        project.words,
        quantity(project.invested, "亿元", "总投资", subject, core=True),
        quantity(str(rng.randint(20, 900)), "亩", "占地面积", subject),
        quantity(money(rng.randint(10, 300) * 10), "万平方米", "建筑面积", subject),
    )
    rest = say(
        "建成投产后，预计年产值{}亿元，年纳税{}万元，可提供{}个就业岗位。",
        quantity(money(rng.randint(100, 9000)), "亿元", "预计年产值", subject, status="planned", core=True),
        quantity(str(rng.randint(200, 9000)), "万元", "纳税", subject, status="planned"),
        quantity(str(rng.randint(30, 900)), "个", "就业岗位", subject, status="planned"),
    )
    return join((text, began if rng.random() < 0.5 else (), rest))


def site_visit(scene: Scene) -> Text:
    """A building site on one day."""
    rng, when = scene.rng, scene.when
    project = scene.world.project(scene.zone)
    day = rng.randint(1, 28)
    iso = f"{when.year}-{when.month:02}-{day:02}"
    done = quantity(str(rng.randint(20, 95)), "%", "完成率", project.name, scope=[None, "基础施工"])
    return say(
        "{}月{}日，笔者在{}{}现场看到，{}号厂房内机器轰鸣，工人们干劲十足。目前，基础施工已经完成了{}%。",
        dated(when.month, iso),
        dated(day, iso),
        scene.name,
        project.words,
        ordinal(rng.randint(1, 9)),
        done,
    )


def investments(scene: Scene, count: int) -> Text:
    """Projects with their firms and sums, in one sentence."""
    parts = []
    for _ in range(count):
        project = scene.world.project(scene.zone)
        core = quantity(project.invested, "亿元", "总投资", project.name, core=True)
        parts.append(say("总投资{}亿元的{}", core, project.words))
    ending = scene.rng.choice(("正在加快推进", "已落户园区", "有序推进"))
    return join((*(piece for part in parts[:-1] for piece in (part, ("、",))), parts[-1], say("{}。", ending)))


def named_projects(scene: Scene, count: int) -> Text:
    """Projects by name, each behind its zone, and how many there are."""
    parts: list[Text] = []
    for at in range(count):
        zone = scene.zone if at % 2 else scene.rng.choice(scene.world.neighbours(scene.zone))
        parts.append(join(((zone.name,) if at < MOST_ZONES else (), scene.world.project(zone).words)))
    listed = join([part if not at else join((("、",), part)) for at, part in enumerate(parts)])
    return say("签约项目涉及{}等领域，包括{}等一批大项目、好项目。", "、".join(scene.rng.sample(FIELDS, 3)), listed)


def arrivals(scene: Scene) -> Text:
    """Firms that came, by name."""
    firms = [scene.world.firm(scene.zone) for _ in range(scene.rng.randint(2, 4))]
    return say("{}先后引进{}等一批企业，产业链条不断延伸。", scene.name, "、".join(dict.fromkeys(firms)))


def workshop(scene: Scene) -> Text:
    """A look into a firm, and what is being built."""
    world = scene.world
    done = world.rng.choice(("正在加快建设", "已进入设备安装阶段", "正在做投产前的准备"))
    return say("走进{}，只见生产线上一派忙碌。在{}，{}{}。", world.firm(scene.zone), scene.name, world.project(scene.zone).words, done)


def guests(scene: Scene) -> Text:
    """Zones of the same city that took part."""
    others = [zone.name for zone in scene.world.neighbours(scene.zone) if zone != scene.zone]
    taking_part = scene.rng.sample(others, min(len(others), scene.rng.randint(1, 3)))
    return say("{}等开发区的有关负责人参加。", "、".join([scene.name, *taking_part]))


def progress(scene: Scene) -> Text:
    """How far the year's batches have come."""
    rng, subject = scene.rng, scene.name
    signed, started = rng.randint(20, 120), rng.randint(20, 120)
    begun, done = rng.randint(10, signed), rng.randint(5, started)
    rate = quantity(money(round(begun / signed * 10000)), "%", "开工率", subject, batch=["签约", "开工"], core=True)
    finished = quantity(money(round(done / started * 10000)), "%", "投产率", subject, batch=["开工", "投产"], core=True)
    return say(
        "从进展看，{}“签约一批”项目共{}个，已开工{}个，开工率{}%；“开工一批”项目共{}个，已投产{}个，投产率{}%。",
        subject,
        quantity(str(signed), "个", "项目数", subject, batch="签约", core=True),
        quantity(str(begun), "个", ["已开工项目数", "项目数"], subject, batch=["签约", "开工"], core=None),
        rate,
        quantity(str(started), "个", "项目数", subject, batch="开工", core=True),
        quantity(str(done), "个", ["已投产项目数", "项目数"], subject, batch=["开工", "投产"], core=None),
        finished,
    )


def targets(scene: Scene) -> Text:
    """What a zone means to reach."""
    rng, subject = scene.rng, scene.name
    plan = {"status": "planned", "core": True}
    return say(
        "“我们将推动新开工项目达到{}个，开工率达到{}%，完成投资{}亿元。”{}负责人表示。",
        quantity(str(rng.randint(10, 60)), "个", "项目数", subject, batch="开工", **plan),
        quantity(str(rng.randint(50, 98)), "%", "开工率", subject, batch="开工", **plan),
        quantity(money(rng.randint(300, 9000)), "亿元", "完成投资", subject, **plan),
        subject,
    )
