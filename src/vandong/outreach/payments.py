"""Money received for somebody who agreed: worked out by the law of the day, kept with its receipt, undone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, NotVisible, Right
from vandong.administration.audit_trail import record
from vandong.administration.people_changes import open_change
from vandong.administration.people_undoing import undo_change
from vandong.administration.refusals import Refused, check_version, problem, refuse_all
from vandong.contacts.models import Claim, ClaimState
from vandong.figures.models import Scheme
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.law import LawBook, ParameterMissing
from vandong.outreach.pricing import Collected, Priced, priced, scheme_of
from vandong.outreach.results.span import ground_units
from vandong.registry.models import Change, Person, Receipt
from vandong.registry.queries.ground import kept_id, own_people
from vandong.rules.problems import RuleProblem

ACTION = "payment.recorded"
LONGEST_NUMBER = 30


@dataclass(frozen=True, slots=True)
class Recorded:
    """The receipt and the change that can be taken back."""

    receipt: Receipt
    change_id: int


def workable_claim(actor: Actor, claim_id: int, on: date, *, lock: bool = False) -> Claim:
    """A claim of the office's ground, of the own word, or of somebody the actor looks after.

    Raises NotAllowed, NotVisible.
    """
    reached = Q(person__in=own_people(actor).values("pk"))
    if actor.user_id:
        reached |= Q(advised_by__user_id=actor.user_id) | Q(found_by__user_id=actor.user_id)
    if actor.can(Right.IMPORT_PEOPLE):
        units = ground_units(actor, on, None)
        reached |= Q() if units is None else Q(unit__in=units)
        if units is None:
            reached = Q()
    rows = Claim.objects.filter(reached, pk=claim_id, person__isnull=False)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def record_payment(
    *,
    actor: Actor,
    claim_id: int,
    version: int,
    paid: Collected,
    book: LawBook,
    at: datetime,
    on: date,
) -> Recorded:
    """Keeps the money received for a claim with its receipt; the claim is confirmed by it.

    Raises NotAllowed, NotVisible, StaleVersion; Refused with every problem.
    """
    claim = workable_claim(actor, claim_id, on, lock=True)
    person = Person.objects.get(pk=kept_id(claim.person_id or 0))
    check_version(str(person), claim.version, version)
    problems = _problems(claim, paid, on)
    amounts = None
    try:
        amounts = priced(book, person, scheme_of(claim.aim), paid)
    except RuleProblem as wrong:
        problems.append(problem(wrong.code, wrong.field or None, **wrong.values))
    except ParameterMissing as missing:
        problems.append(problem(missing.code, "collected_on", **missing.values))
    if amounts and paid.stated_amount not in {None, amounts.participant_amount}:
        stated = {"stated": paid.stated_amount, "amount": amounts.participant_amount}
        problems.append(problem("payment_not_by_law", "stated_amount", **stated))
    refuse_all(problems)
    if amounts is None:
        raise NotVisible
    return _kept(actor, claim, person, paid, amounts, at)


def _problems(claim: Claim, paid: Collected, on: date) -> list[Finding]:
    found = []
    if claim.state != ClaimState.CLAIMED:
        found.append(problem("claim_not_open"))
    if paid.collected_on > on:
        found.append(problem("payment_to_come", "collected_on", on=on))
    if paid.collected_on < claim.claimed_on:
        found.append(problem("payment_before_claim", "collected_on", on=claim.claimed_on))
    number = clean(paid.number)
    if not number:
        found.append(problem("payment_number_missing", "number"))
    if len(number) > LONGEST_NUMBER or len(clean(paid.book)) > LONGEST_NUMBER:
        found.append(problem("payment_number_long", "number", most=LONGEST_NUMBER))
    return found


def _kept(  # noqa: PLR0917 who, which claim of whom, what was paid, what it costs, the moment
    actor: Actor, claim: Claim, person: Person, paid: Collected, amounts: Priced, at: datetime
) -> Recorded:
    member = Member.objects.filter(user_id=actor.user_id or 0).first() or claim.advised_by
    office = member.organisation if member else None
    scheme = scheme_of(claim.aim)
    same = Receipt.objects.filter(
        number=clean(paid.number),
        book=clean(paid.book),
        organisation=office,
        person=person,
        scheme=scheme,
    )
    if same.exists():
        raise Refused(problem("payment_number_taken", "number", number=clean(paid.number)))
    change = open_change(actor=actor, action=ACTION, at=at)
    receipt = Receipt.objects.create(
        person=person,
        scheme=scheme,
        covered_from=amounts.covered_from,
        covered_until=amounts.covered_until,
        method=paid.method if scheme == Scheme.BHXH_TN else "",
        income_amount=paid.income_amount if scheme == Scheme.BHXH_TN else None,
        total_amount=amounts.total_amount,
        participant_amount=amounts.participant_amount,
        state_amount=amounts.state_amount,
        local_amount=amounts.local_amount,
        member=member,
        organisation=office,
        channel=office.channel if office else "",
        unit_id=person.unit_today_id,
        book=clean(paid.book),
        number=clean(paid.number),
        collected_on=paid.collected_on,
    )
    claim.state, claim.receipt = ClaimState.CONFIRMED, receipt
    claim.confirmed_on, claim.collected_by = paid.collected_on, member
    claim.version += 1
    claim.save()
    after = {"amount": amounts.participant_amount, "number": receipt.number}
    record(actor, ACTION, person, None, after, at)
    return Recorded(receipt, change.pk)


@transaction.atomic
def undo_payment(*, actor: Actor, change_id: int, at: datetime) -> None:
    """Takes a payment back that the actor recorded; its claim waits again.

    Raises NotVisible (also once the money has gone on).
    """
    mine = Change.objects.filter(pk=change_id, action=ACTION, actor_id=actor.user_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).filter(change__in=mine).first()
    if receipt is None:
        raise NotVisible
    for claim in Claim.objects.select_for_update(of=("self",)).filter(receipt=receipt):
        claim.state, claim.receipt, claim.confirmed_on = ClaimState.CLAIMED, None, None
        claim.collected_by = None
        claim.version += 1
        claim.save()
    undo_change(actor=actor, change_id=change_id, at=at)
