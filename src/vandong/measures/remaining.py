"""F1: what remains to a plan. People, or đồng for revenue."""

from vandong.measures.quantity import Quantity


def remaining(plan: Quantity, reached: Quantity) -> Quantity:
    """Plan − reached; negative is a surplus."""
    return plan - reached


def surplus(plan: Quantity, reached: Quantity) -> Quantity:
    """Reached − plan; negative is what remains."""
    return reached - plan


def plan_from_remaining(reached: Quantity, left: Quantity) -> Quantity:
    """The plan that a printed stock and a printed remainder add up to (`domain.md` S0.1: 85.069)."""
    return reached + left
