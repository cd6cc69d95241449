"""The answers of a form or a link: texts by name in, `Answers` out, or every problem with its field.

Names and words are Vietnamese, as people see them in the address.
"""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from vandong.advice.asking.reader import (
    Given,
    Reader,
    read_count,
    read_month,
    read_said_amount,
)
from vandong.advice.citizen.answers import (
    ASK_FIRST,
    Answers,
    Household,
    Means,
    OldCard,
    PaidBefore,
    Situation,
)
from vandong.advice.citizen.assumptions import Assumed, assumed_count, assumed_rate
from vandong.advice.citizen.history import history
from vandong.advice.citizen.paying import chosen_income
from vandong.kernel.days import parse_day
from vandong.kernel.numbers import NumberProblem, parse_percent
from vandong.kernel.periods import Month
from vandong.law import LawBook, ParameterMissing
from vandong.rules.eligibility import Paying
from vandong.rules.household_card import HOUSEHOLD, groups_paid_in_full, groups_supported
from vandong.rules.people import Sex, SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth
from vandong.rules.segments import month_count

_T = TypeVar("_T")

SEXES = {"nu": Sex.FEMALE, "nam": Sex.MALE}
PAYS = {
    "chua": Paying.NOTHING,
    "tu-nguyen": Paying.VOLUNTARY,
    "bat-buoc": Paying.COMPULSORY,
    "khong-ro": Paying.UNKNOWN,
}
GROUPS = {
    "ho-ngheo": SupportGroup.POOR,
    "can-ngheo": SupportGroup.NEAR_POOR,
    "dan-toc": SupportGroup.ETHNIC_MINORITY,
    "xa-dao": SupportGroup.ISLAND,
    "khac": SupportGroup.OTHER,
}
ONE_FAMILY = "ho-gia-dinh"
"""The word of the link for members without another group."""

DAY, LAW, LANGUAGE = "ngay", "luat", "lang"
FIELDS = (
    "dang-dong", "viec", "gioi", "thang-sinh", "nam-sinh", "muc", "tien",
    "tn-nam", "tn-thang", "tn-muc", "dong-den", "bb-nam", "bb-thang", "bb-luong", "bat-dau",
    "da-ho-tro",
    "nhom", "tinh", "nguoi", "nhom-the", "the", "the-het",
    "lai", "tang-thu-nhap", "tang-gia", "dung-sau", DAY,
)  # fmt: skip
"""Every name a link holds, in its order; `luat` and `lang` come after."""

_PROVINCE = re.compile(r"[0-9]{2}")
_PLACES = re.compile(r"[0-9]+")


def read_answers(book: LawBook, given: Given, *, today: date) -> Answers:
    """The answers of these texts; without a day they are of `today`. Raises AskedWrongly with every problem,
    each with the name of its field."""
    reader = Reader(given)
    on = _day(reader, today)
    birth = _birth(reader, on)
    answers = Answers(
        on=on,
        sex=_word(reader, "gioi", SEXES, Sex.FEMALE),
        birth=birth,
        situations=_situations(reader),
        pays=_word(reader, "dang-dong", PAYS, Paying.UNKNOWN),
        means=Means(_choice(reader, "muc", tuple(Means), Means.LOWEST)),
        amount=_amount(reader),
        paid=_paid(reader, on, birth),
        groups=tuple(GROUPS[word] for word in _words(reader, "nhom", tuple(GROUPS))),
        province=_province(reader),
        months_supported=reader.read("da-ho-tro", read_count, None),
        household=_household(book, reader, on),
        assumed=_assumed(reader),
        stop_after_years=_years(reader),
    )
    _check(book, reader, answers)
    reader.stop()
    return answers


def _day(reader: Reader, today: date) -> date:
    """The day of the law; a link tells it. Days to come are allowed within the year after, no later."""
    on = reader.read(DAY, parse_day, today)
    if on > today.replace(year=today.year + 1, day=1):
        reader.add(DAY, "advice_day_far", on=on)
        return today
    return on


def _word(reader: Reader, name: str, words: dict[str, _T], default: _T) -> _T:
    """One of the words; none given is a problem, as the answer decides."""
    text = reader.text(name)
    if not text:
        reader.add(name, "advice_answer_missing")
        return default
    if text not in words:
        reader.add(name, "advice_choose_again")
        return default
    return words[text]


def _choice(reader: Reader, name: str, known: Sequence[str], default: str) -> str:
    """One of the words; none given is the default."""
    text = reader.text(name, default)
    if text in known:
        return text
    reader.add(name, "advice_choose_again")
    return default


