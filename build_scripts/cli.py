"""The ``archive`` command. The only module that prints."""

import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click
from mkdocs.exceptions import Abort, ConfigurationError

from build_scripts.build import build_archive, check_archive, find_all_problems, read_view
from build_scripts.check import check_history, find_doubts
from build_scripts.cores import apart
from build_scripts.corrections import add_correction, explain_correction, list_corrections
from build_scripts.database import export_database
from build_scripts.draft_score import score_drafts
from build_scripts.errors import ArchiveError
from build_scripts.extract import explain_page, extract_page, extract_rows
from build_scripts.filing import explain_filing, file_page, next_steps
from build_scripts.issueclues import Request
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.layoutfile import CORRECTION_KINDS
from build_scripts.layout.render import render_layout
from build_scripts.layout.sheet import write_sheet
from build_scripts.messages import chinese_message
from build_scripts.progress import Advance
from build_scripts.score import score_archive
from build_scripts.site import build_site, serve_site
from build_scripts.source import read_page
from build_scripts.standing import Standing
from build_scripts.write import BUILD_FOLDER, archive_lock, check_site_folder, needs_recovery

DAY = click.DateTime(["%Y-%m-%d"])
BAD_INPUT = 2
DIFFERENT = 1


@contextmanager
def _refusing_bad_input(*, for_editors: bool = False) -> Iterator[None]:
    try:
        yield
    except ArchiveError as error:
        more = f" (and {len(error.also)} more: archive check lists them)" if error.also else ""
        chinese = f" / {chinese_message(error)}" if for_editors else ""
        click.echo(f"{error}{more}{chinese}", err=True)
        sys.exit(BAD_INPUT)


def _command(function: Callable[..., None]) -> Callable[..., None]:
    """What every command shares: ``--root``, and bad input as one line on stderr with exit status 2."""

    @click.option(
        "--root",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        help="Archive folder, with content/ in it. Default: the current folder.",
    )
    @wraps(function)
    def run(**options: Any) -> None:
        root = options["root"]
        with _refusing_bad_input():
            if needs_recovery(root):
                with archive_lock(root, _say_waiting):
                    click.echo("archive: took back what an interrupted run had left half made", err=True)
            function(**options)

    return run


def _say_doubts(root: Path) -> None:
    if count := len(find_doubts(root)):
        click.echo(f"archive: places that wait for an editor: {count}; `archive check` lists them")


