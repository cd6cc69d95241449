"""Loading the official units: whole, once, mended when they differ, by those who may."""

from datetime import UTC, date, datetime

import pytest

from vandong.accounts.queries.scope import Actor, GrantLine, NotAllowed
from vandong.administration.places import load_official_units
from vandong.audit.models import AuditEvent
from vandong.places.models import Placement, Succession, Unit
from vandong.places.queries import find_unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
SYSTEM = Actor.system("vandong places load")


def rows():
    return Unit.objects.count(), Placement.objects.count(), Succession.objects.count()


def test_loading_is_whole_and_running_again_changes_nothing():
    first = load_official_units(actor=SYSTEM, at=AT)
    assert rows() == (14035, 14155, 10500)
    assert first.new_count == sum(rows())
    again = load_official_units(actor=SYSTEM, at=AT)
    assert (again.new_count, again.changed_count) == (0, 0)
    assert again.unchanged_count == first.new_count
    assert AuditEvent.objects.filter(action="official_units.loaded").count() == 1


def test_what_was_bent_is_mended_and_what_people_made_is_left():
    load_official_units(actor=SYSTEM, at=AT)
    ha_noi = find_unit("01", date(2026, 1, 1))
    Unit.objects.filter(id=ha_noi.id).update(name="Hà Nội", name_fold="ha noi")
    Placement.objects.filter(unit=ha_noi).update(path="/9/")
    Succession.objects.filter(note="Nhập toàn bộ").first().delete()
    own = Unit.objects.create(
        kind="cluster", code="00070-01", name="Tổ 1", name_key="t", name_fold="to 1", sort_key="t"
    )
    mended = load_official_units(actor=SYSTEM, at=AT)
    assert (mended.new_count, mended.changed_count) == (1, 2)
    assert Unit.objects.get(id=ha_noi.id).name == "Thành phố Hà Nội"
    assert Unit.objects.filter(id=own.id).exists()


def test_only_those_who_manage_places_may_load():
    planner = Actor(user_id=1, name="Kế hoạch", grants=(GrantLine("planner"),))
    with pytest.raises(NotAllowed):
        load_official_units(actor=planner, at=AT)
    assert rows() == (0, 0, 0)
