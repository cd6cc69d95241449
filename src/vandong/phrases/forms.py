"""The types a placeholder can have, and how each is written in Vietnamese and in English.

Numbers may be int, Fraction, Decimal, or text in decimal point notation (as JSON keeps them); never float.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vandong.kernel.days import format_day
from vandong.kernel.exactness import Exactness, Interval
from vandong.kernel.numbers import (
    decimal_text,
    format_count,
    format_decimal,
    format_signed,
    rounded,
)
from vandong.law import law_book

_STRETCH = re.compile(r"(?P<y1>[0-9]{4})-(?P<m1>[0-9]{2})\.\.(?P<y2>[0-9]{4})-(?P<m2>[0-9]{2})")
_ENGLISH = str.maketrans(".,", ",.")

_WORDS = {
    "vi": {
        Exactness.EXACT: "",
        Exactness.OVER: "hơn ",
        Exactness.NEARLY: "gần ",
        Exactness.ABOUT: "khoảng ",
    },
    "en": {
        Exactness.EXACT: "",
        Exactness.OVER: "over ",
        Exactness.NEARLY: "nearly ",
        Exactness.ABOUT: "about ",
    },
}

_SCHEMES = {
    "vi": {
        "bhxh_tn": "BHXH tự nguyện",
        "bhyt_hgd": "BHYT hộ gia đình",
        "bhxh_bb": "BHXH bắt buộc",
        "bhyt": "BHYT",
        "bhtn": "BHTN",
    },
    "en": {
        "bhxh_tn": "voluntary insurance",
        "bhyt_hgd": "household health insurance",
        "bhxh_bb": "compulsory insurance",
        "bhyt": "health insurance",
        "bhtn": "unemployment insurance",
    },
}


def in_language(vietnamese: str, lang: str) -> str:
    """A number written the Vietnamese way, turned to the English signs when `lang` is en."""
    return vietnamese.translate(_ENGLISH) if lang == "en" else vietnamese


def _exact(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal | str):
        raise TypeError(f"{type(value).__name__} is not an exact number")
    return Fraction(value)


def _whole(value: object) -> int:
    if type(value) is int:
        return value
    number = _exact(value)
    if number.denominator != 1:
        raise ValueError(f"{number} is not whole")
    return int(number)


def _count(value: object, lang: str) -> str:
    return in_language(format_count(_whole(value)), lang)


def _signed(value: object, lang: str) -> str:
    return in_language(format_signed(_whole(value)), lang)


def _percent(value: object, lang: str) -> str:
    return in_language(format_decimal(_exact(value) * 100, 2), lang) + "%"


def _rate(value: object, lang: str) -> str:
    """A rate of the law as exact as it is: 0.003100 → "0,31%", 0.006583 → "0,6583%"."""
    whole, point, decimals = decimal_text(_exact(value) * 100).partition(".")
    written = format_count(int(whole)) + (f",{decimals}" if point else "")
    return in_language(written, lang) + "%"


def _law_name(value: object, lang: str) -> str:
    """A parameter of the law by its name; a code that the law as shipped does not know stays as it is."""
    parameter = law_book().parameters.get(str(value))
    return parameter.names[lang] if parameter else _text(value, lang)


def _percent_of_points(value: object, lang: str) -> str:
    points = _exact(value) * 100
    sign = "+" if rounded(points * 100) > 0 else ""
    unit = "điểm phần trăm" if lang == "vi" else "percentage points"
    return f"{sign}{in_language(format_decimal(points, 2), lang)} {unit}"


def _day(value: object, lang: str) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(day, date):
        raise TypeError(f"{type(value).__name__} is not a day")
    return format_day(day)


def _dong(value: object, lang: str) -> str:
    return f"{_count(value, lang)}\u00a0{'đ' if lang == 'vi' else 'VND'}"


def _decimal(value: object, lang: str) -> str:
    if type(value) is int:
        return in_language(format_count(value), lang)
    written = format_decimal(_exact(value), 2)
    return in_language(written.rstrip("0").rstrip(","), lang)


def _months(value: object, lang: str) -> str:
    number = _exact(value)
    if lang == "vi":
        return f"{_decimal(number, lang)} tháng"
    return f"{_decimal(number, lang)} {'month' if number == 1 else 'months'}"


def _interval(value: object, lang: str) -> str:
    if not isinstance(value, Interval):
        raise TypeError(f"{type(value).__name__} is not an interval")
    if value.is_point:
        return _decimal(value.low, lang)
    middle = "đến" if lang == "vi" else "to"
    return f"{_decimal(value.low, lang)} {middle} {_decimal(value.high, lang)}"


def _stretch(value: object, lang: str) -> str:
    """Months from one to another: 2026-11..2048-05 → "11/2026–05/2048"; anything else as a text."""
    found = _STRETCH.fullmatch(str(value))
    if found is None:
        return _text(value, lang)
    first, last = (f"{found[f'm{end}']}/{found[f'y{end}']}" for end in (1, 2))
    return first if first == last else f"{first}–{last}"


def _word(value: object, lang: str) -> str:
    return _WORDS[lang][Exactness(str(value))]


def _text(value: object, lang: str) -> str:
    if value is None:
        raise TypeError("nothing to write")
    written = " ".join(str(value).split())
    return written if len(written) <= 80 else f"{written[:79]}…"


def _names(value: object, lang: str) -> str:
    """A list of proper names, already in order: longer than a text, but not without end."""
    written = " ".join(str(value).split())
    if written in {"", "—"}:
        return "none" if lang == "en" else "không có"
    return written if len(written) <= 600 else f"{written[:599]}…"


def _scheme(value: object, lang: str) -> str:
    return _SCHEMES[lang][str(value)]


FORMS: dict[str, Callable[[object, str], str]] = {
    "count": _count,
    "signed": _signed,
    "percent": _percent,
    "rate": _rate,
    "percent_of_points": _percent_of_points,
    "day": _day,
    "dong": _dong,
    "months": _months,
    "decimal": _decimal,
    "interval": _interval,
    "stretch": _stretch,
    "text": _text,
    "names": _names,
    "exact": _word,
    "law_name": _law_name,
    "scheme": _scheme,
}
"""Types of placeholders. `exact` is the word hơn/gần/khoảng with the space after it, or nothing."""
