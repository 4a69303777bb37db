"""The search on the real archive: everything that holds a string is found, ranked as lunr would, and nothing hurts it."""

import json
import re
import subprocess
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.pipeline import Pipeline

from build_scripts.archive import read_archive
from build_scripts.figures.records import Figure
from build_scripts.pages.view import View
from build_scripts.search.blocks import Figures
from build_scripts.search.documents import FIELDS, SearchDocument
from build_scripts.search.names import syllables
from build_scripts.search.normalise import normalise, normalise_char
from build_scripts.search.postings import Fields, put_number
from build_scripts.search.render import render_search
from build_scripts.search.shards import render_posting, render_steps
from build_scripts.search.terms import document_terms, query_terms, utf16_key
from tests.bench.queries import make_queries, read_texts, right_answers
from tests.conftest import PROJECT
from tests.data_files import data_files
from tests.search_engine import ask_engine, search_documents, write_index

pytestmark = pytest.mark.xdist_group("search")


@pytest.fixture(scope="module")
def view() -> View:
    return View(read_archive(PROJECT))


@pytest.fixture(scope="module")
def figures(view: View) -> Figures:
    """Figures of one article only, made up to be told apart."""
    article = view.articles["datong-2024-3rd"]
    any_figure = next(figure for figure in view.figures_of(article) if figure.part == "body")

    def figure(line: int, **fields: Any) -> Figure:
        rest = {"subject": "大同市", "subject_type": "city", "event": "2024-3", "status": "actual", "scope": None, "approx": None}
        more = {"period": None, "core": True, "in_name": False, "unit_base": "元", "line": line, "column": 1}
        value = Decimal(fields["run"])
        return replace(any_figure, **{**rest, **more, "value": value, "value_base": value * 10**8, **fields})

    made = [
        figure(17, indicator="总投资", batch="合计", run="99.754", unit="亿元"),
        figure(5, indicator="总投资", batch="合计", run="997540", unit="万元", value_base=Decimal("9975400000")),
        figure(22, indicator="总投资", batch="签约", run="19.31", unit="亿元"),
        figure(28, indicator="总投资", batch="开工", run="55.247", unit="亿元"),
        figure(16, indicator="项目数", batch="合计", run="47", unit="个"),
        figure(90, indicator="总投资", batch="合计", run="80", unit="亿元", event="2024-2"),
        figure(91, indicator="总投资", batch="签约", run="50.59", unit="亿元", subject="忻州市"),
        figure(92, indicator="投产率", batch=None, run="88.2", unit="%", subject="吕梁市", event=None),
        figure(93, indicator="总投资", batch="签约", run="7", unit="亿元", subject="忻州市", scope="战新"),
    ]
    return lambda one: made if one.id == article.id else ()