def _words(reader: Reader, name: str, known: Sequence[str]) -> tuple[str, ...]:
    said = tuple(dict.fromkeys(reader.texts(name)))
    if any(word not in known for word in said):
        reader.add(name, "advice_choose_again")
    return tuple(word for word in said if word in known)


def _situations(reader: Reader) -> tuple[Situation, ...]:
    said = _words(reader, "viec", tuple(Situation))
    if not said and not any(one.field == "viec" for one in reader.problems):
        reader.add("viec", "advice_answer_missing")
    if Situation.NONE in said and len(said) > 1:
        reader.add("viec", "advice_none_and_more")
    return tuple(Situation(word) for word in said)


def _birth(reader: Reader, on: date) -> Birth:
    """Month and year, or only the year. A whole day typed into the month is read too, and must exist."""
    name, text = "nam-sinh", reader.text("thang-sinh")
    if text and not _PLACES.fullmatch(text):
        return _birth_of_day(reader, on)
    year = reader.needed(name, read_count, on.year)
    if not on.year - assumed_count("oldest_age") <= year <= on.year:
        future = year > on.year
        code = "advice_birth_in_future" if future else "advice_birth_year_wrong"
        reader.add(name, code, year=str(year))
        year = on.year
    if not text:
        return Birth.of_year(year)
    month = reader.read("thang-sinh", read_count, 1)
    if not 1 <= month <= 12:
        reader.add("thang-sinh", "advice_birth_month_wrong", text=text)
        return Birth.of_year(year)
    if any(one.field == name for one in reader.problems):
        return Birth.of_year(year)
    return _not_later(reader, Birth.of_month(year, month), on)


def _birth_of_day(reader: Reader, on: date) -> Birth:
    day = reader.read("thang-sinh", parse_day, None)
    if day is None:
        return Birth.of_year(on.year)
    if day.year < on.year - assumed_count("oldest_age"):
        reader.add("thang-sinh", "advice_birth_year_wrong", year=str(day.year))
        return Birth.of_year(on.year)
    return _not_later(reader, Birth.of_month(day.year, day.month), on)


def _not_later(reader: Reader, birth: Birth, on: date) -> Birth:
    if birth.month > Month.of(on):
        reader.add("thang-sinh", "advice_birth_in_future", year=str(birth.on.year))
        return Birth.of_year(on.year)
    return birth


def _amount(reader: Reader) -> int:
    if reader.text("muc") in {Means.MONTHLY, Means.DAILY, Means.INCOME}:
        return reader.needed("tien", read_said_amount, 0)
    if reader.text("tien"):
        reader.add("tien", "advice_amount_and_lowest")
    return 0


def _paid(reader: Reader, on: date, birth: Birth) -> PaidBefore:
    voluntary, compulsory = _months(reader, "tn"), _months(reader, "bb")
    until = reader.read("dong-den", _month, None)
    if until is not None and until < Month.of(on):
        until = None
    if until is not None and not voluntary and not reader.text("tn-nam"):
        reader.add("dong-den", "advice_paid_until_alone")
    joined = None
    if voluntary or compulsory:
        joined = reader.needed("bat-dau", _month, None)
    paid = PaidBefore(
        voluntary_months=voluntary,
        voluntary_income=reader.needed("tn-muc", read_said_amount, 0) if voluntary else 0,
        compulsory_months=compulsory,
        compulsory_income=reader.needed("bb-luong", read_said_amount, 0) if compulsory else 0,
        joined=joined,
        paid_until=until,
    )
    for name, months, income in (
        ("tn-muc", voluntary, paid.voluntary_income),
        ("bb-luong", compulsory, paid.compulsory_income),
    ):
        if months and not income and reader.text(name):
            reader.add(name, "advice_income_wrong")
    if joined is not None:
        _check_time(reader, joined, voluntary + compulsory, until, on)
        if joined < birth.month and not any(one.field.endswith("sinh") for one in reader.problems):
            reader.add("bat-dau", "advice_joined_before_birth")
    return paid


def _months(reader: Reader, kind: str) -> int:
    """Years and odd months; more than twelve odd months are a slip of the hand."""
    years = reader.read(f"{kind}-nam", read_count, 0)
    months = reader.read(f"{kind}-thang", read_count, 0)
    if years > assumed_count("oldest_age"):
        reader.add(f"{kind}-nam", "advice_years_too_many", years=years)
        return 0
    if months > 12:
        reader.add(f"{kind}-thang", "months_not_below_year", months=months)
        return 0
    return years * 12 + months


