"""People as lists are made of them: what is known of each, in one line."""

from datetime import date, timedelta

from django.db import transaction
from tests.administration.people import AT, SYSTEM, TODAY
from tests.registry.conftest import Ground, a_person

from vandong.accounts.models import Member
from vandong.administration.people_changes import open_change
from vandong.registry.models import (
    Consent,
    Establishment,
    Household,
    Participation,
    Person,
    PersonPhone,
)


def born(years: int) -> dict[str, object]:
    """Born so many years before the tests' day."""
    return {"birth_on": TODAY.replace(year=TODAY.year - years), "birth_precision": "day"}


def known(ground: Ground, name: str, years: int = 50, **given: object) -> Person:
    """Somebody who lives here, with a number that nobody has called."""
    digits = 10_000_000 + Person.objects.count()
    phones = given.pop("phones", (f"09{digits}",))
    return a_person(ground.here, name, phones=phones, **born(years) | given)


def spell(person: Person, scheme: str, days: int | None, **given: object) -> None:
    """Covered for so many days after the tests' day, counting from it; None: without an end."""
    with transaction.atomic():
        open_change(actor=SYSTEM, action="test", at=AT)
        Participation.objects.create(
            **{
                "person": person,
                "scheme": scheme,
                "covered_from": date(TODAY.year - 2, 1, 1),
                "covered_until": None if days is None else TODAY + timedelta(days=days),
            }
            | given
        )


def card_holder(
    ground: Ground, name: str, days: int = 200, years: int = 50, **given: object
) -> Person:
    """Somebody with a household card."""
    person = known(ground, name, years, **given)
    spell(person, "bhyt_hgd", days)
    return person


def at_office(ground: Ground) -> None:
    """The officer is somebody of the office."""
    Member.objects.create(
        organisation=ground.organisation,
        staff_code="CB-01",
        full_name="Cán bộ",
        user_id=ground.officer.user_id,
    )


def together(ground: Ground, *people: Person) -> None:
    """Makes them one household."""
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        home = Household.objects.create(unit=ground.here, unit_today=ground.here)
        for person in people:
            Person.objects.filter(pk=person.pk).update(household=home, change=change)


def says_no(person: Person, given_on: date = TODAY, withdrawn_on: date | None = None) -> None:
    """Asked not to be called."""
    with transaction.atomic():
        open_change(actor=SYSTEM, action="test", at=AT)
        Consent.objects.create(
            person=person,
            purpose="calls",
            granted=False,
            given_on=given_on,
            given_how="gọi điện",
            withdrawn_on=withdrawn_on,
        )


def numbers_are(person: Person, state: str) -> None:
    """What calls have shown of every number."""
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        PersonPhone.objects.filter(person=person).update(contactability=state, change=change)


def owns(person: Person, tax_method: str) -> None:
    """Has a registered business."""
    with transaction.atomic():
        open_change(actor=SYSTEM, action="test", at=AT)
        Establishment.objects.create(name="Quán", owner=person, tax_method=tax_method)