@pytest.fixture(scope="module")
def index(view: View, figures: Figures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_index(tmp_path_factory.mktemp("search"), render_search(view, figures))


@pytest.fixture(scope="module")
def whole(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index with the figures that the archive itself reads."""
    return write_index(tmp_path_factory.mktemp("whole"), render_search(view, view.figures_of))


def ask(index: Path, text: str, **options: Any) -> dict[str, Any]:
    reply = ask_engine(index, [{"text": text, "options": options}])[0]
    assert "answered" in reply, reply
    return dict(reply["answered"])


def ids(answered: dict[str, Any]) -> list[str]:
    return [result["id"] for result in answered["results"]]


# ---- Python and JavaScript cut text alike ----


@pytest.mark.parametrize(
    "case", json.loads((PROJECT / "tests/cases/search-normalise.json").read_text("utf-8")), ids=lambda case: case["label"]
)
def test_normal_forms(case: dict[str, str]) -> None:
    assert normalise(case["in"]) == case["out"], case["reason"]


@pytest.mark.parametrize("case", json.loads((PROJECT / "tests/cases/search-terms.json").read_text("utf-8")), ids=lambda case: case["label"])
def test_terms(case: dict[str, Any]) -> None:
    assert query_terms(case["normal"]) == case["query"], case["reason"]


def test_javascript_runs_the_same_cases() -> None:
    result = subprocess.run(["node", "--test", "tests/search_cases.mjs"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-4000:]


def test_every_character_has_the_same_form_in_both() -> None:
    codes = [*range(0x10000), *range(0x1F100, 0x1F200), *range(0x20000, 0x20100), *range(0x2F800, 0x2FA20)]
    codes = [code for code in codes if unicodedata.category(chr(code)) != "Cn"]
    result = subprocess.run(
        ["node", "tests/search_cases.mjs", "--forms"], cwd=PROJECT, input=json.dumps(codes), capture_output=True, text=True, check=True
    )
    forms = json.loads(result.stdout)
    assert [
        (hex(code), normalise_char(chr(code)), form) for code, form in zip(codes, forms, strict=True) if normalise_char(chr(code)) != form
    ] == []


@given(st.text(alphabet="开发区12.亿 ,aB，“”", max_size=30), st.data())
def test_whatever_holds_a_string_holds_its_terms(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    start = data.draw(st.integers(0, len(normal)))
    part = normal[start : data.draw(st.integers(start, len(normal)))]
    assert set(query_terms(part)) <= document_terms([normal])


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_terms_are_sorted_as_javascript_sorts() -> None:
    assert sorted(["\U00020bb7", "\uff01", "开"], key=utf16_key) == ["开", "\U00020bb7", "\uff01"]


@pytest.mark.parametrize(("number", "packed"), [(0, [0]), (127, [127]), (128, [128, 1]), (300, [172, 2])])
def test_numbers_are_packed(number: int, packed: list[int]) -> None:
    out = bytearray()
    put_number(out, number)
    assert list(out) == packed


def test_dense_lists_are_written_as_bits() -> None:
    assert render_posting(range(16), (), {}, 16) == bytes([16 << 3 & 0x7F | 4 | 0x80, 1, 255, 255])
    assert render_posting((3, 5), (), {}, 160) == bytes([2 << 3, 4, 2])


@given(st.sets(st.integers(0, 70_000), min_size=1))
def test_steps_are_packed_as_numbers(documents: set[int]) -> None:
    last, out = -1, bytearray()
    for document in sorted(documents):
        put_number(out, document - last)
        last = document
    assert render_steps(sorted(documents)) == out


# ---- lunr's scores ----


def lunr_index(documents: list[SearchDocument]) -> Any:
    """lunr.py's own index of the same words, field by field."""
    builder = Builder()
    builder.pipeline.reset()
    builder.search_pipeline = Pipeline()
    builder.ref("id")
    for name, boost in FIELDS.items():
        builder.field(name, boost=boost)
    for number, document in enumerate(documents):
        builder.add({"id": number, **document_words(document)})
    return builder.build()


def document_words(document: SearchDocument) -> dict[str, list[str]]:
    return Fields.of(document.shown()["segments"], document.names).words()


def lunr_scores(index: Any, words: list[tuple[str, int]]) -> dict[int, float]:
    query = index.create_query()
    for word, boost in words:
        query.term(word, boost=boost, use_pipeline=False)
    return {int(match["ref"]): match["score"] for match in index.query(query)}


def test_scores_are_lunrs_over_the_whole_archive(view: View, index: Path) -> None:
    documents = search_documents(view)
    whole = lunr_index(documents)
    words = sorted({word for document in documents for field in document_words(document).values() for word in field})
    queries = [[(word, 1)] for word in words]
    for at in range(0, len(words), 5):
        three = {words[at]: 1, words[(at * 7 + 3) % len(words)]: 2, words[(at * 13 + 5) % len(words)]: 1}
        queries.append(list(three.items()))
    assert len(queries) > 3000
    result = subprocess.run(
        ["node", "tests/search_scores.mjs", str(index)], cwd=PROJECT, input=json.dumps(queries), capture_output=True, text=True, check=True
    )
    for query, scores in zip(queries, json.loads(result.stdout), strict=True):
        ours = {number: score for number, score in enumerate(scores) if score}
        theirs = lunr_scores(whole, query)
        assert ours == pytest.approx(theirs, rel=1e-9), query
        # lunr.py leaves documents of equal score in the order in which it met them; ours are in order of number.
        assert sorted(ours, key=lambda number: (-round(ours[number], 9), number)) == sorted(
            theirs, key=lambda number: (-round(theirs[number], 9), number)
        )


# ---- Recall and precision ----


def test_finds_everything_and_nothing_else(view: View, index: Path) -> None:
    texts = read_texts(json.loads(data_files(view)["articles.json"]))
    queries = make_queries(texts)
    assert len(queries) >= 200
    assert len({query.kind for query in queries}) == 10
    replies = ask_engine(index, [{"text": query.text, "options": {"limit": 1000}} for query in queries])
    wrong = []
    for query, reply in zip(queries, replies, strict=True):
        right, found = right_answers(query, texts), ids(reply["answered"])
        if set(found) != right or reply["answered"]["total"] != len(right) or not reply["answered"]["total_exact"]:
            wrong.append((query.kind, query.text, sorted(right - set(found)), sorted(set(found) - right)))
    assert wrong == []


def test_every_hit_is_marked_where_it_stands(view: View, index: Path) -> None:
    for text in ("开发区", "总投资", "99.754亿元", "三个一批", "GWh"):
        for result in ask(index, text)["results"]:
            for start, end in result["marks"]:
                assert normalise(text) in normalise(result["excerpt"][start:end])
            assert result["hits"] >= 1


def test_no_excerpt_begins_or_ends_within_a_number(view: View, index: Path) -> None:
    texts = [part.passage.text for article in view.archive.articles for part in article.body]
    numbers = re.compile(r"\d[\d.]*(?:%|[余多]?[百千万亿])?")
    seen = 0
    for text in ("大同", "项目", "投资", "亿元", "签约", "开工", "增长", "企业", "建设"):
        for result in ask(index, text)["results"]:
            for piece in result["excerpt"].split("…"):
                for body in texts:
                    at = body.find(piece) if len(piece) > 20 else -1
                    for match in numbers.finditer(body) if at >= 0 else ():
                        seen += 1
                        assert not match.start() < at < match.end(), piece
                        assert not match.start() < at + len(piece) < match.end(), piece
    assert seen > 100


# ---- Tiers and order ----

RANKING = [
    ("大同", "datong-2024-3rd", "its headline begins with the city, and it reports on it; others mention it"),
    ("云冈经济技术开发区", "yungang-university-cooperation", "the zone stands over its headline"),
    ("大同：项目总数47个 总投资99.754亿元", "datong-2024-3rd", "the exact title"),
    ("编前语", "editors-note-2024-3rd", "the exact title, one word"),
    ("临汾", "linfen-2024-3rd", "a city's own article before those that mention it"),
    ("353.71元", "linfen-2024-3rd", "what the paper misprinted is found too"),
    ("353.71亿元", "linfen-2024-3rd", "and the corrected reading"),
    ("持续推动省校合作", "yungang-university-cooperation", "the first half of a title"),
]


@pytest.mark.parametrize(("text", "first", "reason"), RANKING, ids=[text for text, _, _ in RANKING])
def test_order(index: Path, text: str, first: str, reason: str) -> None:
    assert ids(ask(index, text))[0] == first, reason


def test_tiers(index: Path) -> None:
    cases = {
        "开发区": "exact",
        '"三个一批"': "exact",
        "大同 签约": "all",
        "阳泉高新区蓝宝石": "cut",
        "大同，签约": "cut",
        "大同超导磁体": "partial",
        "qqqq": "none",
        # Two letters of a word, or one figure of many, tell nothing: 氢 from LNG, or a 1, is no part of it.
        "datong": "none",
        "alert(1)": "none",
        "<script>alert(1)</script>": "none",
    }
    assert {text: ask(index, text)["tier"] for text in cases} == cases


def test_punctuation_parts_terms_where_nothing_holds_it(index: Path) -> None:
    answered = ask(index, "大同、签约")
    assert ids(answered) == ids(ask(index, "大同 签约"))
    assert {"kind": "cut", "from": "大同、签约", "to": "大同 签约"} in answered["notes"]
    literal = ask(index, "签约、开工")
    assert literal["tier"] == "exact"
    assert ask(index, '"大同、签约"')["tier"] in ("partial", "none")


def test_a_particle_parts_what_is_asked_for(index: Path) -> None:
    assert ids(ask(index, "大同的签约")) == ids(ask(index, "大同 签约"))
    assert ask(index, "大同的签约")["tier"] == "cut"
    assert ask(index, "其目的在于")["tier"] == "exact", "a 的 inside a word parts nothing where the string stands"
    counts = ask(index, "晋城的光机电产业")["counts"]
    assert {"term": "晋城", "total": 0, "exact": True} in counts, "what there is none of is told by itself"


def test_parts_stand_in_the_order_in_which_they_were_typed(index: Path) -> None:
    answered = ask(index, "大同市2024年第三次开发区“三个一批”活动")
    assert answered["terms"] == ["大同市", "2024年第三次", "开发区", "三个一批", "活动"]


def test_spaces_between_han_characters_and_figures_do_not_matter(index: Path) -> None:
    for text in ("总投资 99.754 亿元", "总投资99.754亿元", "总投资９９.７５４亿元"):
        assert ids(ask(index, text))[0] == "datong-2024-3rd"


def test_other_names_stand_apart(index: Path) -> None:
    answered = ask(index, "阳泉高新技术产业开发区")
    assert answered["tier"] == "exact"
    assert "yangquan-project-drive" not in ids(answered)
    assert "yangquan-project-drive" in [result["id"] for result in answered["also"]]
    assert {"kind": "alias", "from": "阳泉高新技术产业开发区", "to": "阳泉高新区"} in answered["notes"]


def test_a_whole_name_is_told_beside_its_parts(index: Path) -> None:
    answered = ask(index, "孝义经开区")
    assert answered["tier"] == "cut"
    assert [(result["id"], result["via"]) for result in answered["also"]] == [("lvliang-zones-development", "孝义经济开发区")]


def test_traditional_characters(index: Path) -> None:
    assert ids(ask(index, "開發區")) == ids(ask(index, "开发区"))
    assert ask(index, "開發區")["notes"] == [{"kind": "simplified", "from": "開發區", "to": "开发区"}]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("datong", "大同市"),
        ("dt", "大同市"),
        ("changzhi", "长治市"),
        ("lvliang", "吕梁市"),
        ("xrjk", "新荣经开区"),
        ("xzkfq", "忻州经开区"),
        ("zgq", "综改区"),
    ],
)
def test_pinyin_suggests_places(index: Path, typed: str, name: str) -> None:
    suggested = ask(index, typed)["suggestions"]
    assert name in [suggestion["text"] for suggestion in suggested]
    assert all((PROJECT / "content" / f"{suggestion['url'].strip('/')}.md").is_file() for suggestion in suggested)


