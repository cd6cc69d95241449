"""F2: the share of a plan that is reached, as a fraction; above 1 is allowed."""

from vandong.measures.quantity import Quantity


def plan_share(reached: Quantity, plan: Quantity) -> Quantity:
    """Reached ÷ plan. Raises ZeroDivisionError when the plan may be nought."""
    return reached / plan
