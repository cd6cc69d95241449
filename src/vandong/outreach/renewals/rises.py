"""People due whose payment is another on a day to come: both amounts, so that nobody hears it too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vandong.accounts.queries.scope import Actor
from vandong.law import LawBook
from vandong.outreach.renewals.amounts import NextPayment, next_payments
from vandong.outreach.renewals.people import Asked, DueRow, due_rows
from vandong.outreach.segments.bands import Band
from vandong.registry.queries.search import PersonLine, person_lines


@dataclass(frozen=True, slots=True)
class Change:
    """One person: what the next payment costs paid now, and paid on the later day."""

    row: DueRow
    before: NextPayment
    after: NextPayment

    @property
    def difference_amount(self) -> int:
        """More (or less) on the later day, đồng."""
        return (self.after.amount or 0) - (self.before.amount or 0)


@dataclass(frozen=True, slots=True)
class Changes:
    """Everybody due whose amount changes, the greatest rise first. `unknown`: people for whom one of the two
    cannot be worked out; `same`: whose payment stays. `more_amount`: all differences together."""

    people: tuple[Change, ...]
    unknown: int
    same: int

    @property
    def more_amount(self) -> int:
        """What all of them pay more on the later day, đồng."""
        return sum(one.difference_amount for one in self.people)


def payment_rises(actor: Actor, book: LawBook, asked: Asked, after: date) -> Changes:
    """Both amounts for everybody due on `asked.on` (all bands). Raises NotAllowed, NotVisible."""
    found = due_rows(actor, book, asked, tuple(Band))
    dues = [one.due for one in found]
    now, later = next_payments(book, dues, asked.on), next_payments(book, dues, after)
    made, unknown, same = [], 0, 0
    for row in found:
        key = (row.due.person_id, row.due.scheme)
        change = Change(row, now[key], later[key])
        if change.before.amount is None or change.after.amount is None:
            unknown += 1
        elif change.difference_amount:
            made.append(change)
        else:
            same += 1
    made.sort(key=lambda one: (-one.difference_amount, one.row.paid_until, one.row.due.person_id))
    return Changes(tuple(made), unknown, same)


def lines_of(actor: Actor, changes: Sequence[Change]) -> dict[int, PersonLine]:
    """The people of a page, masked."""
    ids = [one.row.due.person_id for one in changes]
    return {line.person_id: line for line in person_lines(actor, ids)}
