"""A figure that can be opened: its value, formula, inputs, and the source of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Union
from uuid import UUID

from vandong.kernel.exactness import Exactness
from vandong.measures.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Source:
    """Where one input was stated. `kind` is official, register, derived or made_up.

    `file_name`, `batch` and `row` (as a spreadsheet counts it) are empty for figures not taken from a file.
    """

    kind: str
    text: str = ""
    file_name: str = ""
    batch: UUID | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that went into a formula.

    `label` is a code of `phrases` (stock, plan, baseline, change, denominator, flow, months …);
    `measured_in` is people, dong, per_cent, months or households. `on` is the day of the figure itself.
    """

    label: str
    value: Fraction
    exactness: Exactness = Exactness.EXACT
    measured_in: str = "people"
    on: date | None = None
    period_from: date | None = None
    source: Source | None = None
    restated: bool = False


Part = Union["Explained", Input, Callable[[], Input]]
"""What a figure is made of: another figure, an input, or how to make one when the figure is opened."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with its explanation.

    `quantity` holds the value shown and the least and greatest possible; `formula` is a code: "reading" (as
    stated), or the code of `domain.md` 1.3 with a name, such as "f1_remaining". Inputs are put together
    only when somebody opens the figure: a board shows thousands of figures and opens one.
    """

    quantity: Quantity
    formula: str
    parts: tuple[Part, ...]
    measured_in: str = "people"

    @property
    def value(self) -> Fraction:
        """The value shown."""
        return self.quantity.nominal

    @property
    def is_exact(self) -> bool:
        """Whether no input was approximate."""
        return self.quantity.is_exact

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Everything that was stated to come to this figure, each once, in the order of the formula."""
        found: dict[Input, None] = {}
        for part in self.parts:
            if isinstance(part, Explained):
                found.update(dict.fromkeys(part.inputs))
            else:
                found[part if isinstance(part, Input) else part()] = None
        return tuple(found)
