"""The tables of places and zones, and what loading them refuses."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from build_scripts.errors import ArchiveError
from build_scripts.lexicon.places import FOLDER, ZONE_TYPES, load_lexicon

CITIES = ["太原", "大同", "阳泉", "长治", "晋城", "朔州", "晋中", "运城", "忻州", "临汾", "吕梁"]
SLUGS = ["taiyuan", "datong", "yangquan", "changzhi", "jincheng", "shuozhou", "jinzhong", "yuncheng", "xinzhou", "linfen", "lvliang"]
COUNTIES = [10, 10, 5, 12, 6, 6, 11, 13, 14, 17, 13]


def test_cities_and_counties() -> None:
    lexicon = load_lexicon()
    assert [(city.short, city.slug) for city in lexicon.cities] == list(zip(CITIES, SLUGS, strict=True))
    assert len(lexicon.counties) == 117
    assert Counter(county.city for county in lexicon.counties) == {f"{city}市": n for city, n in zip(CITIES, COUNTIES, strict=True)}
    assert not [county.name for county in lexicon.counties if county.code.endswith("71")]


def test_zones() -> None:
    zones = load_lexicon().zones
    assert len(zones) >= 60
    assert [zone.name for zone in zones if zone.city is None] == ["山西转型综合改革示范区"]
    assert Counter(zone.confidence for zone in zones) == {"high": 71, "medium": 9, "low": 14}
    assert all(zone.kind == ZONE_TYPES[zone.type] and zone.anchor + zone.type == zone.name for zone in zones)


def test_no_form_stands_for_two() -> None:
    lexicon = load_lexicon()
    forms = [form for zone in lexicon.zones for form in (zone.name, *zone.aliases)]
    forms += [city.name for city in lexicon.cities] + [county.name for county in lexicon.counties if county.short]
    forms += [place.short for place in lexicon.places if place.short]
    assert not [form for form, count in Counter([*forms, *lexicon.lookalikes]).items() if count > 1]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("长治高新技术产业开发区", "changzhi-gaoxin"),
        ("长治经济技术开发区", "changzhi-jingkai"),
        ("武乡现代农业产业示范区", "wuxiang-nongye"),
        ("洪洞经济技术开发区", "hongtong-jingkai"),
        ("长子经济技术开发区", "zhangzi-jingkai"),
        ("隰县现代农业产业示范区", "xixian-nongye"),
        ("祁县经济开发区", "qixian-jingkai"),
        ("繁峙经济技术开发区", "fanshi-jingkai"),
        ("岢岚经济技术开发区", "kelan-jingkai"),
        ("盂县经济技术开发区", "yuxian-jingkai"),
        ("尧都高新技术产业开发区", "yaodu-gaoxin"),
        ("吕梁经济技术开发区", "lvliang-jingkai"),
        ("山西转型综合改革示范区", "shanxi-zonggai"),
    ],
)
def test_slugs_as_people_say_the_names(name: str, slug: str) -> None:
    assert [zone.slug for zone in load_lexicon().zones if zone.name == name] == [slug]


def test_lookalikes_are_needed() -> None:
    """Each holds a place's short form or one-character county, or is a word that keeps another lookalike from being read."""
    lexicon = load_lexicon()
    forms = {form for place in lexicon.places for form in (place.short, place.name) if form}
    others = {"参加", "增加", "太重", "太忻一体化经济区", "太忻经济区", "太忻一体化", "内蒙古", "巴黎"}
    assert not [text for text in lexicon.lookalikes if text not in others and not any(form in text for form in forms)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tables."""
    for name in ("divisions.csv", "zones.csv", "lookalikes.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("table", "change", "line", "words"),
    [
        ("divisions.csv", ("code,name", "code,title"), 1, "has the columns code,title"),
        ("divisions.csv", ("140100,太原市", "350100,太原市"), 2, "the code is '350100'"),
        ("divisions.csv", ("140106,迎泽区", "140105,迎泽区"), 4, "the code '140105' stands twice"),
        ("divisions.csv", ("140106,迎泽区", "140106,小店区"), 4, "the short form of 小店区 is '迎泽'"),
        ("divisions.csv", ("迎泽区,太原市", "迎泽区,西安市"), 4, "迎泽区 lies in '西安市'"),
        ("divisions.csv", ("迎泽,,,", "迎泽,yingze,,"), 4, "the county 迎泽区 has the slug 'yingze'"),
        ("divisions.csv", ("迎泽,,,", "迎泽,,maybe,"), 4, "bare is 'maybe'"),
        ("divisions.csv", ("迎泽,,,", "迎泽,,edge,"), 4, "bare 'edge' and clash ''"),
        ("divisions.csv", ("大同,datong", "大同,taiyuan"), 13, "the slug 'taiyuan' stands twice; expected it once (first on line 2)"),
        ("divisions.csv", ("大同,datong", "大同,Da Tong"), 13, "the slug of 大同市 is 'Da Tong'"),
        ("divisions.csv", ("太原市,太原,taiyuan,,", "太原市,太原,taiyuan"), 2, "has 5 cells"),
        ("divisions.csv", ("太原市,太原,taiyuan,,", "太原市 ,太原,taiyuan,,"), 2, "white space"),
        ("zones.csv", ("太原经开区", "太原高新区"), 4, "the name or alias '太原高新区' stands twice; expected it once (first on line 3)"),
        ("zones.csv", ("太原经开区", "太原经开区|太原经开区"), 3, "has an alias twice"),
        ("zones.csv", ("太原经开区", "太原"), 3, "'太原' is short"),
        ("zones.csv", ("太原经开区", "经开区"), 3, "'经开区' is a place or a common noun"),
        ("zones.csv", ("太原经开区", "杏花岭区"), 3, "'杏花岭区' is a place or a common noun"),
        ("zones.csv", ("太原经济技术开发区,太原经开区,太原市", "太原经济技术开发区,太原经开区,西安市"), 3, "the city is '西安市'"),
        ("zones.csv", ("太原市,小店区", "太原市,平定县"), 4, "the county is '平定县'"),
        ("zones.csv", ("taiyuan-gaoxin", "taiyuan-jingkai"), 4, "the slug 'taiyuan-jingkai' stands twice"),
        ("zones.csv", ("taiyuan-gaoxin", "taiyuan_gaoxin"), 4, "the slug is 'taiyuan_gaoxin'"),
        ("zones.csv", ("national,高新技术产业开发区", "world,高新技术产业开发区"), 4, "the level is 'world'"),
        ("zones.csv", ("national,高新技术产业开发区", "national,高新区"), 4, "has the type 高新区"),
        ("zones.csv", ("national,高新技术产业开发区", "national,工业园"), 4, "the type is '工业园'"),
        ("zones.csv", ("wusu-zongbao,high", "wusu-zongbao,certain"), 5, "the confidence is 'certain'"),
        ("zones.csv", ("high,china-division@2.7.0 code 140171406498", "high,"), 5, "has no source"),
        ("zones.csv", ("太原武宿综合保税区", '"太原"武宿综合保税区'), 5, "is no table"),
        ("lookalikes.csv", ("长治理,", "长治久安,"), 3, "the text '长治久安' stands twice"),
        ("lookalikes.csv", ("长治久安,an idiom", "长治久安,"), 2, "has the reason ''"),
    ],
)
def test_faults_are_named(folder: Path, table: str, change: tuple[str, str], line: int, words: str) -> None:
    path = folder / table
    old, new = change
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ArchiveError) as caught:
        load_lexicon(folder)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert words in str(caught.value)
    assert "; expected " in str(caught.value)


def test_a_missing_table(folder: Path) -> None:
    (folder / "zones.csv").unlink()
    with pytest.raises(ArchiveError, match=r"zones\.csv: cannot be read"):
        load_lexicon(folder)


def test_a_table_in_another_encoding(folder: Path) -> None:
    (folder / "zones.csv").write_bytes(b"\xff\xfe\n")
    with pytest.raises(ArchiveError, match=r"zones\.csv: cannot be read"):
        load_lexicon(folder)
