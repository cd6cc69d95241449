"""The work of the check's job: what a file would bring, every problem, and examples of what would change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vandong.accounts.queries.scope import Actor
from vandong.documents.models import Batch, BatchProblem, BatchState
from vandong.figures.models import Observation, PrintedFigure
from vandong.jobs.values import kept
from vandong.kernel.findings import Finding
from vandong.places.models import Unit
from vandong.planning.batch_reading import readable_batch
from vandong.planning.figure_files.importing import checked_figures
from vandong.planning.figure_files.openers import is_long_file
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.figure_files.stages import OBSERVATIONS, PRINTED
from vandong.planning.import_results import Advance, ImportResult, unheard
from vandong.planning.plan_files.comparing import Comparison
from vandong.planning.plan_files.importing import checked_plans
from vandong.planning.undoing import FIGURES
from vandong.planning.uploads import opener_of, upload_path
from vandong.sheets import SheetProblem

EXAMPLES = 10
Example = dict[str, Any]
"""What a page shows of a line: row, unit, what, before, after (all JSON values)."""


def check_upload(
    *, actor: Actor, batch_id: UUID, at: datetime, advance: Advance = unheard
) -> Batch:
    """Check a received file and write down what it would bring. Nothing of it is stored.

    A wide table whose columns nobody has named yet then waits for its mapping. Running again after a kill
    starts anew. Raises NotVisible, NotAllowed.
    """
    batch = readable_batch(actor, batch_id)
    if batch.state != BatchState.RECEIVED:
        return batch
    with transaction.atomic():
        batch = readable_batch(actor, batch_id, is_locked=True)
        if batch.state != BatchState.RECEIVED:
            return batch
        if _needs_mapping(batch):
            batch.state = BatchState.MAPPING
            batch.save(update_fields=["state"])
            return batch
        result, examples = _checked(batch, actor, at, advance)
        _write(batch, result, examples)
    return batch


def _needs_mapping(batch: Batch) -> bool:
    if batch.kind != FIGURES or "wide" in batch.options:
        return False
    try:
        return not is_long_file(upload_path(batch), batch.options["name"])
    except SheetProblem:
        return False


def _checked(
    batch: Batch, actor: Actor, at: datetime, advance: Advance
) -> tuple[ImportResult, dict[str, list[Example]]]:
    path, name = upload_path(batch), batch.options["name"]
    if batch.kind == FIGURES:
        check, result = checked_figures(
            actor=actor,
            path=path,
            name=name,
            at=at,
            options=ImportOptions(batch.source_text),
            opened=opener_of(batch.options),
            advance=advance,
        )
        return result, _figure_examples() if check else {}
    comparison, result = checked_plans(actor=actor, path=path, name=name, advance=advance)
    return result, _plan_examples(comparison) if comparison else {}


def _write(batch: Batch, result: ImportResult, examples: dict[str, list[Example]]) -> None:
    batch.found_problems.all().delete()
    rows = [*_problems(batch, result.problems, 1, is_note=False)]
    rows += _problems(batch, result.notes, len(rows) + 1, is_note=True)
    BatchProblem.objects.bulk_create(rows, batch_size=5_000)
    batch.row_count = result.row_count
    batch.unchanged_count = result.unchanged_count
    batch.state = BatchState.CHECKED
    batch.options = {
        **batch.options,
        "counts": {
            "rows": result.row_count,
            "new": result.new_count,
            "changed": result.changed_count,
            "unchanged": result.unchanged_count,
            "problems": len(result.problems),
            "bad_rows": len({one.spot.row for one in result.problems if one.spot}),
        },
        "examples": examples,
    }
    batch.save()


def _problems(
    batch: Batch, findings: Sequence[Finding], start: int, *, is_note: bool
) -> Iterable[BatchProblem]:
    for number, finding in enumerate(findings, start):
        yield BatchProblem(
            batch=batch,
            number=number,
            row=finding.spot.row if finding.spot else None,
            column=((finding.spot.column or "") if finding.spot else "")[:300],
            code=finding.code,
            values=kept(finding.values),
            is_note=is_note,
        )


_CHANGED = f"""
SELECT staged.row, unit.name, staged.scheme, staged.measure, staged.channel, staged.as_of::text,
    live.value, live.exactness, staged.value, staged.exactness
FROM {OBSERVATIONS.matches} match
JOIN {OBSERVATIONS.name} staged USING (line)
JOIN {Observation._meta.db_table} live ON live.id = match.id
JOIN places_unit unit ON unit.id = staged.unit_id
WHERE NOT match.is_same ORDER BY abs(staged.value - live.value) DESC, staged.line LIMIT %s
"""
_NEW = f"""
SELECT staged.row, unit.name, staged.scheme, staged.measure, staged.channel, staged.as_of::text,
    NULL, NULL, staged.value, staged.exactness
FROM {OBSERVATIONS.name} staged JOIN places_unit unit ON unit.id = staged.unit_id
WHERE NOT EXISTS (SELECT 1 FROM {OBSERVATIONS.matches} match WHERE match.line = staged.line)
ORDER BY staged.line LIMIT %s
"""
_PRINTED = f"""
SELECT staged.row, unit.name, staged.scheme, staged.kind, '', staged.as_of::text,
    live.value::text, live.decimals, staged.value::text, staged.decimals
FROM {PRINTED.name} staged JOIN places_unit unit ON unit.id = staged.unit_id
LEFT JOIN {PRINTED.matches} match USING (line)
LEFT JOIN {PrintedFigure._meta.db_table} live ON live.id = match.id
WHERE match.is_same IS NOT TRUE ORDER BY staged.line LIMIT %s
"""
_NAMES = ("row", "unit", "scheme", "measure", "channel", "as_of")


def _figure_examples() -> dict[str, list[Example]]:
    """The largest changes first; then the first lines that are new. The stages still stand."""
    return {
        "changed": _examples(_CHANGED),
        "new": _examples(_NEW),
        "percent": _examples(_PRINTED),
    }


def _examples(sql: str) -> list[Example]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [EXAMPLES])
        return [
            dict(zip(_NAMES, row, strict=False))
            | {"before": row[6], "before_word": row[7], "after": row[8], "after_word": row[9]}
            for row in cursor.fetchall()
        ]


def _plan_examples(comparison: Comparison) -> dict[str, list[Example]]:
    changes = sorted(comparison.changes, key=lambda one: one.corrects is None)[: 2 * EXAMPLES]
    names = dict(
        Unit.objects.filter(pk__in={one.unit_id for one in changes}).values_list("pk", "name")
    )
    found: dict[str, list[Example]] = {"changed": [], "new": []}
    for change in changes:
        old = change.corrects or change.amends
        key = change.wanted.key
        example = {
            "row": change.wanted.row,
            "unit": names[change.unit_id],
            "owner": key.owner,
            "document": key.document,
            "scheme": key.scheme,
            "measure": key.kind,
            "as_of": key.deadline.isoformat(),
            "before": str(old.value.normalize()) if old else None,
            "after": str(change.wanted.value),
            "is_amendment": change.corrects is None and old is not None,
        }
        found["changed" if change.corrects else "new"].append(example)
    return {name: rows[:EXAMPLES] for name, rows in found.items()}
