"""Who may join voluntary social insurance: asked before any quote (Law 41/2024/QH15, art 2).

What is not answered and would matter makes the verdict `unclear`: "cần BHXH cơ sở xác minh". Nothing is
quoted then; `require_eligible` refuses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vandong.kernel.findings import Finding, Severity
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook, ParameterMissing
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace


class Answer(StrEnum):
    """An answer at the door. Not answered and "I do not know" are the same to the rule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Contract(StrEnum):
    """The labour contract, if any. Of several the first that fits counts."""

    RUNNING = "running"
    """At least as long as `compulsory_contract_months` (one month today)."""
    SUSPENDED = "suspended"
    SHORTER = "shorter"
    NONE = "none"
    UNKNOWN = "unknown"


class TaxMethod(StrEnum):
    """How the owner of a registered household business pays tax; NONE owns no registered business."""

    NONE = "none"
    DECLARATION = "declaration"
    FLAT = "flat"
    UNKNOWN = "unknown"
    """An owner who cannot say how tax is paid."""
    NOT_ASKED = "not_asked"
    """It is not known whether there is a business."""


class Official(StrEnum):
    """A part-time official (người hoạt động không chuyên trách)."""

    NONE = "none"
    COMMUNE = "commune"
    HAMLET = "hamlet"
    UNKNOWN = "unknown"


