"""Articles of a synthetic paper: what kinds there are, how long, and with how many figures, follows the real archive's thirty articles.

A real article has some 810 characters and 13 figures: a third are briefs with 279 and 8, a third news with 665 and 5, a fifth features
with 2,478 and 45, the rest captions and editor's notes.
"""

import random
from dataclasses import dataclass

from build_scripts.lexicon.places import Zone
from build_scripts.synth.paragraphs import (
    Occasion,
    Scene,
    arrivals,
    economy,
    guests,
    headline_of_round,
    investments,
    invitation,
    key_projects,
    named_projects,
    one_project,
    opening_of_round,
    progress,
    province,
    round_figures,
    site_visit,
    starts,
    targets,
    workshop,
)
from build_scripts.synth.text import Text, ordinal, say
from build_scripts.synth.vocabulary import byline
from build_scripts.synth.world import World

LATE = 0.1
"""The share of a round's briefs whose headline stands behind their text."""

GUESTS = 0.4
"""The share of briefs and features that say which other zones took part."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the head of a section."""

    text: Text
    head: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One article before it is set."""

    type: str
    titles: tuple[Text, ...]
    """The clauses of its headline; none for a caption."""
    body: tuple[Block, ...]
    zone: Zone
    """What it reports on."""
    authors: tuple[str, ...] = ()
    kicker: Text = ()
    subtitle: Text = ()
    credit: bool = False
    """It opens with 科学导报讯."""
    child: bool = False
    """It belongs to the article before it on its page."""
    packaged: bool = False
    """It stands under the headline that its page's round has."""
    late: bool = False
    """A column holds its headline behind its text."""


def write_briefs(world: World, when: Occasion, count: int) -> list[Draft]:
    """So many briefs, each of another zone; of a city's round one tells."""
    told: set[str] = set()
    found = []
    for zone in world.zones(count):
        found.append(write_brief(world, when, zone, city=zone.city not in told))
        told.add(zone.city or "")
    return found


def write_brief(world: World, when: Occasion, zone: Zone, *, city: bool) -> Draft:
    """The round of a zone or, where it may, of its city, or something small from a zone."""
    rng = world.rng
    scene = Scene(world, zone, when)
    if rng.random() < (0.75 if when.fresh else 0.35):
        subject = zone.city if zone.city and city and when.fresh and rng.random() < 0.6 else zone.name
        figures = round_figures(world, subject, when.event)
        body = [Block(opening_of_round(rng, subject, zone, when)), Block(figures.text)]
        if rng.random() < 0.7:
            body.append(Block(named_projects(scene, rng.randint(4, 8))))
        if rng.random() < GUESTS:
            body.append(Block(guests(scene)))
        titles, late = headline_of_round(figures), rng.random() < LATE
        return Draft("brief", titles, tuple(body), zone, _signed(rng), credit=True, packaged=True, late=late)
    lead = say("记者从{}获悉，{}", zone.name, world.prose(zone, 2))
    middle = rng.choice((invitation, arrivals, economy, site_visit, workshop))
    body = [Block(lead), Block(middle(scene)), Block(guests(scene) if rng.random() < GUESTS else world.prose(zone, 2))]
    return Draft("brief", (_slogan(world, zone),), tuple(body), zone, _signed(rng), credit=True)


def write_news(world: World, when: Occasion) -> Draft:
    """One zone's news: three to five paragraphs, one or two of them with figures."""
    zone, rng = world.zone(), world.rng
    scene = Scene(world, zone, when)
    body = [Block(say("记者从{}获悉，{}", zone.name, world.prose(zone, 2)))]
    if rng.random() < 0.12:
        body.append(Block(province(scene)))
    with_figures = rng.sample(
        (invitation, starts, economy, one_project, site_visit, arrivals, investments_of_two), rng.choice((0, 1, 2, 2))
    )
    body += [Block(paragraph(scene)) for paragraph in with_figures]
    if rng.random() < 0.7:
        body.append(Block(workshop(scene)))
    body += [Block(world.prose(zone, rng.randint(2, 5))) for _ in range(rng.randint(1, 3))]
    kicker = say("{}", zone.name) if rng.random() < 0.5 else ()
    title = _slogan(world, zone, kicker=bool(kicker))
    return Draft("news", (title,), tuple(body), zone, _signed(rng, 2), kicker=kicker, credit=True)


