"""A province's value has a name that people read, not its code."""

from datetime import date
from fractions import Fraction

import pytest

from vandong.advice.documents.trace import fact_name
from vandong.law import Citation, Confidence, Fact
from vandong.rules.local_support import local_parts, parameter_code


def fact(code: str) -> Fact:
    cited = Citation("Nghị quyết 1/NQ-HĐND", "1")
    return Fact(
        code, "", Fraction(1, 5), "rate", date(2026, 1, 1), None, cited, Confidence.SECONDARY
    )


@pytest.mark.parametrize("scheme", ["bhxh_tn", "bhyt_hgd"])
@pytest.mark.parametrize("group", ["all", "other", "student"])
def test_a_local_value_is_named(scheme: str, group: str) -> None:
    code = parameter_code("local_support_rate", "01", scheme, group)
    assert local_parts(code) == (scheme, group)
    for lang in ("vi", "en"):
        assert "local_" not in fact_name(fact(code), lang)


def test_a_value_of_the_state_keeps_its_own_name() -> None:
    assert local_parts("contribution_rate") is None
    assert fact_name(fact("contribution_rate"), "vi") == "Tỷ lệ đóng BHXH tự nguyện"
