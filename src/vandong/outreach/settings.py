"""How an office approaches people: hours, batches, rests. Values of the office, none of them law."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, time

from django.db import transaction

from vandong.accounts.models import OfficeSetting, Organisation
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import problem, refuse_all
from vandong.kernel.findings import Finding

KIND, NAME = "approach", "approach"

_LIMITS: dict[str, tuple[int, int]] = {
    "calling_from_hour": (0, 23),
    "calling_until_hour": (1, 24),
    "batch_size": (1, 100),
    "hold_minutes": (5, 7 * 24 * 60),
    "retry_after_days": (0, 60),
    "attempts_limit": (1, 20),
    "rest_days": (0, 365),
    "proof_days": (1, 365),
    "remit_days": (0, 90),
    "sign_receipt_households": (2, 100),
    "sign_number_households": (2, 100),
    "sign_short_people": (2, 1_000),
    "sign_late_contacts": (2, 1_000),
    "export_limit": (0, 100_000),
    "export_day_limit": (0, 1_000_000),
}


@dataclass(frozen=True, slots=True)
class ApproachSettings:
    """Hours are those of the province. `batch_size`: people given out at once. `hold_minutes`: how long they
    stay in one hand. `retry_after_days`, `attempts_limit`: for people not reached. `rest_days`: nobody is
    approached again by any list within them. `proof_days`: an agreement without a receipt is shown after
    them. `remit_days`: money kept longer is reported. `sign_…`: from how many households on one receipt, from
    how many on one number, from how many one-month joiners at a month's end, from how many contacts in a day's
    last hour somebody should look. `export_limit`, `export_day_limit`: people of one file,
    and of all that somebody takes within a day."""

    calling_from_hour: int = 7
    calling_until_hour: int = 20
    batch_size: int = 20
    hold_minutes: int = 8 * 60
    retry_after_days: int = 2
    attempts_limit: int = 4
    rest_days: int = 30
    proof_days: int = 30
    remit_days: int = 3
    sign_receipt_households: int = 3
    sign_number_households: int = 3
    sign_short_people: int = 5
    sign_late_contacts: int = 20
    export_limit: int = 2_000
    export_day_limit: int = 5_000

    def is_calling_time(self, moment: time) -> bool:
        """Whether people may be called at this time of the day."""
        return self.calling_from_hour <= moment.hour < self.calling_until_hour


def approach_settings(organisation_id: int | None) -> ApproachSettings:
    """The office's own values, else those of the installation, else the ones built in."""
    rows = OfficeSetting.objects.filter(kind=KIND, name=NAME)
    stored = rows.filter(organisation_id=organisation_id).first() if organisation_id else None
    stored = stored or rows.filter(organisation__isnull=True).first()
    return _read(stored.value) if stored else ApproachSettings()


def _read(value: dict[str, int]) -> ApproachSettings:
    known = {field.name for field in fields(ApproachSettings)}
    return ApproachSettings(**{name: given for name, given in value.items() if name in known})


@transaction.atomic
def save_approach_settings(
    *, actor: Actor, settings: ApproachSettings, organisation_id: int | None, at: datetime
) -> OfficeSetting:
    """Raises NotAllowed; Refused with every value out of its limits."""
    offices = Organisation.objects.select_for_update()
    organisation = offices.get(pk=organisation_id) if organisation_id else None
    require(actor, Right.MANAGE_SETTINGS, organisation=organisation)
    refuse_all(_problems(settings))
    value = asdict(settings)
    row, is_new = OfficeSetting.objects.get_or_create(
        kind=KIND, organisation=organisation, name=NAME, defaults={"value": value}
    )
    if is_new or row.value != value:
        before = None if is_new else row.value
        row.value, row.version = value, row.version + (not is_new)
        row.save()
        subject = Subject("accounts.officesetting", str(row.pk), KIND)
        record(actor, "approach_settings.saved", subject, before, value, at)
    return row


def _problems(settings: ApproachSettings) -> list[Finding]:
    found = [
        problem("setting_out_of_limits", name, low=low, high=high)
        for name, (low, high) in _LIMITS.items()
        if not low <= getattr(settings, name) <= high
    ]
    if settings.calling_from_hour >= settings.calling_until_hour:
        found.append(problem("calling_hours_reversed", "calling_until_hour"))
    return found
