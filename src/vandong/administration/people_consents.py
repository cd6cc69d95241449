"""A person's yes or no to a purpose; and the legal ground of a whole list."""

from datetime import date, datetime

from django.db import transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import problem, refuse_all
from vandong.documents.models import Batch
from vandong.kernel.names import clean
from vandong.registry.models import Basis, Consent, LegalBasis, Purpose
from vandong.registry.queries.ground import person_to_work_with

_FIELDS = ("purpose", "granted", "given_on", "given_how", "withdrawn_on")


@transaction.atomic
def record_consent(
    *,
    actor: Actor,
    person_id: int,
    purpose: str,
    granted: bool,
    given_on: date,
    given_how: str,
    at: datetime,
) -> Consent:
    """A refusal is kept like a yes. The same purpose on the same day: the later word counts.

    Raises NotAllowed, NotVisible; Refused.
    """
    person = person_to_work_with(actor, person_id, lock=True)
    _refuse_wrong(purpose, given_how)
    change = open_change(actor=actor, action="consent.recorded", at=at)
    known = Consent.objects.filter(person=person, purpose=purpose, given_on=given_on).first()
    consent = known or Consent(person=person, purpose=purpose, given_on=given_on)
    before = snapshot(consent, *_FIELDS) if known else None
    consent.granted, consent.given_how, consent.withdrawn_on = granted, clean(given_how), None
    consent.version += known is not None
    consent.change = change
    consent.save()
    record(actor, "consent.recorded", person, before, snapshot(consent, *_FIELDS), at)
    return consent


def _refuse_wrong(purpose: str, given_how: str) -> None:
    problems = []
    if purpose not in Purpose.values:
        problems.append(problem("purpose_unknown", "purpose", text=purpose))
    if not clean(given_how):
        problems.append(problem("consent_how_missing", "given_how"))
    refuse_all(problems)


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: int, withdrawn_on: date, at: datetime) -> Consent:
    """Raises NotAllowed, NotVisible; Refused when it was withdrawn already or not yet given that day."""
    found = Consent.objects.filter(pk=consent_id).values_list("person_id", flat=True).first()
    person = person_to_work_with(actor, found or 0, lock=True)
    consent = Consent.objects.select_for_update().get(pk=consent_id)
    if consent.withdrawn_on is not None:
        refuse_all([problem("consent_withdrawn_before", on=consent.withdrawn_on)])
    if withdrawn_on < consent.given_on:
        refuse_all([problem("consent_not_given_yet", "withdrawn_on", on=consent.given_on)])
    before = snapshot(consent, *_FIELDS)
    consent.change = open_change(actor=actor, action="consent.withdrawn", at=at)
    consent.withdrawn_on = withdrawn_on
    consent.version += 1
    consent.save()
    record(actor, "consent.withdrawn", person, before, snapshot(consent, *_FIELDS), at)
    return consent


@transaction.atomic
def record_legal_basis(
    *,
    actor: Actor,
    batch: Batch,
    purpose: str,
    basis: str,
    document: str,
    valid_from: date,
    valid_until: date | None,
    at: datetime,
) -> LegalBasis:
    """Why a list may be used for a purpose. Raises NotAllowed; Refused with all problems."""
    require(actor, Right.ACT_ON_PEOPLE, organisation=batch.organisation)
    problems = []
    if purpose not in Purpose.values:
        problems.append(problem("purpose_unknown", "purpose", text=purpose))
    if basis not in Basis.values:
        problems.append(problem("basis_unknown", "basis", text=basis))
    if not clean(document):
        problems.append(problem("basis_document_missing", "document"))
    if valid_until is not None and valid_until <= valid_from:
        problems.append(problem("ended_before_start", "valid_until", on=valid_from))
    same = LegalBasis.objects.filter(batch=batch, purpose=purpose, valid_from=valid_from)
    if same.exists():
        problems.append(problem("basis_recorded_before", "valid_from", on=valid_from))
    refuse_all(problems)
    made = LegalBasis(batch=batch, purpose=purpose, basis=basis, document=clean(document))
    made.valid_from, made.valid_until = valid_from, valid_until
    made.change = open_change(actor=actor, action="legal_basis.recorded", at=at, batch=batch)
    made.save()
    after = snapshot(made, "purpose", "basis", "document", "valid_from", "valid_until")
    record(actor, "legal_basis.recorded", batch, None, after, at)
    return made
