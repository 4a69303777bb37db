"""What a synthetic paper reports on: zones of the lexicon, firms and projects that grow with its years, sentences of a real archive."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field

from build_scripts.lexicon.finder import find_places
from build_scripts.lexicon.places import Zone, load_lexicon
from build_scripts.records import Archive
from build_scripts.synth.text import Misprint, Text, quantity, say
from build_scripts.synth.vocabulary import brand, vary

_SENTENCE = re.compile("[^。！？]+[。！？]?”?")
_DIGIT = re.compile("[0-9]")
_UNSAFE = re.compile("[\x00-\x20_]")
_ZONE_GOES_ON = re.compile("[、和与]|开发区|经开区|高新区|示范区|各?区")
"""What stands behind a place that is one of several, or the head of a zone's name: another in its place would make another zone."""
_SHORTEST = 12

BATCHES = ("签约", "开工", "投产")
PROVINCE = "山西省"
KNOWN = 0.2
"""The chance that a project was reported before. In thirty real articles nearly every name stands once; over years some come back at a
later stage."""
WITH_FIRM = 0.4
"""The share of projects whose name has their firm's in it: of the real ones two of five."""
PROVINCES = ("山西",) * 6 + ("北京", "上海", "江苏", "浙江", "广东", "山东", "河北", "河南", "安徽", "深圳")
TRADES = (
    "新材料",
    "新能源",
    "装备制造",
    "医药",
    "食品",
    "环保",
    "电子",
    "光电",
    "化工",
    "铸造",
    "煤机",
    "农业",
    "物流",
    "信息",
    "陶瓷",
    "玻璃",
)
FORMS = ("科技有限公司", "有限公司", "有限责任公司", "股份有限公司", "科技股份有限公司", "实业有限公司")
QUALITIES = ("高纯", "特种", "新型", "高端", "智能", "绿色", "高强度", "耐高温", "精密", "生物基", "低碳", "数字化", "固态", "超薄", "再生")
GOODS = (
    ("石英管", "吨"), ("铝合金型材", "万吨"), ("磷酸铁锂正极材料", "万吨"), ("负极材料", "万吨"), ("光伏组件", "GW"), ("储能电池", "GWh"),
    ("液压支架", "台"), ("工程起重机", "台"), ("轮毂", "万件"), ("玻璃器皿", "万件"), ("陶瓷纤维", "吨"), ("医用耗材", "万件"),
    ("中药饮片", "吨"), ("果脯", "吨"), ("杂粮食品", "吨"), ("碳纤维", "吨"), ("无缝钢管", "万吨"), ("不锈钢板材", "万吨"),
    ("法兰锻件", "万吨"), ("风电主轴", "台"), ("煤层气液化装置", "台"), ("永磁电机", "台"), ("传感器", "万件"), ("蓝宝石衬底", "万件"),
    ("建筑陶瓷", "万平方米"), ("保温板材", "万立方米"), ("汽车内饰件", "万件"), ("服务器", "台"), ("晶圆", "万件"), ("甲醇", "万吨"),
    ("硝酸", "万吨"), ("化肥", "万吨"), ("饮料", "万吨"), ("预制菜", "吨"), ("包装材料", "吨"), ("矿用电缆", "千米"),
)  # fmt: skip
WORKS = ("生产线", "深加工", "制造基地", "产业园", "技术改造", "扩建", "研发中心", "智能工厂", "综合利用", "生产基地")


MISPRINTS = (
    Misprint("布署", "部署", "typo", "规范写法是“部署”。"), Misprint("发展发展", "发展", "duplicate", "“发展”重出。"),
    Misprint("企业企业", "企业", "duplicate", "“企业”重出。"), Misprint("环竟", "环境", "glyph", "字形错误。"),
    Misprint("顷目", "项目", "glyph", "字形错误。"), Misprint("推近", "推进", "typo", "音近而误。"),
    Misprint("服努", "服务", "glyph", "字形错误。"), Misprint("产业产业", "产业", "duplicate", "“产业”重出。"),
)  # fmt: skip
MISPRINTED = 0.27
"""The share of passages in which one is looked for that can be there: real articles have 0.7 corrections in the mean."""


