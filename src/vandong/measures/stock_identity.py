"""F9: a stock today is the stock before plus what came and minus what went; the rest is unexplained."""

from collections.abc import Mapping
from dataclasses import dataclass

from vandong.measures.quantity import Quantity, exact, total

INFLOWS = ("first_time", "returning", "gross_new", "moved_in")
OUTFLOWS = ("lapsed", "moved_out", "to_compulsory", "to_pension", "deceased")


@dataclass(frozen=True, slots=True)
class StockIdentity:
    """`expected` = before + inflows − outflows; `unexplained` = stock − expected (people)."""

    inflow: Quantity
    outflow: Quantity
    expected: Quantity
    unexplained: Quantity

    @property
    def closes(self) -> bool:
        """Whether nothing need be unexplained."""
        return self.unexplained.low <= 0 <= self.unexplained.high


def stock_identity(
    before: Quantity, stock: Quantity, flows: Mapping[str, Quantity]
) -> StockIdentity:
    """The identity over one span. `gross_new` is used only where its parts first_time and returning are
    not both given, so that nobody is counted twice. Raises KeyError for a flow that does not touch the
    stock."""
    unknown = set(flows) - {*INFLOWS, *OUTFLOWS}
    if unknown:
        raise KeyError(sorted(unknown)[0])
    came = total([joined(flows) or exact(0), flows.get("moved_in", exact(0))])
    went = total(flows[name] for name in OUTFLOWS if name in flows)
    expected = before + came - went
    return StockIdentity(came, went, expected, stock - expected)


def joined(flows: Mapping[str, Quantity]) -> Quantity | None:
    """All who came in by joining: first_time + returning when both are known, else gross_new, else what
    is known."""
    parts = [flows[name] for name in ("first_time", "returning") if name in flows]
    if "gross_new" in flows and len(parts) < 2:
        return flows["gross_new"]
    return total(parts) if parts else None
