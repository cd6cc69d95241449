"""An office's own points for putting people in order: read, tried, kept."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from vandong.accounts.models import OfficeSetting
from vandong.accounts.queries.organisations import office_to_keep_for
from vandong.accounts.queries.scope import Actor, Right
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.outreach.priority import Weights, first_weights, weight_limits, weights_of

KIND, NAME = "worklist_weights", "weights"


def office_weights(organisation_id: int | None) -> Weights:
    """The office's own, else those of the installation, else the first ones."""
    rows = OfficeSetting.objects.filter(kind=KIND, name=NAME)
    stored = rows.filter(organisation_id=organisation_id).first() if organisation_id else None
    stored = stored or rows.filter(organisation__isnull=True).first()
    return weights_of(stored.value) if stored else first_weights()


@transaction.atomic
def save_weights(*, actor: Actor, weights: Weights, at: datetime) -> OfficeSetting:
    """Keeps the points of the actor's office for lists to come; lists made before keep their own.

    Raises NotAllowed; Refused with every number out of its limits.
    """
    organisation = office_to_keep_for(actor, Right.IMPORT_PEOPLE)
    refuse_all(weight_problems(weights))
    value = weights.plain()
    row, is_new = OfficeSetting.objects.get_or_create(
        kind=KIND, organisation=organisation, name=NAME, defaults={"value": value}
    )
    if is_new or row.value != value:
        before = None if is_new else row.value
        row.value, row.version = value, row.version + (not is_new)
        row.save()
        subject = Subject("accounts.officesetting", str(row.pk), KIND)
        record(actor, "worklist_weights.saved", subject, before, value, at)
    return row


def weight_problems(weights: Weights) -> list[Finding]:
    """Every number out of its limits, and an age band that is turned round."""
    plain: Mapping[str, Mapping[str, int]] = weights.plain()
    found = []
    for code, parts in plain.items():
        for name, value in parts.items():
            low, high = weight_limits(name)
            if not low <= value <= high:
                found.append(problem("setting_out_of_limits", f"{code}-{name}", low=low, high=high))
        if "least" in parts and parts["least"] > parts["most"]:
            found.append(problem("age_band_turned", f"{code}-most"))
    return found