def write_feature(world: World, when: Occasion) -> Draft:
    """A zone's year so far: three sections, nearly half of its paragraphs with figures."""
    zone, rng = world.zone(), world.rng
    scene = Scene(world, zone, when)

    def prose(sentences: int) -> Block:
        return Block(world.prose(zone, sentences))

    body = [prose(3), Block(starts(scene)), prose(3), Block(say("{}", rng.choice(_HEADS)), head=True), Block(key_projects(scene))]
    for _ in range(2):
        body += [Block(one_project(scene)), prose(3)]
    body += [Block(say("{}", rng.choice(_HEADS)), head=True), Block(invitation(scene)), prose(3), Block(arrivals(scene))]
    body += [Block(workshop(scene)), Block(named_projects(scene, rng.randint(3, 6)))]
    body += [Block(investments(scene, rng.randint(2, 4))), prose(3)]
    body += [Block(say("{}", rng.choice(_HEADS)), head=True), Block(economy(scene)), Block(progress(scene))]
    body += [prose(3), Block(targets(scene)), Block(guests(scene)) if rng.random() < GUESTS else prose(3)]
    titles = (_slogan(world, zone),)
    return Draft("feature", titles, tuple(body), zone, _signed(rng), subtitle=say("——{}见闻", zone.name))


def write_caption(world: World, *, child: bool) -> Draft:
    """A picture's caption."""
    zone = world.zone()
    project = world.project(zone, known=0.9)
    inside = say("{}{}号车间内", world.firm(zone), ordinal(world.rng.randint(1, 6)))
    where = say("{}{}现场", zone.name if world.rng.random() < 0.5 else "", project.words) if world.rng.random() < 0.5 else inside
    text = say("{}，{}。", where, world.rng.choice(_SCENES))
    return Draft("caption", (), (Block(text),), zone, (byline(world.rng),) if world.rng.random() < 0.5 else (), child=child)


def write_note(world: World) -> Draft:
    """An editor's note: four paragraphs without a figure."""
    zone = world.zone()
    body = tuple(Block(world.prose(zone, 2)) for _ in range(4))
    return Draft("editors_note", (say("编者按"),), body, zone, packaged=True)


def _signed(rng: random.Random, most: int = 1) -> tuple[str, ...]:
    """Who wrote it: of ten articles one is not signed, and of those that ``most`` may sign one or two by more than one."""
    if rng.random() < 0.1:
        return ()
    return tuple(dict.fromkeys(byline(rng) for _ in range(most if rng.random() < 0.15 else 1)))


def investments_of_two(scene: Scene) -> Text:
    """Two projects and what is invested in them."""
    return investments(scene, 2)


_HEADS = (
    "项目建设加速度",
    "招商引资添动能",
    "优化环境促发展",
    "科技创新强支撑",
    "服务企业出实招",
    "改革赋能增活力",
    "绿色转型见成效",
    "要素保障再提速",
)
_SCENES = (
    "工人正在进行桩基施工",
    "工作人员正在调试设备",
    "工人正在赶制订单",
    "塔吊林立，机器轰鸣",
    "技术人员正在检验产品",
    "施工人员正在吊装钢结构",
)


def _slogan(world: World, zone: Zone, *, kicker: bool = False) -> Text:
    """A headline without figures."""
    first = ("项目建设", "招商引资", "营商环境", "科技创新", "转型发展", "要素保障", "产业集聚", "企业服务")
    last = ("跑出加速度", "再创新高", "强力推进", "按下快进键", "提质增效", "见实效", "迈上新台阶", "全面起势")
    words = f"{world.rng.choice(first)}{world.rng.choice(last)}"
    return say("{}", words) if kicker else say("{}：{}", zone.name, words)
