"""All columns of a list, one after the other, and what comes of them."""

import polars as pl

from vandong.intake.checking.amounts import check_amounts
from vandong.intake.checking.cells import FOUND, Cells, as_json
from vandong.intake.checking.coverage import check_coverage
from vandong.intake.checking.days import check_births, compare_with_number
from vandong.intake.checking.entries import entries
from vandong.intake.checking.names import check_names
from vandong.intake.checking.numbers import check_numbers
from vandong.intake.checking.places import check_texts, check_units
from vandong.intake.checking.repeats import check_repeats
from vandong.intake.checking.shapes import FINDINGS, FRAME, CheckContext, CheckedList
from vandong.intake.checking.words import check_words
from vandong.intake.mapping import ColumnMapping
from vandong.intake.reading import ROW, RawList


def check_list(raw: RawList, mapping: ColumnMapping, context: CheckContext) -> CheckedList:
    """All rows of a list, checked. Nothing is raised for what a list holds: it is said row by row."""
    frame, skipped = entries(raw, mapping)
    heads = {field: raw.heads[index] for field, index in mapping.columns}
    cells = Cells(context, frame, heads, dict(mapping.columns))
    del frame
    _say_faults(cells, raw, mapping)
    check_names(cells)
    check_births(cells)
    check_numbers(cells)
    check_words(cells)
    compare_with_number(cells)
    check_texts(cells)
    check_units(cells)
    check_coverage(cells)
    check_amounts(cells)
    check_repeats(cells, raw)
    return _sorted_out(cells, skipped)


def _say_faults(cells: Cells, raw: RawList, mapping: ColumnMapping) -> None:
    """Cells that the file itself could not give; one in a column that nobody reads is only noted."""
    fields = {index: field for field, index in mapping.columns}
    known = raw.faults.join(cells.frame.select(ROW), on=ROW, how="semi", maintain_order="left")
    for row, index, code, text, mild in known.iter_rows():
        values = pl.Series([as_json({"text": text})])
        column = fields.get(index)
        rows = pl.Series(ROW, [row], dtype=pl.Int64)
        cells.add(rows, values, column, code, column is not None and not mild)


def _sorted_out(cells: Cells, skipped: pl.DataFrame) -> CheckedList:
    found = pl.concat([pl.DataFrame(schema=FOUND), *cells.found])
    bad = found.filter("grave").select(pl.col(ROW).unique())
    made = [
        cells.made[name].cast(dtype).alias(name) for name, dtype in FRAME.items() if name != ROW
    ]
    good = pl.DataFrame([cells.frame[ROW], *made])
    cells.made.clear()
    if bad.height:
        good = good.join(bad, on=ROW, how="anti", maintain_order="left")
    texts = [one.name for one in good if one.dtype == pl.String and one.null_count()]
    return CheckedList(
        frame=good.with_columns(pl.col(texts).fill_null("")),
        problems=_findings(found.filter("grave")),
        notes=_findings(found.filter(~pl.col("grave"))),
        skipped=skipped,
    )


def _findings(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(*FINDINGS).sort(ROW, maintain_order=True)
