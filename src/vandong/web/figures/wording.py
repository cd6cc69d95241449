"""Codes of files as the words of pages."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from vandong.accounts.models import Channel
from vandong.figures.models import Measure, PlanKind, Scheme
from vandong.kernel.numbers import format_decimal
from vandong.phrases.forms import FORMS, in_language
from vandong.ui.templatetags.vandong import reader_language

CHIPS = {"received": "amber", "mapping": "amber", "checked": "amber", "committed": "green"}


def state_words(state: str) -> str:
    """The state of a batch, short."""
    return {
        "received": _("Đang kiểm tra"),
        "mapping": _("Chờ ghép cột"),
        "checked": _("Chờ quyết định"),
        "committed": _("Đã nhận"),
        "refused": _("Không nhận"),
        "undone": _("Đã hoàn tác"),
    }[state]


def kind_words(kind: str) -> str:
    """Figures or plans."""
    return _("Kế hoạch, chỉ tiêu") if kind == "plans" else _("Số liệu")


def measure_words(code: str) -> str:
    """A measure or a plan's kind; percentages for checking too."""
    own = {"pct_of_plan": _("Tỷ lệ % so với kế hoạch"), "pct_coverage": _("Tỷ lệ % bao phủ")}
    known = dict(PlanKind.choices) | dict(Measure.choices)
    return own.get(code) or _(str(known.get(code, code)))


def scheme_words(code: str) -> str:
    """The name of a scheme."""
    return str(dict(Scheme.choices).get(code, code))


def channel_words(code: str) -> str:
    """The name of a channel."""
    return _(str(dict(Channel.choices).get(code, code))) if code else ""


def example_words(example: Mapping[str, Any]) -> dict[str, object]:
    """A line of the preview: row, unit, what, before, after."""
    what = [
        scheme_words(example["scheme"]),
        measure_words(example["measure"]),
        channel_words(example.get("channel") or ""),
        example.get("owner") or "",
        example.get("document") or "",
    ]
    return {
        "row": example["row"],
        "unit": example["unit"],
        "what": ", ".join(part for part in what if part),
        "on": FORMS["day"](date.fromisoformat(example["as_of"]), reader_language()),
        "before": number_words(example["before"], example.get("before_word")),
        "after": number_words(example["after"], example.get("after_word")),
        "is_amendment": example.get("is_amendment", False),
    }


def number_words(value: object, word: object = None) -> str:
    """44.134, hơn 44.000, 84,65% (`word` is then its decimals); a dash for nothing."""
    if value is None:
        return "–"
    number = Decimal(str(value))
    if isinstance(word, int):
        return f"{in_language(format_decimal(Fraction(number), word), reader_language())}%"
    if number != number.to_integral_value():
        places = -int(number.normalize().as_tuple().exponent)
        return in_language(format_decimal(Fraction(number), places), reader_language())
    text = FORMS["count"](int(number), reader_language())
    words = {"over": _("hơn"), "nearly": _("gần"), "about": _("khoảng")}
    return f"{words[str(word)]} {text}" if word in words else text
