"""What is known of a unit's progress on a day. Every figure is an `Explained`; nothing here is a percentage
times 100: rates are fractions (0.8465), only the target of a coverage plan is in per cent."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vandong.kernel.findings import Finding
from vandong.measures.pace import Light
from vandong.measures.printed import Verdict
from vandong.planning.progress.explained import Explained


class Baseline(StrEnum):
    """What a stock is compared with."""

    PREVIOUS_MONTH = "previous_month"
    PREVIOUS_DECEMBER = "previous_december"
    SAME_PERIOD = "same_period"


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as it stood on the day."""

    unit_id: int
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """One owner's plan for the unit, and how far it has come.

    `value`: people, đồng, or per cent for a coverage plan. `achieved`: in the same measure. `share`:
    fraction of the plan. `remaining`: negative when exceeded. `base`: stock on `base_on`; `net_gain`,
    `net_needed`: people since then; `net_share`: their fraction, to set against `time_elapsed`. Paces
    are a month. What is missing is None, and `missing` says why with codes (no_stock, no_baseline,
    no_flow, no_denominator, deadline_passed).
    """

    target_id: int
    plan_id: int
    owner: str
    document: str
    kind: str
    channel: str
    denominator: str
    commitment: str
    period_from: date
    deadline: date
    value: Explained
    achieved: Explained | None
    share: Explained | None
    remaining: Explained | None
    base_on: date
    base: Explained | None
    net_gain: Explained | None
    net_needed: Explained | None
    net_share: Explained | None
    months_left: Fraction
    time_elapsed: Explained
    pace_needed: Explained | None
    pace_achieved: Explained | None
    light: Light | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """The stock against a baseline; `on` is the baseline's own day. `rate` is on the PRIOR value.

    `derived`: the baseline was worked out from a printed change. `stale`: it is more than 35 days older
    than asked.
    """

    baseline: Baseline
    on: date
    prior: Explained
    change: Explained
    rate: Explained | None
    derived: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """Participants as a fraction of a named denominator (population, labour_force, working_age,
    households)."""

    denominator: str
    on: date
    size: Explained
    rate: Explained


@dataclass(frozen=True, slots=True)
class Flow:
    """People (đồng for revenue) counted over a span: the measure's sum from `period_from` to `until`."""

    measure: str
    period_from: date
    until: date
    total: Explained
    channel: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCheck:
    """A percentage as printed against what its inputs give. `printed` is a fraction; `about` names the plan's
    owner, the denominator or the baseline. `implied` is the size of the plan or denominator that the
    print implies."""

    kind: str
    about: str
    printed: Fraction
    decimals: int
    recomputed: Explained | None
    verdict: Verdict | None
    implied: Explained | None


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """Everything the board, the report and the command line say of one unit, scheme and day.

    `stock_on` is the reading's own day; `is_stale` when it is more than 35 days older than `on`. `plans`
    stand with the one that leads the board first. Stale, printed, flows and identity findings come only
    with a single unit. `is_hidden`: there is a stock of 1 to 4 people, which the reader may not see.
    """

    unit: UnitName
    scheme: str
    on: date
    stock: Explained | None
    stock_on: date | None
    is_stale: bool
    plans: tuple[PlanProgress, ...]
    growth: tuple[Growth, ...]
    coverage: tuple[Coverage, ...]
    flows: tuple[Flow, ...]
    printed: tuple[PrintedCheck, ...]
    findings: tuple[Finding, ...]
    is_hidden: bool = False

    @property
    def plan(self) -> PlanProgress | None:
        """The plan that leads: a whole-scope stock plan assigned by a superior if there is one."""
        return self.plans[0] if self.plans else None

    @property
    def light(self) -> Light | None:
        """The light of the leading plan."""
        return self.plans[0].light if self.plans else None

    @property
    def telling_growth(self) -> tuple[Growth, ...]:
        """The growths worth reading: of several baselines that fall on one old day, the first alone."""
        days = [growth.on for growth in self.growth]
        return tuple(one for at, one in enumerate(self.growth) if one.on not in days[:at])

    def growth_since(self, baseline: Baseline) -> Growth | None:
        """The growth on one baseline, if known."""
        return next((row for row in self.growth if row.baseline is baseline), None)


@dataclass(frozen=True, slots=True)
class ChildrenProgress:
    """A unit and the units under it on the day. `parts_sum` is the sum of the children's stocks where
    all state one on the same day; it never replaces the parent's figure: `parts_gap` = parent − sum."""

    parent: UnitProgress
    children: tuple[UnitProgress, ...]
    parts_sum: Explained | None
    parts_gap: Explained | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A stock on its own day; `derived` when worked out from a printed change."""

    on: date
    stock: Explained
    derived: bool = False


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The straight line of a stock plan from its base to its deadline (only for drawing; seasons are not
    straight)."""

    owner: str
    document: str
    base_on: date
    base: Fraction | None
    deadline: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Trend:
    """The series of a unit's stock with the plans that stand above it."""

    unit: UnitName
    scheme: str
    points: tuple[TrendPoint, ...]
    plan_lines: tuple[PlanLine, ...]
