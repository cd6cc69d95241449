"""All columns of a list, one after the other, and what comes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from vandong.intake.checking.shapes import (
    FINDINGS,
    FRAME,
    CheckContext,
    CheckedList,
    FindUnits,
    FoundUnit,
)
from vandong.intake.checking.words import check_words
from vandong.intake.mapping import ColumnMapping
from vandong.intake.reading import ROW, RawList

SLICE_ROWS = 200_000
"""Rows checked at a time: what is made on the way stays small beside the list itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of the frame. `constants`: columns that say the same in every row and lie in memory once."""

    frame: pl.DataFrame
    constants: Mapping[str, str | None]

    def without(self, refused: pl.Series) -> pl.DataFrame:
        """The other rows; what lay in memory once still does."""
        kept = self.frame.drop(self.constants).filter(~refused)
        shared: dict[tuple[str, str | None], pl.Series] = {}
        for name, value in self.constants.items():
            dtype = FRAME[name]
            key = (str(dtype), value)
            if key not in shared:
                shared[key] = pl.repeat(value, kept.height, dtype=dtype, eager=True)
                shared[key] = shared[key].fill_null("") if dtype == pl.String else shared[key]
            kept.insert_column(kept.width, shared[key].alias(name))
        return kept.select(*FRAME)


def check_list(raw: RawList, mapping: ColumnMapping, context: CheckContext) -> CheckedList:
    """All rows of a list, checked. Nothing is raised for what a list holds: it is said row by row."""
    frame, skipped = entries(raw, mapping)
    heads = {field: raw.heads[index] for field, index in mapping.columns}
    context = replace(context, find_units=_remembering(context.find_units))
    whole = Cells(context, frame, heads, dict(mapping.columns))
    parts = []
    for start in range(0, max(frame.height, 1), SLICE_ROWS):
        cells = Cells(context, frame.slice(start, SLICE_ROWS), heads, whole.places)
        _say_faults(cells, raw, mapping)
        _check_columns(cells)
        parts.append(_typed(cells))
        whole.found += cells.found
    _check_whole(whole, raw, parts)
    return _sorted_out(whole, parts, skipped)


def _remembering(find_units: FindUnits) -> FindUnits:
    """Asks for each text once."""
    known: dict[str, FoundUnit | str] = {}
    asked: set[str] = set()

    def find(texts: Sequence[str]) -> Mapping[str, FoundUnit | str]:
        unasked = [text for text in texts if text not in asked]
        asked.update(unasked)
        known.update(find_units(unasked) if unasked else {})
        return known

    return find


def _check_columns(cells: Cells) -> None:
    """The order matters: a number tells sex and year where no column does, amounts and days know the scheme."""
    check_names(cells)
    check_births(cells)
    check_numbers(cells)
    check_words(cells)
    compare_with_number(cells)
    check_texts(cells)
    check_units(cells)
    check_coverage(cells)
    check_amounts(cells)


def _check_whole(whole: Cells, raw: RawList, parts: list[Part]) -> None:
    """What only all rows together tell."""
    for name in ("personal_id", "si_number", "name_fold", "sex", "birth_on"):
        whole.made[name] = pl.concat([part.frame[name] for part in parts])
    repeats = check_repeats(whole, raw)
    if repeats.null_count() < len(repeats):
        start = 0
        for at, part in enumerate(parts):
            rows = part.frame.height
            frame = part.frame.with_columns(repeats=repeats.slice(start, rows))
            constants = {name: one for name, one in part.constants.items() if name != "repeats"}
            parts[at] = Part(frame, constants)
            start += rows


def _say_faults(cells: Cells, raw: RawList, mapping: ColumnMapping) -> None:
    """Cells that the file itself could not give; one in a column that nobody reads is only noted."""
    fields = {index: field for field, index in mapping.columns}
    known = raw.faults.join(cells.frame.select(ROW), on=ROW, how="semi", maintain_order="left")
    for row, index, code, text, mild in known.iter_rows():
        values = pl.Series([as_json({"text": text})])
        column = fields.get(index)
        rows = pl.Series(ROW, [row], dtype=pl.Int64)
        cells.add(rows, values, column, code, column is not None and not mild)


def _typed(cells: Cells) -> Part:
    """The made columns in their types, refused rows among them."""
    columns, constants = [cells.frame[ROW]], {}
    for name, dtype in FRAME.items():
        if name == ROW:
            continue
        made = cells.made.pop(name, cells.nothing(dtype))
        if cells.is_constant(made):
            constants[name] = made[0] if len(made) else None
        column = made.cast(dtype)
        blank = dtype == pl.String and column.null_count()
        columns.append((column.fill_null("") if blank else column).alias(name))
    return Part(pl.DataFrame(columns), constants)


def _sorted_out(whole: Cells, parts: list[Part], skipped: pl.DataFrame) -> CheckedList:
    """Good rows apart from what was said; parts are let go as they are copied."""
    found = pl.concat([pl.DataFrame(schema=FOUND), *whole.found]).sort(ROW, maintain_order=True)
    whole.found.clear()
    whole.made.clear()
    bad = found.filter("grave")[ROW].unique().implode()
    good = []
    while parts:
        part = parts.pop(0)
        refused = part.frame[ROW].is_in(bad)
        good.append(part.without(refused) if refused.any() else part.frame)
    return CheckedList(
        frame=pl.concat(good, rechunk=False),
        problems=found.filter("grave").select(*FINDINGS),
        notes=found.filter(~pl.col("grave")).select(*FINDINGS),
        skipped=skipped,
    )