def test_syllables() -> None:
    assert syllables("fenglingdu", 3) == ("feng", "ling", "du")
    assert syllables("abc", 2) is None


def test_filters_and_sort(view: View, index: Path) -> None:
    everything = ids(ask(index, "开发区", limit=100))
    by_city = ids(ask(index, "开发区", limit=100, city="大同"))
    assert by_city == [id_ for id_ in everything if "大同市" in view.articles[id_].cities]
    assert by_city == ids(ask(index, "开发区", limit=100, city="datong"))
    issue = ids(ask(index, "开发区", limit=100, issue="2024-14"))
    assert issue == [id_ for id_ in everything if view.articles[id_].issue == "2024-14"]
    both = ids(ask(index, "开发区", limit=100, type=["feature", "编前语"]))
    assert both == [id_ for id_ in everything if view.articles[id_].type in ("feature", "editors_note")]
    newest = [article.id for article in view.newest_first]
    dated = ids(ask(index, "开发区", limit=100, sort="date"))
    assert dated == sorted(everything, key=newest.index)
    pages = [id_ for offset in range(0, 20, 5) for id_ in ids(ask(index, "开发区", limit=5, offset=offset))]
    assert pages == everything[:20]
    counted = ask(index, "开发区", facets=True)["facets"]
    assert sum(value["count"] for value in counted["issue"]) == len(everything)


