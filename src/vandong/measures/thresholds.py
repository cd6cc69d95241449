"""F12 to F14: floors that must all be met, a launch day's two lights, rewards that count only some
joiners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


def within(value: int, at_least: int | None = None, at_most: int | None = None) -> bool:
    """Whether a value keeps to limits, ends included; a limit that is not given does not bind."""
    return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)


def floors_met(results: Mapping[str, int], floors: Mapping[str, int]) -> Mapping[str, bool]:
    """For each floor whether its result reaches it; a result that is missing counts as nought."""
    return {name: results.get(name, 0) >= floor for name, floor in floors.items()}


def quota_met(results: Mapping[str, int], floors: Mapping[str, int]) -> bool:
    """F13: every floor of a rank reached (BHXH tự nguyện AND BHYT hộ gia đình)."""
    return all(floors_met(results, floors).values())


@dataclass(frozen=True, slots=True)
class LaunchDay:
    """F12: two independent tests: the total, and the floor of first-time joiners in each unit."""

    total: int
    total_met: bool
    floors: Mapping[str, bool]


def launch_day(
    registered: Mapping[str, int], first_time: Mapping[str, int], goal: int, floor: int
) -> LaunchDay:
    """A launch day from the registrations of each unit."""
    total = sum(registered.values())
    floors = {unit: first_time.get(unit, 0) >= floor for unit in registered}
    return LaunchDay(total, total >= goal, floors)


def reward_count(method_months: Iterable[int], at_least_months: int) -> int:
    """F14: new joiners (their payment method in months) who count towards a reward."""
    return sum(1 for months in method_months if months >= at_least_months)


def is_rewarded(counted: int, at_least: int, quota: int = 0) -> bool:
    """Whether enough joiners count; `quota` is added where the reward stands on top of the quota (S4.4
    leaves it open, so it is a parameter)."""
    return counted >= at_least + quota
