"""The verb: a plans file taken over whole, in one visible step, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record
from vandong.documents.models import Batch, Document
from vandong.figures.models import Plan, SourceKind, Target
from vandong.planning.batches import Arrival, commit_batch, told_counts
from vandong.planning.file_words import PLAN_COLUMNS, known_names
from vandong.planning.import_results import Advance, ImportResult, unheard
from vandong.planning.plan_files.checking import PlanCheck
from vandong.planning.plan_files.comparing import Comparison, TargetChange, compared
from vandong.planning.plan_files.lines import PlanFile
from vandong.planning.plan_files.parsing import PlanKey, WantedTarget
from vandong.planning.staged_tables import lock_figures
from vandong.sheets import SheetProblem, open_table

BATCH_KIND = "plans"


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """`source_text` is told with every target (empty: the file's name); `accept_good` takes the good lines
    although others have problems."""

    source_text: str = ""
    accept_good: bool = False
    source_kind: str = SourceKind.OFFICIAL.value


def import_plans(
    *,
    actor: Actor,
    path: Path,
    name: str,
    at: datetime,
    options: PlanOptions | None = None,
    advance: Advance = unheard,
    batch_id: UUID | None = None,
) -> ImportResult:
    """Take over the plans of a file. Any problem means that nothing is stored, unless `accept_good`.

    The same plan (owner, document, scheme, kind, span, commitment) with another value corrects the target:
    the old one is kept and no longer live. Another document of the same owner for the same thing amends it:
    both live, the new one in force from the day its document was signed, else from the plan's first day.
    Raises NotAllowed.
    """
    require(actor, Right.EDIT_PLANS)
    asked = options or PlanOptions()
    with transaction.atomic():
        comparison, result = checked_plans(actor=actor, path=path, name=name, advance=advance)
        if comparison is None or (result.problems and not asked.accept_good):
            return result
        if not comparison.changes:
            return result
        advance(result.row_count, result.row_count, "import_storing")
        arrival = Arrival(BATCH_KIND, path, name, asked.source_text, batch_id)
        batch = commit_batch(arrival, result, actor=actor, at=at)
        _Writer(batch, asked, asked.source_text or name).store(comparison.changes)
        record(actor, "plans.imported", batch, None, told_counts(result, name), at)
    return replace(result, batch_id=batch.pk)


def checked_plans(
    *, actor: Actor, path: Path, name: str, advance: Advance = unheard
) -> tuple[Comparison | None, ImportResult]:
    """Reads, checks and compares with the live targets; None when the file cannot be read at all."""
    try:
        file = PlanFile(open_table(path, name, wanted=known_names(PLAN_COLUMNS)))
    except SheetProblem as problem:
        return None, ImportResult(problems=(problem.finding(),))
    check = PlanCheck(actor, file, advance)
    check.run()
    advance(check.row_count, check.row_count, "import_comparing")
    lock_figures()
    comparison = compared(check.wanted)
    result = ImportResult(
        row_count=check.row_count,
        new_count=comparison.new_count,
        changed_count=comparison.changed_count,
        unchanged_count=comparison.unchanged_count,
        problems=tuple(check.problems),
        notes=tuple(check.notes),
    )
    return comparison, result


class _Writer:
    """Stores the changes of one batch."""

    def __init__(self, batch: Batch, options: PlanOptions, source: str) -> None:
        self.batch = batch
        self.options = options
        self.source = source
        self._plans: dict[PlanKey, Plan] = {}

    def store(self, changes: list[TargetChange]) -> None:
        """Corrected targets go first: one live target a plan and unit at any time."""
        corrected = [one.corrects.pk for one in changes if one.corrects]
        Target.objects.filter(pk__in=corrected).update(live=False, superseded_by=self.batch)
        for wave in _waves(changes):
            made = Target.objects.bulk_create([self._target(change) for change in wave])
            for change, target in zip(wave, made, strict=True):
                change.target = target
        for change in changes:
            if change.corrects and change.target:
                Target.objects.filter(supersedes=change.corrects, live=True).update(
                    supersedes=change.target
                )

    def _target(self, change: TargetChange) -> Target:
        amended = change.amends_change.target if change.amends_change else change.amends
        if change.corrects:
            amended = change.corrects.supersedes
        return Target(
            plan=self._plan(change.wanted),
            unit_id=change.unit_id,
            value=change.wanted.value,
            exactness=change.wanted.exactness,
            supersedes=amended,
            source_kind=self.options.source_kind,
            source_text=self.source,
            batch=self.batch,
            batch_row=change.wanted.row,
        )

    def _plan(self, wanted: WantedTarget) -> Plan:
        key = wanted.key
        if key not in self._plans:
            self._plans[key], _ = Plan.objects.get_or_create(
                owner_name=key.owner,
                document=self._document(wanted),
                scheme=key.scheme,
                kind=key.kind,
                denominator=key.denominator,
                channel=key.channel,
                period_from=key.period_from,
                deadline=key.deadline,
                commitment=key.commitment,
            )
        return self._plans[key]

    def _document(self, wanted: WantedTarget) -> Document | None:
        if not wanted.key.document:
            return None
        document, _ = Document.objects.get_or_create(
            number=wanted.key.document, issuer_name=wanted.key.owner
        )
        if wanted.signed_on and document.signed_on is None:
            document.signed_on = wanted.signed_on
            document.save(update_fields=["signed_on"])
        return document


def _waves(changes: list[TargetChange]) -> Iterator[list[TargetChange]]:
    """Changes that amend one of the same file come after it."""
    waiting, made = changes, set[int]()
    while waiting:
        ready = [
            one for one in waiting if one.amends_change is None or id(one.amends_change) in made
        ]
        yield ready
        made |= {id(one) for one in ready}
        waiting = [one for one in waiting if id(one) not in made]