# ---- 一句话答 ----

ANSWERS = [
    ("大同 签约 总投资", ["大同市，2024年第三次“三个一批”，签约一批总投资：19.31亿元"]),
    ("大同签约总投资", ["大同市，2024年第三次“三个一批”，签约一批总投资：19.31亿元"]),
    ("大同 总投资", ["大同市，2024年第三次“三个一批”，合计总投资：99.754亿元"]),
    ("大同市2024年第二次总投资", ["大同市，2024年第二次“三个一批”，合计总投资：80亿元"]),
    ("忻州 2024 第三次 签约 投资", ["忻州市，2024年第三次“三个一批”，签约一批总投资：50.59亿元"]),
    ("吕梁 投产率", ["吕梁市，投产率：88.2%"]),
    ("大同有多少个项目", ["大同市，2024年第三次“三个一批”，合计项目数：47个"]),
    ("大同总共有了多少项目", ["大同市，2024年第三次“三个一批”，合计项目数：47个"]),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS, ids=[text for text, _ in ANSWERS])
def test_answers(index: Path, text: str, expected: list[str]) -> None:
    assert [answer["text"] for answer in ask(index, text)["answers"]] == expected


def test_an_answer_names_all_places_that_print_it(index: Path) -> None:
    answer = ask(index, "大同 总投资")["answers"][0]
    assert answer["figure"] == "2024-after-0819.D1.l17c1"
    assert [other["figure"] for other in answer["also"]] == ["2024-after-0819.D1.l5c1"]
    assert answer["place"].endswith("D1版第17行")


