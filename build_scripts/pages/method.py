"""What stands behind the figures: how right they are on annotated pages, measured anew by each build, and the cases of every rule."""

from collections.abc import Mapping
from pathlib import Path

from build_scripts.casefiles import read_case_file
from build_scripts.draft_score import score_drafts
from build_scripts.pages.document import Document, Meta
from build_scripts.score import Tally, score_archive
from build_scripts.score_fragments import score_fragments

CASE_FILES = ("figures-labels", "figures-indicators", "figures-context", "figures-basis")
"""Those about reading figures, in the order in which a figure is read."""

MEASURES = {
    "articles: exactly the right lines": "稿件所含的行完全正确",
    "articles: title": "主标题",
    "articles: kicker": "引题",
    "articles: subtitle": "副题",
    "articles: authors": "署名",
    "articles: paragraph starts (precision)": "段落起点（查准）",
    "articles: paragraph starts (recall)": "段落起点（查全）",
    "articles: cities (precision)": "所报道的市（查准）",
    "articles: cities (recall)": "所报道的市（查全）",
    "articles: zones (precision)": "文中的开发区（查准）",
    "articles: zones (recall)": "文中的开发区（查全）",
    "errata noted": "原刊错字已注明",
    "corrections that an annotator made too": "订正与标注者一致",
    "digit runs accounted for": "每处数字都有归类",
    "digit runs: label": "数字的类别",
    "dates": "日期",
    "not taken for a quantity": "不是数量的没有误作数量",
    "quantities: value and unit": "数值和单位",
    "quantities: hedge": "概数的说法",
    "quantities: status": "实际或计划",
    "quantities: indicator": "指标",
    "core figures: recall": "主要数据（查全）：指标、主体、批次、数值、单位全对",
    "core figures: precision": "主要数据（查准）：同上",
    "core figures: event": "主要数据属于哪一次活动",
    "articles exactly right": "稿件的划分完全正确",
    "lines in the right article": "各行归入正确的稿件",
    "titles": "主标题",
    "kickers": "引题",
    "subtitles": "副题",
    "bylines": "署名",
    "section heads": "小标题",
    "types": "体裁",
    "paragraph starts: precision": "段落起点（查准）",
    "paragraph starts: recall": "段落起点（查全）",
    "paragraph starts: F1": "段落起点（二者合计）",
}
"""What ``archive score`` measures, in readers' words and in their order."""


def accuracy_document(root: Path) -> Document | None:
    """``about/accuracy.md``, measured on the annotated pages beside the archive; ``None`` where there are none."""
    gold = root / "tests/gold"
    pages, fragments = sorted(gold.glob("*.json")), sorted((gold / "fragments").glob("*.json"))
    if not pages:
        return None
    meta: Meta = {
        "template": "accuracy.html",
        "title": "读得有多准",
        "description": "对照人工标注的版面和没有见过的报道，逐项量出的查准率与查全率，每次生成网站时重新计算。",
        "pages": len(pages),
        "fragments": len(fragments),
        "reviewed": _rows(score_archive(root, pages)[0]),
        "unseen": _rows(score_fragments(fragments)[0]),
        "draft": _rows(score_drafts(root, pages)[0]),
    }
    return Document("about/accuracy.md", meta)


def _rows(table: Mapping[str, Tally]) -> list[Meta]:
    """Hits and chances of each measure; a measure without a name in :data:`MEASURES` is an error, not left out."""
    return [{"name": MEASURES[name], "hit": table[name].hit, "of": table[name].of} for name in sorted(table, key=list(MEASURES).index)]


def case_documents(folder: Path) -> list[Document]:
    """``about/cases.md`` and a page for each case file in ``folder``."""
    files = [(name, *read_case_file(folder / f"{name}.md")) for name in CASE_FILES]
    rows = [{"name": name, "title": title, "url": f"about/cases/{name}/", "count": len(cases)} for name, title, cases in files]
    index: Meta = {
        "template": "cases.html",
        "title": "规则的例子",
        "description": "读数的每一条规则都有正反两面的例子，测试逐条运行；这里照测试所用的原样列出。",
        "files": rows,
    }
    documents = [Document("about/cases/index.md", index)]
    for (name, title, cases), row in zip(files, rows, strict=True):
        meta: Meta = {
            "template": "case_file.html",
            "title": f"规则的例子：{title}",
            "description": f"程序怎样读数：{title}，{len(cases)}个例子，每个写明原文、读出的结果和理由。",
            "name": title,
            "file": row,
            "cases": [
                {
                    "id": case.id,
                    "reason": case.reason,
                    "lines": case.text.split("\n"),
                    "columns": list(case.columns),
                    "rows": case.rows,
                    "fails": case.known_failure,
                }
                for case in cases
            ],
        }
        documents.append(Document(f"about/cases/{name}.md", meta))
    return documents
