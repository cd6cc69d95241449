"""Segments that an office keeps: kept with rule and day, offered to colleagues, retired."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.administration.audit_trail import record
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.contacts.models import Segment
from vandong.kernel.names import clean
from vandong.law import LawBook
from vandong.outreach.segments.band_codes import band_rule
from vandong.outreach.segments.conditions import LivesIn, Rule, read_rule
from vandong.outreach.segments.people import people_count
from vandong.outreach.segments.ready_made import ready_made
from vandong.places.models import Unit

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """A segment by what its address says: ready-made (`code`) or kept (`saved`)."""

    code: str
    rule: Rule
    saved: Segment | None = None


@transaction.atomic
def save_segment(
    *, actor: Actor, name: str, rule: Rule, book: LawBook, on: date, at: datetime
) -> Segment:
    """Keeps a filter with its rule, its day and how many it holds now.

    Raises NotAllowed; Refused: no name, no condition, a name that the office uses already.
    """
    require(actor, Right.ACT_ON_PEOPLE)
    if actor.user_id is None:
        raise ValueError("segments are kept by people")
    name = clean(name)
    taken = visible_segments(actor).filter(name__iexact=name).exists()
    refuse_all(
        [
            *([] if name else [problem("segment_name_missing", "name")]),
            *(
                [problem("segment_name_long", "name", most=LONGEST_NAME)]
                if len(name) > LONGEST_NAME
                else []
            ),
            *([problem("segment_name_taken", "name", name=name)] if name and taken else []),
            *([] if rule.conditions else [problem("segment_rule_empty")]),
        ]
    )
    kept = Segment.objects.create(
        name=name,
        rule=rule.plain(),
        on=on,
        found_count=people_count(actor, rule, book, on),
        office=own_office(actor),
        made_by_id=actor.user_id,
        made_at=at,
    )
    told: dict[str, object] = {"name": name, "rule": kept.rule, "found_count": kept.found_count}
    record(actor, "segment.saved", kept, None, told, at)
    return kept


@transaction.atomic
def retire_segment(*, actor: Actor, segment_id: int, version: int, at: datetime) -> Segment:
    """Takes one's own segment out of the list; lists made from it stay.

    Raises NotAllowed, NotVisible (not there, or a colleague's), StaleVersion.
    """
    require(actor, Right.ACT_ON_PEOPLE)
    rows = visible_segments(actor).select_for_update(of=("self",))
    kept = rows.filter(pk=segment_id, made_by_id=actor.user_id).first()
    if kept is None:
        raise NotVisible
    check_version(kept.name, kept.version, version)
    kept.retired_at, kept.version = at, kept.version + 1
    kept.save(update_fields=["retired_at", "version"])
    record(actor, "segment.retired", kept, {"name": kept.name}, None, at)
    return kept


def visible_segments(actor: Actor) -> QuerySet[Segment]:
    """Those the actor keeps, and those of the colleagues at the same office, the youngest first.

    Raises NotAllowed.
    """
    require(actor, Right.ACT_ON_PEOPLE)
    rows = Segment.objects.filter(retired_at__isnull=True).order_by("-made_at", "-pk")
    if actor.is_system:
        return rows
    office = own_office(actor)
    mine = Q(made_by_id=actor.user_id)
    return rows.filter(mine if office is None else mine | Q(office=office))


def chosen_segment(actor: Actor, code: str) -> Chosen:
    """A segment by its code (ready-made, or a band of who is due) or its id (kept).

    Raises NotAllowed, NotVisible."""
    require(actor, Right.ACT_ON_PEOPLE)
    known = ready_made().get(code)
    if known is not None:
        return Chosen(code, known.rule)
    band = band_rule(code)
    if band is not None:
        return Chosen(code, band)
    kept = visible_segments(actor).filter(pk=int(code)).first() if _is_id(code) else None
    if kept is None:
        raise NotVisible
    return Chosen(code, read_rule(kept.rule), kept)


def in_unit(rule: Rule, unit: Unit) -> Rule:
    """The rule for who lives in a unit or below."""
    return Rule((*rule.conditions, LivesIn(unit.pk)))


def _is_id(code: str) -> bool:
    return code.isdecimal() and len(code) < 19
