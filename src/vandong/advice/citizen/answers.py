"""What a person told of themselves: no name, no number of any paper, so that a link may hold all of it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vandong.advice.citizen.assumptions import Assumed
from vandong.kernel.periods import Month
from vandong.rules.eligibility import Paying
from vandong.rules.people import Sex, SupportGroup
from vandong.rules.retirement_age import Birth


class Situation(StrEnum):
    """Statements that may be true of a person; the values are the words of the link."""

    CONTRACT = "hop-dong"
    SUSPENDED = "tam-hoan"
    DOMESTIC = "giup-viec"
    PART_TIME = "ban-thoi-gian"
    BUSINESS_DECLARED = "ho-kd-ke-khai"
    BUSINESS = "ho-kd"
    """Owns a registered household business and pays tax another way, or does not know."""
    PUBLIC = "nha-nuoc"
    MANAGER = "quan-ly"
    COMMUNE = "ct-xa"
    HAMLET = "ct-thon"
    MILITIA = "dan-quan"
    PENSION = "luong-huu"
    FOREIGN = "nuoc-ngoai"
    NONE = "khong"
    UNSURE = "khong-ro"


class Means(StrEnum):
    """How the person says what they can pay; the values are the words of the link."""

    LOWEST = "thap-nhat"
    MONTHLY = "thang"
    DAILY = "ngay"
    INCOME = "thu-nhap"


class OldCard(StrEnum):
    """The health card before this one."""

    FIRST = "lan-dau"
    HELD = "da-co"
    UNKNOWN = "khong-ro"


ASK_FIRST = "khong-ro"
"""It is not known whether another group pays for the members of the household."""


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """Months paid until now. Incomes are whole đồng a month: of voluntary months the one chosen, of compulsory
    months their adjusted average. `joined`: the first month of all; `paid_until`: the last month paid ahead,
    this month or later, None when nothing is."""

    voluntary_months: int = 0
    voluntary_income: int = 0
    compulsory_months: int = 0
    compulsory_income: int = 0
    joined: Month | None = None
    paid_until: Month | None = None

    @property
    def months(self) -> int:
        """All of them."""
        return self.voluntary_months + self.compulsory_months


@dataclass(frozen=True, slots=True)
class Household:
    """Members who would take a household health card together; 0: not asked. `group`: `household`, the code of
    another group that all of them belong to, or ASK_FIRST."""

    members: int = 0
    group: str = ASK_FIRST
    old_card: OldCard = OldCard.UNKNOWN
    last_valid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All answers. `amount` is đồng in the sense of `means`; `months_supported` None: reckoned from the months
    paid; `province` a code of 2025 or empty; `stop_after_years`: the stop that is looked at."""

    on: date
    sex: Sex
    birth: Birth
    situations: tuple[Situation, ...]
    pays: Paying
    assumed: Assumed
    stop_after_years: int
    means: Means = Means.LOWEST
    amount: int = 0
    paid: PaidBefore = field(default_factory=PaidBefore)
    groups: tuple[SupportGroup, ...] = ()
    province: str = ""
    months_supported: int | None = None
    household: Household = field(default_factory=Household)

    @property
    def first_unpaid(self) -> Month:
        """The first month that is not paid for yet: nothing is worked out anew before it (Decree
        159/2025/NĐ-CP, art 5.5)."""
        until = self.paid.paid_until
        now = Month.of(self.on)
        return now if until is None else max(now, until.shifted(1))
