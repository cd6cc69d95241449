"""A province's resolution: one person enters it, another approves it, and only then results cite it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.accounts.conftest import Country, country
from tests.administration.people import AT, as_actor, someone

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible
from vandong.administration.law_reading import readable_law
from vandong.administration.local_supports import (
    LocalSupportFields,
    decide_local_support,
    propose_local_support,
    withdraw_local_support,
)
from vandong.administration.refusals import Refused, StaleVersion
from vandong.audit.models import AuditEvent
from vandong.documents.models import LocalSupport
from vandong.documents.queries.local_supports import (
    law_book_of,
    local_parameters,
    local_supports,
    province_of,
)
from vandong.law import LawBook
from vandong.law.review import Concern, attention
from vandong.rules.local_support import local_share

__all__ = ["country"]
pytestmark = pytest.mark.django_db

EMPTY = LawBook({})
ON = date(2026, 3, 2)
CODE = "local_support_rate.24.bhxh_tn.other"


def refused(*codes: str) -> Callable[[Refused], bool]:
    return lambda refusal: sorted(one.code for one in refusal.findings) == sorted(codes)


@pytest.fixture
def planner(db: None) -> Actor:
    return as_actor(someone("ke", Role.PLANNER))


@pytest.fixture
def second(db: None) -> Actor:
    return as_actor(someone("hai", Role.PLANNER))


@pytest.fixture
def fields(country: Country) -> LocalSupportFields:
    return LocalSupportFields(
        unit_id=country["new_ninh"].pk,
        scheme="bhxh_tn",
        group="other",
        rate=Decimal("0.2"),
        valid_from=date(2026, 1, 1),
        document_number="Nghị quyết 12/2025/NQ-HĐND",
        article="3",
        signed_on=date(2025, 12, 10),
        confidence="official",
    )


def propose(actor: Actor, fields: LocalSupportFields, **more: Any) -> LocalSupport:
    return propose_local_support(actor=actor, fields=fields, at=AT, **more)


def decide(actor: Actor, row: LocalSupport, **changed: Any) -> LocalSupport:
    given = {"version": row.version, "approved": True, "at": AT} | changed
    return decide_local_support(actor=actor, local_support_id=row.pk, **given)


def withdraw(actor: Actor, row: LocalSupport, **changed: Any) -> LocalSupport:
    given = {"version": row.version, "reason": "Ghi nhầm tỉnh", "at": AT} | changed
    return withdraw_local_support(actor=actor, local_support_id=row.pk, **given)


def test_nothing_counts_before_another_person_approves(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    province = country["new_ninh"]
    row = propose(planner, fields)
    assert local_parameters(province) == ()
    assert law_book_of(EMPTY, province, ON).fingerprint == EMPTY.fingerprint
    decide(second, row)
    book = law_book_of(EMPTY, province, ON)
    fact = book.fact(CODE, ON)
    assert fact.value == Fraction(1, 5)
    assert fact.citation.document == "Nghị quyết 12/2025/NQ-HĐND"
    assert (fact.citation.article, fact.citation.signed_on) == ("3", date(2025, 12, 10))
    assert book.fingerprint != EMPTY.fingerprint
    assert local_supports(province, "bhxh_tn", ON) == (row,)
    assert local_supports(province, "bhxh_tn", date(2025, 12, 31)) == ()
    assert local_supports(province, "bhyt_hgd", ON) == ()


def test_what_ends_is_seen_with_the_law(
    planner: Actor, second: Actor, fields: LocalSupportFields
) -> None:
    ends = replace(fields, valid_until=date(2026, 7, 1))
    row = propose(planner, ends)
    assert CODE not in readable_law(planner).parameters
    decide(second, row)
    found = attention(readable_law(planner), ON, date(2026, 12, 31))
    assert [(one.concern, one.on) for one in found if one.parameter.code == CODE] == [
        (Concern.ENDING, date(2026, 7, 1))
    ]


@pytest.mark.parametrize(
    ("group", "valid_from", "is_known"),
    [
        ("village_health_worker", date(2026, 1, 1), True),
        ("village_health_worker", date(2025, 6, 30), False),
        ("student", date(2025, 6, 30), True),
        ("poor", date(2026, 1, 1), False),
        ("nobody", date(2026, 1, 1), False),
    ],
)
def test_a_card_may_be_supported_for_every_group_the_state_supports(
    planner: Actor, fields: LocalSupportFields, group: str, valid_from: date, is_known: bool
) -> None:
    given = replace(fields, scheme="bhyt_hgd", group=group, valid_from=valid_from)
    if is_known:
        assert propose(planner, given).group == group
    else:
        with pytest.raises(Refused, check=refused("local_support_group_wrong")):
            propose(planner, given)


def test_every_deed_is_in_the_trail(
    planner: Actor, second: Actor, fields: LocalSupportFields
) -> None:
    withdraw(planner, decide(second, propose(planner, fields)))
    deeds = AuditEvent.objects.order_by("pk").values_list("action", "actor_id")
    assert list(deeds) == [
        ("local_support.proposed", planner.user_id),
        ("approval.asked", planner.user_id),
        ("approval.given", second.user_id),
        ("local_support.withdrawn", planner.user_id),
    ]


def test_who_proposed_does_not_approve(planner: Actor, fields: LocalSupportFields) -> None:
    row = propose(planner, fields)
    with pytest.raises(Refused, check=refused("approval_own")):
        decide(planner, row)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_an_administrator_proposes_and_may_not_approve(
    second: Actor, fields: LocalSupportFields
) -> None:
    row = propose(as_actor(someone("quan", Role.ADMINISTRATOR)), fields)
    with pytest.raises(NotAllowed):
        decide(as_actor(someone("quan2", Role.ADMINISTRATOR)), row)
    assert decide(second, row).state == "approved"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COLLECTOR, Role.OBSERVER])
def test_others_may_not(role: Role, fields: LocalSupportFields, planner: Actor) -> None:
    other = as_actor(someone("khac", role))
    with pytest.raises(NotAllowed):
        propose(other, fields)
    row = propose(planner, fields)
    for deed in (decide, withdraw):
        with pytest.raises(NotAllowed):
            deed(other, row)


def test_a_planner_of_elsewhere_sees_nothing_here(
    planner: Actor, fields: LocalSupportFields, country: Country
) -> None:
    far = country.add("far", "province", "31", "Thành phố Hải Phòng", "country")
    row = propose(planner, fields)
    stranger = as_actor(someone("xa", Role.PLANNER, unit=far))
    with pytest.raises(NotVisible):
        propose(stranger, fields)
    for deed in (decide, withdraw):
        with pytest.raises(NotVisible):
            deed(stranger, row)


def test_a_resolution_is_of_a_province(
    planner: Actor, fields: LocalSupportFields, country: Country
) -> None:
    with pytest.raises(NotVisible):
        propose(planner, replace(fields, unit_id=country["country"].pk))


def test_a_refusal_has_a_reason_and_is_final(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    row = propose(planner, fields)
    with pytest.raises(Refused, check=refused("approval_reason_missing")):
        decide(second, row, approved=False)
    row = decide(second, row, approved=False, reason="Sai tỷ lệ")
    assert row.state == "refused"
    with pytest.raises(Refused, check=refused("local_support_decided")):
        decide(second, row)
    assert local_parameters(country["new_ninh"]) == ()


def test_a_stale_page_decides_nothing(
    planner: Actor, second: Actor, fields: LocalSupportFields
) -> None:
    row = propose(planner, fields)
    with pytest.raises(StaleVersion):
        decide(second, row, version=row.version + 1)
    with pytest.raises(StaleVersion):
        withdraw(second, row, version=row.version + 1)


def test_withdrawing_needs_a_reason_and_takes_the_value_away(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    row = decide(second, propose(planner, fields))
    with pytest.raises(Refused, check=refused("local_support_reason_missing")):
        withdraw(planner, row, reason="  ")
    assert withdraw(planner, row).state == "withdrawn"
    assert local_parameters(country["new_ninh"]) == ()


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"scheme": "bhtn"}, ["local_support_scheme_missing"]),
        ({"group": "student"}, ["local_support_group_wrong"]),
        ({"scheme": "bhyt_hgd", "group": "poor"}, ["local_support_group_wrong"]),
        ({"rate": None}, ["local_support_value_missing"]),
        ({"amount": 33000}, ["local_support_value_missing"]),
        ({"rate": Decimal("1.01")}, ["local_support_rate_wrong"]),
        ({"rate": Decimal(0)}, ["local_support_rate_wrong"]),
        ({"rate": None, "amount": 0}, ["local_support_amount_wrong"]),
        ({"valid_from": None}, ["local_support_start_missing"]),
        ({"valid_until": date(2026, 1, 1)}, ["local_support_span_wrong"]),
        ({"signed_on": date(2026, 3, 3)}, ["local_support_signed_later"]),
        ({"confidence": "sure"}, ["local_support_confidence_missing"]),
        ({"confidence": "unverified"}, ["local_support_check_missing"]),
        (
            {"document_number": " ", "article": "", "rate": None},
            [
                "local_support_document_missing",
                "local_support_article_missing",
                "local_support_value_missing",
            ],
        ),
    ],
)
def test_all_problems_of_the_fields_at_once(
    planner: Actor, fields: LocalSupportFields, changed: dict[str, Any], codes: list[str]
) -> None:
    with pytest.raises(Refused, check=refused(*codes)):
        propose(planner, replace(fields, **changed))
    assert not LocalSupport.objects.exists()


@pytest.mark.parametrize(
    ("both", "is_free"),
    [
        (({}, {}), False),
        (({}, {"valid_from": date(2030, 1, 1)}), False),
        (({"valid_until": date(2027, 1, 1)}, {"valid_from": date(2026, 12, 31)}), False),
        (({"valid_until": date(2027, 1, 1)}, {"valid_from": date(2027, 1, 1)}), True),
        (({}, {"valid_from": date(2025, 7, 1), "valid_until": date(2026, 1, 1)}), True),
        (({}, {"valid_from": date(2025, 7, 1), "valid_until": date(2026, 1, 2)}), False),
        (({}, {"group": "poor"}), True),
        (({}, {"scheme": "bhyt_hgd"}), True),
    ],
)
def test_one_value_for_a_group_at_a_time(
    planner: Actor,
    second: Actor,
    fields: LocalSupportFields,
    both: tuple[dict[str, Any], dict[str, Any]],
    is_free: bool,
) -> None:
    first, then = both
    decide(second, propose(planner, replace(fields, **first)))
    following = replace(fields, **then)
    if is_free:
        assert decide(second, propose(planner, following)).state == "approved"
        return
    with pytest.raises(Refused, check=refused("local_support_overlaps")):
        propose(planner, following)


def test_of_two_proposals_one_is_approved(
    planner: Actor, second: Actor, fields: LocalSupportFields
) -> None:
    one, other = propose(planner, fields), propose(planner, replace(fields, rate=Decimal("0.3")))
    decide(second, one)
    with pytest.raises(Refused, check=refused("local_support_overlaps")):
        decide(second, other)
    assert withdraw(planner, other).state == "withdrawn"


def test_a_correction_replaces_in_one_step(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    old = decide(second, propose(planner, fields))
    ending = replace(fields, valid_until=date(2026, 7, 1))
    new = propose(planner, ending, replaces_id=old.pk)
    assert law_book_of(EMPTY, country["new_ninh"], ON).has(CODE, date(2026, 8, 1))
    decide(second, new)
    old.refresh_from_db()
    assert (old.state, new.replaces_id) == ("withdrawn", old.pk)
    book = law_book_of(EMPTY, country["new_ninh"], ON)
    assert book.has(CODE, date(2026, 6, 30))
    assert not book.has(CODE, date(2026, 7, 1))
    with pytest.raises(Refused, check=refused("local_support_decided")):
        propose(planner, ending, replaces_id=old.pk)


def test_what_follows_at_once_leaves_no_gap(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    decide(second, propose(planner, replace(fields, valid_until=date(2027, 1, 1))))
    decide(
        second, propose(planner, replace(fields, valid_from=date(2027, 1, 1), rate=Decimal("0.1")))
    )
    (parameter,) = local_parameters(country["new_ninh"])
    assert [(str(one.valid_from), one.ended) for one in parameter.entries] == [
        ("2026-01-01", ""),
        ("2027-01-01", ""),
    ]


def test_the_province_of_a_commune_decides(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    decide(second, propose(planner, fields))
    commune = next(
        unit
        for unit in country.units.values()
        if unit.kind == "commune"
        and unit.valid_until is None
        and province_of(unit, ON) == country["new_ninh"]
    )
    assert law_book_of(EMPTY, commune, ON).has(CODE, ON)
    assert province_of(country["country"], ON) is None


def test_the_highest_of_the_groups_else_what_everybody_gets(
    planner: Actor, second: Actor, fields: LocalSupportFields, country: Country
) -> None:
    for changed in (
        {"group": "poor", "rate": Decimal("0.3")},
        {"group": "ethnic_minority", "rate": None, "amount": 120_000},
        {"group": "all", "rate": Decimal("0.05")},
    ):
        decide(second, propose(planner, replace(fields, **changed)))
    book = law_book_of(EMPTY, country["new_ninh"], ON)

    def monthly(*groups: str, base: int = 330_000, on: date = ON) -> Fraction:
        share = local_share(
            book, province_code="24", scheme="bhxh_tn", groups=groups, base=Fraction(base), on=on
        )
        assert len(share.facts) == bool(share.monthly(Fraction(base)))
        return share.monthly(Fraction(base))

    assert monthly("poor") == 99_000
    assert monthly("poor", "ethnic_minority") == 120_000
    assert monthly("poor", "ethnic_minority", base=484_000) == Fraction(145_200)
    assert monthly("island") == monthly() == 16_500
    assert monthly("poor", on=date(2025, 12, 31)) == 0
