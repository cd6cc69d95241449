"""What a change of the law would touch: kept results that name the parameter or a row of it."""

from datetime import date

import pytest
from tests.administration.people import AT, someone
from tests.figures.factories import make_unit

from vandong.contacts.models import Advice, LawEdition
from vandong.contacts.queries.law_uses import resting_result_count

pytestmark = pytest.mark.django_db


def test_parameters_and_their_rows_are_counted_once_for_each_result() -> None:
    edition = LawEdition.objects.create(fingerprint="1", content="", first_used_at=AT)
    for trace in (
        ["contribution_rate", "state_support_rate.poor", "state_support_rate.other"],
        ["contribution_rate", "poverty_line_rural"],
    ):
        Advice.objects.create(
            unit=make_unit("Xã A", str(len(trace)), "commune"),
            made_by=someone(f"thu{len(trace)}"),
            made_at=AT,
            on=date(2026, 3, 2),
            inputs={},
            result={"offers": [{"amount": 264000, "trace": trace}], "note": None},
            edition=edition,
        )
    counted = {
        code: resting_result_count(code)
        for code in ("contribution_rate", "state_support_rate", "poverty_line", "base_salary")
    }
    assert counted == {
        "contribution_rate": 2,
        "state_support_rate": 1,
        "poverty_line": 0,
        "base_salary": 0,
    }
