"""The README of a data package: what a stranger needs who has the files and nothing else, in Chinese and in English."""

from collections.abc import Mapping
from functools import cache

from build_scripts.dictionary import PARTS, TABLES, Table

_HEAD = """\
# {title}

数据版本 {version}

《科学导报·开发区建设专刊》（山西）的题录、正文、数据与核对，**非官方整理**：由原版文字经程序按规则读出，编辑审定分稿与订正。
与《科学导报》及其主办单位没有隶属关系。{text_zh}

Articles, figures and checks from a newspaper supplement on the development zones of Shanxi, China. **Unofficial**: read from the printed
text by rules, with segmentation and corrections reviewed by an editor; not affiliated with the newspaper.{text_en}

## 文件 Files

| 文件 file | 行 rows | 内容 | content |
| --- | ---: | --- | --- |
{files}
| datapackage.json | | 各列的类型与含义，Data Package 2.0 | types and meanings of all columns |
| NOTICE.txt | | 权利说明 | rights |

{json_zh}CSV 为 UTF-8 编码，带 BOM 标记，Excel、WPS 可直接打开；一格中的多个值以“；”隔开；以 = + - @ 开头的文字前
加了单引号，以免被当作公式。空格（JSON 中为 null）是原刊没有印出或不能确定，**不是零**。

{json_en}CSV is UTF-8 with a byte order mark; items of a list are joined with ；; text that begins with = + - @ has an
apostrophe before it. An empty cell (null in JSON) means not printed or not certain, **never zero**.

    pandas.read_csv("figures.csv", encoding="utf-8-sig")      # Python
    readr::read_csv("figures.csv")                            # R

## 用前须知 Before use

- 数由程序读出，没有逐个人工审定；`url` 与 `line` 指向所印的位置，引用前请核对。口径（主体、范围、批次、活动、时段、实际或计划）不同的数不能
  相加。正确率与读法见本站“关于”页。
- Figures are read by a program and not each reviewed by hand; `url` and `line` lead to the print: check before you cite. Figures whose
  subject, scope, batch, event, period or status differ must not be added.
- `url` 相对于本站首页。`url` is relative to the site's base.

## 引用 Citing

    开发区专刊档案. {title}[DS]. 数据版本 {version}.

引用其中的报道或数字，请写原刊的期次、版次，并附 `url` 的固定链接。
To cite a report or a figure, name the newspaper's issue and page and add the permanent link in `url`.

## 权利 Rights

见 NOTICE.txt：数据与事实欢迎使用，请注明出处；原刊文字的权利属原刊及作者。
See NOTICE.txt: facts and figures are free to use with their source named; the newspaper's text belongs to its publisher and authors.

# 字段 Fields
"""


_OPEN = (
    "每个表有 CSV 和 JSON 两种，行数相同；CSV 放不下的嵌套内容只在 JSON 中。",
    "Each table comes as CSV and JSON with the same rows; what cells cannot hold is in JSON only. ",
)
_ZIPPED = (
    "本包只有 CSV。CSV 放不下的嵌套内容（各段的行号、每处订正、项目每次见报的位置等），以及市、开发区、企业、活动的名录，\n"
    "在本站的 JSON 文件中，全档案每表一个：data/articles.json、data/figures.json 等，名录为 data/entities.json；\n"
    "全部字段见本站 data/README.txt。\n\n",
    "This package holds CSV only. What cells cannot hold (the lines of each paragraph, every correction, every mention of a project) and\n"
    "the lists of cities, zones, firms and rounds are in the site's JSON files, one a table for the whole archive: data/articles.json,\n"
    "data/figures.json …, the lists in data/entities.json; all fields are told in the site's data/README.txt.\n\n",
)


def render_readme(title: str, version: str, counts: Mapping[str, int], *, zipped: bool, full_text: bool) -> str:
    """Markdown; ``counts`` has the rows of each table in the package. ``zipped``: it holds CSV files alone; otherwise it lies beside the
    JSON files and ``entities.json`` too."""
    held = [table for table in TABLES if table.name in counts]
    names = "{0}.csv" if zipped else "{0}.csv, {0}.json"
    files = "\n".join(f"| {names.format(table.name)} | {counts[table.name]} | {table.title} | {table.english} |" for table in held)
    if not zipped:
        zh, en = ("、".join(part.title for part in PARTS), ", ".join(part.english for part in PARTS))
        files += f"\n| entities.json | | {zh} | {en} |"
    json_zh, json_en = _ZIPPED if zipped else _OPEN
    head = _HEAD.format(
        title=title,
        version=version,
        files=files,
        text_zh="" if full_text else "本包不含报道全文。",
        text_en="" if full_text else " Without the reports' full text.",
        json_zh=json_zh,
        json_en=json_en,
    )
    return head + "".join(_fields(table, zipped=zipped) for table in (*held, *(() if zipped else PARTS)))


@cache
def _fields(table: Table, *, zipped: bool) -> str:
    lines = [
        f"\n## {table.name} {table.title}\n\n{table.about}\n\n| 字段 field | 类型 type | 含义 | meaning |\n| --- | --- | --- | --- |\n"
    ]
    for field in table.fields:
        if zipped and field.place == "json":
            continue
        note = (
            {"both": "", "json": "（仅 JSON only）", "csv": "（仅 CSV only）"}[field.place] if not zipped and "." not in table.name else ""
        )
        values = "；".join(f"{value} {meaning}".strip() for value, meaning in field.values)
        zh = f"{field.zh}。{values}" if values else field.zh
        lines.append(f"| `{field.name}`{note} | {field.type} | {zh} | {field.en} |\n")
    return "".join(lines)
