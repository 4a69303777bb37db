"""Pages of the indicators 指标: what each means, and every value of it with place, time and print."""

from build_scripts.lexicon.definitions import OTHER, Definition, load_definitions
from build_scripts.pages.document import Document, Meta
from build_scripts.pages.facts import fact_rows, group_by_kind
from build_scripts.pages.parts import split_documents
from build_scripts.pages.view import View

MOST = {"figures": 150}


def indicators_document(view: View) -> Document:
    """``indicators/index.md``: all that are defined, in the lexicon's order, with how many values there are."""
    rows = [
        {
            "name": definition.name,
            "url": f"indicators/{definition.slug}/" if definition.name in view.by_indicator else None,
            "unit": definition.unit,
            "text": definition.text,
            "count": len(view.by_indicator.get(definition.name, ())),
        }
        for definition in load_definitions().values()
    ]
    others = _other_names(view)
    meta: Meta = {
        "template": "indicators.html",
        "title": "指标",
        "description": "本档案所读各项指标的含义、单位与数值：项目数、总投资、预计年产值、开工率等。",
        "indicators": [row for row in rows if row["count"]],
        "without": [row for row in rows if not row["count"]],
        "others": {
            "url": f"indicators/{OTHER}/",
            "names": len(others),
            "count": sum(len(view.by_indicator[name]) for name in others),
        },
    }
    return Document("indicators/index.md", meta)


def _other_names(view: View) -> list[str]:
    return [name for name in view.by_indicator if name not in load_definitions()]


def indicator_documents(view: View) -> list[Document]:
    """``indicators/<slug>.md`` of each that has a value, and the pages of its years where it is long."""
    documents: list[Document] = []
    for definition in load_definitions().values():
        if definition.name in view.by_indicator:
            documents += _indicator_documents(definition, view)
    return documents + _other_documents(view)


def _indicator_documents(definition: Definition, view: View) -> list[Document]:
    figures = view.by_indicator[definition.name]
    meta: Meta = {
        "template": "indicator.html",
        "title": definition.name,
        "id": definition.slug,
        "url": f"indicators/{definition.slug}/",
        "name": definition.name,
        "unit": definition.unit,
        "text": definition.text,
        "basis": definition.basis,
        "main": any(figure.core for figure in figures),
    }
    return split_documents(
        Document(f"indicators/{definition.slug}.md", meta),
        {"figures": figures},
        MOST,
        view,
        year_of=view.year_of,
        render=lambda shown: {"groups": group_by_kind(fact_rows(shown["figures"], view))},
        describe=lambda shown: f"{definition.name}：{definition.text}",
    )


def _other_documents(view: View) -> list[Document]:
    """``indicators/other.md``: values under nouns of the paper's own that no indicator stands for."""
    names = set(_other_names(view))
    meta: Meta = {
        "template": "indicator.html",
        "title": "其他指标",
        "id": OTHER,
        "url": f"indicators/{OTHER}/",
        "name": "其他指标",
        "unit": "",
        "text": "原刊自己的说法，没有归入通用指标的，都列在这里，名目照录。",
        "basis": "本刊用法",
        "main": False,
    }
    return split_documents(
        Document(f"indicators/{OTHER}.md", meta),
        {"figures": view.newest(figure for figure in view.all_figures if figure.indicator in names)},
        MOST,
        view,
        year_of=view.year_of,
        render=lambda shown: {"groups": group_by_kind(fact_rows(shown["figures"], view))},
        describe=lambda shown: "没有归入通用指标的数，名目照原刊的说法。",
    )
