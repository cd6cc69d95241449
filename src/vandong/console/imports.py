"""What the commands that import files have in common: the bar, the document, the exit code."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from vandong.console.output import print_json, progress_bar
from vandong.console.problems import told
from vandong.console.wording import language
from vandong.kernel.findings import Finding
from vandong.phrases import finding_sentence, sentence
from vandong.planning.import_results import Advance, ImportResult
from vandong.planning.undoing import UndoOutlook

FilePath = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
        help="Tệp csv, xlsx hoặc xls. / A csv, xlsx or xls file.",
    ),
]
Source = Annotated[
    str,
    typer.Option(
        help="Nguồn ghi kèm mỗi số, mặc định là tên tệp."
        " / Source told with each figure, default the name of the file."
    ),
]
AcceptGood = Annotated[
    bool,
    typer.Option(
        "--accept-good",
        help="Nhận các dòng tốt dù có dòng sai. / Take the good rows although others have problems.",
    ),
]
BatchId = Annotated[UUID, typer.Argument(help="Mã của lần nhập. / The id of the import.")]


def with_bar(work: Callable[[Advance], ImportResult]) -> ImportResult:
    """Runs an import with a bar on a terminal."""
    with progress_bar(sentence("import_reading", {}, language())) as bar:

        def advance(done: int, total: int | None, step: str) -> None:
            bar(done, total)

        return work(advance)


def tell_import(result: ImportResult, *, as_json: bool) -> None:
    """The result as interface.md says; raises Exit(1) when there is any problem."""
    lang = language()
    if as_json:
        print_json(_document(result, lang))
    else:
        typer.echo(sentence(_summary_code(result), _counts(result), lang))
        if result.batch_id is not None:
            typer.echo(sentence("import_batch", {"batch": str(result.batch_id)}, lang))
    tell_on_stderr([*result.notes, *result.problems], lang)
    if result.problems:
        raise typer.Exit(1)


def tell_on_stderr(findings: Sequence[Finding], lang: str) -> None:
    """One sentence a line."""
    for finding in findings:
        typer.echo(finding_sentence(finding, lang), err=True)


def tell_undo(done: UndoOutlook, *, as_json: bool) -> None:
    """What was taken back, what lives again, what later batches had changed."""
    values: dict[str, object] = {
        "taken_back": done.taken_back_count,
        "revived": done.revived_count,
        "changed_since": done.changed_since_count,
    }
    going, staying = list(done.units.going), list(done.units.staying)
    if as_json:
        units = {"units_removed": going, "units_kept": staying}
        print_json({"batch": done.batch_id, **values, **units})
        return
    typer.echo(sentence("import_undone", values, language()))
    for code, names in (("import_units_removed", going), ("import_units_kept", staying)):
        if names:
            typer.echo(sentence(code, {"names": names}, language()))


def _document(result: ImportResult, lang: str) -> dict[str, object]:
    return {
        "rows": result.row_count,
        "accepted": result.accepted_count,
        "unchanged": result.unchanged_count,
        "new": result.new_count,
        "changed": result.changed_count,
        "batch": result.batch_id,
        "problems": told(result.problems, lang),
        "notes": told(result.notes, lang),
    }


def _summary_code(result: ImportResult) -> str:
    if result.batch_id is not None:
        return "import_stored"
    return "import_refused" if result.problems else "import_unchanged"


def _counts(result: ImportResult) -> dict[str, object]:
    return {
        "rows": result.row_count,
        "accepted": result.accepted_count,
        "unchanged": result.unchanged_count,
        "problems": len(result.problems),
    }
