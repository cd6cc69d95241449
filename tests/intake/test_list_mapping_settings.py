"""Mappings of lists are remembered by their heads, for each office and kind."""

from datetime import UTC, datetime

import pytest

from vandong.accounts.models import OfficeSetting
from vandong.accounts.queries.scope import Actor
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.intake.kinds import ListField, ListKind
from vandong.intake.mapping import ColumnMapping, list_signature
from vandong.intake.mapping_settings import mapping_for, save_list_mapping

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
ACTOR = Actor.system("test")
HEADS = ("TT", "Người", "Cột lạ")

pytestmark = pytest.mark.django_db


def _mapping(kind: ListKind = ListKind.POOR, place: int = 1) -> ColumnMapping:
    return ColumnMapping(kind, ((ListField.FULL_NAME, place),), list_signature(HEADS))


def test_kept_and_found_by_heads_and_kind() -> None:
    save_list_mapping(actor=ACTOR, mapping=_mapping(), name="Danh sách xã", at=AT)
    assert (
        mapping_for(ACTOR, ListKind.POOR, list_signature(["tt", "NGƯỜI", "cột lạ"])) == _mapping()
    )
    assert mapping_for(ACTOR, ListKind.NEAR_POOR, list_signature(HEADS)) is None
    assert mapping_for(ACTOR, ListKind.POOR, list_signature(HEADS[:2])) is None


def test_saved_again_replaces_and_the_same_changes_nothing() -> None:
    first = save_list_mapping(actor=ACTOR, mapping=_mapping(), name="Danh sách xã", at=AT)
    again = save_list_mapping(actor=ACTOR, mapping=_mapping(), name="Danh sách xã", at=AT)
    assert (again.pk, again.version) == (first.pk, 1)
    other = save_list_mapping(actor=ACTOR, mapping=_mapping(place=2), name="Tên khác", at=AT)
    assert (other.pk, other.version, other.name) == (first.pk, 2, "Tên khác")
    assert OfficeSetting.objects.count() == 1
    assert AuditEvent.objects.filter(action="list_mapping.saved").count() == 2


def test_a_mapping_that_cannot_do_is_refused_with_all_reasons() -> None:
    twice = ((ListField.PHONE, 1), (ListField.PHONE, 2), (ListField.ADDRESS, 2))
    faulty = ColumnMapping(ListKind.BHYT_HGD, twice, "")
    with pytest.raises(Refused) as told:
        save_list_mapping(actor=ACTOR, mapping=faulty, name=" ", at=AT)
    assert sorted({one.code for one in told.value.findings}) == [
        "list_column_missing",
        "list_column_twice",
        "list_field_twice",
        "list_mapping_name",
    ]
    assert not OfficeSetting.objects.exists()
