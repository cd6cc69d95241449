"""F10: a uniform quota for each unit against what is needed, read both as a stock and as new people."""

from dataclasses import dataclass

from vandong.measures.quantity import Quantity, exact


@dataclass(frozen=True, slots=True)
class QuotaCheck:
    """`product` = quota × units. As a stock it is set against `target`, as new people against `need` =
    target − stock. `units_needed` is how many units (a fraction of one counts) cover the need with this
    quota of new people."""

    product: Quantity
    need: Quantity
    share_of_target: Quantity
    share_of_need: Quantity | None
    units_needed: Quantity
    need_per_unit: Quantity


def quota_check(quota: Quantity, unit_count: int, target: Quantity, stock: Quantity) -> QuotaCheck:
    """Both readings of a quota. Retention of the present stock is assumed whole, as the articles do."""
    product = quota * exact(unit_count)
    need = target - stock
    return QuotaCheck(
        product=product,
        need=need,
        share_of_target=product / target,
        share_of_need=product / need if need.low > 0 else None,
        units_needed=need / quota,
        need_per_unit=need / exact(unit_count),
    )
