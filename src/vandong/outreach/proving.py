"""Claims and their proof: a success counts when a receipt or an official list shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from vandong.accounts.queries.scope import Actor, NotVisible, Right, is_allowed, require
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.contacts.models import Claim, ClaimState
from vandong.jobs.queue import enqueue
from vandong.kernel.names import clean

Values = Mapping[str, date | datetime | str | int]

CLAIMS_TASK = "claims.settle"
_LOCK = 0x636C6D
"""Key of the advisory lock under which claims are settled."""

_SCHEME = "CASE WHEN {row}.aim IN ('join_si', 'renew_si') THEN 'bhxh_tn' ELSE 'bhyt_hgd' END"

# Money that came back is no proof any more: the claim waits again.
_REOPEN = """
UPDATE contacts_claim claim
SET state = 'claimed', receipt_id = NULL, confirmed_on = NULL, settled_on = NULL, collected_by_id = NULL,
    version = claim.version + 1
FROM registry_receipt receipt
WHERE receipt.id = claim.receipt_id AND receipt.returned_on IS NOT NULL
    AND claim.state IN ('confirmed', 'settled')
    AND NOT EXISTS (SELECT FROM contacts_claim other WHERE other.person_id = claim.person_id
        AND other.aim = claim.aim AND other.state = 'claimed')
"""
# Each claim gets the first receipt since it was made; each receipt proves one claim, the eldest.
_BY_RECEIPT = """
WITH pairs AS (
    SELECT DISTINCT ON (claim.id) claim.id AS claim_id, receipt.id AS receipt_id, receipt.member_id,
        receipt.collected_on
    FROM contacts_claim claim
    JOIN registry_person person ON person.id = claim.person_id
    JOIN registry_receipt receipt ON receipt.person_id = coalesce(person.merged_into_id, person.id)
        AND receipt.scheme = {scheme} AND receipt.collected_on >= claim.claimed_on
        AND receipt.returned_on IS NULL
    WHERE claim.state = 'claimed'
        AND NOT EXISTS (SELECT FROM contacts_claim proven WHERE proven.receipt_id = receipt.id)
    ORDER BY claim.id, receipt.collected_on, receipt.id
),
chosen AS (SELECT DISTINCT ON (receipt_id) * FROM pairs ORDER BY receipt_id, claim_id)
UPDATE contacts_claim claim
SET state = 'confirmed', receipt_id = chosen.receipt_id, confirmed_on = chosen.collected_on,
    collected_by_id = chosen.member_id, version = claim.version + 1
FROM chosen WHERE chosen.claim_id = claim.id
"""
# An official list taken over since shows a period that was not paid when the claim was made.
_BY_LIST = """
UPDATE contacts_claim claim
SET state = 'confirmed', confirmed_on = %(on)s, version = claim.version + 1
FROM registry_person person
WHERE claim.state = 'claimed' AND person.id = claim.person_id AND EXISTS (
    SELECT FROM registry_participation spell
    JOIN registry_change change ON change.id = spell.change_id
    WHERE spell.person_id = coalesce(person.merged_into_id, person.id) AND spell.scheme = {scheme}
        AND spell.ended_on IS NULL AND spell.covered_until > claim.claimed_on
        AND change.batch_id IS NOT NULL AND change.at > claim.claimed_at
)
"""
_SETTLE = """
UPDATE contacts_claim claim
SET state = 'settled', settled_on = receipt.accepted_on, version = claim.version + 1
FROM registry_receipt receipt
WHERE receipt.id = claim.receipt_id AND claim.state = 'confirmed' AND receipt.accepted_on IS NOT NULL
"""
# Paid without a claim (a bank's app, another counter): whoever spoke with the person last before is credited.
_CREDIT = """
INSERT INTO contacts_claim (person_id, count, aim, unit_id, contact_id, found_by_id, advised_by_id,
    collected_by_id, claimed_on, claimed_at, claimed_by_id, state, receipt_id, confirmed_on, rejected_why,
    version)
