"""What a province adds by a resolution of its People's Council (Decree 159/2025/NĐ-CP, art 5.1; for health
insurance Decree 188/2025/NĐ-CP, art 6): found in a law book that holds the province's own parameters.

`documents.queries.local_supports` puts them there, one parameter for province, scheme and group:
`local_support_rate.01.bhxh_tn.other` (a share) or `local_support_amount.01.bhyt_hgd.student` (đồng a month).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import Fact, LawBook

RATE, AMOUNT = "local_support_rate", "local_support_amount"
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class LocalShare:
    """What a province adds. `rate` is a share of the contribution on the poverty line (voluntary insurance)
    or of the person's own amount (health insurance), `amount` whole đồng a month: one of them is 0.
    `facts` cite the resolution; without one there is nothing."""

    rate: Fraction = Fraction(0)
    amount: int = 0
    facts: tuple[Fact, ...] = ()

    def monthly(self, base: Fraction) -> Fraction:
        """Đồng for one month; `base` is what the rate is a share of."""
        return self.rate * base + self.amount


def parameter_code(kind: str, province_code: str, scheme: str, group: str) -> str:
    """`local_support_rate.01.bhxh_tn.other`; `kind` is RATE or AMOUNT."""
    return f"{kind}.{province_code}.{scheme}.{group}"


def local_parts(code: str) -> tuple[str, str] | None:
    """Scheme and group of a province's parameter; None for a parameter of the State."""
    kind, *parts = code.split(".")
    return (parts[1], parts[2]) if kind in {RATE, AMOUNT} else None


def local_share(
    book: LawBook,
    *,
    province_code: str,
    scheme: str,
    groups: Iterable[str],
    base: Fraction,
    on: date,
) -> LocalShare:
    """The highest of what the province adds for the person's groups on a day, nothing when it adds nothing.

    A line for everybody ("all") holds where no group of the person has its own line. `base` is đồng a
    month. That no resolution is known is no error: the office that has one enters it.
    """
    place = f"{province_code}.{scheme}"
    own = [found for group in groups for found in _lines(book, place, group, on)]
    shares = own or _lines(book, place, EVERYBODY, on)
    return max(shares, key=lambda share: share.monthly(base), default=LocalShare())


def _lines(book: LawBook, place: str, group: str, on: date) -> list[LocalShare]:
    found = []
    for kind in (RATE, AMOUNT):
        code = f"{kind}.{place}.{group}"
        if not book.has(code, on):
            continue
        fact = book.fact(code, on)
        rate, amount = (fact.value, 0) if kind == RATE else (Fraction(0), fact.whole)
        found.append(LocalShare(rate, amount, (fact,)))
    return found
