"""Plans and targets that an actor may see, for pages. Fetched and authorised together."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible, Right, require, visible_units
from vandong.figures.models import Target
from vandong.kernel.names import fold


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """What a list of targets is narrowed to; empty text = everything. `on`: only plans whose span holds it."""

    owner: str = ""
    scheme: str = ""
    unit: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One state of a target: current, corrected by another import, or amended by a later document."""

    target_id: int
    document: str
    signed_on: date | None
    value: Decimal
    exactness: str
    is_live: bool
    is_amended: bool
    source_text: str
    batch_id: UUID | None
    batch_row: int | None
    imported_at: datetime | None


def readable_targets(actor: Actor, chosen: TargetFilter) -> QuerySet[Target]:
    """Live targets of units whose figures the actor sees; `is_amended` tells those that a later document
    replaces. By unit, then the plan that began last. Raises NotAllowed."""
    later = Target.objects.filter(supersedes_id=OuterRef("pk"), live=True)
    found = (
        _visible(actor)
        .filter(live=True)
        .annotate(is_amended=Exists(later))
        .order_by("unit__sort_key", "-plan__period_from", "plan__owner_name", "id")
    )
    if chosen.owner:
        found = found.filter(plan__owner_name=chosen.owner)
    if chosen.scheme:
        found = found.filter(plan__scheme=chosen.scheme)
    if chosen.unit:
        found = found.filter(
            Q(unit__name_fold__contains=fold(chosen.unit)) | Q(unit__code=chosen.unit)
        )
    if chosen.on:
        found = found.filter(plan__period_from__lte=chosen.on, plan__deadline__gte=chosen.on)
    return found


def plan_owners(actor: Actor) -> list[str]:
    """The owners of the plans that the actor sees, in order."""
    names = _visible(actor).filter(live=True).values_list("plan__owner_name", flat=True)
    return list(names.order_by("plan__owner_name").distinct())


def readable_target(actor: Actor, target_id: int) -> Target:
    """One target, live or not. Raises NotVisible, NotAllowed."""
    target = _visible(actor).filter(pk=target_id).first()
    if target is None:
        raise NotVisible
    return target


def target_history(target: Target) -> tuple[TargetVersion, ...]:
    """Every state of what this target is about (one owner, unit, kind, span), the newest first."""
    plan = target.plan
    rows = Target.objects.filter(
        unit=target.unit,
        organisation=target.organisation,
        member=target.member,
        plan__owner_name=plan.owner_name,
        plan__scheme=plan.scheme,
        plan__kind=plan.kind,
        plan__denominator=plan.denominator,
        plan__channel=plan.channel,
        plan__period_from=plan.period_from,
        plan__deadline=plan.deadline,
        plan__commitment=plan.commitment,
    ).select_related("plan__document", "batch")
    amended = set(rows.filter(live=True).values_list("supersedes_id", flat=True))
    return tuple(_version(row, row.pk in amended) for row in rows.order_by("-id"))


def _visible(actor: Actor) -> QuerySet[Target]:
    require(actor, Right.SEE_FIGURES)
    rows = Target.objects.select_related("unit", "plan__document", "batch__source_file")
    return rows.filter(unit__in=visible_units(actor))


def _version(row: Target, is_amended: bool) -> TargetVersion:
    document = row.plan.document
    return TargetVersion(
        target_id=row.pk,
        document=document.number if document else "",
        signed_on=document.signed_on if document else None,
        value=row.value,
        exactness=row.exactness,
        is_live=row.live,
        is_amended=is_amended,
        source_text=row.source_text,
        batch_id=row.batch_id,
        batch_row=row.batch_row,
        imported_at=row.batch.created_at if row.batch else None,
    )