SELECT DISTINCT ON (receipt.id) receipt.person_id, 1, contact.aim, task.unit_id, contact.id,
    coalesce(task.member_id, contact.member_id), contact.member_id, receipt.member_id,
    (contact.received_at AT TIME ZONE %(zone)s)::date, %(at)s, NULL, 'confirmed', receipt.id,
    receipt.collected_on, '', 1
FROM registry_receipt receipt
JOIN contacts_contact contact ON contact.person_id = receipt.person_id AND contact.undone_at IS NULL
    AND contact.outcome NOT IN ('not_reached', 'wrong_number')
    AND receipt.scheme = {scheme}
    AND (contact.received_at AT TIME ZONE %(zone)s)::date
        BETWEEN receipt.collected_on - %(days)s AND receipt.collected_on
LEFT JOIN contacts_task task ON task.id = contact.task_id
WHERE receipt.returned_on IS NULL AND receipt.collected_on >= %(on)s - 2 * %(days)s
    AND NOT EXISTS (SELECT FROM contacts_claim proven WHERE proven.receipt_id = receipt.id)
    AND NOT EXISTS (SELECT FROM contacts_claim known WHERE known.contact_id = contact.id)
ORDER BY receipt.id, contact.received_at DESC
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """Claims that changed: reopened (money came back), confirmed by receipt or by list, accepted by the
    agency, credited to the contact before a payment that nobody claimed."""

    reopened: int
    by_receipt: int
    by_list: int
    accepted: int
    credited: int


@transaction.atomic
def settle_claims(*, on: date, at: datetime, zone: str, credit_days: int = 90) -> Settled:
    """Holds every open claim against receipts and lists. Again: nothing changes. `zone`: the province's.

    `credit_days`: how long before a payment a contact may have led to it.
    """
    values: Values = {"on": on, "at": at, "zone": zone, "days": credit_days, "lock": _LOCK}
    _run("SELECT pg_advisory_xact_lock(%(lock)s)", values)
    return Settled(
        reopened=_run(_REOPEN, values),
        by_receipt=_run(_BY_RECEIPT.format(scheme=_SCHEME.format(row="claim")), values),
        by_list=_run(_BY_LIST.format(scheme=_SCHEME.format(row="claim")), values),
        credited=_run(_CREDIT.format(scheme=_SCHEME.format(row="contact")), values),
        accepted=_run(_SETTLE, values),
    )


def enqueue_claims(actor: Actor, at: datetime) -> None:
    """Claims are held against receipts once the transaction stands."""
    enqueue(CLAIMS_TASK, {}, "claims_settle_title", {}, actor, at)


def _run(sql: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        changed: int = cursor.rowcount
        return changed


@transaction.atomic
def reject_claim(
    *, actor: Actor, claim_id: int, version: int, why: str, on: date, at: datetime
) -> Claim:
    """An office strikes a claim that proved untrue. Raises NotAllowed, NotVisible, StaleVersion, Refused."""
    claim = Claim.objects.select_for_update(of=("self",)).filter(pk=claim_id).first()
    if claim is None:
        raise NotVisible
    require(actor, Right.IMPORT_FIGURES)
    if not is_allowed(actor, Right.IMPORT_FIGURES, claim.unit):
        raise NotVisible
    check_version(f"#{claim.pk}", claim.version, version)
    problems = []
    if claim.state != ClaimState.CLAIMED:
        problems.append(problem("claim_not_open"))
    if not clean(why):
        problems.append(problem("claim_reject_why_missing", "why"))
    refuse_all(problems)
    before = snapshot(claim, "state", "rejected_why")
    claim.state, claim.rejected_on, claim.rejected_why = ClaimState.REJECTED, on, clean(why)[:300]
    claim.version += 1
    claim.save()
    record(
        actor, "claim.rejected", claim, before, snapshot(claim, "state", "rejected_why"), at, why
    )
    return claim
