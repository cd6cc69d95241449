"""People in two communes of the small country, and the staff who work there."""

from dataclasses import dataclass
from datetime import date

import pytest
from tests.accounts.conftest import Country, country, office
from tests.administration.people import AT, SYSTEM, as_actor, someone

from vandong.accounts.models import Member, Organisation, Role
from vandong.accounts.queries.scope import Actor
from vandong.administration.people import PersonFields, create_person
from vandong.places.models import Unit
from vandong.registry.models import Person

__all__ = ["country"]


@dataclass
class Ground:
    """Commune Tam Tiến (here) and Đại Đồng (there) of one province; an officer and two collectors here."""

    here: Unit
    there: Unit
    organisation: Organisation
    officer: Actor
    collector: Actor
    other_collector: Actor
    observer: Actor

    def member(self, actor: Actor) -> Member:
        return Member.objects.get(user_id=actor.user_id)


@pytest.fixture
def ground(country: Country) -> Ground:
    here, there = country["new_tam_tien"], country["new_dai_dong"]
    organisation = office("BHXH cơ sở Tam Tiến", here)
    staff = {"unit": here}
    made = Ground(
        here=here,
        there=there,
        organisation=organisation,
        officer=as_actor(someone("can_bo", Role.OFFICER, **staff)),
        collector=as_actor(someone("thu_a", Role.COLLECTOR, **staff)),
        other_collector=as_actor(someone("thu_b", Role.COLLECTOR, **staff)),
        observer=as_actor(someone("theo_doi", Role.OBSERVER, **staff)),
    )
    for actor in (made.collector, made.other_collector):
        Member.objects.create(
            organisation=organisation,
            staff_code=actor.name,
            full_name=actor.name,
            name_fold=actor.name,
            user_id=actor.user_id,
        )
    return made


def a_person(unit: Unit, name: str = "Nguyễn Thị Hòa", **known: object) -> Person:
    """A person recorded at the machine's own command line."""
    fields = PersonFields(full_name=name, unit_id=unit.pk, **known)  # type: ignore[arg-type]
    return create_person(actor=SYSTEM, fields=fields, at=AT)


BORN = {"birth_on": date(1980, 5, 17), "birth_precision": "day"}
