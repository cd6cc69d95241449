"""`vandong law changes`: everyone on a list whose payment is another from a day to come on."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Shown

from vandong.advice.documents.changes import (
    ChangeReport,
    changes_document,
    law_lines,
    note_sentences,
)
from vandong.advice.documents.changes_paper import people_table, person_lines, summary_table
from vandong.advice.payers_file import PayersFile, read_payers
from vandong.console.output import AsJson, print_json, progress_bar
from vandong.console.problems import Problem, told
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.kernel.numbers import format_count, format_signed
from vandong.law import law_book
from vandong.papers.content import Cell, Look, Table
from vandong.papers.csv_text import csv_bytes
from vandong.papers.xlsx import workbook
from vandong.phrases import finding_sentence, sentence
from vandong.phrases.forms import in_language
from vandong.sheets import open_table

_SHOWN_PEOPLE, _SHOWN_PROBLEMS = 20, 20
_WIDTH = 140

File = Annotated[
    Path,
    typer.Argument(
        help="Danh sách người đóng (csv, xlsx, xls): cột income, method; có thể thêm id, name, group, "
        "months_supported, local_rate, local_amount. / List of payers (csv, xlsx, xls): columns income, "
        "method; where wanted id, name, group, months_supported, local_rate, local_amount.",
        exists=True,
        dir_okay=False,
    ),
]
At = Annotated[
    str, typer.Option("--at", help="Ngày thay đổi, ví dụ 2027-01-01. / The day of the change.")
]
Before = Annotated[
    str,
    typer.Option(
        "--before",
        help="Ngày so sánh, mặc định ngày liền trước. / Day compared with, default the day before.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Ghi đủ danh sách ra tệp .xlsx hoặc .csv. / Write the list to .xlsx or .csv."
    ),
]


def register(group: typer.Typer) -> None:
    """Adds `changes` to `vandong law`."""
    group.command("changes")(changes)


def changes(
    file: File, *, at: At, before: Before = "", out: Out = None, as_json: AsJson = False
) -> None:
    """Ai đổi mức đóng từ một ngày tới, cả hai mức. / Whose payment changes from a day on, both amounts."""
    after = parse_day(at)
    now = parse_day(before) if before else after - timedelta(days=1)
    if now >= after:
        raise Problem.of("changes_days_wrong_order", before=now, after=after)
    _check_out(out)
    book, lang = law_book(), language()
    table = open_table(file, file.name, wanted=("income", "method"))
    with progress_bar(sentence("changes_reading", {"name": file.name}, lang)) as advance:
        found = read_payers(book, table, now, advance)
    report = ChangeReport(book, found.payers, now, after, found.lines_read)
    if out:
        _write(report, out, lang)
    if as_json:
        document = changes_document(report, lang)
        print_json({**document, "problems": told(found.problems, lang)})
    else:
        _print(report, out, lang)
        _print_problems(found, lang)
    if found.problems:
        raise typer.Exit(1)


def _check_out(out: Path | None) -> None:
    """What is written must have a known ending, its folder, and replace nothing."""
    if out is None:
        return
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise Problem.of("changes_out_unknown", path=str(out))
    if out.exists():
        raise Problem.of("changes_out_exists", path=str(out))
    if not out.parent.is_dir():
        raise Problem.of("changes_out_no_folder", path=str(out))


def _write(report: ChangeReport, out: Path, lang: str) -> None:
    people = people_table(report, lang)
    if out.suffix.lower() == ".csv":
        content = csv_bytes(people)
    else:
        notes = [*law_lines(report, lang), *note_sentences(report, lang)]
        content = workbook([people, summary_table(report, lang)], notes=notes)
    out.write_bytes(content)


def _print(report: ChangeReport, out: Path | None, lang: str) -> None:
    screen = Console(highlight=False, markup=False, soft_wrap=True)
    days = {"before": report.before, "after": report.after}
    screen.print(sentence("changes_title", days, lang))
    screen.print(sentence("changes_counts", report.counts, lang))
    for line in law_lines(report, lang):
        screen.print(f"  · {line}")
    if report.changes.height:
        screen.print()
        _print_table(summary_table(report, lang), lang)
    else:
        screen.print(sentence("changes_nobody", {"after": report.after}, lang))
    if report.changes.height and out is None:
        screen.print()
        for line in person_lines(report, lang, _SHOWN_PEOPLE):
            screen.print(f"  {line}")
        if report.changes.height > _SHOWN_PEOPLE:
            screen.print(sentence("changes_shown_first", {"count": _SHOWN_PEOPLE}, lang))
    screen.print()
    for note in note_sentences(report, lang):
        screen.print(f"  ! {note}")
    if out:
        values = {"count": report.changes.height, "path": str(out)}
        screen.print(sentence("changes_written", values, lang))


def _print_table(table: Table, lang: str) -> None:
    """As wide as its numbers need: no amount is cut."""
    shown = Shown(show_edge=False, pad_edge=False, box=None)
    for column in table.columns:
        shown.add_column(column.label, justify="left" if column.look is Look.TEXT else "right")
    for row in (*table.rows, *([table.total] if table.total else [])):
        cells = zip(table.columns, row, strict=True)
        shown.add_row(*(_text(cell, column.look, lang) for column, cell in cells))
    Console(highlight=False, markup=False, width=_WIDTH).print(shown)


def _text(cell: Cell, look: Look, lang: str) -> str:
    if isinstance(cell, int):
        written = format_signed(cell) if look is Look.CHANGE else format_count(cell)
        return in_language(written, lang)
    return "–" if cell is None else str(cell)


def _print_problems(found: PayersFile, lang: str) -> None:
    """On stderr, the first of them; --json has all."""
    if found.unused:
        values = {"columns": ", ".join(found.unused)}
        typer.echo(sentence("changes_columns_unused", values, lang))
    if not found.problems:
        return
    typer.echo(sentence("changes_bad_rows", {"count": len(found.problems)}, lang), err=True)
    for problem in found.problems[:_SHOWN_PROBLEMS]:
        typer.echo(finding_sentence(problem, lang), err=True)
