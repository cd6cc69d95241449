"""Findings about the basis of a figure: gross against net, multiples on different bases, mixed terms."""

from collections.abc import Sequence

from vandong.kernel.findings import Finding
from vandong.kernel.numbers import rounded
from vandong.measures.pilots import Multiple
from vandong.measures.quantity import Quantity

TERM_MEANINGS = {
    "phát triển mới": "gross",
    "tăng mới": "gross",
    "tham gia mới": "gross",
    "vận động được": "claimed",
    "tăng": "net",
    "tăng ròng": "net",
    "nâng tổng số": "net",
    "lũy kế": "stock",
    "tham gia lần đầu": "first_time",
    "lực lượng lao động trong độ tuổi": "labour_force",
    "lực lượng trong độ tuổi lao động": "labour_force",
    "lực lượng lao động": "labour_force",
    "số người trong độ tuổi lao động": "working_age",
    "tổng số người trong độ tuổi lao động": "working_age",
    "độ tuổi lao động": "working_age",
}
"""The words of the five articles for who is counted (`domain.md` 1.4, point 13)."""


def gross_is_not_net(gross: Quantity, net: Quantity) -> Finding | None:
    """New joiners and net gain of one span that differ: people left in between, or the bases differ
    (S1.6, S1.7)."""
    if gross.overlaps(net):
        return None
    return Finding(
        "gross_is_not_net",
        {
            "gross": rounded(gross.nominal),
            "net": rounded(net.nominal),
            "gap": rounded(gross.nominal - net.nominal),
        },
    )


def multiple_basis(gross: Multiple, net: Multiple, stock: Multiple) -> Finding | None:
    """A multiple that is another on another basis: it means nothing without its basis (S1.7: 2,9; 4,9;
    2,1)."""
    times = (gross.times, net.times, stock.times)
    least, most = min(times, key=lambda one: one.high), max(times, key=lambda one: one.low)
    if least.overlaps(most):
        return None
    return Finding(
        "multiple_basis",
        {"gross": times[0].nominal, "net": times[1].nominal, "stock": times[2].nominal},
    )


def terms_mixed(terms: Sequence[str]) -> Finding | None:
    """Words of different meaning used for one figure. Words that are not known are left out."""
    known = [term for term in terms if term.casefold() in TERM_MEANINGS]
    meanings = {TERM_MEANINGS[term.casefold()] for term in known}
    if len(meanings) < 2:
        return None
    named = "; ".join(f"“{term}”" for term in dict.fromkeys(known))
    return Finding("terms_mixed", {"terms": named, "count": len(meanings)})