@pytest.mark.parametrize(
    "text",
    ["大同", "总投资", "大同 签约", "大同 新能源 总投资", "长治 总投资", "大同 2023 总投资", "吕梁 签约率", "大同 签约 总投资 占比多少"],
)
def test_nothing_is_answered_without_an_exact_key(index: Path, text: str) -> None:
    assert ask(index, text)["answers"] == []


@pytest.mark.parametrize(
    ("text", "part", "url"),
    [
        ("大同 签约 总投资", "19.31亿元", "issues/2024-after-0819/datong-2024-3rd/#l23c"),
        ("忻州 2024 第三次 签约 投资", "50.59亿元", "issues/2024-after-0731/xinzhou-zones-2024/#l411c"),
        ("吕梁 投产率", "43.13%", "issues/2024-10/lvliang-zones-development/#l100c"),
        ("全省签约项目数", "194个", "issues/2024-after-0819/shanxi-2024-3rd/#l465c"),
        ("長治簽約項目數", "签约一批项目数：16个", "issues/2024-after-0819/changzhi-2024-3rd/#l131c"),
        # No event: the paper tells of all that was signed since 2023, which is no 批.
        ("运城经开区 签约 总投资", "运城经济技术开发区，签约总投资：383.47亿元", "issues/2024-after-0828/yuncheng-new-drivers/#l406c"),
        # Capitals as printed.
        ("大恒能源10gw光伏垂直一体化生产基地项目总投资", "大恒能源10GW光伏", "issues/2024-after-0731/jinzhong-zones-2024/#l105c"),
    ],
)
def test_the_real_figures_answer(whole: Path, text: str, part: str, url: str) -> None:
    answer = ask(whole, text)["answers"][0]
    assert part in answer["text"]
    assert answer["url"].startswith(url)


