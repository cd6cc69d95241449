"""Figures and days in the reader's language, and the parts of every page."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django import template
from django.conf import settings
from django.utils.translation import get_language

from vandong.accounts.queries.scope import Actor
from vandong.kernel.findings import Finding
from vandong.kernel.numbers import format_decimal, rounded
from vandong.phrases import finding_sentence
from vandong.phrases.forms import FORMS, in_language
from vandong.ui.menu import MenuEntry, menu_entries

register = template.Library()

NOTHING = "–"


def reader_language() -> str:
    """vi or en, whichever this page is being made in."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


@register.filter
def count(value: int | Fraction | None) -> str:
    """1.724.171 (1,724,171 in English); a dash for nothing."""
    return NOTHING if value is None else FORMS["count"](rounded(Fraction(value)), reader_language())


@register.filter
def signed(value: int | Fraction | None) -> str:
    """+4.934, −1.898, 0."""
    return (
        NOTHING if value is None else FORMS["signed"](rounded(Fraction(value)), reader_language())
    )


@register.filter
def percent(value: Fraction | None, decimals: int = 2) -> str:
    """A fraction as per cent without the sign: 84,65."""
    if value is None:
        return NOTHING
    return in_language(format_decimal(Fraction(value) * 100, decimals), reader_language())


@register.filter
def day(value: date | None) -> str:
    """31/05/2023."""
    return NOTHING if value is None else FORMS["day"](value, reader_language())


@register.filter
def dong(value: int | None) -> str:
    """1.188.000 đ."""
    return NOTHING if value is None else FORMS["dong"](value, reader_language())


@register.filter
def months(value: Fraction | None) -> str:
    """5 tháng."""
    return NOTHING if value is None else FORMS["months"](value, reader_language())


@register.filter
def finding_words(finding: Finding) -> str:
    """The finding as a sentence."""
    return finding_sentence(finding, reader_language())


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> Iterable[MenuEntry]:
    """The menu of the reader of this page."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or not isinstance(actor, Actor) or actor.user_id is None:
        return []
    return menu_entries(actor, request.path)


@register.simple_tag
def is_demo() -> bool:
    """Whether this installation shows made-up data."""
    return bool(settings.DEMO)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, param: str, number: int) -> str:
    """The query of this page with another page number; whatever else was asked stays."""
    asked = context["request"].GET.copy()
    asked[param] = str(number)
    return f"?{asked.urlencode()}"
