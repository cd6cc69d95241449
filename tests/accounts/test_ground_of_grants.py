"""Who sees which units, on both sides of 01/07/2025."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.accounts.conftest import BEFORE, CHANGE, Country, office

from vandong.accounts.models import Grant, Role, User
from vandong.accounts.queries.scope import (
    Actor,
    GrantLine,
    NotAllowed,
    Right,
    Scope,
    actor_for,
    is_allowed,
    is_outsider,
    require,
    visible_organisations,
    visible_units,
)
from vandong.places.models import Unit


def actor(*lines: GrantLine) -> Actor:
    return Actor(user_id=1, name="Trần Văn Mẫu", grants=lines)


def planner(unit: Unit) -> Actor:
    return actor(GrantLine(Role.PLANNER, unit_id=unit.pk))


def seen(country: Country, who: Actor, day: date, scope: Scope = Scope.FIGURES) -> set[str]:
    return country.named(visible_units(who, day, scope))


def test_a_province_is_seen_whole_on_its_day(country: Country) -> None:
    who = planner(country["old_giang"])
    assert seen(country, who, BEFORE) == {
        "old_giang",
        "old_yen_the",
        "old_tam_tien",
        "old_canh_nau",
    }


def test_a_merged_province_is_followed_without_the_ground_of_its_neighbour(
    country: Country,
) -> None:
    who = planner(country["old_giang"])
    assert seen(country, who, CHANGE) == {"new_ninh", "new_tam_tien", "new_border"}


def test_a_province_of_today_sees_all_that_went_into_it(country: Country) -> None:
    who = planner(country["new_ninh"])
    assert seen(country, who, CHANGE) == {"new_ninh", "new_tam_tien", "new_border", "new_dai_dong"}
    assert seen(country, who, BEFORE) == {name for name in country.units if name.startswith("old_")}


def test_a_district_that_was_abolished_is_followed_through_its_communes(country: Country) -> None:
    who = planner(country["old_yen_the"])
    assert seen(country, who, CHANGE) == {"new_tam_tien", "new_border"}


def test_going_forward_never_comes_back_into_a_neighbour(country: Country) -> None:
    # Giáp Ranh was made from communes of both provinces: its other origin stays unseen.
    assert "old_hoan_son" not in seen(country, planner(country["old_canh_nau"]), BEFORE)


def test_a_commune_of_today_sees_its_origins_only(country: Country) -> None:
    who = planner(country["new_border"])
    assert seen(country, who, BEFORE) == {"old_canh_nau", "old_hoan_son"}
    assert seen(country, who, CHANGE) == {"new_border"}


def test_an_id_that_begins_like_another_is_not_its_subtree(country: Country) -> None:
    twin = country.add("new_twin", "commune", "07000", "Xã Song Sinh", "new_ninh")
    place = twin.placements.get()
    place.path = country["new_tam_tien"].placements.get().path[:-1] + "0/"
    place.save()
    assert "new_twin" not in seen(country, planner(country["new_tam_tien"]), CHANGE)


def test_an_officer_compares_in_the_province_and_acts_at_home(country: Country) -> None:
    who = actor(GrantLine(Role.OFFICER, unit_id=country["new_tam_tien"].pk))
    assert "new_dai_dong" in seen(country, who, CHANGE, Scope.FIGURES)
    assert seen(country, who, CHANGE, Scope.ACT) == {"new_tam_tien"}


def test_a_collector_sees_the_own_ground_only(country: Country) -> None:
    who = actor(GrantLine(Role.COLLECTOR, unit_id=country["new_tam_tien"].pk))
    assert all(seen(country, who, CHANGE, scope) == {"new_tam_tien"} for scope in Scope)


def test_an_observer_acts_nowhere(country: Country) -> None:
    who = actor(GrantLine(Role.OBSERVER))
    assert seen(country, who, CHANGE, Scope.ACT) == set()
    assert seen(country, who, CHANGE, Scope.SEARCH) == set()
    assert "new_dai_dong" in seen(country, who, CHANGE)


def test_an_organisation_stands_for_its_areas_and_those_of_its_branches(country: Country) -> None:
    head = office("Bưu điện tỉnh")
    office("Bưu điện Tam Tiến", country["new_tam_tien"], parent=head)
    who = actor(GrantLine(Role.COLLECTOR, organisation_id=head.pk))
    assert seen(country, who, CHANGE) == {"new_tam_tien"}


def test_an_organisation_without_areas_opens_nothing(country: Country) -> None:
    who = actor(GrantLine(Role.PLANNER, organisation_id=office("Chưa có địa bàn").pk))
    assert seen(country, who, CHANGE) == set()


def test_organisation_and_unit_meet(country: Country) -> None:
    both = office("BHXH cơ sở", country["new_tam_tien"], country["new_dai_dong"])
    line = GrantLine(Role.PLANNER, both.pk, country["old_yen_the"].pk)
    assert seen(country, actor(line), CHANGE) == {"new_tam_tien"}


def test_a_closed_organisation_is_followed_to_its_successor(country: Country) -> None:
    old, new = office("BHXH huyện Yên Thế"), office("BHXH cơ sở Tam Tiến", country["new_tam_tien"])
    old.successor = new
    old.save()
    who = actor(GrantLine(Role.PLANNER, organisation_id=old.pk))
    assert seen(country, who, CHANGE) == {"new_tam_tien"}
    assert set(visible_organisations(who)) == {old, new}


def test_small_cells_are_hidden_outside_the_office(country: Country) -> None:
    home, away = country["new_tam_tien"], country["new_dai_dong"]
    officer = actor(GrantLine(Role.OFFICER, unit_id=home.pk))
    assert not is_outsider(officer, home)
    assert is_outsider(officer, away)
    assert is_outsider(actor(GrantLine(Role.OBSERVER)), home)
    assert is_outsider(actor(GrantLine(Role.ADMINISTRATOR)), home)


def test_a_right_counts_only_where_its_own_grant_lies(country: Country) -> None:
    who = actor(
        GrantLine(Role.OFFICER, unit_id=country["new_tam_tien"].pk),
        GrantLine(Role.OBSERVER, unit_id=country["new_dai_dong"].pk),
    )
    require(who, Right.IMPORT_FIGURES, unit=country["new_tam_tien"])
    with pytest.raises(NotAllowed) as refusal:
        require(who, Right.IMPORT_FIGURES, unit=country["new_dai_dong"])
    assert refusal.value.code == "outside_ground"
    with pytest.raises(NotAllowed) as refusal:
        require(who, Right.MANAGE_USERS)
    assert refusal.value.code == "no_right"


def test_unit_and_organisation_must_lie_in_one_grant(country: Country) -> None:
    mine = office("Của tôi", country["new_tam_tien"])
    other = office("Nơi khác", country["new_dai_dong"])
    who = actor(
        GrantLine(Role.PLANNER, organisation_id=mine.pk),
        GrantLine(Role.PLANNER, organisation_id=other.pk),
    )
    assert is_allowed(who, Right.EDIT_PLANS, country["new_tam_tien"], mine)
    assert not is_allowed(who, Right.EDIT_PLANS, country["new_tam_tien"], other)


def test_a_grant_ends_on_its_day_and_a_disabled_user_has_none(country: Country) -> None:
    user = User.objects.create(username="mau", full_name="Mẫu")
    Grant.objects.create(
        user=user,
        role=Role.PLANNER,
        unit=country["new_ninh"],
        granted_at=datetime(2025, 7, 1, tzinfo=UTC),
        valid_until=date(2026, 1, 1),
    )
    assert actor_for(user, date(2025, 12, 31)).grants
    assert not actor_for(user, date(2026, 1, 1)).grants
    user.is_active = False
    assert not actor_for(user, date(2025, 12, 31)).grants


def test_two_statements_whatever_the_number_of_grants(
    country: Country, django_assert_num_queries: object
) -> None:
    for count in (1, 3):
        names = ["old_giang", "new_border", "old_tien_du"][:count]
        lines = [GrantLine(Role.OFFICER, unit_id=country[name].pk) for name in names]
        assert list(visible_units(actor(*lines), CHANGE))
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert list(visible_units(actor(*lines), CHANGE))


def test_a_new_placement_is_reached_at_once(country: Country) -> None:
    lines = (GrantLine(Role.OFFICER, unit_id=country["old_giang"].pk),)
    before = country.named(visible_units(actor(*lines)))
    country.add("later", "commune", "07999", "Xã Mới Lập", parent="old_giang")
    assert country.named(visible_units(actor(*lines))) == before | {"later"}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_grants_only_ever_add(country: Country, data: st.DataObject) -> None:
    """The union over grants is exactly the union of each, on every day and in every scope."""
    lines = st.builds(
        GrantLine,
        role=st.sampled_from(Role.values),
        unit_id=st.sampled_from([unit.pk for unit in country.units.values()]),
    )
    grants = data.draw(st.lists(lines, max_size=3))
    day = data.draw(st.sampled_from([BEFORE, CHANGE]))
    scope = data.draw(st.sampled_from(list(Scope)))
    apart = [seen(country, actor(grant), day, scope) for grant in grants]
    assert seen(country, actor(*grants), day, scope) == set().union(*apart)
