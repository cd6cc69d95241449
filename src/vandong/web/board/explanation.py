"""How a figure came about, as lines that a page can print: formula, inputs, sources, days."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.kernel.exactness import Exactness, Interval
from vandong.kernel.numbers import format_decimal
from vandong.phrases import UnknownCode, sentence
from vandong.phrases.forms import FORMS, in_language
from vandong.planning.progress.explained import Explained, Input

FRACTION = "fraction"
EXACT_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class InputLine:
    """One input: its name, value in words, day or span, and where it was stated."""

    label: str
    value: str
    on: date | None
    period_from: date | None
    source: str
    file_name: str
    row: int | None
    kind: str
    is_restated: bool


@dataclass(frozen=True, slots=True)
class ExplanationLines:
    """A whole explanation. `exact_value`: all decimals; `span`: the possible values, empty when exact."""

    value: str
    exact_value: str
    span: str
    formula: str
    inputs: tuple[InputLine, ...]


def explanation_lines(figure: Explained, lang: str) -> ExplanationLines:
    """The explanation in the reader's language."""
    quantity = figure.quantity
    span = "" if quantity.is_exact else _span(figure, lang)
    return ExplanationLines(
        value=figure_text(figure, lang),
        exact_value=_exact_text(figure, lang),
        span=span,
        formula=_named("formula", figure.formula, lang),
        inputs=tuple(_line(given, lang) for given in figure.inputs),
    )


def figure_text(figure: Explained, lang: str) -> str:
    """The figure in words and digits: 84,65%; +4.934; hơn 63.300."""
    return _value_text(figure.value, figure.measured_in, lang)


def _value_text(value: Fraction, measured_in: str, lang: str) -> str:
    if measured_in == FRACTION:
        return FORMS["percent"](value, lang)
    if measured_in == "per_cent":
        return FORMS["decimal"](value, lang) + "%"
    if measured_in == "dong":
        return FORMS["dong"](value, lang)
    if measured_in == "months":
        return FORMS["months"](value, lang)
    return FORMS["decimal"](value, lang)


def _exact_text(figure: Explained, lang: str) -> str:
    """More decimals than the page shows, when there are more."""
    value = figure.value
    if figure.measured_in == FRACTION:
        value *= 100
    if (value * 100).denominator == 1:
        return ""
    return in_language(format_decimal(value, EXACT_DECIMALS), lang)


def _span(figure: Explained, lang: str) -> str:
    low, high = figure.quantity.low, figure.quantity.high
    if figure.measured_in == FRACTION:
        ends = (FORMS["percent"](low, lang), FORMS["percent"](high, lang))
        return " – ".join(ends)
    return FORMS["interval"](Interval(low, high), lang)


def _line(given: Input, lang: str) -> InputLine:
    source = given.source
    word = FORMS["exact"](given.exactness, lang) if given.exactness is not Exactness.EXACT else ""
    return InputLine(
        label=_named("input", given.label, lang),
        value=word + _value_text(given.value, given.measured_in, lang),
        on=given.on,
        period_from=given.period_from,
        source=source.text if source else "",
        file_name=source.file_name if source else "",
        row=source.row if source else None,
        kind=_named("source", source.kind, lang) if source else "",
        is_restated=given.restated,
    )


def _named(family: str, code: str, lang: str) -> str:
    """The name of a code; the children of a sum are named by themselves."""
    try:
        return sentence(f"{family}_{code}", {}, lang)
    except UnknownCode:
        return code
