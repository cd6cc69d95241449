"""`vandong quote bhxh`: one payment of voluntary social insurance."""

from typing import Annotated

import typer

from vandong.advice.documents.contribution import contribution_document
from vandong.console.advice.shared import (
    On,
    print_result,
    read_amount,
    read_count,
    read_month,
    read_rate,
)
from vandong.console.output import AsJson, print_json
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.kernel.periods import Month
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.rules.contribution import (
    Contribution,
    ContributionRequest,
    TopUp,
    parse_group,
    parse_method,
    voluntary_contribution,
)

Income = Annotated[
    str,
    typer.Option(
        "--income", help="Thu nhập chọn một tháng, đồng. / Chosen income of a month, in đồng."
    ),
]
MethodText = Annotated[
    str,
    typer.Option(
        "--method",
        help="Cách đóng: 1, 3, 6, 12 tháng; ahead:2..5 năm về sau; missing:1..60 tháng còn thiếu. "
        "/ Way of paying: 1, 3, 6, 12 months; ahead:2..5 years; missing:1..60 months.",
    ),
]
Groups = Annotated[
    list[str],
    typer.Option(
        "--group",
        help="poor, near_poor, ethnic_minority, island, other; nêu nhiều lần được. "
        "/ Support group; may be given several times.",
    ),
]
From = Annotated[
    str,
    typer.Option(
        "--from",
        help="Tháng đầu được đóng, ví dụ 2026-11. / The first month covered, such as 2026-11.",
    ),
]
LocalRate = Annotated[
    str,
    typer.Option(
        "--local-rate",
        help="Địa phương hỗ trợ, trên mức đóng theo chuẩn nghèo: 0.20. "
        "/ Local support, as a share of the contribution on the poverty line.",
    ),
]
LocalAmount = Annotated[
    str,
    typer.Option(
        "--local-amount", help="Địa phương hỗ trợ một tháng, đồng. / Local support of a month."
    ),
]
OtherRate = Annotated[
    str,
    typer.Option(
        "--other-rate", help="Nguồn khác hỗ trợ, tỷ lệ. / Support of another payer, as a share."
    ),
]
OtherAmount = Annotated[
    str,
    typer.Option(
        "--other-amount",
        help="Nguồn khác hỗ trợ một tháng, đồng. / Support of another payer, a month.",
    ),
]
MonthsSupported = Annotated[
    str,
    typer.Option(
        "--months-supported",
        help="Số tháng Nhà nước đã hỗ trợ. / Months the State has supported before.",
    ),
]


def register(group: typer.Typer) -> None:
    """Adds `bhxh` to `vandong quote`."""
    group.command("bhxh")(bhxh)


def bhxh(
    *,
    income: Income,
    method: MethodText,
    on: On,
    group: Groups = ["other"],  # noqa: B006 as Typer takes its defaults
    first: From = "",
    local_rate: LocalRate = "0",
    local_amount: LocalAmount = "0",
    other_rate: OtherRate = "0",
    other_amount: OtherAmount = "0",
    months_supported: MonthsSupported = "0",
    as_json: AsJson = False,
) -> None:
    """Mức đóng BHXH tự nguyện một lần, có căn cứ. / One payment of voluntary insurance, with its law."""
    book, day = law_book(), parse_day(on)
    given = ContributionRequest(
        income=read_amount(income),
        method=parse_method(book, method, day),
        on=day,
        groups=tuple(parse_group(one) for one in group),
        covers_from=read_month(first) if first else None,
        months_supported=read_count(months_supported),
        local=TopUp(read_rate(local_rate), read_amount(local_amount)),
        other=TopUp(read_rate(other_rate), read_amount(other_amount)),
    )
    quote = voluntary_contribution(book, given)
    lang = language()
    if as_json:
        print_json(contribution_document(quote, lang))
    else:
        title = f"{sentence('quote_title', {}, lang)} · {sentence('quote_on', {'on': day}, lang)}"
        print_result(title, _rows(quote, lang), quote.trace, lang)


def _rows(quote: Contribution, lang: str) -> list[tuple[str, str]]:
    def amount(value: int) -> str:
        return sentence("quote_amount", {"amount": value}, lang)

    def head(code: str) -> str:
        return sentence(f"quote_{code}", {}, lang)

    rows = [
        (head("months"), str(quote.months)),
        (head("covers"), _covers(quote.covers_from, quote.paid_until, lang)),
        (head("gross"), amount(quote.gross_amount)),
        (head("state"), amount(-quote.state_support_amount)),
        (head("local"), amount(-quote.local_support_amount)),
        (head("other"), amount(-quote.other_amount)),
        (head("pay"), amount(quote.pay_amount)),
        (head("month"), amount(quote.month_supported.pay_amount)),
        (head("month_after"), amount(quote.month_unsupported.pay_amount)),
    ]
    return [row for row in rows if row[1] != amount(0) or row[0] == head("pay")]


def _covers(first: Month | None, last: Month | None, lang: str) -> str:
    if first is None or last is None:
        return sentence("quote_covers_missing", {}, lang)
    names = [f"{month.month:02d}/{month.year}" for month in (first, last)]
    return names[0] if first == last else " – ".join(names)
