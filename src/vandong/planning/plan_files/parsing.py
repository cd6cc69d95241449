"""From a line to a target that can be stored, or every problem of the line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vandong.figures.models import PlanKind
from vandong.kernel.days import DayProblem, parse_day
from vandong.kernel.exactness import Exactness
from vandong.kernel.names import clean
from vandong.kernel.numbers import NumberProblem, decimal_text, parse_count, parse_percent
from vandong.planning.file_heads import Fault
from vandong.planning.file_words import (
    CHANNELS,
    COMMITMENTS,
    DENOMINATORS,
    EXACTNESS,
    PLAN_KINDS,
    SCHEMES,
    Words,
    plain_word,
)
from vandong.planning.plan_files.lines import PlanLine

MOST_DECIMALS = 6
LARGEST_TARGET = 10**14
"""Targets keep six decimals beside fourteen digits."""

LARGEST_PERCENT = 1000
_LENGTHS = {"owner": 200, "document": 100}


@dataclass(frozen=True, slots=True)
class PlanKey:
    """What makes a plan one plan. `document` is a number, empty when none is named."""

    owner: str
    document: str
    scheme: str
    kind: str
    denominator: str
    channel: str
    period_from: date
    deadline: date
    commitment: str

    @property
    def line(self) -> tuple[object, ...]:
        """The plan without its document: another document of the same owner for the same line amends it."""
        return (
            self.owner,
            self.scheme,
            self.kind,
            self.denominator,
            self.channel,
            self.period_from,
            self.deadline,
            self.commitment,
        )


@dataclass(frozen=True, slots=True)
class WantedTarget:
    """A target as a line states it; the unit is found apart. People, đồng, or per cent for coverage."""

    row: int
    key: PlanKey
    value: Decimal
    exactness: str
    signed_on: date | None


def wanted_target(line: PlanLine) -> tuple[WantedTarget | None, list[Fault]]:
    """The target, or None with every fault of the line (the unit is not looked at)."""
    faults: list[Fault] = []
    kind = _word("kind", line.kind, PLAN_KINDS, faults)
    period_from = _day("period_from", line.period_from, faults)
    deadline = _day("deadline", line.deadline, faults)
    if period_from and deadline and deadline < period_from:
        values = {"start": period_from, "deadline": deadline}
        faults.append(("deadline", "deadline_before_start", values))
    value = _value(line, kind, faults)
    exactness = Exactness.EXACT.value
    if line.exactness:
        exactness = _word("exactness", line.exactness, EXACTNESS, faults)
    words = {
        "owner": _text("owner", line.owner, faults),
        "document": _text("document", line.document, faults, is_needed=False),
        "scheme": _word("scheme", line.scheme, SCHEMES, faults),
        "denominator": _denominator(line.denominator, kind, faults),
        "channel": _word("channel", line.channel, CHANNELS, faults) if line.channel else "",
        "commitment": _word("commitment", line.commitment, COMMITMENTS, faults),
    }
    signed_on = _day("signed_on", line.signed_on, faults) if line.signed_on else None
    if faults or period_from is None or deadline is None:
        return None, faults
    key = PlanKey(kind=kind, period_from=period_from, deadline=deadline, **words)
    return WantedTarget(line.row, key, value, exactness, signed_on), faults


def _text(field: str, text: str, faults: list[Fault], *, is_needed: bool = True) -> str:
    wanted = clean(text)
    if not wanted and is_needed:
        faults.append((field, "cell_missing", {}))
    if len(wanted) > _LENGTHS[field]:
        faults.append((field, "text_too_long", {"text": wanted, "limit": _LENGTHS[field]}))
    return wanted


def _word(field: str, text: str, words: Words, faults: list[Fault]) -> str:
    if not text:
        faults.append((field, "cell_missing", {}))
        return ""
    code = words.get(plain_word(text), "")
    if not code:
        known = ", ".join(dict.fromkeys(words.values()))
        name = "plan_kind" if field == "kind" else field
        faults.append((field, f"unknown_{name}", {"text": text, "known": known}))
    return code


def _denominator(text: str, kind: str, faults: list[Fault]) -> str:
    if kind != PlanKind.COVERAGE:
        if text and kind:
            faults.append(("denominator", "denominator_not_used", {"text": text}))
        return ""
    code = DENOMINATORS.get(plain_word(text), "")
    if not code:
        name = "unknown_denominator" if text else "denominator_missing"
        known = ", ".join(dict.fromkeys(DENOMINATORS.values()))
        faults.append(("denominator", name, {"text": text, "known": known}))
    return code


def _day(field: str, text: str, faults: list[Fault]) -> date | None:
    try:
        return parse_day(text)
    except DayProblem as problem:
        faults.append((field, problem.code, {"text": problem.text}))
    return None


def _value(line: PlanLine, kind: str, faults: list[Fault]) -> Decimal:
    try:
        if kind == PlanKind.COVERAGE:
            return _percentage(line, faults)
        if line.is_percent_cell or line.value.endswith("%"):
            faults.append(("value", "percent_in_count", {"text": line.value}))
            return Decimal(0)
        value = parse_count(line.value)
        if value >= LARGEST_TARGET:
            faults.append(("value", "number_too_large", {"text": line.value}))
        return Decimal(value)
    except NumberProblem as problem:
        faults.append(("value", problem.code, {"text": problem.text}))
    return Decimal(0)


def _percentage(line: PlanLine, faults: list[Fault]) -> Decimal:
    share, decimals = parse_percent(line.value)
    percentage: Fraction = share * 100
    if decimals > MOST_DECIMALS:
        faults.append(("value", "too_many_decimals", {"text": line.value, "limit": MOST_DECIMALS}))
    elif not 0 <= percentage <= LARGEST_PERCENT:
        faults.append(("value", "percent_too_large", {"text": line.value}))
    else:
        return Decimal(decimal_text(percentage, MOST_DECIMALS))
    return Decimal(0)
