"""A collector's own view: my people, my results, my plan, what is left, what I am owed."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Min, Q, Sum

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, NotVisible, Right, is_allowed
from vandong.contacts.models import Claim, ClaimState, Task, TaskState
from vandong.contacts.queries.tasks import LIVE, member_of
from vandong.figures.models import PlanKind, Target
from vandong.outreach.remuneration import Receipted, Statement, collected, statement
from vandong.outreach.results.conversion import SCHEMES, ConversionTable, member_conversion
from vandong.outreach.results.span import Span
from vandong.outreach.results.unremitted import Kept
from vandong.registry.models import Receipt

_NEW_KINDS = frozenset({PlanKind.GROSS_NEW, PlanKind.FIRST_TIME})


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A target of the collector's own: what was asked, reached until the day, left. People, or đồng of revenue
    plans. `reached` None: a kind that one collector's receipts cannot tell (a stock, a coverage)."""

    target: Target
    reached: int | None

    @property
    def left(self) -> int | None:
        """Still to be reached; 0 when more was."""
        return None if self.reached is None else max(0, int(self.target.value) - self.reached)

    @property
    def share(self) -> Fraction | None:
        """Reached on asked."""
        if self.reached is None or not self.target.value:
            return None
        return Fraction(self.reached) / Fraction(self.target.value)


@dataclass(frozen=True, slots=True)
class OwnView:
    """`today`: to be approached now; `later`: to come back to. `waiting`: agreed, no receipt yet. `money`: in
    the hand, not handed in. `new`, `renewed`: people of receipts of the month."""

    member: Member
    span: Span
    today: int
    later: int
    people: int
    waiting: tuple[Claim, ...]
    waiting_count: int
    money: Kept | None
    new: int
    renewed: int
    rates: tuple[ConversionTable, ...]
    targets: tuple[OwnTarget, ...]
    statement: Statement


MOST_WAITING = 50


def viewed_member(actor: Actor, member_id: int | None, on: date) -> Member:
    """The actor's own place at work, or a collector of an office that the actor runs.

    Raises NotAllowed (a login without a place), NotVisible.
    """
    if member_id is None:
        return member_of(actor, on)
    found = Member.objects.select_related("organisation").filter(pk=member_id).first()
    if found is None:
        raise NotVisible
    is_own = found.user_id is not None and found.user_id == actor.user_id
    if not is_own and not is_allowed(actor, Right.IMPORT_PEOPLE, organisation=found.organisation):
        raise NotVisible
    return found


def own_view(actor: Actor, member_id: int | None, span: Span, on: date) -> OwnView:
    """The view of one collector for a month. The number of queries does not grow with the people.

    Raises NotAllowed, NotVisible.
    """
    member = viewed_member(actor, member_id, on)
    tasks = Task.objects.filter(member=member, state__in=LIVE, worklist__closed_at__isnull=True)
    later = Q(state=TaskState.WAITING, next_on__gt=on)
    counts = tasks.aggregate(now=Count("pk", filter=~later), later=Count("pk", filter=later))
    claims = Claim.objects.filter(
        Q(advised_by=member) | Q(found_by=member), state=ClaimState.CLAIMED, person__isnull=False
    )
    month = collected(member.pk, span.first_on, span.last_on, accepted=False)
    first = claims.select_related("person").order_by("claimed_on", "pk")[:MOST_WAITING]
    return OwnView(
        member=member,
        span=span,
        today=counts["now"],
        later=counts["later"],
        people=member.persons.filter(merged_into__isnull=True).count(),
        waiting=tuple(first),
        waiting_count=claims.count(),
        money=_money(member),
        new=len({(one.person_id, one.scheme) for one in month if one.is_new}),
        renewed=len({(one.person_id, one.scheme) for one in month if not one.is_new}),
        rates=tuple(member_conversion(member.pk, span, scheme) for scheme in SCHEMES),
        targets=_targets(member, on),
        statement=statement(member, span.first_on, span.last_on),
    )


def _money(member: Member) -> Kept | None:
    found = Receipt.objects.filter(
        member=member, remitted_on__isnull=True, accepted_on__isnull=True, returned_on__isnull=True
    ).aggregate(count=Count("pk"), amount=Sum("participant_amount"), since_on=Min("collected_on"))
    if not found["count"]:
        return None
    office = member.organisation.name
    return Kept(
        member.pk, member.full_name, office, found["count"], found["amount"], found["since_on"]
    )


def _targets(member: Member, on: date) -> tuple[OwnTarget, ...]:
    running = Target.objects.filter(
        live=True, member=member, plan__period_from__lte=on, plan__deadline__gte=on
    )
    rows = list(running.select_related("plan").order_by("plan__scheme", "pk"))
    if not rows:
        return ()
    since = min(one.plan.period_from for one in rows)
    receipts = collected(member.pk, since, on, accepted=False)
    return tuple(OwnTarget(one, _reached(one, receipts)) for one in rows)


def _reached(target: Target, receipts: list[Receipted]) -> int | None:
    plan = target.plan
    mine = [
        one
        for one in receipts
        if one.scheme == plan.scheme and plan.period_from <= one.collected_on
    ]
    if plan.kind == PlanKind.REVENUE:
        return sum(one.total_amount for one in mine)
    if plan.kind in _NEW_KINDS:
        return len({one.person_id for one in mine if one.is_new})
    if plan.kind == PlanKind.RENEWED:
        return len({one.person_id for one in mine if not one.is_new})
    return None
