"""Whether a number reaches a person, and whether that person wants calls. The caller has authorised it."""

from datetime import date

from vandong.registry.models import Change, Consent, Contactability, Person, PersonPhone, Purpose


def note_number(
    *, person: Person, number: str, contactability: Contactability, tried_on: date, change: Change
) -> bool:
    """What a call showed of one number of the person; False when the number is not the person's."""
    phone = PersonPhone.objects.select_for_update().filter(person=person, number=number).first()
    if phone is None:
        return False
    if (phone.contactability, phone.tried_on) != (contactability, tried_on):
        phone.contactability, phone.tried_on = contactability, tried_on
        phone.change, phone.batch_row = change, None
        phone.version += 1
        phone.save()
    return True


def working_numbers(person: Person) -> tuple[str, ...]:
    """The numbers worth calling, in their order: neither wrong nor out of use."""
    gone = (Contactability.WRONG, Contactability.DEAD)
    rows = PersonPhone.objects.filter(person=person).exclude(contactability__in=gone)
    return tuple(rows.order_by("rank", "id").values_list("number", flat=True))


def stop_calls(*, person: Person, given_on: date, given_how: str, change: Change) -> Consent:
    """The person said no to being called: from now on no list brings the person to a telephone."""
    consent = Consent.objects.filter(
        person=person, purpose=Purpose.CALLS, given_on=given_on
    ).first() or Consent(person=person, purpose=Purpose.CALLS, given_on=given_on)
    consent.version += consent.pk is not None
    consent.granted, consent.given_how, consent.withdrawn_on = False, given_how, None
    consent.change = change
    consent.save()
    return consent
