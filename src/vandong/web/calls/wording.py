"""A call in the collector's words: outcomes as buttons, each at most two taps away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from vandong.contacts.models import Contact, DeclineReason, Outcome
from vandong.kernel.days import format_day
from vandong.outreach.consequences import CONSEQUENCES
from vandong.phrases import sentence
from vandong.rules.people import Sex

_FIRST = (Outcome.AGREED_JOIN, Outcome.AGREED_RENEW, Outcome.NOT_REACHED)
_DAYS = (1, 3, 7, 14, 30)
_ELDERLY = 55
"""From about this age people are spoken to as "bác"; a habit of speech, no rule."""


@dataclass(frozen=True, slots=True)
class Button:
    """One way to end a call: what is sent, and what it says."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A first tap that opens the second."""

    label: str
    buttons: tuple[Button, ...]
    asks_day: str = ""


@dataclass(frozen=True, slots=True)
class SpokenBefore:
    """An earlier contact."""

    on: date
    outcome: str
    who: str
    note: str


def form_of_address(sex: str, age: int | None) -> str:
    """How a collector speaks to somebody known: "chị", "anh", to the elderly "bác"; "anh, chị" when unsure."""
    if age is not None and age >= _ELDERLY:
        return "bác"
    return {Sex.FEMALE: "chị", Sex.MALE: "anh"}.get(Sex(sex), "anh, chị") if sex else "anh, chị"


def first_buttons(outcomes: Sequence[Outcome], lang: str) -> list[Button]:
    """The outcomes that one tap records."""
    return [_button(one, lang) for one in _FIRST if one in outcomes]


def folds(outcomes: Sequence[Outcome], on: date, lang: str) -> list[Fold]:
    """The outcomes that need a day or a reason, and the rest, which one does not press by chance."""
    found = []
    for one in outcomes:
        consequence = CONSEQUENCES[one]
        if consequence.asks_day:
            found.append(Fold(_said(one, lang), _day_buttons(one, on), one.value))
        if consequence.asks_reason:
            found.append(Fold(_said(one, lang), _reason_buttons(one)))
    rest = tuple(
        _button(one, lang)
        for one in outcomes
        if one not in _FIRST
        and not CONSEQUENCES[one].asks_day
        and not CONSEQUENCES[one].asks_reason
    )
    return [*found, Fold(_("Kết quả khác"), rest)]


def _said(one: Outcome, lang: str) -> str:
    return sentence(f"outcome_{one.value}", {}, lang)


def _button(one: Outcome, lang: str) -> Button:
    return Button(one.value, _said(one, lang))


def _day_buttons(one: Outcome, on: date) -> tuple[Button, ...]:
    words = {1: _("Ngày mai"), 7: _("Tuần sau"), 30: _("Tháng sau")}
    buttons = []
    for days in _DAYS:
        day = on + timedelta(days=days)
        label = words.get(days) or _("%s ngày nữa") % days
        buttons.append(Button(f"{one.value}:{day.isoformat()}", f"{label} ({format_day(day)[:5]})"))
    return tuple(buttons)


def _reason_buttons(one: Outcome) -> tuple[Button, ...]:
    return tuple(Button(f"{one.value}:{why.value}", _(str(why.label))) for why in DeclineReason)


def spoken_before(contacts: Sequence[Contact], lang: str) -> list[SpokenBefore]:
    """The last contacts, the youngest first."""
    return [
        SpokenBefore(
            on=one.received_at.date(),
            outcome=sentence(f"outcome_{one.outcome}", {}, lang),
            who=one.member.full_name if one.member else "",
            note=one.note,
        )
        for one in contacts
    ]
