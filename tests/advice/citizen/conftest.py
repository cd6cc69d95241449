"""A person of 38 on 22/11/2026, and ways to change what they told."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest

from vandong.advice.citizen import Answers, CitizenAdvice, citizen_advice, read_answers
from vandong.law import law_book

ON = date(2026, 11, 22)
PLAIN = (
    "dang-dong=chua&viec=khong&gioi=nu&thang-sinh=5&nam-sinh=1988&muc=thap-nhat"
    "&lai=5&tang-thu-nhap=3&tang-gia=3&dung-sau=5&ngay=2026-11-22"
)
Given = dict[str, list[str]]


def given(**changed: str | list[str]) -> Given:
    """The texts of the plain person, with some changed: `nam_sinh="1990"`."""
    texts = parse_qs(PLAIN)
    for name, value in changed.items():
        texts[name.replace("_", "-")] = [value] if isinstance(value, str) else value
    return texts


@pytest.fixture
def told() -> Callable[..., Answers]:
    def make(**changed: Any) -> Answers:
        return read_answers(law_book(), given(**changed), today=ON)

    return make


@pytest.fixture
def advised(told: Callable[..., Answers]) -> Callable[..., CitizenAdvice]:
    def make(**changed: Any) -> CitizenAdvice:
        return citizen_advice(law_book(), told(**changed))

    return make
