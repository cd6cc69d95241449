"""`vandong quote bhyt`: what a household pays for health insurance."""

from typing import Annotated

import typer

from vandong.advice.documents.household_card import household_card_document
from vandong.console.advice.shared import On, print_result, read_count, read_rate
from vandong.console.output import AsJson, print_json
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.rules.household_card import (
    HOUSEHOLD,
    CardPeriod,
    CardQuote,
    CardRequest,
    PreviousCard,
    card_benefits,
    household_card_quote,
)
from vandong.rules.problems import RuleProblem

Members = Annotated[
    str,
    typer.Option(
        "--members", help="Số người nộp lần này. / Members of the household who pay this time."
    ),
]
Months = Annotated[str, typer.Option("--months", help="3, 6 hoặc 12 tháng. / 3, 6 or 12 months.")]
Group = Annotated[
    str,
    typer.Option(
        "--base-group",
        help="household, hoặc nhóm được hỗ trợ: near_poor, student, farm_average… "
        "/ household, or a supported group: near_poor, student, farm_average…",
    ),
]
Already = Annotated[
    str,
    typer.Option(
        "--already",
        help="Số người trong hộ đã tham gia theo hộ gia đình trong năm. "
        "/ Members who joined in the household form earlier this year.",
    ),
]
LastValid = Annotated[
    str,
    typer.Option(
        "--last-valid-until",
        help="Ngày cuối cùng thẻ cũ có giá trị. / Last day on which the old card is valid.",
    ),
]
FirstTime = Annotated[
    bool,
    typer.Option("--first-time", help="Tham gia BHYT lần đầu. / Joins for the first time."),
]
Since = Annotated[
    str,
    typer.Option(
        "--continuous-since",
        help="Ngày bắt đầu tham gia liên tục. / First day of continuous insurance.",
    ),
]
LocalRate = Annotated[
    str,
    typer.Option(
        "--local-rate",
        help="Địa phương hỗ trợ thêm, phần của mức đóng, ví dụ 0.20. "
        "/ Support of the province, as a share of the contribution, such as 0.20.",
    ),
]


def register(group: typer.Typer) -> None:
    """Adds `bhyt` to `vandong quote`."""
    group.command("bhyt")(bhyt)


def bhyt(
    *,
    members: Members,
    months: Months,
    on: On,
    base_group: Group = HOUSEHOLD,
    already: Already = "0",
    last_valid_until: LastValid = "",
    first_time: FirstTime = False,
    continuous_since: Since = "",
    local_rate: LocalRate = "0",
    as_json: AsJson = False,
) -> None:
    """Mức đóng BHYT hộ gia đình, thẻ dùng từ ngày nào. / Health insurance of a household: cost, validity."""
    book, day = law_book(), parse_day(on)
    asked = CardRequest(
        members=read_count(members),
        months=read_count(months),
        on=day,
        group=base_group,
        already=read_count(already),
        local_rate=read_rate(local_rate),
        previous=_previous(last_valid_until, continuous_since, first_time=first_time),
    )
    quote = household_card_quote(book, asked)
    benefits = card_benefits(book, day, quote.group)
    lang = language()
    if as_json:
        print_json(household_card_document(quote, benefits, lang))
        return
    title = f"{sentence('card_title', {}, lang)} · {sentence('quote_on', {'on': day}, lang)}"
    print_result(title, _rows(quote, lang), quote.trace + benefits.trace, lang)


def _previous(last_valid_until: str, since: str, *, first_time: bool) -> PreviousCard | None:
    """The card before, as far as it was told; None when nothing was."""
    if first_time:
        if last_valid_until or since:
            raise RuleProblem("card_previous_twice", field="first_time")
        return PreviousCard()
    if not last_valid_until:
        if since:
            raise RuleProblem("card_since_without_card", field="continuous_since")
        return None
    return PreviousCard(parse_day(last_valid_until), parse_day(since) if since else None)


def _rows(quote: CardQuote, lang: str) -> list[tuple[str, str]]:
    def amount(value: int) -> str:
        return sentence("quote_amount", {"amount": value}, lang)

    rows = [
        (sentence("card_member", {"order": one.order}, lang), amount(one.amount))
        for one in quote.members
    ]
    if quote.gross_total_amount != quote.total_amount:
        rows.append((sentence("card_gross", {}, lang), amount(quote.gross_total_amount)))
    rows.append((sentence("card_total", {}, lang), amount(quote.total_amount)))
    if quote.household_total_amount is not None:
        head = sentence("card_household_total", {}, lang)
        rows.append((head, amount(quote.household_total_amount)))
    for period in quote.validity.periods if quote.validity else ():
        rows += _period_rows(period, lang)
    return rows


def _period_rows(period: CardPeriod, lang: str) -> list[tuple[str, str]]:
    days = {"from": period.valid_from, "until": period.valid_until}
    why = sentence(f"card_start_{period.start.value}", {}, lang)
    head = f"{sentence('card_valid', {}, lang)} ({why})"
    rows = [(head, sentence("card_valid_days", days, lang))]
    if period.five_years_on is not None:
        day = sentence("card_day", {"on": period.five_years_on}, lang)
        rows.append((sentence("card_five_years", {}, lang), day))
    return rows
