"""Every version is kept, every write is signed, every reference leads somewhere: the database sees to it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, country, ground

from vandong.administration.people import PersonFields, edit_person
from vandong.administration.people_changes import open_change
from vandong.places.models import Unit
from vandong.registry.models import PASTS, RECORDED, Change, Household, Participation, Person
from vandong.registry.queries.history import changes_of_person

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db


def forget_change() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vandong.change', '', true)")


def test_a_row_without_a_change_is_refused(ground: Ground) -> None:
    forget_change()
    with pytest.raises(DatabaseError, match="No change"), transaction.atomic():
        Household.objects.create(code="H1")


def test_an_update_that_does_not_name_its_change_is_refused(ground: Ground) -> None:
    person = a_person(ground.here)
    open_change(actor=SYSTEM, action="test", at=AT)
    with pytest.raises(IntegrityError, match="without change_id"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(address="Thôn Đồng")


def test_a_bulk_update_keeps_every_row_as_it_was(ground: Ground) -> None:
    people = [a_person(ground.here, name) for name in ("Lê Văn An", "Trần Thị Bình")]
    first = {person.pk: person.change_id for person in people}
    change = open_change(actor=SYSTEM, action="test", at=AT)
    Person.objects.update(address="Thôn Đồng", change=change)
    rows = PASTS[Person]._base_manager.values_list(
        "id", "address", "change_id", "ended_change_id", "operation"
    )
    assert set(rows) == {(pk, "", first[pk], change.pk, "UPDATE") for pk in first}


def test_what_is_deleted_is_kept_too(ground: Ground) -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    household = Household.objects.create(code="H1")
    change = open_change(actor=SYSTEM, action="test.undone", at=AT)
    Household.objects.filter(pk=household.pk).delete()
    kept = PASTS[Household]._base_manager.get()
    assert (kept.code, kept.operation, kept.ended_change_id) == ("H1", "DELETE", change.pk)  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_the_past_has_every_column(model: type[Person]) -> None:
    columns = {field.column for field in model._meta.concrete_fields}
    own = {"past_id", "ended_change_id", "operation"}
    assert {field.column for field in PASTS[model]._meta.concrete_fields} == columns | own
    assert PASTS[model]._meta.db_table == f"{model._meta.db_table}past"


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_the_past_takes_every_column_as_it_is(model: type[Person]) -> None:
    types = (
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s"
        " AND column_name NOT IN ('past_id', 'ended_change_id', 'operation')"
    )
    with connection.cursor() as cursor:
        cursor.execute(types, [model._meta.db_table])
        now = set(cursor.fetchall())
        cursor.execute(types, [PASTS[model]._meta.db_table])
        assert set(cursor.fetchall()) == now


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_every_record_is_watched(model: type[Person]) -> None:
    """References without a foreign key of the database have their trigger, with every column."""
    wanted = {
        field.column
        for field in model._meta.concrete_fields
        if field.remote_field and not field.db_constraint and field.name != "change"
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, encode(tgargs, 'escape') FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        triggers = dict(cursor.fetchall())
    assert {"registry_past_update", "registry_past_delete"} <= set(triggers)
    for name in ("registry_references_insert", "registry_references_update"):
        named = triggers.get(name, "").split("\\000")[::2]
        assert {column for column in named if column} == wanted


def test_references_lead_somewhere(ground: Ground) -> None:
    person = a_person(ground.here)
    change = open_change(actor=SYSTEM, action="test", at=AT)
    for wrong in ({"unit_id": 0}, {"household_id": 0}, {"member_id": 0}, {"merged_into_id": 0}):
        with pytest.raises(IntegrityError, match="no row 0"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(change=change, **wrong)
    with pytest.raises(IntegrityError, match="no row 0"), transaction.atomic():
        Participation.objects.create(person_id=0, scheme="bhxh_tn", covered_from="2026-01-01")


def test_who_is_referred_to_cannot_go(ground: Ground) -> None:
    person = a_person(ground.here)
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.create(person=person, scheme="bhxh_tn", covered_from="2026-01-01")
    with (
        pytest.raises(IntegrityError, match="still used"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM registry_person WHERE id = %s", [person.pk])


def test_who_changed_what_is_told_with_numbers_masked(ground: Ground) -> None:
    person = a_person(ground.here, personal_id="024180001234")
    fields = PersonFields("Nguyễn Thị Hoà", unit_id=ground.here.pk, personal_id="024180005678")
    edit_person(
        actor=ground.officer,
        person_id=person.pk,
        version=1,
        fields=fields,
        at=AT,
        reason="Theo căn cước",
    )
    edited, recorded = changes_of_person(ground.officer, person.pk)
    assert (edited.actor_name, edited.reason) == ("Người can_bo", "Theo căn cước")
    assert {(one.field, one.before, one.after) for one in edited.fields} == {
        ("full_name", "Nguyễn Thị Hòa", "Nguyễn Thị Hoà"),
        ("personal_id", "•••••••••234", "•••••••••678"),
    }
    assert recorded.action == "person.created"
    assert Change.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"personal_id": "12345"},
        {"si_number": "1"},
        {"birth_on": "1980-05-17"},
        {"birth_on": "1980-05-17", "birth_precision": "year"},
        {"full_name": ""},
    ],
)
def test_the_tables_refuse_what_no_verb_may_store(ground: Ground, wrong: dict[str, str]) -> None:
    person = a_person(ground.here)
    change = open_change(actor=SYSTEM, action="test", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(change=change, **wrong)


def test_one_number_one_person_one_head(ground: Ground) -> None:
    first, second = a_person(ground.here, personal_id="024180001234"), a_person(ground.here)
    change = open_change(actor=SYSTEM, action="test", at=AT)
    household = Household.objects.create(code="H1")
    Person.objects.filter(pk=first.pk).update(change=change, household=household, relation="head")
    for wrong in ({"personal_id": "024180001234"}, {"household": household, "relation": "head"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=second.pk).update(change=change, **wrong)
    assert Unit.objects.filter(persons=first).count() == 1