def test_the_real_figures_are_filters(whole: Path) -> None:
    facets = ask(whole, "项目", facets=True)["facets"]
    assert {"签约", "开工", "投产"} <= {value["value"] for value in facets["batch"]}
    assert "总投资" in {value["value"] for value in facets["indicator"]}


def test_without_figures_there_are_no_answers(view: View, tmp_path: Path) -> None:
    files = render_search(view)
    assert json.loads(files["manifest.json"])["answers"] is False
    assert ask(write_index(tmp_path, files), "大同 总投资")["answers"] == []


# ---- What may go wrong ----


HOSTILE = [
    "开" * 100_000,
    "开发区 " * 20_000,
    "<img src=x onerror=alert(1)>",
    ".*+?^${}()|[]\\",
    "\ud842\udfb7\ud842",
    "\udfb7 开发区",
    "\u0000\u0001",
    '"""""',
    "“”「」",
    "a" * 5000,
    "1" * 300,
    "大同" * 60,
    "\u202e开发区",
    "%E5%A4%A7",
    "constructor __proto__",
    "",
    " ",
]


def test_hostile_queries_get_plain_answers(index: Path) -> None:
    for text, reply in zip(HOSTILE, ask_engine(index, HOSTILE), strict=True):
        assert "answered" in reply, (text[:40], reply)
        assert reply["ms"] < 2000, text[:40]
        assert reply["answered"]["tier"] in ("exact", "all", "cut", "partial", "none")


def test_odd_options_are_harmless(index: Path) -> None:
    odd: list[dict[str, Any]] = [
        {"limit": -1},
        {"limit": 1e9},
        {"limit": "x"},
        {"offset": -3},
        {"city": []},
        {"city": "火星市"},
        {"sort": "?"},
    ]
    for options in odd:
        ask(index, "开发区", **options)
    assert ask(index, "开发区", city="火星市")["total"] == 0


def damaged(index: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The index with a piece cut short, and with a piece gone."""
    for how in ("short", "gone"):
        copy = write_index(
            folder / how, {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*") if path.is_file()}
        )
        for path in copy.rglob("terms/*.bin"):
            if how == "short":
                path.write_bytes(path.read_bytes()[:-20])
            else:
                path.unlink()
        yield how, copy


def test_a_damaged_index_is_said_to_be_so(index: Path, tmp_path: Path) -> None:
    for how, copy in damaged(index, tmp_path):
        reply = ask_engine(copy, ["开发区"])[0]
        assert "没有取全" in reply["error"], how


# ---- The files ----


def test_the_same_archive_gives_the_same_bytes(view: View) -> None:
    assert render_search(view) == render_search(View(read_archive(PROJECT)))


def test_figures_only_holds_no_full_text() -> None:
    files = render_search(View(read_archive(PROJECT), full_text=False))
    assert json.loads(files["manifest.json"])["full_text"] is False
    for name, data in files.items():
        if "/texts/" in name:
            for row in json.loads(zlib.decompress(data)):
                assert sum(len(text) for kind, _, text in row["segments"] if kind == "body") <= 61
                assert [kind for kind, _, _ in row["segments"] if kind == "printed"] == []
    whole = render_search(View(read_archive(PROJECT)))
    terms = [sum(len(zlib.decompress(data)) for name, data in one.items() if "/terms/" in name) for one in (files, whole)]
    assert terms[0] < terms[1] / 2


def test_files_are_small(view: View) -> None:
    files = render_search(view)
    assert sum(map(len, files.values())) < 150_000
    assert max(len(data) for data in files.values()) < 20_000
