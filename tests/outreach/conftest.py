"""A worklist of households in one commune, and the collectors who work it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.accounts.conftest import country
from tests.administration.people import AT, TODAY
from tests.registry.conftest import Ground, a_person, ground

from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Aim, Contact, Task, Worklist
from vandong.outreach.recording import RecordedContact, Said, record_contact
from vandong.registry.models import Person

__all__ = ["country", "ground"]


@dataclass
class Drive:
    """A list of the ground's commune."""

    ground: Ground
    worklist: Worklist

    def task(self, person: Person, points: int = 0, key: str = "", **given: object) -> Task:
        """A task for the person; `key` ties people of one household."""
        return Task.objects.create(
            worklist=self.worklist,
            person=person,
            hold_key=key or f"p{person.pk}",
            unit=self.ground.here,
            points=points,
            **given,
        )

    def people(self, count: int) -> list[Task]:
        """That many people, each alone, the first with the most points."""
        return [
            self.task(a_person(self.ground.here, f"Trần Văn {number}"), count - number)
            for number in range(count)
        ]

    def say(
        self,
        actor: Actor,
        task: Task,
        outcome: str,
        at: datetime = AT,
        on: date = TODAY,
        **given: object,
    ) -> RecordedContact:
        """What came of a call, with a key of its own."""
        said = Said(
            **{"key": uuid4(), "way": "phone", "captured_at": at} | given,
            task_id=task.pk,
            outcome=outcome,
        )  # type: ignore[arg-type]
        return record_contact(actor=actor, said=said, on=on, at=at)


@pytest.fixture
def drive(ground: Ground) -> Drive:
    worklist = Worklist.objects.create(
        name="Hộ có thẻ, chưa có BHXH tự nguyện",
        aim=Aim.JOIN_SI,
        segment="card_no_si",
        rule={},
        ranking={},
        on=TODAY,
        unit=ground.here,
        made_at=AT,
    )
    return Drive(ground, worklist)


def later(**span: float) -> datetime:
    """A moment after the tests' own."""
    return AT + timedelta(**span)


def same_words(contact: Contact, task: Task) -> Said:
    """The very words of a recorded call, as a phone would send them again."""
    return Said(
        key=contact.key,
        task_id=task.pk,
        way=contact.way,
        outcome=contact.outcome,
        captured_at=contact.captured_at,
    )
