"""The day whose law advice is asked by; today when it is left out."""

from datetime import date
from typing import Annotated

import typer
from django.utils import timezone

from vandong.kernel.days import parse_day

OnDay = Annotated[
    str,
    typer.Option(
        "--on",
        help="Theo luật của ngày này; bỏ trống là hôm nay. / By the law of this day; today when left out.",
    ),
]


def read_day(text: str) -> date:
    """The day whose law is used; today without one. Raises DayProblem."""
    return parse_day(text) if text else timezone.localdate()
