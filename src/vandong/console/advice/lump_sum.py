"""`vandong lump-sum`: what a one-time withdrawal is, and whether its case holds."""

from datetime import date
from typing import Annotated

import typer

from vandong.advice.asking.benefits import read_case
from vandong.advice.asking.segments import read_birth, read_segments, read_sex, read_whole
from vandong.advice.documents.lump_sum import lump_sum_document
from vandong.console.advice.asked_day import OnDay, read_day
from vandong.console.advice.shared import print_result, read_amount
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.kernel.numbers import decimal_text
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.phrases.forms import in_language
from vandong.rules.contribution import parse_group
from vandong.rules.lump_sum import LumpSum, LumpSumRequest, lump_sum, lump_sum_of_average
from vandong.rules.pension import whole_months

Segments = Annotated[
    str,
    typer.Option(
        "--segments",
        help="Tháng đã đóng: 2022-01..2024-12:2000000. / Months paid, each stretch with its income.",
    ),
]
CaseText = Annotated[
    str,
    typer.Option(
        "--case",
        help="a đủ tuổi, b định cư nước ngoài, c bệnh nguy hiểm, d suy giảm từ 81%, dd ngừng đóng 12 tháng. "
        "/ a age, b settles abroad, c grave illness, d 81% loss, dd 12 months without paying.",
    ),
]
Group = Annotated[
    str,
    typer.Option(
        "--group",
        help="Nhóm đã được hỗ trợ: poor, near_poor, ethnic_minority, island, other. / Support group.",
    ),
]
SexText = Annotated[
    str, typer.Option("--sex", help="F hoặc M, để kiểm tra tuổi. / F or M, to check the age.")
]
BirthText = Annotated[
    str, typer.Option("--birth", help="Tháng sinh, để kiểm tra tuổi. / Birth, to check the age.")
]
Average = Annotated[
    str,
    typer.Option(
        "--average", help="Mức bình quân, khi chỉ tính theo công thức. / The average income alone."
    ),
]
YearsBefore = Annotated[
    str,
    typer.Option(
        "--years-before-2014", help="Số năm trước 2014, nguyên. / Whole years before 2014."
    ),
]
MonthsBefore = Annotated[
    str,
    typer.Option("--months-before-2014", help="Số tháng lẻ trước 2014. / Odd months before 2014."),
]
YearsAfter = Annotated[
    str, typer.Option("--years-after", help="Số năm từ 2014, nguyên. / Whole years from 2014.")
]
MonthsAfter = Annotated[
    str, typer.Option("--months-after", help="Số tháng lẻ từ 2014. / Odd months from 2014.")
]


def register(app: typer.Typer) -> None:
    """Adds `lump-sum`."""
    app.command("lump-sum")(lump_sum_command)


def lump_sum_command(
    *,
    on: OnDay = "",
    segments: Segments = "",
    case: CaseText = "",
    group: Group = "other",
    sex: SexText = "",
    birth: BirthText = "",
    average: Average = "",
    years_before: YearsBefore = "",
    months_before: MonthsBefore = "",
    years_after: YearsAfter = "",
    months_after: MonthsAfter = "",
    as_json: AsJson = False,
) -> None:
    """BHXH một lần: mức hưởng, phần bị trừ, có căn cứ. / One-time withdrawal: amount, subtraction, law."""
    if bool(average) == bool(segments) or (segments and not case):
        raise Problem.of("lump_sum_forms_mixed")
    day = read_day(on)
    if average:
        time = (years_before, months_before, years_after, months_after)
        found = _of_average(average, time, day)
    else:
        given = LumpSumRequest(
            segments=read_segments(segments),
            on=day,
            case=read_case(case),
            group=parse_group(group),
            sex=read_sex(sex) if sex else None,
            birth=read_birth(birth) if birth else None,
        )
        found = lump_sum(law_book(), given)
    lang = language()
    if as_json:
        print_json(lump_sum_document(found, lang))
    else:
        on_words = sentence("quote_on", {"on": day}, lang)
        title = f"{sentence('lump_sum_title', {}, lang)} · {on_words}"
        print_result(title, _rows(found, lang), found.trace, lang)


def _of_average(average: str, time: tuple[str, ...], on: date) -> LumpSum:
    years_before, months_before, years_after, months_after = (
        read_whole(text) if text else 0 for text in time
    )
    return lump_sum_of_average(
        law_book(),
        read_amount(average),
        months_before=whole_months(years_before, months_before),
        months_from=whole_months(years_after, months_after),
        on=on,
    )


def _rows(found: LumpSum, lang: str) -> list[tuple[str, str]]:
    rows = []
    if found.averages is not None:
        written = in_language(decimal_text(found.averages).replace(".", ","), lang)
        rows.append((sentence("lump_sum_head_averages", {}, lang), written))
    amounts = (
        ("average", found.average_income),
        ("gross", found.gross_amount),
        ("support", -found.support_deducted_amount),
        ("pay", found.pay_amount),
    )
    for head, amount in amounts:
        name = sentence(f"lump_sum_head_{head}", {}, lang)
        rows.append((name, sentence("pension_amount_words", {"amount": amount}, lang)))
    return rows
