"""F8: pilot units against the rest: share, net before and after, multiples on a stated basis."""

from dataclasses import dataclass
from enum import StrEnum

from vandong.measures.averages import mean
from vandong.measures.quantity import Quantity, exact


class Basis(StrEnum):
    """What a multiple compares: gross joiners, net gain, or stock, each a unit."""

    GROSS = "gross"
    NET = "net"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times a pilot has what another unit has, on one basis, in the same window."""

    basis: Basis
    pilot_mean: Quantity
    other_mean: Quantity
    times: Quantity


def pilot_share(pilot_stock: Quantity, whole_stock: Quantity) -> Quantity:
    """The pilots' fraction of the whole stock."""
    return pilot_stock / whole_stock


def net_gain(after: Quantity, before: Quantity) -> Quantity:
    """Stock after − stock before."""
    return after - before


def multiple(
    basis: Basis, pilot_total: Quantity, pilot_count: int, whole_total: Quantity, whole_count: int
) -> Multiple:
    """Mean of the pilots ÷ mean of the other units. Raises ZeroDivisionError when the others may have
    nought."""
    pilot_mean = mean(pilot_total, pilot_count)
    other_mean = mean(whole_total - pilot_total, whole_count - pilot_count)
    return Multiple(basis, pilot_mean, other_mean, pilot_mean / other_mean)


def others_from_multiple(pilot_mean: Quantity, times: Quantity) -> Quantity:
    """The mean of the other units that a printed multiple implies."""
    return pilot_mean / times


def whole_from_multiple(
    pilot_mean: Quantity, pilot_count: int, times: Quantity, whole_count: int
) -> Quantity:
    """The total of all units that a printed mean and multiple imply (`domain.md` S1.7: about 25.200)."""
    others = others_from_multiple(pilot_mean, times) * exact(whole_count - pilot_count)
    return pilot_mean * exact(pilot_count) + others
