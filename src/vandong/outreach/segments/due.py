"""Whose payment is due: voluntary insurance and household cards, the nearest end first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Scheme
from vandong.kernel.findings import Finding
from vandong.law import LawBook
from vandong.outreach.segments.conditions import DueWithin, Rule
from vandong.outreach.segments.known import known_facts
from vandong.outreach.segments.people import people_ids
from vandong.outreach.segments.reasons import reasons
from vandong.places.models import Unit
from vandong.registry.models import Person
from vandong.registry.queries.search import PersonLine, person_lines

SCHEMES: tuple[str, ...] = (Scheme.BHXH_TN, Scheme.BHYT_HGD)
_STEP = 2_000


@dataclass(frozen=True, slots=True)
class DueItem:
    """One person and scheme. `paid_until`: the last day paid for, empty where none is. `agent`: who looks after
    the person."""

    person_id: int
    line: PersonLine
    scheme: str
    paid_until: date | None
    agent: str
    reasons: tuple[Finding, ...]


def due_items(
    actor: Actor, book: LawBook, on: date, days: int, unit: Unit | None = None
) -> tuple[DueItem, ...]:
    """Everybody whose paid time ends within so many days, or has ended and can still be paid on in time.

    Raises NotAllowed, NotVisible.
    """
    found: list[DueItem] = []
    for scheme in SCHEMES:
        rule = Rule((DueWithin(scheme, days),))
        found += segment_items(actor, rule, book, on, scheme=scheme, unit=unit)
    return tuple(sorted(found, key=lambda one: (one.paid_until or date.max, one.person_id)))


def segment_items(
    actor: Actor,
    rule: Rule,
    book: LawBook,
    on: date,
    *,
    scheme: str,
    unit: Unit | None = None,
) -> list[DueItem]:
    """Everybody of a segment, in the order of its pages, with how far `scheme` is paid."""
    ids = people_ids(actor, rule, book, on, unit)
    found: list[DueItem] = []
    for start in range(0, len(ids), _STEP):
        found += _items(actor, ids[start : start + _STEP], rule, book, on, scheme=scheme)
    return found


def _items(
    actor: Actor, ids: Sequence[int], rule: Rule, book: LawBook, on: date, *, scheme: str
) -> list[DueItem]:
    facts = known_facts(book, ids, on)
    rows = Person.objects.filter(pk__in=ids, member__isnull=False)
    agents = dict(rows.values_list("pk", "member__full_name"))
    found = []
    for line in person_lines(actor, list(ids)):
        until = facts[line.person_id].status(scheme).covered_until if scheme else None
        found.append(
            DueItem(
                person_id=line.person_id,
                line=line,
                scheme=scheme,
                paid_until=until - timedelta(days=1) if until else None,
                agent=agents.get(line.person_id, ""),
                reasons=reasons(rule, facts[line.person_id], book, on),
            )
        )
    return found
