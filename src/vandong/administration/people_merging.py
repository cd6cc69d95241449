"""Two rows are one person: merged into the one kept, and parted again as they were."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.audit_trail import record
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.registry.models import (
    PASTS,
    Change,
    Consent,
    Establishment,
    Listing,
    Merge,
    Participation,
    Person,
    PersonPhone,
    Receipt,
    Recorded,
    Relation,
)
from vandong.registry.queries.ground import kept_id as current_id
from vandong.registry.queries.ground import own_people, person_to_work_with

FILLED = (
    *("personal_id", "si_number", "card_number", "sex", "ethnicity", "occupation", "address"),
    *("unit_id", "unit_today_id", "cluster_id", "household_id", "member_id", "deceased_on"),
)
"""Fields that the kept row takes from the other where it knows nothing itself."""

GROUPS = (
    ("birth_on", "birth_precision"),
    ("household_id", "household_order", "relation"),
    ("unit_id", "unit_today_id"),
)
"""Fields that mean something only together."""

MOVED: tuple[tuple[type[Recorded], str, tuple[str, ...]], ...] = (
    (PersonPhone, "person_id", ("number",)),
    (Participation, "person_id", ("scheme", "covered_from")),
    (Receipt, "person_id", ("number", "book", "organisation_id", "scheme")),
    (Listing, "person_id", ("group", "listed_from")),
    (Consent, "person_id", ("purpose", "given_on")),
    (Establishment, "owner_id", ()),
)
"""What follows the person: table, column, and the fields by which a row that is there already is known."""


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What was parted. `kept_fields`: fields changed since the merging, left as they are now."""

    gone_id: int
    kept_id: int
    moved_count: int
    kept_fields: tuple[str, ...] = field(default=())


@transaction.atomic
def merge_persons(
    *, actor: Actor, kept_id: int, gone_id: int, kept_version: int, reason: str, at: datetime
) -> Merge:
    """Merges `gone` into `kept`: its spells, receipts, telephones and the rest follow; its row stays, merged.

    Fields that `kept` leaves empty are taken from `gone`. Both rows are the actor's own. Raises NotAllowed,
    NotVisible, StaleVersion; Refused.
    """
    if kept_id == gone_id:
        refuse_all([problem("merge_with_itself")])
    for person_id in sorted(
        (kept_id, gone_id)
    ):  # always in one order: no two merges wait for each other
        person_to_work_with(actor, person_id, lock=True)
    kept, gone = Person.objects.get(pk=kept_id), Person.objects.get(pk=gone_id)
    check_version(str(kept), kept.version, kept_version)
    refuse_all(_problems(kept, gone, reason))
    change = open_change(actor=actor, action="person.merged", at=at, reason=clean(reason))
    _retire(gone, kept, change)
    taken = _fill_from(kept, gone, change)
    moved = sum(_move(what, gone.pk, kept.pk, change) for what in MOVED)
    Person.objects.filter(merged_into=gone).update(
        merged_into=kept, change=change, version=F("version") + 1
    )
    merge = Merge.objects.create(kept=kept, gone=gone, change=change, taken_fields=taken)
    after = {"gone": gone.pk, "taken_fields": taken, "moved_count": moved}
    record(actor, "person.merged", kept, None, after, at, clean(reason))
    return merge


def _problems(kept: Person, gone: Person, reason: str) -> list[Finding]:
    problems = [] if clean(reason) else [problem("merge_reason_missing", "reason")]
    both = _spells_by_scheme(kept.pk), _spells_by_scheme(gone.pk)
    if any(_overlap(one, other) for one in both[0] for other in both[1]):
        problems.append(problem("merge_spells_overlap"))
    return problems


def _spells_by_scheme(person_id: int) -> list[Participation]:
    return list(Participation.objects.filter(person_id=person_id))


def _overlap(one: Participation, other: Participation) -> bool:
    """Two spells of one scheme on one day, save the very same spell known twice."""
    if one.scheme != other.scheme or one.covered_from == other.covered_from:
        return False
    ends = [spell.ended_on or spell.covered_until for spell in (one, other)]
    return (ends[1] is None or one.covered_from < ends[1]) and (
        ends[0] is None or other.covered_from < ends[0]
    )


def _retire(gone: Person, kept: Person, change: Change) -> None:
    """First, so that its numbers are free for the row that is kept."""
    gone.merged_into, gone.change = kept, change
    gone.version += 1
    gone.save()


def _fill_from(kept: Person, gone: Person, change: Change) -> list[str]:
    taken = [name for name in FILLED if not getattr(kept, name) and getattr(gone, name)]
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    if "household_id" in taken:
        kept.household_order = gone.household_order
        kept.relation = gone.relation
        taken += ["household_order", "relation"]
    if gone.birth_precision == "day" and kept.birth_precision != "day":
        kept.birth_on, kept.birth_precision = gone.birth_on, gone.birth_precision
        taken += ["birth_on", "birth_precision"]
    kept.change = change
    kept.version += 1
    kept.save()
    return taken


