"""What is said to somebody who is called to pay on: the exact next payment, and how to pay online."""

from dataclasses import dataclass
from datetime import date

from vandong.contacts.models import Task
from vandong.law import LawBook
from vandong.outreach.offers import PersonRenewal, person_renewal
from vandong.phrases import sentence
from vandong.registry.models import Person
from vandong.registry.queries.ground import kept_id

_WAYS = {
    "portal": ("portal_1", "portal_2_{scheme}", "portal_3"),
    "vssid": ("vssid_1", "vssid_2"),
    "bank": ("bank_1", "bank_2"),
}


@dataclass(frozen=True, slots=True)
class OnlineWay:
    """One way to pay online, with its steps to read out."""

    name: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldRenewal:
    """The next payment in words. `why`: why there is no amount."""

    shown: PersonRenewal
    why: str
    ways: tuple[OnlineWay, ...]


def told_renewal(task: Task, book: LawBook, on: date, lang: str) -> ToldRenewal | None:
    """For a task that the caller has been given; None where nothing is to be paid on."""
    if task.person_id is None:
        return None
    person = Person.objects.get(pk=kept_id(task.person_id))
    found = person_renewal(person, task.worklist.aim, book, on)
    if found is None:
        return None
    problem = found.payment.problem
    return ToldRenewal(
        found,
        sentence(f"renewal_why_{problem}", {}, lang) if problem else "",
        tuple(_way(code, steps, found.scheme) for code, steps in _WAYS.items()),
    )


def _way(code: str, steps: tuple[str, ...], scheme: str) -> OnlineWay:
    """Read out to the person, so in Vietnamese whatever language the page is in."""
    return OnlineWay(
        sentence(f"renewal_online_{code}", {}, "vi"),
        tuple(sentence(f"renewal_online_{step.format(scheme=scheme)}", {}, "vi") for step in steps),
    )
