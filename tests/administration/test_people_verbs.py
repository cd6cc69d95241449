"""People recorded, edited, revealed, asked for consent, put into spells: by whom, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import BORN, Ground, a_person, country, ground

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.people import PersonFields, create_person, edit_person, name_keys
from vandong.administration.people_changes import open_change
from vandong.administration.people_consents import (
    record_consent,
    record_legal_basis,
    withdraw_consent,
)
from vandong.administration.people_reveals import reveal_person
from vandong.administration.refusals import Refused, StaleVersion
from vandong.administration.spells import SpellFields, end_spell, record_period
from vandong.audit.models import AuditEvent
from vandong.documents.models import Batch
from vandong.kernel.names import sort_key
from vandong.law import law_book
from vandong.registry.models import Consent, Household, Participation, Person
from vandong.registry.queries.timeline import timeline_of

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
BOOK = law_book()


def refused(*codes: str) -> Callable[[Refused], bool]:
    return lambda refusal: tuple(finding.code for finding in refusal.findings) == codes


def test_keys_of_a_name_put_the_given_name_first() -> None:
    keys = name_keys("  Nguyễn  Thị HÒA ")
    assert (keys.full_name, keys.name_fold) == ("Nguyễn Thị HÒA", "nguyen thi hoa")
    assert keys.name_back == "hoa thi nguyen"
    assert keys.name_key == name_keys("Nguyễn Thị Hoà").name_key
    assert keys.sort_key == sort_key("Hòa Nguyễn Thị")


def test_a_collector_looks_after_whom_the_collector_records(ground: Ground) -> None:
    fields = PersonFields("Lê Văn An", unit_id=ground.here.pk, personal_id="24080009999")
    made = create_person(actor=ground.collector, fields=fields, at=AT)
    assert made.member == ground.member(ground.collector)
    assert (made.personal_id, made.unit, made.unit_today) == (
        "024080009999",
        ground.here,
        ground.here,
    )
    event = AuditEvent.objects.get(action="person.created")
    assert event.after["personal_id"] == "•••••••••999"


def test_nobody_is_recorded_elsewhere_or_without_a_commune(ground: Ground) -> None:
    there = PersonFields("Lê Văn An", unit_id=ground.there.pk)
    with pytest.raises(NotAllowed):
        create_person(actor=ground.collector, fields=there, at=AT)
    with pytest.raises(NotAllowed):
        create_person(actor=ground.observer, fields=replace(there, unit_id=ground.here.pk), at=AT)
    with pytest.raises(Refused, check=refused("person_unit_missing")):
        create_person(actor=ground.officer, fields=replace(there, unit_id=None), at=AT)
    assert not Person.objects.exists()


def test_all_problems_at_once(ground: Ground) -> None:
    a_person(ground.here, si_number="7900123456")
    wrong = PersonFields(
        " ",
        unit_id=ground.here.pk,
        personal_id="123",
        si_number="7900123456",
        birth_on=date(1890, 5, 5),
        birth_precision="year",
        sex="x",
        household_order=2,
        phones=("12",),
    )
    with pytest.raises(Refused) as refusal:
        create_person(actor=ground.officer, fields=wrong, at=AT)
    assert [finding.code for finding in refusal.value.findings] == [
        *("personal_id_length", "phone_length", "name_missing", "choice_unknown"),
        *("person_birth_year_only", "birth_too_early", "household_missing", "si_number_taken"),
    ]


def test_the_second_of_two_editors_is_told(ground: Ground) -> None:
    person = a_person(ground.here)
    fields = PersonFields("Nguyễn Thị Hoa", unit_id=ground.here.pk)
    deed = {"actor": ground.officer, "person_id": person.pk, "version": 1, "at": AT}
    edit_person(fields=fields, **deed)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion):
        edit_person(fields=fields, **deed)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        edit_person(fields=fields, **{**deed, "actor": ground.collector})  # type: ignore[arg-type]


def test_nobody_is_moved_to_foreign_ground(ground: Ground) -> None:
    person = a_person(ground.here)
    fields = PersonFields("Nguyễn Thị Hòa", unit_id=ground.there.pk)
    with pytest.raises(NotAllowed):
        edit_person(actor=ground.officer, person_id=person.pk, version=1, fields=fields, at=AT)


def test_telephones_are_kept_in_order_with_what_is_known_of_them(ground: Ground) -> None:
    person = a_person(ground.here, phones=("0912345678", "0987654321"))
    change = open_change(actor=SYSTEM, action="test", at=AT)
    person.phones.filter(number="0987654321").update(contactability="reached", change=change)
    fields = PersonFields(
        "Nguyễn Thị Hòa", unit_id=ground.here.pk, phones=("+84 987 654 321", "0977000111")
    )
    edit_person(actor=ground.officer, person_id=person.pk, version=1, fields=fields, at=AT)
    rows = person.phones.order_by("rank").values_list("number", "contactability")
    assert list(rows) == [("0987654321", "reached"), ("0977000111", "unknown")]


def test_a_household_has_one_head_and_one_of_each_order(ground: Ground) -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    home = Household.objects.create(code="H1")
    a_person(ground.here, household_id=home.pk, relation="head", household_order=1)
    second = PersonFields(
        "Lê Văn An",
        unit_id=ground.here.pk,
        household_id=home.pk,
        relation="head",
        household_order=1,
    )
    with pytest.raises(Refused, check=refused("household_has_head", "household_order_taken")):
        create_person(actor=ground.officer, fields=second, at=AT)


def test_data_in_clear_needs_a_reason_and_leaves_a_trace(ground: Ground) -> None:
    person = a_person(ground.here, personal_id="024180001234", phones=("0912345678",), **BORN)
    deed = {"actor": ground.officer, "person_id": person.pk, "at": AT}
    with pytest.raises(Refused, check=refused("reveal_reason_missing")):
        reveal_person(reason=" x ", **deed)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        reveal_person(reason="Gọi tư vấn", **{**deed, "actor": ground.collector})  # type: ignore[arg-type]
    shown = reveal_person(reason="Gọi tư vấn", **deed)  # type: ignore[arg-type]
    assert (shown.personal_id, shown.phones) == ("024180001234", ("0912345678",))
    event = AuditEvent.objects.get(action="person.revealed.viewed")
    assert (event.reason, event.subject_id, event.after) == ("Gọi tư vấn", str(person.pk), None)


def test_consent_is_given_refused_and_withdrawn(ground: Ground) -> None:
    person = a_person(ground.here)
    word = {
        "actor": ground.officer,
        "person_id": person.pk,
        "purpose": "calls",
        "given_on": date(2026, 3, 1),
        "at": AT,
    }
    given = record_consent(granted=True, given_how="Nói qua điện thoại", **word)  # type: ignore[arg-type]
    again = record_consent(granted=False, given_how="Nói lại", **word)  # type: ignore[arg-type]
    assert (given.pk, again.granted, Consent.objects.count()) == (again.pk, False, 1)
    with pytest.raises(Refused, check=refused("purpose_unknown", "consent_how_missing")):
        record_consent(granted=True, given_how=" ", **{**word, "purpose": "x"})  # type: ignore[arg-type]
    deed = {"actor": ground.officer, "consent_id": given.pk, "at": AT}
    with pytest.raises(Refused, check=refused("consent_not_given_yet")):
        withdraw_consent(withdrawn_on=date(2026, 2, 1), **deed)  # type: ignore[arg-type]
    withdraw_consent(withdrawn_on=date(2026, 3, 2), **deed)  # type: ignore[arg-type]
    with pytest.raises(Refused, check=refused("consent_withdrawn_before")):
        withdraw_consent(withdrawn_on=date(2026, 3, 2), **deed)  # type: ignore[arg-type]


def test_a_list_has_its_legal_ground(ground: Ground) -> None:
    batch = Batch.objects.create(kind="bhyt_hgd", created_at=AT, state="committed")
    deed = {
        "actor": SYSTEM,
        "batch": batch,
        "purpose": "calls",
        "valid_from": date(2026, 1, 1),
        "at": AT,
    }
    made = record_legal_basis(
        basis="public_task",
        document="QĐ 490/QĐ-BHXH",
        valid_until=None,
        **deed,  # type: ignore[arg-type]
    )
    assert made.change.batch == batch
    with pytest.raises(Refused, check=refused("basis_recorded_before")):
        record_legal_basis(
            basis="consent",
            document="Biên bản",
            valid_until=None,
            **deed,  # type: ignore[arg-type]
        )
    deed |= {"valid_from": date(2026, 2, 1)}
    with pytest.raises(
        Refused, check=refused("basis_unknown", "basis_document_missing", "ended_before_start")
    ):
        record_legal_basis(
            basis="x",
            document="",
            valid_until=date(2026, 1, 1),
            **deed,  # type: ignore[arg-type]
        )


def period(
    ground: Ground, person: Person, start: date, until: date | None, **more: object
) -> Participation:
    fields = SpellFields("bhxh_tn", start, until, **{"method": "3", **more})  # type: ignore[arg-type]
    return record_period(actor=ground.officer, person_id=person.pk, fields=fields, book=BOOK, at=AT)


def test_a_period_prolongs_begins_or_is_refused(ground: Ground) -> None:
    person = a_person(ground.here)
    first = period(ground, person, date(2026, 1, 1), date(2026, 4, 1))
    longer = period(ground, person, date(2026, 4, 1), date(2026, 5, 1), method="1")
    assert (longer.pk, longer.covered_from, longer.method) == (first.pk, date(2026, 1, 1), "1")
    anew = period(ground, person, date(2026, 9, 1), date(2026, 12, 1))
    assert anew.pk != first.pk
    assert anew.unit == ground.here
    with pytest.raises(Refused, check=refused("spell_overlaps")):
        period(ground, person, date(2026, 4, 30), date(2026, 7, 1))
    with pytest.raises(Refused, check=refused("months_not_allowed")):
        period(ground, person, date(2027, 1, 1), date(2027, 3, 1), method="2")
    with pytest.raises(Refused, check=refused("covered_until_missing")):
        period(ground, person, date(2027, 1, 1), None)
    assert Participation.objects.count() == 2


def test_an_ended_spell_is_not_prolonged_and_ends_once(ground: Ground) -> None:
    person = a_person(ground.here)
    spell = period(ground, person, date(2026, 1, 1), date(2026, 4, 1))
    deed = {
        "actor": ground.officer,
        "participation_id": spell.pk,
        "reason": "to_compulsory",
        "at": AT,
    }
    with pytest.raises(Refused, check=refused("ended_before_start")):
        end_spell(version=1, ended_on=date(2025, 12, 31), **deed)  # type: ignore[arg-type]
    end_spell(version=1, ended_on=date(2026, 3, 1), **deed)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion):
        end_spell(version=1, ended_on=date(2026, 3, 1), **deed)  # type: ignore[arg-type]
    with pytest.raises(Refused, check=refused("spell_ended_before")):
        end_spell(version=2, ended_on=date(2026, 3, 1), **deed)  # type: ignore[arg-type]
    assert period(ground, person, date(2026, 4, 1), date(2026, 7, 1)).pk != spell.pk


def test_the_time_line_tells_all_the_latest_first(ground: Ground) -> None:
    person = a_person(ground.here)
    spell = period(ground, person, date(2026, 1, 1), date(2026, 4, 1))
    end_spell(
        actor=ground.officer,
        participation_id=spell.pk,
        version=1,
        ended_on=date(2026, 3, 20),
        reason="deceased",
        at=AT,
    )
    happened = timeline_of(ground.officer, person.pk)
    assert [one.code for one in happened] == ["person_left", "person_recorded", "person_joined"]
    with pytest.raises(NotVisible):
        timeline_of(ground.collector, person.pk)
