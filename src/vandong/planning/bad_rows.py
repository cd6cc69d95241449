"""The faulty rows of a file, to be mended and sent again: the sender's own layout, the reason beside."""

from collections.abc import Iterator, Sequence

from vandong.documents.models import Batch
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.phrases import sentence
from vandong.planning.batch_reading import batch_findings, read_problem
from vandong.planning.file_words import FIGURE_COLUMNS, PLAN_COLUMNS, known_names
from vandong.planning.undoing import FIGURES
from vandong.planning.uploads import upload_path
from vandong.sheets import SheetProblem, Table, open_table

REASON = "Lý do"


def bad_rows_file(batch: Batch, lang: str) -> bytes:
    """An xlsx file. Raises SheetProblem when the file itself could not be read: there are no rows then."""
    reasons = _reasons(batch, lang)
    table = _table(batch)
    heads = [column.path or ("",) for column in table.header]
    return returned_sheet(
        ReturnedSheet(
            heads=[*heads, (REASON,)],
            rows=_rows(table, reasons),
            titles=table.titles,
            noted_columns=1,
        )
    )


def _table(batch: Batch) -> Table:
    path, name = upload_path(batch), batch.options["name"]
    if "wide" in batch.options:
        return open_table(path, name)
    columns = FIGURE_COLUMNS if batch.kind == FIGURES else PLAN_COLUMNS
    return open_table(path, name, wanted=known_names(columns))


def _reasons(batch: Batch, lang: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in batch_findings(batch, are_notes=False).iterator():
        if row.row is not None:
            finding = read_problem(row)
            said = sentence(finding.code, finding.values, lang)
            place = f"{row.column}: " if row.column else ""
            found.setdefault(row.row, []).append(f"{place}{said}")
    return found


def _rows(table: Table, reasons: dict[int, list[str]]) -> Iterator[Sequence[str]]:
    try:
        for row in table.rows():
            if row.number in reasons:
                yield [*(cell or "" for cell in row.cells), " ".join(reasons[row.number])]
    except SheetProblem as problem:
        said = reasons.get(problem.row or 0, [])
        yield [*[""] * len(table.header), " ".join(said)]