def _move(
    what: tuple[type[Recorded], str, tuple[str, ...]], gone_id: int, kept_id: int, change: Change
) -> int:
    """Rows that the kept person has already stay with the merged row; they come back with it."""
    model, column, same = what
    known = {
        tuple(row)
        for row in model._base_manager.filter(**{column: kept_id}).values_list("pk", *same)
    }
    twins = {row[1:] for row in known if same}
    rows = model._base_manager.filter(**{column: gone_id}).values_list("pk", *same)
    free = [row[0] for row in rows if not same or tuple(row[1:]) not in twins]
    return model._base_manager.filter(pk__in=free).update(
        **{column: kept_id, "change": change, "batch_row": None, "version": F("version") + 1}
    )


@transaction.atomic
def unmerge_persons(*, actor: Actor, gone_id: int, reason: str, at: datetime) -> Unmerged:
    """Parts what was merged: rows go back as the past tells; what changed since the merging stays.

    Raises NotAllowed, NotVisible; Refused: its number or its place as head is somebody else's by now, or the
    kept row was itself merged later (that merging goes first).
    """
    merge = _live_merge(actor, gone_id)
    kept = person_to_work_with(actor, merge.kept_id, lock=True)
    gone = Person.objects.select_for_update().get(pk=gone_id)
    if not clean(reason):
        refuse_all([problem("merge_reason_missing", "reason")])
    change = open_change(actor=actor, action="person.unmerged", at=at, reason=clean(reason))
    left = _give_back_fields(kept, gone, merge, change)
    refuse_all(_taken_problems(gone))
    gone.merged_into, gone.change = None, change
    gone.version += 1
    gone.save()
    moved = sum(_move_back(model, column, merge, change) for model, column, _ in MOVED)
    _move_back(Person, "merged_into_id", merge, change)
    merge.undone_by = change
    merge.save()
    after = {"gone": gone.pk, "kept_fields": left, "moved_count": moved}
    record(actor, "person.unmerged", kept, None, after, at, clean(reason))
    return Unmerged(gone.pk, kept.pk, moved, tuple(left))


def _give_back_fields(kept: Person, gone: Person, merge: Merge, change: Change) -> list[str]:
    """Empties what was taken, where it still stands as it was taken; what belongs together goes together."""
    former = _version_before(kept, merge.change_id)
    left: list[str] = []
    for names in _together(merge.taken_fields):
        if all(getattr(kept, name) == getattr(gone, name) for name in names):
            for name in names:
                setattr(kept, name, former[name])
        else:
            left += names
    kept.change = change
    kept.version += 1
    kept.save()
    return left


def _together(names: list[str]) -> list[list[str]]:
    singles = [[name] for name in names if not any(name in group for group in GROUPS)]
    groups = [[name for name in group if name in names] for group in GROUPS]
    return [*singles, *(group for group in groups if group)]


def _version_before(person: Person, change_id: int) -> dict[str, Any]:
    past = PASTS[Person]._base_manager.filter(id=person.pk, ended_change_id=change_id)
    return past.order_by("past_id").values()[0]


def _live_merge(actor: Actor, gone_id: int) -> Merge:
    merge = Merge.objects.filter(gone_id=gone_id, undone_by__isnull=True).first()
    if merge is None or not own_people(actor).filter(pk=current_id(merge.kept_id)).exists():
        raise NotVisible
    if Person.objects.filter(pk=merge.kept_id, merged_into__isnull=False).exists():
        refuse_all([problem("unmerge_later_first", person_id=merge.kept_id)])
    return merge


def _taken_problems(gone: Person) -> list[Finding]:
    """Asked after the kept row has given its numbers back."""
    others = Person.objects.filter(merged_into__isnull=True)
    problems = [
        problem(f"{name}_taken", name, person_id=twin.pk)
        for name in ("personal_id", "si_number")
        if getattr(gone, name) and (twin := others.filter(**{name: getattr(gone, name)}).first())
    ]
    if gone.household_id and gone.relation == Relation.HEAD:
        head = others.filter(household_id=gone.household_id, relation=Relation.HEAD).first()
        if head is not None:
            problems.append(problem("household_has_head", "relation", name=head.full_name))
    return problems


def _move_back(model: type[Recorded], column: str, merge: Merge, change: Change) -> int:
    """The rows that this merge moved and that still stand with the kept person."""
    past = PASTS[model]._base_manager.filter(
        ended_change_id=merge.change_id, **{column: merge.gone_id}
    )
    if model is Person:
        past = past.exclude(id=merge.gone_id)
    ids = list(past.values_list("id", flat=True))
    return model._base_manager.filter(pk__in=ids, **{column: merge.kept_id}).update(
        **{column: merge.gone_id, "change": change, "version": F("version") + 1}
    )
