"""Scripts: words of an office, numbers of the law; every text kept as a version."""

from datetime import date

import pytest
from tests.administration.people import AT, TODAY
from tests.outreach.lists import at_office
from tests.registry.conftest import Ground

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.refusals import Refused, StaleVersion
from vandong.law import law_book
from vandong.outreach.scripts import (
    Answer,
    first_script,
    law_values,
    office_script,
    save_script,
    told_script,
)


def test_amounts_are_those_of_the_law_at_the_day() -> None:
    told = told_script(first_script(), law_book(), date(2026, 11, 1), {"person": "bác Hoà"})
    answers = {one.say: one.answer for one in told.answers}
    assert "264.000 đồng" in answers["Không có tiền."]
    assert "120 tháng" in answers["Không có tiền."]
    assert "15 năm" in answers["Lâu quá."]
    assert "bác Hoà" in told.opening
    assert "{" not in "".join([told.opening, *answers.values()])


def test_before_the_law_of_2024_other_numbers_are_read_out() -> None:
    assert law_values(law_book(), date(2024, 3, 1))["pension_years"] == "20"
    assert law_values(law_book(), date(2024, 3, 1))["lowest_pay"] == "297.000 đồng"


@pytest.mark.django_db
def test_every_save_is_a_version_of_the_office(ground: Ground) -> None:
    words = {"actor": ground.officer, "opening": "Chào {person}.", "at": AT}
    at_office(ground)
    answers = [Answer("Không có tiền.", "Thấp nhất {lowest_pay}."), Answer(" ", "")]
    assert save_script(**words, answers=answers, version=0).version == 1  # type: ignore[arg-type]
    kept = office_script(ground.organisation.pk)
    assert (kept.version, len(kept.answers)) == (1, 1)
    assert office_script(None) == first_script()
    with pytest.raises(StaleVersion):
        save_script(**words, answers=answers, version=0)  # type: ignore[arg-type]
    assert save_script(**words, answers=answers, version=1).version == 2  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        save_script(**words | {"actor": ground.collector}, answers=answers, version=2)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opening", "answer", "code"),
    [
        ("", Answer("a", "b"), "script_opening_missing"),
        ("Chào", Answer("a", ""), "script_half_answer"),
        ("Chào", Answer("a", "Chỉ {tien_thap_nhat}"), "script_name_unknown"),
        ("Chào", Answer("a", "Chỉ 264.000 đồng"), "script_amount_typed"),
        ("Chào", Answer("a", "Hỗ trợ 20%"), "script_amount_typed"),
        ("Chào", Answer("a", "x" * 801), "script_text_long"),
    ],
)
def test_what_cannot_be_read_out_is_refused(
    ground: Ground, opening: str, answer: Answer, code: str
) -> None:
    at_office(ground)
    with pytest.raises(Refused, match=code):
        save_script(actor=ground.officer, opening=opening, answers=[answer], version=0, at=AT)


def test_the_day_of_the_tests_has_all_numbers() -> None:
    assert "…" not in "".join(law_values(law_book(), TODAY).values())
