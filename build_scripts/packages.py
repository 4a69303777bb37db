"""Tables → data packages: everything, one issue or one city, each described field by field, and as one zip to take away.

Data Package, version 2 (https://datapackage.org/standard/). Nothing in a zip depends on the day it is made: entries are sorted and carry
the newest day that the package tells of. A package tells of nothing outside it, so a new issue leaves those of the others as they are.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.cache import Cache
from build_scripts.datareadme import render_readme
from build_scripts.dictionary import TABLES, Table
from build_scripts.fingerprint import content_key
from build_scripts.pages.view import View
from build_scripts.rows import Row
from build_scripts.tabular import Lines, Rows

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NOTICE = Path(__file__).resolve().parent.parent / "NOTICE"
WHOLE = "kfq-archive"
"""Name of the package of everything."""

DIRECT = ("figures",)
"""Tables of an issue or a city that can be had without unpacking: what most readers open in a spreadsheet. Each file more is as large
again as the whole archive's, twice: once by issue and once by city."""

_EARLIEST = (1980, 1, 1)
"""A zip cannot tell of an earlier day."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one package holds: its name (``kfq-2024-14``), its folder below ``data/``, and the rows of each table by index.

    A table that is not among ``keep`` has no file in the package.
    """

    name: str
    title: str
    folder: str
    day: str
    """ISO: the newest day that it tells of."""
    keep: Mapping[str, Sequence[int]]


def render_packages(
    view: View, tables: Sequence[Lines], scopes: Iterable[Scope], entities: bytes, cache: Cache | None = None
) -> Iterator[tuple[str, bytes]]:
    """Paths below ``data/`` with their contents: the package of everything, and those of ``scopes``. A ``cache`` keeps those for the next
    build."""
    keep = {table.name: range(len(table.json)) for table in tables}
    everything = Scope(WHOLE, "《科学导报·开发区建设专刊》题录与数据", "", view.archive.newest_day, keep)
    loose = _describe(everything, tables, full_text=view.full_text)
    # MkDocs would make a page of a README.md.
    for name, inside in (("datapackage.json", "datapackage.json"), ("README.txt", "README.md"), ("NOTICE.txt", "NOTICE.txt")):
        yield name, loose[inside]
    yield f"{WHOLE}.zip", render_zip(loose | _json_files(everything, tables) | {"entities.json": entities}, everything.day)
    del loose
    for scope in scopes:
        files = _describe(scope, tables, full_text=view.full_text)
        for name in DIRECT:
            yield f"{scope.folder}/{name}.csv", files[f"{name}.csv"]
        yield f"{scope.folder}/{scope.name}.zip", _kept_zip(files | _json_files(scope, tables), scope.day, cache)


def _kept_zip(files: Mapping[str, bytes], day: str, cache: Cache | None) -> bytes:
    """:func:`render_zip`, which takes most of the time that the data takes, done once for the same files."""
    key = content_key(
        b"zip",
        zlib.ZLIB_RUNTIME_VERSION.encode(),
        day.encode(),
        *(part for name, data in sorted(files.items()) for part in (name.encode(), data)),
    )
    packed = cache.get(key) if cache else None
    if packed is None:
        packed = render_zip(files, day)
        if cache:
            cache.put(key, packed)
    return packed


def issue_scopes(view: View, tables: Sequence[Rows]) -> list[Scope]:
    """One package for each issue: every row that comes from its pages."""
    issue_of = {article.id: article.issue for article in view.archive.articles}
    source_of = {record.page.source: issue.id for issue in view.archive.issues for record in issue.pages}
    keys: dict[str, Callable[[Row], str]] = {
        "issues": lambda row: str(row["id"]),
        "articles": lambda row: str(row["issue"]),
        "figures": lambda row: str(row["issue"]),
        "numbers": lambda row: source_of[row["source"]],
        "checks": lambda row: issue_of[row["article"]],
        "projects": lambda row: view.projects[row["id"]].home,
    }
    found: dict[str, dict[str, list[int]]] = {issue.id: {table.name: [] for table in tables} for issue in view.archive.issues}
    for table in tables:
        for at, row in enumerate(table.rows):
            found[keys[table.name](row)][table.name].append(at)
    return [
        Scope(
            f"kfq-{issue.id}",
            f"{issue.newspaper}·{issue.supplement} {issue.label}",
            f"issues/{issue.id}",
            issue.date or issue.not_before,
            found[issue.id],
        )
        for issue in view.archive.issues
    ]