def _check_time(reader: Reader, joined: Month, months: int, until: Month | None, on: date) -> None:
    """The months told must fit between the first month and the one before this, or the last paid ahead."""
    room = month_count(joined, Month.of(on) if until is None else until.shifted(1))
    if joined > Month.of(on):
        reader.add("bat-dau", "advice_joined_in_future")
    elif months > room:
        reader.add("bat-dau", "advice_months_do_not_fit", months=months, room=room)


def _month(text: str) -> Month:
    """05/2015 or 2015-05; a whole day must exist. Raises DayProblem, RuleProblem not_a_month."""
    found = read_month(text)
    if len(_PLACES.findall(text)) > 2:
        parse_day(text)
    return found


def _province(reader: Reader) -> str:
    text = reader.text("tinh")
    if text and not _PROVINCE.fullmatch(text):
        reader.add("tinh", "advice_choose_again")
        return ""
    return text


def _household(book: LawBook, reader: Reader, on: date) -> Household:
    members = reader.read("nguoi", read_count, 0)
    most = assumed_count("household_most")
    if members > most:
        reader.add("nguoi", "card_members_out_of_range", members=members, most=most)
    group = reader.text("nhom-the", ASK_FIRST)
    if group == ONE_FAMILY:
        group = HOUSEHOLD
    elif group != ASK_FIRST and group not in card_groups(book, on):
        reader.add("nhom-the", "advice_choose_again")
        group = ASK_FIRST
    old_card = OldCard(_choice(reader, "the", tuple(OldCard), OldCard.UNKNOWN))
    last = None if old_card is OldCard.FIRST else reader.read("the-het", parse_day, None)
    if last is not None:
        old_card = OldCard.HELD
    return Household(members, group, old_card, last)


def card_groups(book: LawBook, on: date) -> tuple[str, ...]:
    """Groups that may pay a health card, those with State support first; none where the law has none."""
    try:
        return (*groups_supported(book, on), *groups_paid_in_full(book, on))
    except ParameterMissing:
        return ()


def _assumed(reader: Reader) -> Assumed:
    usual = Assumed.usual()
    growth = assumed_rate("growth_most")
    return Assumed(
        savings_rate=_rate(reader, "lai", usual.savings_rate, assumed_rate("savings_rate_most")),
        income_growth=_rate(reader, "tang-thu-nhap", usual.income_growth, growth),
        price_growth=_rate(reader, "tang-gia", usual.price_growth, growth),
    )


def _rate(reader: Reader, name: str, usual: Fraction, most: Fraction) -> Fraction:
    """A percentage a year from 0 to `most`."""

    def parse(text: str) -> Fraction:
        rate = parse_percent(text)[0]
        if rate < 0:
            raise NumberProblem("negative_count", text)
        if rate > most:
            raise RuleProblem("advice_rate_too_high", text=text, most=most)
        return rate

    return reader.read(name, parse, usual)


def _years(reader: Reader) -> int:
    years = reader.read("dung-sau", read_count, assumed_count("stop_after_years"))
    most = assumed_count("stop_after_most")
    if not 1 <= years <= most:
        reader.add("dung-sau", "advice_stop_years_wrong", most=most)
        return 1
    return years


def _check(book: LawBook, reader: Reader, answers: Answers) -> None:
    """What only the law tells: supported months, income and budget."""
    if any(one.field in {"tien", "muc", DAY} for one in reader.problems):
        return
    used = answers.months_supported or 0
    _check_ahead(book, reader, answers)
    try:
        cap = book.fact("support_months_cap", answers.on).whole
        if used > cap:
            reader.add("da-ho-tro", "supported_months_not_allowed", most=cap)
            return
        if not any(one.field[:2] in {"tn", "bb", "ba"} for one in reader.problems):
            used = min(cap, history(book, answers).months_supported)
    except ParameterMissing:
        return
    with reader.field("tien"):
        _try_income(book, answers, used)


def _check_ahead(book: LawBook, reader: Reader, answers: Answers) -> None:
    """Nobody can have paid further ahead than the law allows (Law 41/2024/QH15, art 36.2 đ)."""
    until, on = answers.paid.paid_until, answers.on
    if until is None or not book.has("years_ahead", on, "most"):
        return
    most = book.fact("years_ahead", on, "most").whole
    if month_count(Month.of(on), until) > most * 12:
        reader.add("dong-den", "advice_paid_until_far", years=most)


def _try_income(book: LawBook, answers: Answers, used: int) -> None:
    """Income and budget as the rule takes them; what the law does not tell is said in the result."""
    try:
        chosen_income(book, answers, used)
    except ParameterMissing:
        return
