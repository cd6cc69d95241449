"""From a line to what will be stored: an observation or a printed percentage, or every problem of the line."""

import re
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from vandong.figures.models import Measure
from vandong.kernel.days import DayProblem, parse_day
from vandong.kernel.exactness import Exactness
from vandong.kernel.numbers import NumberProblem, parse_change, parse_count, parse_percent, rounded
from vandong.kernel.periods import (
    previous_december_end,
    previous_month_end,
    same_day_last_year,
)
from vandong.planning.figure_files.lines import Line
from vandong.planning.file_heads import Fault
from vandong.planning.file_words import (
    CHANGES,
    CHANNELS,
    DENOMINATOR_MEASURES,
    DENOMINATORS,
    EXACTNESS,
    FLOWS,
    MEASURES,
    SCHEMES,
    Words,
    plain_word,
)

ONE_DAY = timedelta(days=1)
MOST_DECIMALS = 6
PERCENT_CELL_DECIMALS = 2
"""A spreadsheet keeps 0.846468094; what it shows, and what an office prints, has two decimals."""

LARGEST_PERCENT = 1_000_000
_PERCENT_KIND = re.compile(r"pct_[a-z][a-z_]{0,35}")
_COVERAGE = "pct_coverage"


class Figure(NamedTuple):
    """What a line says, but for its unit and organisation. `decimals` is None for a count.

    `value` is people, households or đồng; for a percentage per cent × 10^6, `kind` its name.
    """

    scheme: str
    measure: str
    channel: str
    as_of: date
    period_from: date | None
    value: int
    exactness: str
    denominator: str
    decimals: int | None


class _Span(Enum):
    """Whether a line has a first day: never, always, as it likes, else made from its baseline."""

    NONE = "none"
    NEEDED = "needed"
    FREE = "free"
    MADE = "made"


class _Meaning(NamedTuple):
    """What the words of a line mean together; `faults` where they do not fit."""

    scheme: str
    measure: str
    channel: str
    exactness: str
    denominator: str
    span: _Span
    faults: tuple[Fault, ...]


class LineParser:
    """Remembers what it has read: files say the same few words and days many thousand times."""

    def __init__(self) -> None:
        self._days: dict[str, date | DayProblem] = {}
        self._meanings: dict[tuple[str, ...], _Meaning] = {}

    def day(self, text: str) -> date | DayProblem:
        """The day of a cell, or why it is none."""
        found = self._days.get(text)
        if found is None:
            try:
                found = parse_day(text)
            except DayProblem as problem:
                found = problem
            self._days[text] = found
        return found

    def figure(self, line: Line) -> tuple[Figure | None, list[Fault]]:
        """The figure, or None with every fault of the line (unit and organisation are not looked at)."""
        words = (line.scheme, line.measure, line.channel, line.exactness, line.denominator)
        meaning = self._meanings.get(words)
        if meaning is None:
            meaning = self._meanings[words] = _meaning_of(*words)
        faults = list(meaning.faults)
        as_of = self.day(line.as_of)
        value, decimals = _value_of(line, meaning.measure, faults)
        if isinstance(as_of, DayProblem):
            faults.append(_day_fault("as_of", as_of))
            self._check_period_text(line, faults)
            return None, faults
        period_from = None
        if line.period_from or meaning.span is not _Span.NONE:
            period_from = self._period(line, meaning, as_of, faults)
        if faults:
            return None, faults
        return (
            Figure(
                meaning.scheme,
                meaning.measure,
                meaning.channel,
                as_of,
                period_from,
                value,
                meaning.exactness,
                meaning.denominator,
                decimals,
            ),
            faults,
        )

    def _check_period_text(self, line: Line, faults: list[Fault]) -> None:
        start = self.day(line.period_from) if line.period_from else None
        if isinstance(start, DayProblem):
            faults.append(_day_fault("period_from", start))

    def _period(
        self, line: Line, meaning: _Meaning, as_of: date, faults: list[Fault]
    ) -> date | None:
        """The first day of a flow; none for stocks. A change without one spans from its baseline."""
        span = meaning.span
        if not line.period_from:
            if span is _Span.NEEDED:
                faults.append(("period_from", "period_missing", {"measure": line.measure}))
            return span_of_change(meaning.measure, as_of) if span is _Span.MADE else None
        start = self.day(line.period_from)
        if isinstance(start, DayProblem):
            faults.append(_day_fault("period_from", start))
            return None
        if span is _Span.NONE:
            faults.append(("period_from", "period_not_for_stock", {"measure": line.measure}))
        elif start > as_of:
            faults.append(("period_from", "period_after_day", {"start": start, "on": as_of}))
        return start


