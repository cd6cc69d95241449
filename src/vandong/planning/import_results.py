"""What an import answers, and how it tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from vandong.kernel.findings import Finding

Advance = Callable[[int, int | None, str], None]
"""Told how far the work is: rows done, of how many (if known), and the code of the step. May raise to stop."""


def unheard(done: int, total: int | None, step: str) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file held and what became of it.

    Counts are of lines: `row_count` all, `new_count` and `changed_count` those without problems that are not
    in the records yet, or with another value; `unchanged_count` those that stand already. `batch_id` is the
    batch in which new and changed lines were stored; empty when nothing was stored.
    """

    row_count: int = 0
    new_count: int = 0
    changed_count: int = 0
    unchanged_count: int = 0
    problems: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    batch_id: UUID | None = None

    @property
    def accepted_count(self) -> int:
        """Lines that were stored."""
        return 0 if self.batch_id is None else self.new_count + self.changed_count