class Paying(StrEnum):
    """Which social insurance is being paid now."""

    NOTHING = "nothing"
    VOLUNTARY = "voluntary"
    COMPULSORY = "compulsory"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Whether a person may join. Only the first two allow a quote."""

    MAY_JOIN = "may_join_voluntary"
    ALREADY_IN = "already_in"
    """Takes part already and goes on; another income or method only after the period paid for."""
    COMPULSORY = "compulsory"
    PENSIONER = "pensioner"
    TOO_YOUNG = "too_young"
    NOT_CITIZEN = "not_citizen"
    UNCLEAR = "unclear"
    """The BHXH cơ sở has to verify: a task, never a quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityQuestions:
    """What was answered on the day `on`. Everything starts as not answered."""

    on: date
    birth: date | Month | None = None
    """Day or, where that is all one knows, month of birth. In the month of the birthday itself a month
    alone decides nothing."""
    is_citizen: Answer = Answer.UNKNOWN
    has_pension: Answer = Answer.UNKNOWN
    """Draws a pension, or a monthly social insurance benefit or allowance."""
    pays: Paying = Paying.UNKNOWN
    contract: Contract = Contract.UNKNOWN
    is_domestic_worker: Answer = Answer.UNKNOWN
    """The contract is for work in a household and nothing else."""
    is_in_public_service: Answer = Answer.UNKNOWN
    """Official, public employee, soldier, police officer."""
    business: TaxMethod = TaxMethod.NOT_ASKED
    is_unpaid_manager: Answer = Answer.UNKNOWN
    """Manager of a company or representative of capital without a wage."""
    official: Official = Official.UNKNOWN
    is_part_time_above_floor: Answer = Answer.UNKNOWN
    """Works part-time for a wage of at least the lowest on which compulsory insurance is paid."""
    is_standing_militia: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The verdict. `trace.steps` are its reasons with their articles; `open_questions` name the fields of
    EligibilityQuestions that decide and are not settled."""

    verdict: Verdict
    trace: Trace
    open_questions: tuple[str, ...] = ()

    @property
    def may_be_quoted(self) -> bool:
        """Whether a contribution may be worked out."""
        return self.verdict in {Verdict.MAY_JOIN, Verdict.ALREADY_IN}

    @property
    def needs_office(self) -> bool:
        """Whether a task to the BHXH cơ sở follows: verify before anything is paid."""
        return self.verdict is Verdict.UNCLEAR


@dataclass(frozen=True, slots=True)
class _Ground:
    """One rule looked at: what it makes of the person. `step` None: it does not touch them."""

    field: str
    step: Step | None = None
    is_open: bool = False


def eligibility(book: LawBook, asked: EligibilityQuestions) -> Eligibility:
    """Whether a person may join voluntary social insurance on a day (Law 41/2024/QH15, art 2.1, 2.4, 2.7;
    household businesses: dispatch 351/BHXH-QLT). Raises ParameterMissing before 2016, RuleProblem
    (`birth_in_future`) for a birth after the day."""
    age = book.fact("voluntary_age_min", asked.on)
    old_enough = _old_enough(asked, age.whole)
    if old_enough is False:
        return _closed(Verdict.TOO_YOUNG, "eligibility_too_young", age, years=age.whole)
    if asked.is_citizen is Answer.NO:
        fact = book.fact("voluntary_needs_citizen", asked.on)
        return _closed(Verdict.NOT_CITIZEN, "eligibility_not_citizen", fact)
    if asked.has_pension is Answer.YES:
        fact = book.fact("voluntary_excludes_pensioner", asked.on)
        return _closed(Verdict.PENSIONER, "eligibility_pensioner", fact)
    grounds = tuple(_compulsory_grounds(book, asked))
    bound = tuple(one.step for one in grounds if one.step is not None and not one.is_open)
    if bound and asked.has_pension is Answer.NO:
        return Eligibility(Verdict.COMPULSORY, Trace(bound, (_note("eligibility_ask_employer"),)))
    return _not_bound(book, asked, grounds, old_enough)


def require_eligible(found: Eligibility) -> None:
    """Raises RuleProblem (`eligibility_refused_…`) unless a contribution may be quoted."""
    if not found.may_be_quoted:
        raise RuleProblem(f"eligibility_refused_{found.verdict.value}", field="eligibility")


def _not_bound(
    book: LawBook,
    asked: EligibilityQuestions,
    grounds: tuple[_Ground, ...],
    old_enough: bool | None,
) -> Eligibility:
    """The verdict where no rule makes the person compulsory for certain."""
    first = (
        ("birth", old_enough is None),
        ("is_citizen", asked.is_citizen is Answer.UNKNOWN),
        ("has_pension", asked.has_pension is Answer.UNKNOWN),
        ("pays", asked.pays is Paying.UNKNOWN),
    )
    unsettled = [name for name, is_open in first if is_open]
    unsettled += [one.field for one in grounds if one.is_open]
    steps = tuple(one.step for one in grounds if one.step is not None)
    if unsettled:
        reasons = (*steps, Step("eligibility_open", {"count": len(unsettled)}))
        notes = (_note("eligibility_office_verifies"),)
        return Eligibility(Verdict.UNCLEAR, Trace(reasons, notes), tuple(unsettled))
    steps += tuple(_staying_voluntary(book, asked))
    facts = (
        book.fact("voluntary_age_min", asked.on),
        book.fact("voluntary_needs_citizen", asked.on),
        book.fact("voluntary_excludes_compulsory", asked.on),
    )
    if asked.pays is Paying.VOLUNTARY:
        change = book.fact("method_change_after_end", asked.on)
        steps += (Step("eligibility_already_in", {}, (*facts, change)),)
        return Eligibility(Verdict.ALREADY_IN, Trace(steps))
    steps += (Step("eligibility_may_join", {}, facts),)
    return Eligibility(Verdict.MAY_JOIN, Trace(steps))


def _compulsory_grounds(book: LawBook, asked: EligibilityQuestions) -> Iterator[_Ground]:
    """Every rule of art 2.1 that binds the person, or might."""
    if asked.pays is Paying.COMPULSORY:
        fact = book.fact("voluntary_excludes_compulsory", asked.on)
        yield _Ground("pays", Step("eligibility_pays_compulsory", {}, (fact,)))
    yield _contract_ground(book, asked)
    yield _business_ground(book, asked)
    yield _official_ground(book, asked)
    plain = (
        ("is_in_public_service", asked.is_in_public_service, "compulsory_public_service"),
        ("is_unpaid_manager", asked.is_unpaid_manager, "compulsory_unpaid_manager"),
        ("is_part_time_above_floor", asked.is_part_time_above_floor, "compulsory_part_time_worker"),
        ("is_standing_militia", asked.is_standing_militia, "compulsory_standing_militia"),
    )
    for field, answer, parameter in plain:
        rule = _ruled(book, parameter, asked.on)
        if rule is None or answer is Answer.NO:
            continue
        is_open = answer is Answer.UNKNOWN
        step = None if is_open else Step(f"eligibility_{parameter}", {}, (rule,))
        yield _Ground(field, step, is_open)


def _contract_ground(book: LawBook, asked: EligibilityQuestions) -> _Ground:
    """Labour contracts: art 2.1 a; suspended art 2.4 b; domestic work art 2.7 b."""
    if asked.contract is Contract.UNKNOWN:
        return _Ground("contract", is_open=asked.is_domestic_worker is not Answer.YES)
    if asked.contract is Contract.SUSPENDED:
        return _Ground("contract", is_open=_suspended(book, asked.on) is None)
    if asked.contract is not Contract.RUNNING or asked.is_domestic_worker is Answer.YES:
        return _Ground("contract")
    months = book.fact("compulsory_contract_months", asked.on)
    step = Step("eligibility_contract", {"months": months.whole}, (months,))
    if asked.is_domestic_worker is Answer.UNKNOWN:
        return _Ground("is_domestic_worker", step, is_open=True)
    return _Ground("contract", step)


def _business_ground(book: LawBook, asked: EligibilityQuestions) -> _Ground:
    """Registered household businesses: declaration from 1/7/2025, all from 1/7/2029. Flat-rate tax was to end
    in 2026, so who has moved to declaration cannot be known at the door: open."""
    methods = _rows(book, "compulsory_business_owner", asked.on)
    if not methods or asked.business is TaxMethod.NONE:
        return _Ground("business")
    if asked.business is TaxMethod.NOT_ASKED:
        return _Ground("business", is_open=True)
    if asked.business.value in methods:
        fact = book.fact("compulsory_business_owner", asked.on, asked.business.value)
        return _Ground(
            "business", Step("eligibility_business_owner", {"on": fact.valid_from}, (fact,))
        )
    declared = book.fact("compulsory_business_owner", asked.on, TaxMethod.DECLARATION.value)
    step = Step("eligibility_business_unclear", {"on": declared.valid_from}, (declared,))
    return _Ground("business", step, is_open=True)


def _official_ground(book: LawBook, asked: EligibilityQuestions) -> _Ground:
    """Part-time officials of communes and hamlets: art 2.1 k."""
    levels = _rows(book, "compulsory_part_time_official", asked.on)
    if asked.official is Official.UNKNOWN:
        return _Ground("official", is_open=bool(levels))
    if asked.official.value not in levels:
        return _Ground("official")
    fact = book.fact("compulsory_part_time_official", asked.on, asked.official.value)
    return _Ground("official", Step(f"eligibility_official_{asked.official.value}", {}, (fact,)))


def _staying_voluntary(book: LawBook, asked: EligibilityQuestions) -> Iterator[Step]:
    """What looks like work under compulsory insurance and is not: said, as it will be asked."""
    if asked.is_domestic_worker is Answer.YES:
        fact = book.fact("domestic_worker_voluntary", asked.on)
        yield Step("eligibility_domestic_worker", {}, (fact,))
    if asked.contract is Contract.SUSPENDED:
        fact = book.fact("suspended_contract_voluntary", asked.on)
        yield Step("eligibility_suspended_contract", {}, (fact,))


def _old_enough(asked: EligibilityQuestions, years: int) -> bool | None:
    """Whether the lowest age is reached; None when the answers do not tell."""
    if asked.birth is None:
        return None
    if isinstance(asked.birth, date):
        if asked.birth > asked.on:
            raise RuleProblem("birth_in_future", field="birth", on=asked.on)
        reached_until = asked.on.year - asked.birth.year, asked.on.month, asked.on.day
        return reached_until >= (years, asked.birth.month, asked.birth.day)
    if asked.birth > Month.of(asked.on):
        raise RuleProblem("birth_in_future", field="birth", on=asked.on)
    lived = (asked.on.year - asked.birth.year) * 12 + asked.on.month - asked.birth.month
    return None if lived == years * 12 else lived > years * 12


def _suspended(book: LawBook, on: date) -> Fact | None:
    return _ruled(book, "suspended_contract_voluntary", on)


def _ruled(book: LawBook, parameter: str, on: date) -> Fact | None:
    """The rule, when there was one on that day: one not yet in force binds nobody."""
    try:
        return book.fact(parameter, on)
    except ParameterMissing as missing:
        if missing.reason == "before_first":
            return None
        raise


def _rows(book: LawBook, parameter: str, on: date) -> tuple[str, ...]:
    try:
        return book.keys(parameter, on)
    except ParameterMissing as missing:
        if missing.reason == "before_first":
            return ()
        raise


def _closed(verdict: Verdict, code: str, fact: Fact, **values: object) -> Eligibility:
    return Eligibility(verdict, Trace((Step(code, values, (fact,)),)))


def _note(code: str) -> Finding:
    return Finding(code, severity=Severity.WARNING)