def span_of_change(measure: str, as_of: date) -> date:
    """The first day over which a printed change runs: after the last month-end before, the last 31/12, or the
    same day a year ago."""
    if measure == "change_previous_month":
        return previous_month_end(as_of) + ONE_DAY
    if measure == "change_previous_december":
        return previous_december_end(as_of) + ONE_DAY
    return same_day_last_year(as_of) + ONE_DAY


def is_percent(measure: str) -> bool:
    """Whether the measure is a printed percentage, kept for checking only."""
    return measure.startswith("pct_")


def _meaning_of(
    scheme: str, measure: str, channel: str, exactness: str, denominator: str
) -> _Meaning:
    faults: list[Fault] = []
    measure_code = _measure(measure, faults)
    scheme_code = _scheme(scheme, measure_code, faults)
    channel_code = _looked_up("channel", channel, CHANNELS, faults) if channel else ""
    word = Exactness.EXACT.value
    if exactness:
        word = _looked_up("exactness", exactness, EXACTNESS, faults)
    about = denominator
    if is_percent(measure_code):
        about = _denominator_of_percent(measure_code, denominator, faults)
        if channel_code:
            faults.append(("channel", "not_for_percent", {"text": channel}))
        if word not in ("", Exactness.EXACT):
            faults.append(("exactness", "not_for_percent", {"text": exactness}))
    elif denominator and measure_code:
        faults.append(("denominator", "denominator_not_used", {"text": denominator}))
    span = _span(measure_code)
    return _Meaning(scheme_code, measure_code, channel_code, word, about, span, tuple(faults))


def _span(measure: str) -> _Span:
    if measure in FLOWS:
        return _Span.NEEDED
    if measure in CHANGES:
        return _Span.MADE
    return _Span.FREE if is_percent(measure) or not measure else _Span.NONE


def _measure(text: str, faults: list[Fault]) -> str:
    if not text:
        faults.append(("measure", "cell_missing", {}))
        return ""
    written = text.strip().lower()
    if _PERCENT_KIND.fullmatch(written):
        return written
    return _looked_up("measure", text, MEASURES, faults)


def _scheme(text: str, measure: str, faults: list[Fault]) -> str:
    if measure in DENOMINATOR_MEASURES:
        if text:
            faults.append(("scheme", "scheme_not_for_denominator", {"text": text}))
        return ""
    if not text:
        if (
            measure and measure != Measure.REVENUE
        ):  # the revenue of all schemes together is printed too
            faults.append(("scheme", "cell_missing", {}))
        return ""
    return _looked_up("scheme", text, SCHEMES, faults)


def _denominator_of_percent(measure: str, text: str, faults: list[Fault]) -> str:
    """A coverage names its denominator; another percentage may name whose plan it is of, or nothing."""
    known = DENOMINATORS.get(plain_word(text), "")
    if measure == _COVERAGE and not known:
        code = "unknown_denominator" if text else "denominator_missing"
        faults.append(
            ("denominator", code, {"text": text, "known": ", ".join(_codes(DENOMINATORS))})
        )
    if len(text) > 100:
        faults.append(("denominator", "text_too_long", {"text": text, "limit": 100}))
    return known or text


def _looked_up(field: str, text: str, words: Words, faults: list[Fault]) -> str:
    code = words.get(plain_word(text), "")
    if not code:
        faults.append(
            (field, f"unknown_{field}", {"text": text, "known": ", ".join(_codes(words))})
        )
    return code


def _codes(words: Words) -> list[str]:
    return list(dict.fromkeys(words.values()))


def _value_of(line: Line, measure: str, faults: list[Fault]) -> tuple[int, int | None]:
    text = line.value
    try:
        if is_percent(measure):
            return _percent(line, faults)
        if line.is_percent_cell or text.endswith("%"):
            faults.append(("value", "percent_in_count", {"text": text}))
            return 0, None
        if measure in CHANGES:
            return parse_change(text), None
        return parse_count(text), None
    except NumberProblem as problem:
        faults.append(("value", problem.code, {"text": problem.text}))
    return 0, None


def _percent(line: Line, faults: list[Fault]) -> tuple[int, int | None]:
    share, decimals = parse_percent(line.value)
    if line.is_percent_cell and decimals > PERCENT_CELL_DECIMALS:
        scaled = share * 100 * 10**PERCENT_CELL_DECIMALS
        share = Fraction(rounded(scaled), 100 * 10**PERCENT_CELL_DECIMALS)
        decimals = PERCENT_CELL_DECIMALS
    if decimals > MOST_DECIMALS:
        faults.append(("value", "too_many_decimals", {"text": line.value, "limit": MOST_DECIMALS}))
        return 0, None
    if abs(share) * 100 >= LARGEST_PERCENT:
        faults.append(("value", "percent_too_large", {"text": line.value}))
        return 0, None
    return int(share * 100 * 10**MOST_DECIMALS), decimals


def _day_fault(field: str, problem: DayProblem) -> Fault:
    return field, problem.code, {"text": problem.text}