@dataclass(frozen=True, slots=True)
class Project:
    """A named project in a zone."""

    words: Text
    """Its name as reports print it, with the firm's where it has it."""
    name: str
    zone: Zone
    invested: str
    """亿元, as printed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Of a round's subject: projects, and sums in hundredths of 亿元."""

    name: str
    count: int
    amount: int
    output: int = 0
    """预计年产值."""
    strategic: int = 0
    """战新项目数."""
    strategic_amount: int = 0

    @property
    def share(self) -> int:
        """战新投资占比, in hundredths of a per cent."""
        return round(self.strategic_amount / self.amount * 10000)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without figures, cut where it names a place: what stands between, and ``zone`` or ``place`` for what is named."""

    pieces: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(slots=True)
class World:
    """Everything that may be reported, in the order in which ``rng`` makes it."""

    sentences: tuple[Sentence, ...]
    rng: random.Random
    projects: dict[str, list[Project]] = field(default_factory=lambda: defaultdict(list))
    """By the zone's name, in the order in which they were signed."""
    firms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rounds: dict[tuple[str, str], tuple[Batch, ...]] = field(default_factory=dict)
    """By subject and event."""

    def zone(self) -> Zone:
        """Any zone that has a city."""
        return self.rng.choice(_zones())

    def zones(self, count: int) -> list[Zone]:
        """So many zones that have a city."""
        return self.rng.sample(_zones(), count)

    def neighbours(self, zone: Zone) -> list[Zone]:
        """The zones of its city, itself among them, in the order of the lexicon."""
        return [other for other in _zones() if other.city == zone.city]

    def firm(self, zone: Zone) -> str:
        """A firm of ``zone``, now and then one that is known from before."""
        known = self.firms[zone.name]
        if known and self.rng.random() < KNOWN / 2:
            return self.rng.choice(known)
        name = f"{self.rng.choice(PROVINCES)}{brand(self.rng)}{self.rng.choice(TRADES)}{self.rng.choice(FORMS)}"
        known.append(name)
        return name

    def round(self, subject: str, event: str) -> tuple[Batch, ...]:
        """What every report of the round says of ``subject``, batch by batch; the province has what its cities have."""
        known = self.rounds.get((subject, event))
        if known is None and subject == PROVINCE:
            cities = [self.round(city.name, event) for city in load_lexicon().cities]
            whole = ((sum(batch.count for batch in same), sum(batch.amount for batch in same)) for same in zip(*cities, strict=True))
            known = tuple(Batch(name, *values) for name, values in zip(BATCHES, whole, strict=True))
        elif known is None:
            known = tuple(self._batch(name) for name in BATCHES)
        self.rounds[subject, event] = known
        return known

    def _batch(self, name: str) -> Batch:
        rng = self.rng
        count, amount = rng.randint(4, 30), rng.randint(300, 16000)
        strategic = rng.randint(amount // 3, amount)
        return Batch(name, count, amount, rng.randint(200, 9000), rng.randint(1, count), strategic)

    def project(self, zone: Zone, *, known: float = KNOWN) -> Project:
        """A project of ``zone``; ``known`` is the chance that it was reported before, at an earlier stage."""
        before = self.projects[zone.name]
        if before and self.rng.random() < known:
            return self.rng.choice(before[-12:])
        before.append(self._new_project(zone))
        return before[-1]

    def _new_project(self, zone: Zone) -> Project:
        owner = self.firm(zone) if self.rng.random() < WITH_FIRM else self.rng.choice(("", zone.anchor))
        goods, unit = self.rng.choice(GOODS)
        goods = (self.rng.choice(QUALITIES) if self.rng.random() < 0.6 else "") + goods
        work = self.rng.choice(WORKS)
        if self.rng.random() < 0.2:
            amount = str(self.rng.choice((1, 2, 3, 5, 6, 8, 10, 12, 15, 20, 30, 50, 60, 100, 200, 300, 500)) * (1 if "万" in unit else 10))
            name = f"{owner}年产{amount}{unit}{goods}项目"
            capacity = quantity(amount, unit, "产能", name, status=["planned", "actual"], in_name=True)
            words = say("{}年产{}{}{}项目", owner, capacity, unit, goods)
        else:
            name = f"{owner}{goods}{work}项目"
            words = say("{}", name)
        return Project(words, name, zone, money(self.rng.randint(30, 4200)))

    def prose(self, zone: Zone, sentences: int) -> Text:
        """So many sentences without figures, about ``zone`` and its city; now and then with a misprint."""
        words = "".join(self._sentence(self.rng.choice(self.sentences), zone) for _ in range(sentences))
        slips = [slip for slip in MISPRINTS if slip.corrected in words] if self.rng.random() < MISPRINTED else []
        if not slips:
            return (words,)
        slip = self.rng.choice(slips)
        before, _, after = words.partition(slip.corrected)
        return tuple(piece for piece in (before, slip, after) if piece)

    def _sentence(self, sentence: Sentence, zone: Zone) -> str:
        city = (zone.city or "山西省")[:-1]
        said = [vary(sentence.pieces[0], self.rng)]
        for place, words in zip(sentence.places, sentence.pieces[1:], strict=True):
            said += [zone.name if place == "zone" else city, vary(words, self.rng)]
        return "".join(said)


def make_world(archive: Archive, rng: random.Random) -> World:
    """A world that speaks in the sentences of a real ``archive``, without those that hold figures or name firms or projects."""
    ledger = archive.ledger
    names = {name for project in ledger.projects for name in (project.name, *project.aliases)}
    names |= {name for company in ledger.companies for name in (company.name, *company.aliases)}
    found: dict[Sentence, None] = {}
    for article in archive.articles:
        for paragraph in article.paragraphs if article.type != "caption" else ():
            for match in _SENTENCE.finditer(_UNSAFE.sub("", paragraph.passage.text)):
                words = match[0]
                if len(words) >= _SHORTEST and not _DIGIT.search(words) and not any(name in words for name in names):
                    sentence = _cut(words)
                    if not any(_ZONE_GOES_ON.match(piece) for piece in sentence.pieces[1:]):
                        found[sentence] = None
    return World(tuple(found), rng)


def _cut(words: str) -> Sentence:
    pieces, places, end = [], [], 0
    for mention in find_places(words):
        if mention.start >= end:
            pieces.append(words[end : mention.start])
            places.append("zone" if mention.kind == "zone" else "place")
            end = mention.end
    return Sentence((*pieces, words[end:]), tuple(places))


def _zones() -> tuple[Zone, ...]:
    return tuple(zone for zone in load_lexicon().zones if zone.city)


def money(hundredths: int) -> str:
    """亿元 with what decimals there are, as the paper prints them.

    >>> money(3260), money(43400)
    ('32.6', '434')
    """
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")
