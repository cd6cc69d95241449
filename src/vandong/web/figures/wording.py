"""Codes of figures in the reader's language."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, gettext

from vandong.accounts.models import Channel
from vandong.documents.models import BatchState
from vandong.figures.models import Commitment, Measure, PlanKind, Scheme
from vandong.kernel.exactness import Exactness
from vandong.kernel.numbers import format_decimal
from vandong.phrases import sentence
from vandong.phrases.catalogue import UnknownCode
from vandong.phrases.forms import FORMS, in_language

_LABELS = {
    code: str(label)
    for choices in (Scheme, Measure, Channel, Commitment, BatchState)
    for code, label in choices.choices
}


def language() -> str:
    """vi or en, whichever this page is made in."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def word(code: str) -> str:
    """The name of a scheme, measure, channel, commitment or state; a printed percentage's too."""
    if code in _LABELS:
        return gettext(_LABELS[code])
    try:
        return sentence(code, {}, language())
    except UnknownCode:
        return code


def plan_kind_word(code: str) -> str:
    """The name of a kind of plan."""
    return gettext(str(PlanKind(code).label)) if code in PlanKind.values else code


def number(value: object) -> str:
    """A count or a percentage as kept by a check: 8.148, 84,65; a dash for nothing."""
    if value is None:
        return "–"
    exact = Decimal(str(value))
    if exact == exact.to_integral_value():
        return FORMS["count"](int(exact), language())
    places = -int(exact.normalize().as_tuple().exponent)
    return in_language(format_decimal(Fraction(exact), places), language())


def target_value(value: Decimal, kind: str, exactness: str = Exactness.EXACT) -> str:
    """A target as printed: people, đồng, or per cent for a coverage, with its word (hơn, gần, khoảng)."""
    word_before = FORMS["exact"](Exactness(exactness), language())
    return f"{word_before}{number(value)}{'%' if kind == PlanKind.COVERAGE else ''}"


def figure_words(example: dict[str, Any]) -> str:
    """Scheme, measure and channel of an example."""
    measure = example.get("measure", "")
    named = plan_kind_word(measure) if "owner" in example else word(measure)
    parts = [word(example["scheme"]) if example.get("scheme") else "", named]
    if example.get("channel"):
        parts.append(word(example["channel"]))
    return " · ".join(part for part in parts if part)


def day_text(iso: str) -> str:
    """31/05/2023 from the ISO form."""
    return FORMS["day"](date.fromisoformat(iso), language())
