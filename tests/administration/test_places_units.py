"""Units made by hand and named sets: refused, versioned, recorded."""

from datetime import UTC, date, datetime

import pytest

from vandong.accounts.queries.scope import Actor, GrantLine, NotAllowed, NotVisible
from vandong.administration.places_sets import change_unit_set, create_unit_set, delete_unit_set
from vandong.administration.places_units import PlaceRefused, create_unit, put_in_area
from vandong.audit.models import AuditEvent
from vandong.places.models import Placement, Tree, Unit, UnitSet
from vandong.places.queries import ancestors, children, find_unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
DAY = date(2021, 11, 1)
SYSTEM = Actor.system("tests")
OBSERVER = Actor(user_id=1, name="Theo dõi", grants=(GrantLine("observer"),))


@pytest.fixture
def province():
    unit = Unit.objects.create(
        kind="province", code="01", name="Thành phố Hà Nội", name_key="", name_fold="", sort_key=""
    )
    turn = date(2025, 7, 1)
    for start, end in ((None, turn), (turn, None)):
        Placement.objects.create(
            tree="administrative", unit=unit, path=f"/{unit.id}/", valid_from=start, valid_until=end
        )
    return unit


def made(parent, **more):
    wanted = {"kind": "cluster", "name": "Cụm  1", "day": DAY} | more
    return create_unit(actor=SYSTEM, parent=parent, at=AT, **wanted)


def test_a_unit_stands_under_its_parent_in_each_span(province):
    unit = made(province)
    assert (unit.code, unit.name) == ("01-01", "Cụm 1")
    for day in (DAY, date(2026, 1, 1)):
        assert ancestors(unit, "administrative", day) == (province,)
    assert find_unit("Cụm 1", DAY, "01") == unit
    assert made(province, name="Cụm 2").code == "01-02"
    event = AuditEvent.objects.filter(action="unit.created").first()
    assert event.after["parent"] == "Thành phố Hà Nội"


def test_an_area_of_an_agency_hangs_in_the_agency_tree(province):
    area = made(province, kind="agency_area", name="BHXH cơ sở Ba Đình")
    assert {place.tree for place in area.placements.all()} == {"agency"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "unit_name_missing"),
        ({"kind": "village"}, "unit_kind_unknown"),
        ({"kind": "province", "code": "01"}, "unit_code_taken"),
    ],
)
def test_a_unit_refused(province, change, code):
    with pytest.raises(PlaceRefused) as problem:
        made(province, **change)
    assert problem.value.code == code
    assert Unit.objects.count() == 1


def test_a_unit_needs_a_parent_and_a_right(province):
    with pytest.raises(PlaceRefused) as problem:
        made(None)
    assert problem.value.code == "unit_parent_missing"
    with pytest.raises(NotAllowed):
        create_unit(actor=OBSERVER, kind="cluster", name="A", parent=province, day=DAY, at=AT)


def new_set(units, **more):
    wanted = {"name": "30 xã điểm", "on": DAY} | more
    return create_unit_set(actor=SYSTEM, unit_ids=[unit.id for unit in units], at=AT, **wanted)


def changed(unit_set, units, version=1, **more):
    wanted = {"name": unit_set.name, "on": unit_set.on} | more
    return change_unit_set(
        actor=SYSTEM,
        unit_set_id=unit_set.id,
        version=version,
        unit_ids=[unit.id for unit in units],
        at=AT,
        **wanted,
    )


def test_a_set_is_made_changed_and_taken_away(province):
    one, two = made(province), made(province, name="Cụm 2")
    unit_set = new_set([one])
    after = changed(unit_set, [two], name="31 xã điểm", note="bổ sung")
    assert after.version == 2
    assert list(after.units.all()) == [two]
    event = AuditEvent.objects.get(action="unit_set.changed")
    assert event.before["units"] == ["Cụm 1 (01-01)"]
    assert event.after["units"] == ["Cụm 2 (01-02)"]
    delete_unit_set(actor=SYSTEM, unit_set_id=unit_set.id, version=2, at=AT)
    assert not UnitSet.objects.exists()
    assert Unit.objects.filter(id=two.id).exists()


def test_who_read_an_older_version_changes_nothing(province):
    unit_set = new_set([province])
    changed(unit_set, [province], note="a")
    with pytest.raises(PlaceRefused) as problem:
        changed(unit_set, [province], note="b")
    assert problem.value.code == "unit_set_changed_meanwhile"
    assert UnitSet.objects.get().note == "a"


def test_sets_refused(province):
    new_set([province])
    for change, units, code in [
        ({}, [province], "unit_set_name_taken"),
        ({"name": ""}, [province], "unit_set_name_missing"),
        ({"name": "B"}, [], "unit_set_empty"),
    ]:
        with pytest.raises(PlaceRefused) as problem:
            new_set(units, **change)
        assert problem.value.code == code
    with pytest.raises(NotAllowed):
        create_unit_set(actor=OBSERVER, name="B", on=DAY, unit_ids=[province.id], at=AT)
    with pytest.raises(NotVisible):
        delete_unit_set(actor=SYSTEM, unit_set_id=0, version=1, at=AT)
    assert UnitSet.objects.count() == 1


def test_units_stand_in_the_area_of_an_office_beside_the_administrative_tree(province):
    area = made(province, kind="agency_area", name="BHXH cơ sở Ba Đình")
    commune = made(province, kind="commune", name="Phường Ngọc Hà")
    put_in_area(actor=SYSTEM, area=area, units=[commune], at=AT)
    day = date(2025, 8, 1)
    assert list(children(area, Tree.AGENCY, day)) == [commune]
    assert list(children(province, Tree.AGENCY, day)) == [area]
    assert commune in children(province, Tree.ADMINISTRATIVE, day)
    assert ancestors(commune, Tree.AGENCY, day) == (province, area)
    with pytest.raises(PlaceRefused) as refusal:
        put_in_area(actor=SYSTEM, area=commune, units=[area], at=AT)
    assert refusal.value.code == "unit_kind_unknown"
