"""A contribution asked for in texts."""

from datetime import date
from fractions import Fraction

from vandong.advice.asking.reader import (
    Reader,
    read_amount,
    read_count,
    read_day,
    read_month,
    read_rate,
)
from vandong.law import LawBook
from vandong.rules.contribution import (
    ContributionRequest,
    TopUp,
    parse_group,
    parse_method,
)
from vandong.rules.contribution.methods import Method, MethodKind


def contribution_asked(book: LawBook, reader: Reader) -> ContributionRequest:
    """The request of the fields income, method, on, group, from, local_rate, local_amount, other_rate,
    other_amount, months_supported (`vandong quote bhxh`). Raises AskedWrongly with all problems."""
    on = reader.needed("on", read_day, date.min)
    income = reader.needed("income", read_amount, 0)
    method = reader.needed(
        "method", lambda text: _method(book, text, on), Method(MethodKind.MONTHLY)
    )
    groups = []
    for text in reader.texts("group"):
        with reader.field("group"):
            groups.append(parse_group(text))
    first = reader.read("from", read_month, None)
    supported = reader.read("months_supported", read_count, 0)
    local, other = _top_up(reader, "local"), _top_up(reader, "other")
    reader.stop()
    return ContributionRequest(
        income=income,
        method=method,
        on=on,
        groups=tuple(groups),
        covers_from=first,
        months_supported=supported,
        local=local,
        other=other,
    )


def _method(book: LawBook, text: str, on: date) -> Method:
    """Which ways there are depends on the day; without one the question is refused for that alone."""
    return Method(MethodKind.MONTHLY) if on == date.min else parse_method(book, text, on)


def _top_up(reader: Reader, name: str) -> TopUp:
    rate = reader.read(f"{name}_rate", read_rate, Fraction(0))
    return TopUp(rate, reader.read(f"{name}_amount", read_amount, 0))