def city_scopes(view: View, tables: Sequence[Rows]) -> list[Scope]:
    """One package for each city with articles or figures: the articles that report on it with all their figures and checks, and from other
    articles the figures about it. Digits and pages belong to issues, so the ledger of numbers is left out."""
    by_name = {table.name: table for table in tables}
    issue_at = {row["id"]: at for at, row in enumerate(by_name["issues"].rows)}
    article_at = {row["id"]: at for at, row in enumerate(by_name["articles"].rows)}
    figures_of, about_city, checks_of = defaultdict(list), defaultdict(list), defaultdict(list)
    for at, row in enumerate(by_name["figures"].rows):
        figures_of[row["article"]].append(at)
        if row["subject_type"] == "city":
            about_city[row["subject"]].append(at)
    for at, row in enumerate(by_name["checks"].rows):
        checks_of[row["article"]].append(at)
    scopes = []
    for city in view.cities.values():
        own = {article.id for article in view.by_city.get(city.name, ())}
        figures = sorted({at for article in own for at in figures_of[article]} | set(about_city[city.name]))
        articles = own | {by_name["figures"].rows[at]["article"] for at in figures}
        if not articles:
            continue
        kept = sorted(article_at[article] for article in articles)
        issues = sorted({issue_at[by_name["articles"].rows[at]["issue"]] for at in kept})
        checks = sorted(at for article in own for at in checks_of[article])
        projects = [at for at, row in enumerate(by_name["projects"].rows) if row["city"] == city.name]
        keep = {"issues": issues, "articles": kept, "figures": figures, "checks": checks, "projects": projects}
        day = max(row["date"] or row["not_before"] for row in (by_name["issues"].rows[at] for at in issues))
        scopes.append(Scope(f"kfq-{city.slug}", f"开发区专刊档案 {city.name}", f"cities/{city.slug}", day, keep))
    return scopes


def _describe(scope: Scope, tables: Sequence[Lines], *, full_text: bool) -> dict[str, bytes]:
    """The CSV files of a package with what describes them."""
    described = {table.name: table for table in TABLES}
    held = [table for table in tables if table.name in scope.keep]
    files = {f"{table.name}.csv": table.to_csv(scope.keep[table.name]) for table in held}
    version = hashlib.sha256(b"".join(files.values())).hexdigest()[:8]
    year, month, date = (int(part) for part in scope.day.split("-"))
    package = {
        "$schema": PROFILE,
        "name": scope.name,
        "title": scope.title,
        "description": "《科学导报·开发区建设专刊》的题录、数据与核对，非官方整理。Unofficial archive of a Shanxi newspaper supplement.",
        # The newest day that the data tells of, and a mark of its bytes: two packages of one version hold the same rows.
        "version": f"{year}.{month}.{date}+{version}",
        "licenses": [{"path": "NOTICE.txt", "title": "权利说明 Rights"}],
        "sources": [{"title": "科学导报·开发区建设专刊"}],
        "resources": [_resource(described[table.name], files[f"{table.name}.csv"], scope) for table in held],
    }
    counts = {table.name: len(scope.keep[table.name]) for table in held}
    return files | {
        "datapackage.json": (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode(),
        "README.md": render_readme(scope.title, str(package["version"]), counts, entities=not scope.folder, full_text=full_text).encode(),
        "NOTICE.txt": NOTICE.read_bytes(),
    }


def _json_files(scope: Scope, tables: Sequence[Lines]) -> dict[str, bytes]:
    return {f"{table.name}.json": table.to_json(scope.keep[table.name]) for table in tables if table.name in scope.keep}


def _resource(table: Table, data: bytes, scope: Scope) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": f"{table.title} {table.english}",
        "description": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": table_schema(table, scope.keep),
    }


_COLUMN_TYPES = {"list": "string", "object": "string"}


def table_schema(table: Table, held: Mapping[str, object]) -> dict[str, Any]:
    """The Table Schema of a CSV file; foreign keys lead to tables that are ``held`` in the same package."""
    fields = []
    for field in table.fields:
        if field.place == "json":
            continue
        # A list of records is told by its number in a cell of its own.
        kind = "integer" if field.name == "corrections" else _COLUMN_TYPES.get(field.type, field.type)
        entry: dict[str, Any] = {"name": field.name, "type": kind, "title": field.en, "description": field.zh}
        constraints: dict[str, Any] = {}
        if field.values:
            constraints["enum"] = [value for value, _ in field.values]
        if field.name in table.key:
            constraints["required"] = True
        fields.append(entry | ({"constraints": constraints} if constraints else {}))
    foreign = [{"fields": [column], "reference": {"resource": other, "fields": ["id"]}} for column, other in table.foreign if other in held]
    return {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]} | ({"foreignKeys": foreign} if foreign else {})


def render_zip(files: Mapping[str, bytes], day: str) -> bytes:
    """``files`` in one zip, sorted, each with the day ``day`` (ISO)."""
    year, month, date = (int(part) for part in day.split("-"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (*max((year, month, date), _EARLIEST), 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, data)
    return packed.getvalue()
