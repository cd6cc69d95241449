"""The funeral payment to whoever buries a payer or pensioner (trợ cấp mai táng)."""

from dataclasses import dataclass
from datetime import date

from vandong.kernel.money import round_dong
from vandong.law import LawBook
from vandong.rules.problems import RuleProblem
from vandong.rules.reference_level import reference_level
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class FuneralRequest:
    """Who died: all months paid, those of compulsory insurance among them, and whether a pension was drawn."""

    died_on: date
    paid_months: int
    compulsory_months: int = 0
    is_pensioner: bool = False


@dataclass(frozen=True, slots=True)
class Funeral:
    """The payment in whole đồng; 0 when the conditions are not met."""

    amount: int
    trace: Trace


def funeral(book: LawBook, given: FuneralRequest) -> Funeral:
    """Ten reference levels of the day of death, from 60 months paid, for pensioners, or (another condition,
    not a further one) from 12 months of compulsory insurance (Law 41/2024/QH15, art 109 and 111.1 c).
    Raises RuleProblem negative_time, ParameterMissing."""
    if given.compulsory_months < 0 or given.paid_months < given.compulsory_months:
        raise RuleProblem("negative_time", "paid_months")
    needed = book.fact("funeral_months_needed", given.died_on)
    facts = [needed]
    enough = given.is_pensioner or given.paid_months >= needed.value
    if (
        not enough
        and given.compulsory_months
        and book.has("funeral_compulsory_months", given.died_on)
    ):
        other = book.fact("funeral_compulsory_months", given.died_on)
        facts.append(other)
        enough = given.compulsory_months >= other.value
    if not enough:
        short = {"months": given.paid_months, "needed": needed.whole}
        return Funeral(0, Trace((Step("funeral_none", short, tuple(facts)),)))
    levels, level = book.fact("funeral_levels", given.died_on), reference_level(book, given.died_on)
    amount = round_dong(levels.value * level.value)
    values: dict[str, object] = {"levels": levels.value, "level": level.whole, "amount": amount}
    return Funeral(amount, Trace((Step("funeral", values, (*facts, levels, level)),)))
