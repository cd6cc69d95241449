"""F7: what calls or visits brought. New joiners and renewals have two different denominators."""

from dataclasses import dataclass

from vandong.measures.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Conversion:
    """`new_rate` on those called who were not in the scheme; `renewal_rate` on those called whose
    payment was due, None when nobody says how many those were; `called_per_new` calls for one new joiner."""

    new_rate: Quantity
    renewal_rate: Quantity | None
    called_per_new: Quantity | None


def conversion(
    called_outside: Quantity, joined: Quantity, called_due: Quantity | None, renewed: Quantity
) -> Conversion:
    """Rates of a call list. Never divides renewals by people who were not in the scheme."""
    return Conversion(
        new_rate=joined / called_outside,
        renewal_rate=None if called_due is None else renewed / called_due,
        called_per_new=called_outside / joined if joined.low > 0 else None,
    )
