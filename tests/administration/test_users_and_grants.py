"""Accounts and rights: who may give what to whom, and what is written down."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.accounts.conftest import Country, country, office
from tests.administration.people import AT, PASSWORD, SYSTEM, administrator, as_actor, someone

from vandong.accounts.models import Grant, Role, User
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible
from vandong.accounts.queries.users import user_rows
from vandong.administration.grants import add_grant, create_user_with_grant, remove_grant
from vandong.administration.passwords import (
    change_own_password,
    one_time_password,
    password_problems,
    reset_password,
)
from vandong.administration.refusals import Refused, StaleVersion
from vandong.administration.users import create_user, disable_user, edit_user, enable_user
from vandong.audit.models import AuditEvent

__all__ = ["country"]

pytestmark = pytest.mark.django_db


def refused(*codes: str) -> Callable[[Refused], bool]:
    return lambda refusal: tuple(finding.code for finding in refusal.findings) == codes


def make(username: str = "minh", actor: Actor = SYSTEM, **fields: object) -> User:
    given = {"full_name": "Trần Minh", "password": PASSWORD} | fields
    return create_user(actor=actor, username=username, at=AT, **given)  # type: ignore[arg-type]


def edit(user: User, actor: Actor = SYSTEM, **fields: object) -> User:
    given = {"version": user.version, "username": user.username, "full_name": user.full_name}
    return edit_user(
        actor=actor,
        user_id=user.pk,
        language="vi",
        at=AT,
        **(given | fields),  # type: ignore[arg-type]
    )


def test_a_new_account_must_change_its_password_and_is_written_down() -> None:
    user = make("  Minh.Tran ")
    assert (user.username, user.must_change_password) == ("minh.tran", True)
    event = AuditEvent.objects.get(action="user.created")
    assert event.actor_name == "kiểm thử"
    assert event.after == {
        "username": "minh.tran",
        "full_name": "Trần Minh",
        "language": "vi",
        "is_active": True,
        "must_change_password": True,
    }


def test_all_problems_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        make("Ngô Đức", full_name=" ", password="1234")
    assert {finding.code for finding in refusal.value.findings} == {
        "username_form",
        "name_missing",
        "password_too_short",
        "password_too_common",
        "password_only_digits",
    }
    assert not User.objects.exists()


def test_a_name_is_taken_whatever_its_case() -> None:
    make("minh")
    with pytest.raises(Refused, check=refused("username_taken")):
        make("MINH")


def test_one_time_passwords_pass_the_rules_and_differ() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert not any(
        password_problems(one, User(username="minh", full_name="Trần Minh")) for one in made
    )


def test_the_second_of_two_editors_is_told_and_nothing_is_lost() -> None:
    user = make()
    edit(user, full_name="Trần Văn Minh")
    with pytest.raises(StaleVersion) as stale:
        edit(user, full_name="Trần Thị Minh")
    assert stale.value.findings[0].values["name"] == "Trần Văn Minh"
    assert User.objects.get().full_name == "Trần Văn Minh"


def test_an_edit_keeps_only_what_changed_in_the_trail() -> None:
    edit(make(), full_name="Trần Văn Minh")
    event = AuditEvent.objects.get(action="user.edited")
    assert (event.before, event.after) == (
        {"full_name": "Trần Minh"},
        {"full_name": "Trần Văn Minh"},
    )


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    assert edit(make()).version == 1
    assert not AuditEvent.objects.filter(action="user.edited").exists()


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_only_administrators_manage_users(role: str) -> None:
    actor, victim = as_actor(someone("kia", role)), make()
    for deed in (
        lambda: make("khac", actor),
        lambda: edit(victim, actor, full_name="X"),
        lambda: disable_user(actor=actor, user_id=victim.pk, version=1, at=AT),
        lambda: reset_password(actor=actor, user_id=victim.pk, at=AT),
        lambda: add_grant(
            actor=actor, user_id=victim.pk, role="observer", organisation=None, unit=None, at=AT
        ),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not Grant.objects.filter(user=victim).exists()


def test_nobody_disables_resets_or_promotes_oneself() -> None:
    actor = administrator()
    assert actor.user_id is not None
    own = actor.user_id
    for deed in (
        lambda: disable_user(actor=actor, user_id=own, version=1, at=AT),
        lambda: reset_password(actor=actor, user_id=own, at=AT),
        lambda: add_grant(
            actor=actor, user_id=own, role="planner", organisation=None, unit=None, at=AT
        ),
        lambda: remove_grant(actor=actor, grant_id=Grant.objects.get().pk, at=AT),
    ):
        with pytest.raises(Refused, check=refused("not_yourself")):
            deed()


def test_the_last_administrator_stays() -> None:
    last = someone("quan", Role.ADMINISTRATOR)
    with pytest.raises(Refused, check=refused("last_administrator")):
        disable_user(actor=SYSTEM, user_id=last.pk, version=1, at=AT)
    with pytest.raises(Refused, check=refused("last_administrator")):
        remove_grant(actor=SYSTEM, grant_id=last.grants.get().pk, at=AT)
    assert last.grants.count() == 1
    someone("hai", Role.ADMINISTRATOR)
    assert not disable_user(actor=SYSTEM, user_id=last.pk, version=1, at=AT).is_active


def test_disabling_keeps_rights_and_enabling_gives_them_back() -> None:
    user = someone("ke", Role.PLANNER)
    disable_user(actor=SYSTEM, user_id=user.pk, version=1, at=AT, reason="Nghỉ việc")
    assert as_actor(User.objects.get()).grants == ()
    enable_user(actor=SYSTEM, user_id=user.pk, version=2, at=AT)
    assert as_actor(User.objects.get()).grants
    assert AuditEvent.objects.get(action="user.disabled").reason == "Nghỉ việc"


def test_a_reset_password_works_once_and_its_text_is_nowhere_in_the_trail() -> None:
    user = make()
    password = reset_password(actor=SYSTEM, user_id=user.pk, at=AT)
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password
    kept = str(list(AuditEvent.objects.values()))
    assert password not in kept
    assert PASSWORD not in kept


def test_changing_ones_password_needs_the_old_one() -> None:
    user = make()
    with pytest.raises(Refused, check=refused("password_wrong")):
        change_own_password(actor=as_actor(user), old="khac", new="Cau-thong-reo-7", at=AT)
    change_own_password(actor=as_actor(user), old=PASSWORD, new="Cau-thong-reo-7", at=AT)
    user.refresh_from_db()
    assert user.check_password("Cau-thong-reo-7")


def test_the_same_grant_again_changes_nothing() -> None:
    user = make()
    for _ in range(2):
        add_grant(
            actor=SYSTEM, user_id=user.pk, role="observer", organisation=None, unit=None, at=AT
        )
    assert AuditEvent.objects.filter(action="grant.added").count() == 1


def test_a_grant_that_is_over_is_refused() -> None:
    with pytest.raises(Refused, check=refused("grant_already_over")):
        add_grant(
            actor=SYSTEM,
            user_id=make().pk,
            role="observer",
            organisation=None,
            unit=None,
            at=AT,
            valid_until=date(2026, 3, 2),
        )


def test_who_administers_a_part_gives_no_more_than_that_part(country: Country) -> None:
    actor = administrator(unit=country["new_tam_tien"])
    near = someone("gan", Role.COLLECTOR, unit=country["new_tam_tien"])

    def give(unit: object, organisation: object = None) -> Grant:
        return add_grant(
            actor=actor,
            user_id=near.pk,
            role="officer",
            organisation=organisation,
            unit=unit,
            at=AT,  # type: ignore[arg-type]
        )

    with pytest.raises(NotAllowed):
        give(country["new_dai_dong"])
    with pytest.raises(NotAllowed):
        give(country["new_tam_tien"], office("Nơi khác", country["new_dai_dong"]))
    with pytest.raises(Refused, check=refused("grant_beyond_own_ground")):
        give(None)
    assert give(country["old_tam_tien"]).pk


def test_who_administers_a_part_knows_only_its_users(country: Country) -> None:
    actor = administrator(unit=country["new_tam_tien"])
    near = someone("gan", Role.COLLECTOR, unit=country["new_tam_tien"])
    far = someone("xa", Role.COLLECTOR, unit=country["new_dai_dong"])
    both = someone("hai", Role.COLLECTOR, unit=country["new_tam_tien"])
    Grant.objects.create(user=both, role="observer", granted_at=AT)
    someone("khong-quyen")
    assert set(user_rows(actor).values_list("username", flat=True)) == {"quan", "gan"}
    for hidden in (far, both):
        with pytest.raises(NotVisible):
            reset_password(actor=actor, user_id=hidden.pk, at=AT)
    assert reset_password(actor=actor, user_id=near.pk, at=AT)


def test_an_account_with_a_grant_that_may_not_be_given_is_not_made(country: Country) -> None:
    with pytest.raises(NotAllowed):
        create_user_with_grant(
            actor=administrator(unit=country["new_tam_tien"]),
            username="minh",
            full_name="Trần Minh",
            password=PASSWORD,
            role="officer",
            organisation=None,
            unit=country["new_dai_dong"],
            at=AT,
        )
    assert not User.objects.filter(username="minh").exists()


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_disable_each_other_at_once() -> None:
    pair = [someone("mot", Role.ADMINISTRATOR), someone("hai", Role.ADMINISTRATOR)]
    together, outcomes = Barrier(2), []

    def disable(actor: Actor, victim: User) -> None:
        together.wait()
        try:
            disable_user(actor=actor, user_id=victim.pk, version=1, at=AT)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.findings[0].code)
        finally:
            connection.close()

    threads = [
        Thread(target=disable, args=(as_actor(pair[0]), pair[1])),
        Thread(target=disable, args=(as_actor(pair[1]), pair[0])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "last_administrator"]
    assert User.objects.filter(is_active=True).count() == 1
