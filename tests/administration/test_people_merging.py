"""Two rows become one person and two again, and nothing of either is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import BORN, Ground, a_person, country, ground

from vandong.accounts.queries.scope import NotVisible
from vandong.administration.people import PersonFields, edit_person
from vandong.administration.people_changes import open_change
from vandong.administration.people_merging import Unmerged, merge_persons, unmerge_persons
from vandong.administration.refusals import Refused, StaleVersion
from vandong.audit.models import AuditEvent
from vandong.registry.models import Merge, Participation, Person
from vandong.registry.queries.ground import kept_id
from vandong.registry.queries.search import found_people

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
REASON = "Cùng ngày sinh, cùng địa chỉ"


def refused(*codes: str) -> Callable[[Refused], bool]:
    return lambda refusal: tuple(finding.code for finding in refusal.findings) == codes


@pytest.fixture
def twins(ground: Ground) -> tuple[Person, Person]:
    """The one kept knows the SI number, the other the personal number, a spell and a telephone."""
    kept = a_person(ground.here, si_number="7900123456", phones=("0912345678",))
    gone = a_person(
        ground.here,
        "Nguyễn Thị Hoà",
        personal_id="024180001234",
        phones=("0912345678", "0987654321"),
        **BORN,
    )
    open_change(actor=SYSTEM, action="test", at=AT)
    spell(gone, date(2025, 1, 1), date(2025, 7, 1))
    return kept, gone


def spell(person: Person, start: date, until: date) -> Participation:
    return Participation.objects.create(
        person=person, scheme="bhxh_tn", covered_from=start, covered_until=until, method="6"
    )


def merge(ground: Ground, kept: Person, gone: Person, version: int = 1) -> Merge:
    return merge_persons(
        actor=ground.officer,
        kept_id=kept.pk,
        gone_id=gone.pk,
        kept_version=version,
        reason=REASON,
        at=AT,
    )


def unmerge(ground: Ground, gone: Person) -> Unmerged:
    return unmerge_persons(actor=ground.officer, gone_id=gone.pk, reason="Hai chị em", at=AT)


def rows_of(*people: Person) -> list[object]:
    """All that is known of them, without versions and changes."""
    leave = ("change_id", "version", "batch_row")
    found: list[object] = []
    for person in people:
        row = Person.objects.filter(pk=person.pk).values().get()
        found.append({name: value for name, value in row.items() if name not in leave})
        found.append(sorted(person.phones.values_list("number", flat=True)))
        found.append(sorted(person.participations.values_list("pk", flat=True)))
    return found


def test_what_belongs_to_either_belongs_to_the_one_kept(
    ground: Ground, twins: tuple[Person, Person]
) -> None:
    kept, gone = twins
    made = merge(ground, kept, gone)
    kept.refresh_from_db()
    assert (kept.personal_id, kept.si_number) == ("024180001234", "7900123456")
    assert kept.birth_on == BORN["birth_on"]
    assert kept.participations.count() == 1
    assert set(kept.phones.values_list("number", flat=True)) == {"0912345678", "0987654321"}
    assert (kept_id(gone.pk), set(made.taken_fields)) == (
        kept.pk,
        {"personal_id", "birth_on", "birth_precision"},
    )
    assert AuditEvent.objects.get(action="person.merged").reason == REASON
    lines = found_people(ground.officer, "024180001234").lines
    assert {line.person_id for line in lines} == {kept.pk}


def test_parting_gives_everything_back(ground: Ground, twins: tuple[Person, Person]) -> None:
    before = rows_of(*twins)
    merge(ground, *twins)
    done = unmerge(ground, twins[1])
    assert rows_of(*twins) == before
    assert (done.moved_count, done.kept_fields) == (2, ())
    assert AuditEvent.objects.filter(action="person.unmerged").count() == 1
    with pytest.raises(NotVisible):
        unmerge(ground, twins[1])
    merge(ground, *twins, version=3)


def test_what_changed_since_stays(ground: Ground, twins: tuple[Person, Person]) -> None:
    kept, gone = twins
    merge(ground, kept, gone)
    later = spell(kept, date(2026, 1, 1), date(2026, 7, 1))
    fields = PersonFields(
        "Nguyễn Thị Hòa",
        unit_id=ground.here.pk,
        si_number="7900123456",
        personal_id="024180001234",
        birth_on=date(1980, 5, 18),
        birth_precision="day",
    )
    edit_person(actor=ground.officer, person_id=kept.pk, version=2, fields=fields, at=AT)
    done = unmerge(ground, gone)
    kept.refresh_from_db()
    assert "birth_on" in done.kept_fields
    assert (kept.birth_on, kept.personal_id) == (date(1980, 5, 18), "")
    assert list(kept.participations.all()) == [later]


def test_merging_is_refused(ground: Ground, twins: tuple[Person, Person]) -> None:
    kept, gone = twins
    with pytest.raises(Refused, check=refused("merge_with_itself")):
        merge(ground, kept, kept)
    with pytest.raises(StaleVersion):
        merge(ground, kept, gone, version=9)
    spell(kept, date(2025, 6, 1), date(2025, 12, 1))
    with pytest.raises(Refused, check=refused("merge_spells_overlap")):
        merge(ground, kept, gone)
    with pytest.raises(NotVisible):
        merge_persons(
            actor=ground.collector,
            kept_id=kept.pk,
            gone_id=gone.pk,
            kept_version=1,
            reason=REASON,
            at=AT,
        )
    assert not Merge.objects.exists()


def test_a_chain_is_parted_from_its_end(ground: Ground, twins: tuple[Person, Person]) -> None:
    kept, gone = twins
    top = a_person(ground.here, "Nguyễn Thị Hòa")
    before = rows_of(top, kept, gone)
    merge(ground, kept, gone)
    merge(ground, top, kept)
    assert kept_id(gone.pk) == top.pk
    assert top.participations.count() == 1
    with pytest.raises(Refused, check=refused("unmerge_later_first")):
        unmerge(ground, gone)
    unmerge(ground, kept)
    unmerge(ground, gone)
    assert rows_of(top, kept, gone) == before


def test_a_number_given_away_meanwhile_stops_the_parting(
    ground: Ground, twins: tuple[Person, Person]
) -> None:
    kept, gone = twins
    merge(ground, kept, gone)
    fields = PersonFields("Nguyễn Thị Hòa", unit_id=ground.here.pk, si_number="7900123456")
    edit_person(actor=ground.officer, person_id=kept.pk, version=2, fields=fields, at=AT)
    other = a_person(ground.here, "Lê Thị Lan", personal_id="024180001234")
    with pytest.raises(Refused, check=refused("personal_id_taken")):
        unmerge(ground, gone)
    assert Person.objects.get(pk=gone.pk).merged_into_id == kept.pk
    assert Person.objects.get(pk=other.pk).personal_id == "024180001234"
