"""Organisations and people at work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.accounts.conftest import Country, country, office
from tests.administration.people import AT, SYSTEM, TODAY, administrator, as_actor, someone

from vandong.accounts.models import Member, Organisation, Role
from vandong.accounts.queries.organisations import members_to_see, organisation_lines
from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.members import MemberFields, create_member, edit_member
from vandong.administration.organisations import (
    OrganisationFields,
    close_organisation,
    create_organisation,
    edit_organisation,
    reopen_organisation,
)
from vandong.administration.refusals import Refused, StaleVersion
from vandong.audit.models import AuditEvent

__all__ = ["country"]

pytestmark = pytest.mark.django_db

AGENCY = OrganisationFields(kind="social_insurance", name="BHXH tỉnh", channel="agency")


def refused(*codes: str) -> Callable[[Refused], bool]:
    return lambda refusal: tuple(finding.code for finding in refusal.findings) == codes


def make(fields: OrganisationFields = AGENCY, actor: object = SYSTEM) -> Organisation:
    return create_organisation(actor=actor, fields=fields, at=AT)  # type: ignore[arg-type]


def close(subject: Organisation, on: date, successor: Organisation | None = None) -> Organisation:
    return close_organisation(
        actor=SYSTEM,
        organisation_id=subject.pk,
        version=subject.version,
        closed_on=on,
        successor_id=successor.pk if successor else None,
        at=AT,
    )


def test_areas_are_kept_and_changed(country: Country) -> None:
    first, second = country["new_tam_tien"], country["new_border"]
    made = make(replace(AGENCY, unit_ids=[first.pk]))
    edit_organisation(
        actor=SYSTEM,
        organisation_id=made.pk,
        version=1,
        fields=replace(AGENCY, unit_ids=[second.pk]),
        at=AT,
    )
    assert list(made.units.all()) == [second]
    event = AuditEvent.objects.get(action="organisation.edited")
    assert (event.before, event.after) == ({"areas": ["Xã Tam Tiến"]}, {"areas": ["Xã Giáp Ranh"]})


def test_the_second_of_two_editors_is_told() -> None:
    made = make()
    for name in ("BHXH tỉnh A", "BHXH tỉnh B"):
        deed = {"actor": SYSTEM, "organisation_id": made.pk, "version": 1, "at": AT}
        fields = replace(AGENCY, name=name)
        if name.endswith("B"):
            with pytest.raises(StaleVersion):
                edit_organisation(fields=fields, **deed)  # type: ignore[arg-type]
        else:
            edit_organisation(fields=fields, **deed)  # type: ignore[arg-type]
    assert Organisation.objects.get().name == "BHXH tỉnh A"


def test_all_problems_at_once() -> None:
    wrong = OrganisationFields(kind="x", name=" ", channel="y", parent_id=999)
    with pytest.raises(Refused) as refusal:
        make(wrong)
    assert [finding.code for finding in refusal.value.findings] == [
        "kind_unknown",
        "channel_unknown",
        "name_missing",
        "parent_unknown",
    ]


def test_twins_under_one_parent_are_refused() -> None:
    make()
    with pytest.raises(Refused, check=refused("organisation_exists")):
        make()


def test_a_branch_cannot_become_the_parent() -> None:
    top = make()
    branch = make(replace(AGENCY, name="Cơ sở", parent_id=top.pk))
    with pytest.raises(Refused, check=refused("parent_below_itself")):
        edit_organisation(
            actor=SYSTEM,
            organisation_id=top.pk,
            version=1,
            fields=replace(AGENCY, parent_id=branch.pk),
            at=AT,
        )


def test_an_organisation_with_people_does_not_close_without_a_successor() -> None:
    old, new = make(), make(replace(AGENCY, name="BHXH mới"))
    create_member(actor=SYSTEM, fields=MemberFields(old.pk, "01", "Trần Minh"), at=AT)
    with pytest.raises(Refused, check=refused("members_left_behind")):
        close(old, date(2026, 1, 1))
    assert close(old, date(2026, 1, 1), new).successor == new


def test_succession_never_turns_in_a_circle() -> None:
    old, new = make(), make(replace(AGENCY, name="BHXH mới"))
    close(old, date(2026, 1, 1), new)
    with pytest.raises(Refused, check=refused("successor_is_itself")):
        close(new, date(2026, 1, 1), old)


def test_closing_is_undone_by_reopening() -> None:
    closed = close(make(), date(2026, 1, 1))
    assert not organisation_lines(SYSTEM, TODAY)
    reopened = reopen_organisation(actor=SYSTEM, organisation_id=closed.pk, version=2, at=AT)
    assert (reopened.valid_until, reopened.version) == (None, 3)
    assert len(organisation_lines(SYSTEM, TODAY)) == 1


def test_the_tree_is_in_reading_order() -> None:
    top = make()
    for name in ("Cơ sở Yên", "Cơ sở An"):
        make(replace(AGENCY, name=name, parent_id=top.pk))
    make(replace(AGENCY, name="An Giang"))
    lines = organisation_lines(SYSTEM, TODAY)
    assert [(str(line.organisation), line.depth) for line in lines] == [
        ("An Giang", 0),
        ("BHXH tỉnh", 0),
        ("Cơ sở An", 1),
        ("Cơ sở Yên", 1),
    ]


def test_as_many_queries_for_three_as_for_one(django_assert_num_queries: object) -> None:
    for count in (1, 3):
        while Organisation.objects.count() < count:
            make(replace(AGENCY, name=f"BHXH {Organisation.objects.count()}"))
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert len(organisation_lines(SYSTEM, TODAY)) == count


def test_who_administers_a_part_covers_and_sees_that_part_only(country: Country) -> None:
    actor = administrator(unit=country["new_tam_tien"])
    far = office("Xa", country["new_dai_dong"])
    with pytest.raises(Refused, check=refused("area_outside_ground")):
        make(replace(AGENCY, unit_ids=[country["new_dai_dong"].pk]), actor)
    near = make(replace(AGENCY, unit_ids=[country["new_tam_tien"].pk]), actor)
    assert [line.organisation for line in organisation_lines(actor, TODAY)] == [near]
    with pytest.raises(NotVisible):
        reopen_organisation(actor=actor, organisation_id=far.pk, version=1, at=AT)
    with pytest.raises(NotAllowed):
        make(AGENCY, as_actor(someone("ke", Role.PLANNER)))


def test_a_staff_code_is_used_once_in_an_organisation() -> None:
    office_one, office_two = make(), make(replace(AGENCY, name="Khác"))
    create_member(actor=SYSTEM, fields=MemberFields(office_one.pk, "01", "Trần Minh"), at=AT)
    create_member(actor=SYSTEM, fields=MemberFields(office_two.pk, "01", "Lê Lan"), at=AT)
    with pytest.raises(Refused, check=refused("staff_code_taken")):
        create_member(actor=SYSTEM, fields=MemberFields(office_one.pk, " 01 ", "Đỗ An"), at=AT)


def test_one_login_belongs_to_one_member() -> None:
    someone("minh")
    top = make()
    fields = MemberFields(top.pk, "01", "Trần Minh", username="Minh")
    assert create_member(actor=SYSTEM, fields=fields, at=AT).user is not None
    with pytest.raises(Refused, check=refused("username_has_member")):
        create_member(actor=SYSTEM, fields=replace(fields, staff_code="02"), at=AT)
    with pytest.raises(Refused, check=refused("username_unknown")):
        create_member(
            actor=SYSTEM, fields=replace(fields, staff_code="03", username="khong"), at=AT
        )


def test_nobody_works_beyond_the_end_of_the_organisation() -> None:
    top = close(make(), date(2026, 1, 1))
    fields = MemberFields(top.pk, "01", "Trần Minh", valid_from=date(2025, 1, 1))
    with pytest.raises(Refused, check=refused("organisation_closed")):
        create_member(actor=SYSTEM, fields=fields, at=AT)
    until = replace(fields, valid_until=date(2026, 1, 1))
    assert create_member(actor=SYSTEM, fields=until, at=AT).pk


def test_a_member_changes_only_through_the_latest_version() -> None:
    fields = MemberFields(make().pk, "01", "Trần Minh")
    member = create_member(actor=SYSTEM, fields=fields, at=AT)
    changed = replace(fields, rank="Chuyên viên")
    edit_member(actor=SYSTEM, member_id=member.pk, version=1, fields=changed, at=AT)
    with pytest.raises(StaleVersion):
        edit_member(actor=SYSTEM, member_id=member.pk, version=1, fields=fields, at=AT)
    assert Member.objects.get().rank == "Chuyên viên"


def test_members_are_seen_on_ones_own_ground(country: Country) -> None:
    near, far = office("Gần", country["new_tam_tien"]), office("Xa", country["new_dai_dong"])
    for place, name in ((near, "Trần Gần"), (far, "Lê Xa")):
        create_member(actor=SYSTEM, fields=MemberFields(place.pk, "01", name), at=AT)
    officer = as_actor(someone("can", Role.OFFICER, unit=country["new_tam_tien"]))
    assert [str(member) for member in members_to_see(officer)] == ["Trần Gần"]
    with pytest.raises(NotAllowed):
        members_to_see(as_actor(someone("thu", Role.COLLECTOR, unit=country["new_tam_tien"])))
