"""The verb: a figures file taken over whole, in one visible step, or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record
from vandong.planning.batches import Arrival, commit_batch, told_counts
from vandong.planning.figure_files.checking import FigureCheck
from vandong.planning.figure_files.lines import FigureSource
from vandong.planning.figure_files.openers import open_long_file
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.figure_files.stages import STAGES
from vandong.planning.file_subjects import already_made, make_announced
from vandong.planning.import_results import Advance, ImportResult, unheard
from vandong.planning.made_units import remember_made_units
from vandong.planning.staged_tables import (
    Counts,
    StagedTable,
    announced_in,
    lock_figures,
    match_live,
    replace_unit,
    take_over,
)
from vandong.sheets import SheetProblem

BATCH_KIND = "figures"
Opener = Callable[[Path, str], FigureSource]
"""From a path and the file's name to its lines. Raises SheetProblem."""


def import_figures(
    *,
    actor: Actor,
    path: Path,
    name: str,
    at: datetime,
    options: ImportOptions | None = None,
    opened: Opener = open_long_file,
    advance: Advance = unheard,
    batch_id: UUID | None = None,
) -> ImportResult:
    """Take over the figures of a file. Any problem means that nothing is stored, unless `accept_good`.

    Lines that stand already with the same value store nothing. `batch_id` names the batch that an upload
    made; without one a batch is made when there is something to store. Two imports wait for one another.
    Raises NotAllowed.
    """
    require(actor, Right.IMPORT_FIGURES)
    asked = options or ImportOptions()
    with transaction.atomic():
        check, result = checked_figures(
            actor=actor, path=path, name=name, at=at, options=asked, opened=opened, advance=advance
        )
        if check is None or (result.problems and not asked.accept_good):
            return result
        if result.new_count + result.changed_count == 0:
            return result
        advance(result.row_count, result.row_count, "import_storing")
        batch = commit_batch(
            Arrival(BATCH_KIND, path, name, asked.source_text, batch_id),
            result,
            actor=actor,
            at=at,
        )
        remember_made_units(batch, _make_units(check, actor, at))
        for stage in STAGES:
            take_over(stage, batch.pk, _fixed(stage, asked), asked.source_text or name)
        record(actor, "figures.imported", batch, None, told_counts(result, name), at)
    return replace(result, batch_id=batch.pk)


def checked_figures(
    *,
    actor: Actor,
    path: Path,
    name: str,
    at: datetime,
    options: ImportOptions,
    opened: Opener = open_long_file,
    advance: Advance = unheard,
) -> tuple[FigureCheck | None, ImportResult]:
    """Reads, checks and compares with the live figures, inside the caller's transaction.

    The check is None when the file cannot be read at all. From here on until the transaction ends, no
    other import or undo changes figures.
    """
    try:
        source = opened(path, name)
    except SheetProblem as problem:
        return None, ImportResult(problems=(problem.finding(),))
    check = FigureCheck(
        actor,
        source,
        today=localdate(at),
        may_create_units=options.create_units,
        advance=advance,
    )
    check.run()
    advance(check.row_count, check.row_count, "import_comparing")
    lock_figures()
    _adopt_made_units(check)
    counts = [match_live(stage, _fixed(stage, options)) for stage in STAGES]
    return check, _result(check, counts)


def _adopt_made_units(check: FigureCheck) -> None:
    """Another import may have made an announced unit while this file was read."""
    for number, unit_id in already_made(check.units.announced).items():
        check.units.announced.pop(number)
        _replace(number, unit_id)


def _make_units(check: FigureCheck, actor: Actor, at: datetime) -> list[int]:
    wanted = {number for stage in STAGES for number in announced_in(stage)}
    still = {number: unit for number, unit in check.units.announced.items() if number in wanted}
    made = make_announced(still, actor=actor, at=at)
    for number, unit_id in made.items():
        _replace(number, unit_id)
    return list(made.values())


def _replace(number: int, unit_id: int) -> None:
    for stage in STAGES:
        replace_unit(stage, number, unit_id)


def _fixed(stage: StagedTable, options: ImportOptions) -> tuple[object, ...]:
    return (options.source_kind,) if stage.fixed else ()


def _result(check: FigureCheck, counts: list[Counts]) -> ImportResult:
    return ImportResult(
        row_count=check.row_count,
        new_count=sum(one.new for one in counts),
        changed_count=sum(one.changed for one in counts),
        unchanged_count=sum(one.unchanged for one in counts),
        problems=tuple(check.problems),
        notes=tuple(check.notes),
    )