def _say_waiting(holder: str) -> None:
    click.echo(f"archive: process {holder} is writing to this archive; waiting until it is done …", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kfq-archive")
def main() -> None:
    """Turns raw newspaper pages into a published archive.

    Exit status: 0 done, 1 a check failed, 2 bad input (one line on stderr: file, line, what was found, what was expected).
    """


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when the committed pages differ from what would be built.")
@click.option("--figures-only", is_flag=True, help="Citations, figures and short quotations; no full text anywhere.")
@_command
def build(root: Path, check: bool, figures_only: bool) -> None:
    """Sources → Markdown pages under content/ and data files under .build/."""
    if check:
        differences = check_archive(root, full_text=not figures_only)
        for line in differences:
            click.echo(line)
        click.echo(f"{len(differences)} differences; run `archive build`" if differences else "content/ is current")
        sys.exit(DIFFERENT if differences else 0)
    with archive_lock(root, _say_waiting):
        count = build_archive(root, full_text=not figures_only, progress=_progress)
    click.echo(f"archive: {count} files changed below {root / 'content'} and {root / BUILD_FOLDER}")
    _say_doubts(root)


@main.group()
def correct() -> None:
    """Corrections: what the paper prints, what it should read, and why. The printed reading is never lost."""


@correct.command("add")
@click.argument("page")
@click.option("--line", type=click.IntRange(min=1), required=True, help="Line of the raw page on which the printed reading begins.")
@click.option("--column", type=click.IntRange(min=0), help="Its column, where the line has the reading more than once.")
@click.option("--printed", required=True, help="As the page prints it, without spaces and line breaks.")
@click.option("--corrected", help="As it should read.")
@click.option("--unknown", is_flag=True, help="Certainly wrong, but what was meant cannot be known: the text stays as it is and is marked.")
@click.option(
    "--kind", type=click.Choice(CORRECTION_KINDS), required=True, help="glyph and ocr: extraction; typo, duplicate, number: the paper."
)
@click.option("--note", required=True, help="The reason, with its evidence, for readers.")
@click.option("--date", type=DAY, help="The day of the correction.")
@_command
def correct_add(root: Path, page: str, **options: Any) -> None:
    """Adds a correction to the layout of PAGE (2024-14/D1), where all comments stay. It is refused where the page does not print that."""
    if (options["corrected"] is None) != options.pop("unknown"):
        raise ArchiveError("archive correct add", 0, "has both or neither of --corrected and --unknown", "one of them")
    if options["date"]:
        options["date"] = options["date"].date().isoformat()
    with _refusing_bad_input(for_editors=True), archive_lock(root, _say_waiting):
        known = add_correction(root, page, **options)
    click.echo("\n".join(explain_correction(known)))
    click.echo(f"archive: written to {known.path}; `archive build` puts it into the pages")


@correct.command("list")
@click.argument("page", required=False)
@_command
def correct_list(root: Path, page: str | None) -> None:
    """Lists all corrections, or those of an issue (2024-14) or a PAGE (2024-14/D1), each with its place."""
    for known in list_corrections(root, page):
        item = known.correction
        reading = "?" if item.corrected is None else item.corrected
        click.echo(f"{known.path}:{known.line}: {known.place} {item.kind} {item.printed} → {reading}  {item.date or ''}".rstrip())


@correct.command("explain")
@click.argument("place")
@_command
def correct_explain(root: Path, place: str) -> None:
    """Explains the corrections on one line: PLACE is a page and a line, such as 2024-14/D1:138."""
    page, _, line = place.rpartition(":")
    if not line.isdecimal():
        raise ArchiveError(place, 0, "names no line", "a page and a line, such as 2024-14/D1:138")
    found = [known for known in list_corrections(root, page) if known.correction.place.line == int(line)]
    if not found:
        raise ArchiveError(place, 0, "has no correction", f"a line that has one; `archive correct list {page}` names them")
    click.echo("\n\n".join("\n".join(explain_correction(known)) for known in found))


SEVERITIES = {"error": "错误", "warning": "注意", "doubt": "待核"}


@main.command()
@_command
def check(root: Path) -> None:
    """Lists everything that is wrong with the archive, in English and Chinese, by file and line; exits 1 where anything fails.

    Schemas, invariants, corrections that no longer match, names that clash, references that lead nowhere, ids and pages of the last commit
    that are gone, and the places where a draft's doubt has not been settled. Only errors fail.
    """
    findings = find_all_problems(root)
    for finding in findings:
        click.echo(f"{finding.place}: {finding.severity}: {finding.message_en}")
        click.echo(f"    {SEVERITIES[finding.severity]}：{finding.message_zh}")
    counts = {name: sum(finding.severity == name for finding in findings) for name in SEVERITIES}
    click.echo(f"archive: {counts['error']} errors, {counts['warning']} warnings, {counts['doubt']} doubts to settle")
    click.echo(f"    错误 {counts['error']} 处，注意 {counts['warning']} 处，待核 {counts['doubt']} 处")
    sys.exit(DIFFERENT if counts["error"] else 0)


@main.command()
@click.option("--figures-only", is_flag=True, help="Citations, figures and short quotations; no full text anywhere.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site. Default: site/ below --root.")
@_command
def site(root: Path, figures_only: bool, out: Path | None) -> None:
    """Builds the pages, then the whole site, which replaces the old one when it is complete."""
    target = out or root / "site"
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    with archive_lock(root, _say_waiting):
        check_site_folder(root, target)
        standing = Standing(root, target, [os.environ.get("SITE_URL", ""), str(figures_only)])
        check_history(root)
        if standing.is_current():
            click.echo(f"archive: nothing has changed since {target}/ was built")
            _say_doubts(root)
            return
        apart(partial(build_archive, root, full_text=not figures_only, progress=_progress))
        if not os.environ.get("SITE_URL"):
            click.echo("archive: SITE_URL is not set: no canonical addresses, no sitemap and no feeds")
        try:
            count = build_site(root, target, progress=_progress)
        except (Abort, ConfigurationError) as error:
            raise click.ClickException(f"the site was not built: {error}") from error
        standing.remember()
    click.echo(f"archive: done, {count} files in {target}/")
    _say_doubts(root)


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
@_command
def serve(root: Path, address: str) -> None:
    """Serves the site and rebuilds it whenever a source, a layout or a template changes."""

    def rebuild() -> None:
        with archive_lock(root, _say_waiting):
            build_archive(root)

    rebuild()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        serve_site(root, address, rebuild)
    except (Abort, ConfigurationError) as error:
        raise click.ClickException(f"the site was not built: {error}") from error


@main.command()
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--layout", type=click.Path(path_type=Path), help="The page's layout file. Without one it is segmented automatically.")
@click.option("--issued", type=DAY, help="The day the issue appeared, such as 2024-08-22, where it is known.")
@click.option("--explain", is_flag=True, help="Print the steps by which each number was read, in reading order.")
@click.option("--json", "as_json", is_flag=True, help="Print issue, articles, figures, numbers, checks and proposals as JSON.")
def extract(page: Path, layout: Path | None, issued: datetime | None, explain: bool, as_json: bool) -> None:
    """Reads one raw page without touching the archive."""
    with _refusing_bad_input():
        found = extract_page(page, layout_path=layout, issued=issued.date() if issued else None)
    if explain:
        click.echo("\n".join(explain_page(found)))
    if as_json:
        click.echo(json.dumps(extract_rows(found), ensure_ascii=False, indent=1))
    if not (explain or as_json):
        unread = sum(number.label is None for number in found.figures.numbers)
        click.echo(
            f"{page}: {len(found.record.articles)} articles, {len(found.figures.numbers)} digit runs ({unread} undecided), "
            f"{len(found.figures.figures)} figures, {len(found.checks)} checks"
        )


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--issue", required=True, help="Id of the issue: 2024-15, or 2024-after-0819 where no number is known.")
@click.option("--page", required=True, help="The page's printed name, such as D1; unpaged-1 where none is printed.")
@click.option("--date", type=DAY, help="The day the issue appeared, where it is known.")
@click.option("--not-before", type=DAY, help="The latest day that the page reports on, where it is read wrongly.")
@click.option("--review", "reviews", is_flag=True, help="Go on to `archive review` of the page.")
@_command
def add(root: Path, file: Path, *, issue: str, page: str, date: datetime | None, not_before: datetime | None, reviews: bool) -> None:
    """Files the raw page FILE into the archive: its text, a drafted layout and its place in issue.yml; then says what to review.

    UTF-8 is kept byte for byte; UTF-8 with a mark, GB 18030 and UTF-16 are converted. All is written, or nothing.
    """
    request = Request(issue, page, date.date() if date else None, not_before.date() if not_before else None)
    with _refusing_bad_input(for_editors=True), archive_lock(root, _say_waiting):
        filing = file_page(root, file, request)
    click.echo("\n".join(explain_filing(filing, root, file)))
    me = "archive" if shutil.which("archive") else sys.argv[0]
    click.echo("archive: next / 接下来：\n" + "\n".join(f"  {row}" for row in next_steps(filing, root, me)))
    if reviews:
        _review(root, issue, page)


@main.command()
@click.argument("page", type=click.Path(path_type=Path))
@click.option(
    "--layout", type=click.Path(path_type=Path), help="With --html: show this layout file, finished or not, instead of a new draft."
)
@click.option("--html", type=click.Path(path_type=Path), help="Write page and layout side by side to this HTML file instead of printing.")
def draft(page: Path, layout: Path | None, html: Path | None) -> None:
    """Prints the proposed layout file of a raw page, with its reasons, for an editor to review."""
    with _refusing_bad_input():
        if layout and not html:
            raise ArchiveError("--layout", 0, "stands without --html", "both: without --html a new draft is printed")
        if html:
            count = write_sheet(page, layout, html)
            click.echo(f"archive: {html} shows {page} beside its articles; {count} places to settle")
            return
        raw = read_page(page, issue="", name="unpaged-1", source=page.as_posix())
        proposal = draft_layout(raw)
    click.echo(render_layout(proposal.layout, raw, proposal.reasons), nl=False)


@main.command()
@click.argument("place", metavar="ISSUE/PAGE")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: whichever is free.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser.", show_default=True)
@_command
def review(root: Path, place: str, port: int, opens: bool) -> None:
    """Settles a page's layout by looking at it, in the browser: archive review 2024-14/D1.

    The address works on this machine only and until the command ends; ending it loses nothing.
    """
    issue, _, name = place.partition("/")
    _review(root, issue, name, port=port, opens=opens)


def _review(root: Path, issue: str, name: str, *, port: int = 0, opens: bool = True) -> None:
    # Nothing else needs an HTTP server, and it takes a tenth of a second to load.
    from build_scripts.review.server import listen  # noqa: PLC0415
    from build_scripts.review.session import Session  # noqa: PLC0415

    server, address = listen(Session(root, issue, name), port)
    click.echo(f"archive: review {issue}/{name} at {address} (Ctrl-C ends it) / 在浏览器里打开这个地址核定（Ctrl-C 结束）")
    if opens:
        click.launch(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("archive: done")


@main.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--misses", is_flag=True, help="Also list every difference.")
@click.option("--draft", is_flag=True, help="Score the automatic segmentation instead of the reviewed layouts.")
@_command
def score(root: Path, gold: tuple[Path, ...], misses: bool, draft: bool) -> None:
    """Precision and recall of the archive against annotated pages."""
    table, missed = (score_drafts if draft else score_archive)(root, gold)
    for name, row in sorted(table.items()):
        click.echo(f"{row.hit:>5} of {row.of:<5} {row.share:>7.1%}  {name}")
    if misses:
        click.echo("\n".join(missed))


@main.command()
@click.option("--articles", type=click.IntRange(min=1), required=True, help="How many articles.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder of the new archive.")
@_command
def synth(root: Path, articles: int, out: Path) -> None:
    """Writes a synthetic archive, for measuring, from sentences of the archive at --root; truth/ says what its pages say."""
    from build_scripts.synth.pages import write_synthetic  # noqa: PLC0415

    count = write_synthetic(root, articles, out)
    click.echo(f"archive: {articles} articles in {count} files below {out}; build them with `archive build --root {out}`")


@main.command()
@click.option("--sqlite", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File of the database.")
@click.option("--figures-only", is_flag=True, help="Citations, figures and short quotations; no full text.")
@_command
def export(root: Path, sqlite: Path, figures_only: bool) -> None:
    """Writes the archive as one SQLite file with a full-text index, for SQL and for Datasette. See docs/sqlite.md."""
    with archive_lock(root, _say_waiting):
        counts = export_database(read_view(root, full_text=not figures_only, progress=_progress), sqlite)
    click.echo(f"archive: {', '.join(f'{count} {name}' for name, count in counts.items())} in {sqlite}")


@contextmanager
def _progress(step: str, total: int) -> Iterator[Advance]:
    """On a terminal a bar with what is being done, how far it is and how long it will take; elsewhere a line."""
    if not total:
        yield lambda count: None
    elif sys.stdout.isatty():
        with click.progressbar(length=total, label=f"archive: {step}", show_pos=True) as bar:
            yield bar.update
    else:
        click.echo(f"archive: {step} …")
        yield lambda count: None


if __name__ == "__main__":
    main()
