"""Questions in texts: all problems at once, each with its field."""

from datetime import date
from fractions import Fraction

import pytest

from vandong.advice.asking import AskedWrongly, Reader
from vandong.advice.asking.contribution import contribution_asked
from vandong.kernel.periods import Month
from vandong.law import law_book
from vandong.rules.people import SupportGroup

BOOK = law_book()


def asked(**texts: str) -> Reader:
    return Reader({name: [text] for name, text in texts.items()})


def test_a_contribution_is_read_as_people_write_it() -> None:
    given = contribution_asked(
        BOOK,
        asked(
            income="1.500.000",
            method="12",
            on="22/11/2026",
            group="poor,other",
            local_rate="20%",
            **{"from": "12/2026"},
        ),
    )
    assert (given.income, given.on) == (1_500_000, date(2026, 11, 22))
    assert given.groups == (SupportGroup.POOR, SupportGroup.OTHER)
    assert given.covers_from == Month(2026, 12)
    assert given.local.rate == Fraction(1, 5)


def test_every_problem_is_told_with_its_field() -> None:
    with pytest.raises(AskedWrongly) as told:
        contribution_asked(
            BOOK,
            asked(income="một triệu", method="5", on="2026-11-22", group="rich", other_rate="x"),
        )
    fields = {(one.field, one.finding.code) for one in told.value.problems}
    assert {field for field, _ in fields} == {"income", "method", "group", "other_rate"}
    assert ("method", "months_not_allowed") in fields
    assert ("group", "unknown_group") in fields


def test_what_is_needed_and_absent_is_told() -> None:
    with pytest.raises(AskedWrongly) as told:
        contribution_asked(BOOK, asked(group="other"))
    codes = {(one.field, one.finding.code) for one in told.value.problems}
    assert codes == {(name, "answer_missing") for name in ("on", "income", "method")}


def test_a_choice_is_one_of_its_words() -> None:
    reader = asked(sex="X")
    assert reader.choice("sex", ("F", "M"), "F") == "F"
    assert [one.finding.code for one in reader.problems] == ["unknown_choice"]
    assert asked(sex="m").choice("sex", ("f", "m"), "f") == "m"
