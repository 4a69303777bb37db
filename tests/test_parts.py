"""Long lists in parts: nothing lost, nothing twice, no page too long, and what is added later leaves the older pages alone."""

from hypothesis import given
from hypothesis import strategies as st

from build_scripts.pages.document import Document
from build_scripts.pages.parts import split_documents, split_lists
from build_scripts.pages.view import View
from build_scripts.records import Archive

MOST = {"articles": 3, "mentions": 5}
VIEW = View(Archive((), {}, {}, ()))

Item = tuple[int, int]
"""Year and running number."""


def year_of(item: Item) -> int:
    return item[0]


lists = st.lists(st.tuples(st.integers(2019, 2024), st.sampled_from(sorted(MOST)))).map(
    lambda items: {name: [(year, number) for number, (year, own) in reversed([*enumerate(sorted(items))]) if own == name] for name in MOST}
)


def pages_of(of: dict[str, list[Item]]) -> dict[str, dict[str, list[Item]]]:
    """Path → what each list shows there."""
    whole = Document("cities/x.md", {"title": "某市", "url": "cities/x/"})
    documents = split_documents(
        whole,
        of,
        MOST,
        VIEW,
        year_of=year_of,
        describe=lambda shown: "报道。",
        render=lambda shown: {name: list(own) for name, own in shown.items()},
    )
    return {document.path: {name: document.meta[name] for name in MOST} for document in documents}


@given(lists)
def test_the_years_hold_everything_once_and_no_page_is_long(of: dict[str, list[Item]]) -> None:
    parts = split_lists(of, MOST, year_of)
    for name, items in of.items():
        if not parts:
            assert len(items) <= MOST[name]
            continue
        assert sorted(item for part in parts for item in part.lists[name]) == sorted(items)
        for part in parts:
            assert len(part.lists[name]) <= MOST[name]
            assert {item[0] for item in part.lists[name]} <= {part.year}
            assert list(part.lists[name]) == sorted(part.lists[name], reverse=True)
    assert [(part.year, part.number) for part in parts] == sorted({(part.year, part.number) for part in parts}, reverse=True)


@given(lists)
def test_the_first_page_keeps_its_address_and_shows_the_newest(of: dict[str, list[Item]]) -> None:
    first = pages_of(of)["cities/x.md"]
    for name, items in of.items():
        assert first[name] == items[: len(first[name])]
        assert min(MOST[name], len(items)) <= len(first[name]) < 2 * MOST[name]


@given(lists, st.sampled_from(sorted(MOST)))
def test_what_is_added_touches_the_first_page_and_makes_a_page_of_what_it_pushes_off(of: dict[str, list[Item]], name: str) -> None:
    newest = max((item for items in of.values() for item in items), default=(2024, 0))
    before = pages_of(of)
    after = pages_of({**of, name: [(newest[0], newest[1] + 1), *of[name]]})
    changed = {path for path in before if after[path] != before[path]}
    assert before.keys() <= after.keys()
    assert len(changed) <= 2


@given(lists)
def test_every_item_stands_once(of: dict[str, list[Item]]) -> None:
    pages = pages_of(of)
    for name, items in of.items():
        assert sorted(item for page in pages.values() for item in page[name]) == sorted(items)
    assert all(any(page.values()) for path, page in pages.items() if path != "cities/x.md")


@given(lists, st.lists(st.sampled_from(sorted(MOST)), max_size=12))
def test_what_has_a_page_of_a_year_stays_there(of: dict[str, list[Item]], names: list[str]) -> None:
    """Only when a piece leaves the first page does a page of a year change, or come to be."""
    year, number = max((item for items in of.values() for item in items), default=(2024, 0))
    touched = 0
    for name in names:
        before, number = pages_of(of), number + 1
        of = {**of, name: [(year, number), *of[name]]}
        after = pages_of(of)
        first = "cities/x.md"
        assert all(set(page[one]) <= set(after[path][one]) for path, page in before.items() if path != first for one in MOST)
        left = {one: set(before[first][one]) - set(after[first][one]) for one in MOST}
        changed = {path for path in after if path != first and after[path] != before.get(path)}
        assert bool(changed) == any(left.values())
        touched += len(changed)
    assert touched <= sum(names.count(name) // MOST[name] + 2 for name in MOST)


def test_parts_lead_to_each_other_and_back() -> None:
    whole = Document("cities/x.md", {"title": "某市", "url": "cities/x/"})
    of = {"articles": [(2025, 11), (2024, 10), (2024, 9), (2023, 8), (2023, 7), (2023, 6), (2023, 5), (2022, 4)], "mentions": []}
    documents = split_documents(whole, of, MOST, VIEW, year_of=year_of, describe=lambda shown: "报道。", render=lambda shown: {})
    assert [(document.path, document.meta["url"]) for document in documents] == [
        ("cities/x.md", "cities/x/"),
        ("cities/x/2023/2.md", "cities/x/2023/2/"),
        ("cities/x/2023.md", "cities/x/2023/"),
        ("cities/x/2022.md", "cities/x/2022/"),
    ]
    assert [(year["label"], year["url"]) for year in documents[0].meta["years"]] == [
        ("2023年（2）", "cities/x/2023/2/"),
        ("2023年", "cities/x/2023/"),
        ("2022年", "cities/x/2022/"),
    ]
    middle, last, older = (document.meta for document in documents[1:])
    assert (middle["previous"]["url"], middle["next"]) == ("cities/x/2023/", None)
    assert (last["previous"]["url"], last["next"]["url"]) == ("cities/x/2022/", "cities/x/2023/2/")
    assert (older["previous"], older["next"]) == (None, None)
    assert middle["part"] == {"label": "2023年（2）", "name": "某市", "url": "cities/x/"}
    assert middle["counts"] == {"articles": 1, "mentions": 0}
    assert documents[0].meta["counts"] == {"articles": 8, "mentions": 0}
