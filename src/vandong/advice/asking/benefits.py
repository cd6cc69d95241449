"""Pension, withdrawal and retirement age asked for in texts; each is worked out at once."""

from datetime import date
from fractions import Fraction

from vandong.advice.asking.reader import Reader, read_amount, read_day, read_rate
from vandong.advice.asking.segments import read_birth, read_segments, read_sex, read_whole
from vandong.law import LawBook
from vandong.rules.average_income import Growth
from vandong.rules.contribution import parse_group
from vandong.rules.lump_sum import Case, LumpSum, LumpSumRequest, lump_sum, lump_sum_of_average
from vandong.rules.pension import (
    Pension,
    PensionRequest,
    pension,
    pension_of_average,
    projected_pension,
    whole_months,
)
from vandong.rules.people import Sex, SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth, RetirementAge, retirement_age

_GROWTH = ("income_growth", "price_growth")
_ANY_BIRTH = Birth(date.min)
_LETTER_D = "đ"


def pension_answer(book: LawBook, reader: Reader) -> Pension:
    """The pension of the fields sex, on, and birth with segments (retire_on, income_growth, price_growth) or
    average with years and months. Raises AskedWrongly, RuleProblem, ParameterMissing."""
    on = reader.needed("on", read_day, date.min)
    sex = reader.needed("sex", read_sex, Sex.FEMALE)
    if reader.text("average"):
        _refuse_other_form(reader, "pension_forms_mixed", "segments", "birth")
        average = reader.read("average", read_amount, 0)
        years, months = (reader.read(name, read_whole, 0) for name in ("years", "months"))
        reader.stop()
        return pension_of_average(book, sex, average, years=years, months=months, on=on)
    given = PensionRequest(
        sex=sex,
        birth=reader.needed("birth", read_birth, _ANY_BIRTH),
        segments=reader.needed("segments", read_segments, ()),
        on=on,
        retire_on=reader.read("retire_on", read_day, None),
    )
    growth = Growth(*(reader.read(name, read_rate, Fraction(0)) for name in _GROWTH))
    reader.stop()
    if any(reader.text(name) for name in _GROWTH):
        return projected_pension(book, given, growth)
    return pension(book, given)


def retirement_age_answer(book: LawBook, reader: Reader, today: date) -> RetirementAge:
    """The age of the fields sex and birth, by the law of `on` (else of `today`). Raises AskedWrongly,
    RuleProblem, ParameterMissing."""
    sex = reader.needed("sex", read_sex, Sex.FEMALE)
    birth = reader.needed("birth", read_birth, _ANY_BIRTH)
    on = reader.read("on", read_day, today)
    reader.stop()
    return retirement_age(book, sex, birth, on)


def lump_sum_answer(book: LawBook, reader: Reader) -> LumpSum:
    """The withdrawal of the fields on, segments, case, group, sex, birth; or on, average, years_before_2014,
    months_before_2014, years_after, months_after. Raises AskedWrongly, RuleProblem, ParameterMissing."""
    on = reader.needed("on", read_day, date.min)
    if reader.text("average"):
        return _lump_sum_of_average(book, reader, on)
    given = LumpSumRequest(
        segments=reader.needed("segments", read_segments, ()),
        on=on,
        case=reader.needed("case", read_case, Case.WAITED),
        group=reader.read("group", parse_group, SupportGroup.OTHER),
        sex=reader.read("sex", read_sex, None),
        birth=reader.read("birth", read_birth, None),
    )
    reader.stop()
    return lump_sum(book, given)


def read_case(text: str) -> Case:
    """The case a, b, c, d or dd (đ). Raises RuleProblem case_unknown."""
    body = text.strip().lower().replace(_LETTER_D, Case.WAITED.value)
    if body not in set(Case):
        raise RuleProblem("case_unknown", text=text)
    return Case(body)


def _lump_sum_of_average(book: LawBook, reader: Reader, on: date) -> LumpSum:
    _refuse_other_form(reader, "lump_sum_forms_mixed", "segments")
    average = reader.read("average", read_amount, 0)
    before = _time(reader, "years_before_2014", "months_before_2014")
    after = _time(reader, "years_after", "months_after")
    reader.stop()
    return lump_sum_of_average(
        book, average, months_before=whole_months(*before), months_from=whole_months(*after), on=on
    )


def _time(reader: Reader, years: str, months: str) -> tuple[int, int]:
    return reader.read(years, read_whole, 0), reader.read(months, read_whole, 0)


def _refuse_other_form(reader: Reader, code: str, *names: str) -> None:
    if any(reader.text(name) for name in names):
        reader.add("average", code)
