"""The day that a places page is asked for."""

from datetime import date

from django.utils import timezone

from vandong.kernel.days import DayProblem, parse_day
from vandong.web.access import DoorRequest


def asked_day(request: DoorRequest) -> tuple[date, str]:
    """The day of "?ngay=" and, when it could not be read, the text that was given; else today."""
    text = request.GET.get("ngay", "").strip()
    if not text:
        return timezone.localdate(), ""
    try:
        return parse_day(text), ""
    except DayProblem:
        return timezone.localdate(), text
