"""`vandong pension`, `vandong retirement-age`: when a pension begins and what it is a month."""

from datetime import date
from typing import Annotated

import typer

from vandong.advice.asking.segments import read_birth, read_segments, read_sex, read_whole
from vandong.advice.documents.pension import pension_document
from vandong.advice.documents.retirement_age import retirement_age_document
from vandong.console.advice.asked_day import OnDay, read_day
from vandong.console.advice.shared import print_result, read_amount, read_rate
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.rules.average_income import Growth
from vandong.rules.pension import (
    Pension,
    PensionRequest,
    pension,
    pension_of_average,
    projected_pension,
)
from vandong.rules.retirement_age import RetirementAge, retirement_age

SexText = Annotated[str, typer.Option("--sex", help="F (nữ) hoặc M (nam). / F (woman) or M (man).")]
BirthText = Annotated[
    str,
    typer.Option(
        "--birth",
        help="Ngày, tháng hoặc năm sinh: 1971-05-12, 1971-05, 1971. / Day, month or year of birth.",
    ),
]
Segments = Annotated[
    str,
    typer.Option(
        "--segments",
        help="Tháng đã đóng: 2016-01..2025-12:3000000, missing:60:5000000, "
        "compulsory:2005-01..2010-12:BÌNH_QUÂN. / Months paid, each stretch with its income.",
    ),
]
RetireOn = Annotated[
    str,
    typer.Option(
        "--retire-on",
        help="Ngày bắt đầu hưởng, thay cho ngày theo luật. / First day of the pension, instead of the law's.",
    ),
]
Average = Annotated[
    str,
    typer.Option(
        "--average", help="Mức bình quân, khi chỉ tính theo công thức. / The average income alone."
    ),
]
Years = Annotated[
    str, typer.Option("--years", help="Số năm đóng, nguyên. / Whole years, with --average.")
]
Months = Annotated[
    str, typer.Option("--months", help="Số tháng lẻ, 0 đến 11. / Odd months, 0 to 11.")
]
IncomeGrowth = Annotated[
    str,
    typer.Option(
        "--income-growth",
        help="Ước tính: thu nhập đóng tăng mỗi năm, ví dụ 5%. / Projection: yearly growth of income.",
    ),
]
PriceGrowth = Annotated[
    str,
    typer.Option(
        "--price-growth",
        help="Ước tính: giá cả tăng mỗi năm, ví dụ 3%. / Projection: yearly growth of prices.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds `pension` and `retirement-age`."""
    app.command("pension")(pension_command)
    app.command("retirement-age")(retirement_age_command)


def pension_command(
    *,
    sex: SexText,
    on: OnDay = "",
    birth: BirthText = "",
    segments: Segments = "",
    retire_on: RetireOn = "",
    average: Average = "",
    years: Years = "",
    months: Months = "",
    income_growth: IncomeGrowth = "",
    price_growth: PriceGrowth = "",
    as_json: AsJson = False,
) -> None:
    """Lương hưu: ngày hưởng, tỷ lệ, số tiền, có căn cứ. / The pension: start, rate, amount, with its law."""
    if bool(average) == bool(segments or birth) or (segments and not birth):
        raise Problem.of("pension_forms_mixed")
    day = read_day(on)
    if average:
        found, title = _of_average(sex, average, (years, months), day), "pension_title"
    else:
        given = PensionRequest(
            sex=read_sex(sex),
            birth=read_birth(birth),
            segments=read_segments(segments),
            on=day,
            retire_on=parse_day(retire_on) if retire_on else None,
        )
        found, title = _of_segments(given, income_growth, price_growth)
    lang = language()
    if as_json:
        print_json(pension_document(found, lang))
    else:
        print_result(_title(title, day, lang), _rows(found, lang), found.trace, lang)


def retirement_age_command(
    *, sex: SexText, birth: BirthText, on: OnDay = "", as_json: AsJson = False
) -> None:
    """Tuổi nghỉ hưu và tháng hưởng sớm nhất. / The retirement age and the first month of a pension."""
    found = retirement_age(law_book(), read_sex(sex), read_birth(birth), read_day(on))
    lang = language()
    if as_json:
        print_json(retirement_age_document(found, lang))
    else:
        title = sentence("retirement_title", {}, lang)
        print_result(title, age_rows(found, lang), found.trace, lang)


def age_rows(found: RetirementAge, lang: str) -> list[tuple[str, str]]:
    """The age and the first day of a pension, for people."""
    age = {"years": found.years, "months": found.months}
    words = "pension_age_words" if found.months else "pension_age_words_whole"
    return [
        (sentence("pension_head_age", {}, lang), sentence(words, age, lang)),
        (
            sentence("pension_head_from", {}, lang),
            sentence("pension_day_words", {"on": found.pension_from}, lang),
        ),
    ]


def _of_average(sex: str, average: str, time: tuple[str, str], on: date) -> Pension:
    years, months = (read_whole(text) if text else 0 for text in time)
    return pension_of_average(
        law_book(), read_sex(sex), read_amount(average), years=years, months=months, on=on
    )


def _of_segments(given: PensionRequest, income: str, prices: str) -> tuple[Pension, str]:
    if not income and not prices:
        return pension(law_book(), given), "pension_title"
    growth = Growth(read_rate(income or "0"), read_rate(prices or "0"))
    return projected_pension(law_book(), given, growth), "pension_title_projected"


def _title(code: str, on: date, lang: str) -> str:
    return f"{sentence(code, {}, lang)} · {sentence('quote_on', {'on': on}, lang)}"


def _rows(found: Pension, lang: str) -> list[tuple[str, str]]:
    rows = age_rows(found.retirement_age, lang) if found.retirement_age else []
    if found.pension_from and rows:
        rows[-1] = (rows[-1][0], sentence("pension_day_words", {"on": found.pension_from}, lang))
    values: list[tuple[str, str, dict[str, object]]] = [
        ("months", "count", {"count": found.paid_months}),
        ("years", "years", {"years": found.counted_years}),
        ("average", "amount", {"amount": found.average_income}),
        ("rate", "rate", {"rate": found.rate}),
        ("amount", "amount", {"amount": found.monthly_amount}),
    ]
    if found.extra_amount:
        values.append(("extra", "amount", {"amount": found.extra_amount}))
    told = [
        (sentence(f"pension_head_{head}", {}, lang), sentence(f"pension_{form}_words", value, lang))
        for head, form, value in values
    ]
    return [*rows, *told]
