"""A figure that can be opened: its value, formula, inputs, and the source of each."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
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


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with its explanation.

    `quantity` holds the value shown and the least and greatest possible; `formula` is a code: "reading" (as
    stated), or the code of `domain.md` 1.3 with a name, such as "f1_remaining".
    """

    quantity: Quantity
    formula: str
    inputs: tuple[Input, ...]
    measured_in: str = "people"

    @property
    def value(self) -> Fraction:
        """The value shown."""
        return self.quantity.nominal

    @property
    def is_exact(self) -> bool:
        """Whether no input was approximate."""
        return self.quantity.is_exact
