"""The formulas that the golden cases name, each from `given` as printed to named results."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.measures.notation import printed, quantity

from vandong.kernel.days import parse_day
from vandong.kernel.periods import months_between
from vandong.measures.averages import mean, printed_mean, sum_from_mean
from vandong.measures.channels import channel_split
from vandong.measures.conversion import conversion
from vandong.measures.coverage import coverage_rate, deviation
from vandong.measures.growth import growth_from_change, growth_from_prior, rate_on_current
from vandong.measures.implied import implied_quantity, implied_whole, whole_numbers
from vandong.measures.pace import light, pace_achieved, pace_needed, time_elapsed
from vandong.measures.pilots import (
    Basis,
    multiple,
    net_gain,
    others_from_multiple,
    pilot_share,
    whole_from_multiple,
)
from vandong.measures.plan_share import plan_share
from vandong.measures.printed import recognised
from vandong.measures.quantity import Quantity, between, exact
from vandong.measures.quota import quota_check
from vandong.measures.remaining import plan_from_remaining, remaining
from vandong.measures.stock_identity import stock_identity
from vandong.measures.thresholds import (
    is_rewarded,
    launch_day,
    quota_met,
    reward_count,
    within,
)

Given = Mapping[str, Any]
Results = Mapping[str, Any]


def day(text: str) -> date:
    return parse_day(str(text))


def whole(text: str) -> int:
    number = quantity(text)
    assert number.is_exact
    return int(number.nominal)


def counts(texts: Mapping[str, str]) -> dict[str, int]:
    return {name: whole(text) for name, text in texts.items()}


def prints(rate: Quantity | None, given: Given) -> dict[str, Any]:
    if "printed" not in given or rate is None:
        return {}
    return {"prints": recognised(rate, printed(given["printed"])).value}


def plan_of_remaining(given: Given) -> Results:
    stock = quantity(given["stock"])
    plan = plan_from_remaining(stock, quantity(given["remaining"]))
    return {"plan": plan, "share": plan_share(stock, plan)}


def share_of_plan(given: Given) -> Results:
    share = plan_share(quantity(given["stock"]), quantity(given["plan"]))
    return {"share": share, **prints(share, given)}


def left(given: Given) -> Results:
    return {"remaining": remaining(quantity(given["plan"]), quantity(given["stock"]))}


def needed(given: Given) -> Results:
    months = months_between(day(given["from"]), day(given["to"]))
    return {"months": months, "pace": pace_needed(quantity(given["remaining"]), months)}


def against_needed(given: Given) -> Results:
    until = day(given["until"])
    achieved = pace_achieved(quantity(given["gained"]), months_between(day(given["since"]), until))
    rest = quantity(given["needed"])
    wanted = pace_needed(rest, months_between(until, day(given["to"])))
    assert achieved is not None
    assert wanted is not None
    colour = light(achieved, wanted, rest)
    assert colour is not None
    return {
        "achieved": achieved,
        "needed_pace": wanted,
        "times": wanted / achieved,
        "light": colour.value,
    }


def implied(given: Given) -> Results:
    people, rate = quantity(given["people"]), printed(given["printed"])
    spans = implied_whole(people, rate)
    return {
        "if_rounded": between(spans.if_rounded.low, spans.if_rounded.high),
        "if_truncated": between(spans.if_truncated.low, spans.if_truncated.high),
        "whole_inside": between(*whole_numbers(spans.if_rounded)),
        "nominal": implied_quantity(people, rate),
    }


def coverage_on_implied(given: Given) -> Results:
    people, rate = quantity(given["of_people"]), printed(given["of_printed"])
    size = implied_whole(people, rate).if_rounded
    covered = coverage_rate(
        quantity(given["people"]), between(size.low, size.high, people.nominal / rate.rate)
    )
    return {"nominal": covered, "least": covered.low}


def from_change(given: Given) -> Results:
    stock, change = quantity(given["stock"]), quantity(given["change"])
    growth = growth_from_change(stock, change)
    return {
        "prior": growth.prior,
        "rate": growth.rate,
        "on_current": rate_on_current(change, stock),
        **prints(growth.rate, given),
    }


def from_prior(given: Given) -> Results:
    growth = growth_from_prior(quantity(given["stock"]), quantity(given["prior"]))
    return {"change": growth.change, "rate": growth.rate}


def stock_before(given: Given) -> Results:
    stock, new = quantity(given["stock"]), quantity(given["gross_new"])
    before = stock - new
    assert stock_identity(before, stock, {"gross_new": new}).closes
    return {"before": before, "rate": new / before}


def share_of_whole(given: Given) -> Results:
    share = pilot_share(quantity(given["part"]), quantity(given["whole"]))
    return {"share": share, **prints(share, given)}


def part_of_share(given: Given) -> Results:
    span = printed(given["printed"]).if_rounded
    return {"part": quantity(given["whole"]) * between(span.low, span.high)}


def before_pilot(given: Given) -> Results:
    net = quantity(given["net"])
    now = quantity(given["whole"]) * quantity(given["printed"])
    return {"before": now - net, "net_per_unit": mean(net, whole(given["units"]))}


def gross_against_net(given: Given) -> Results:
    gross = sum_from_mean(quantity(given["mean"]), whole(given["units"]))
    gap = gross - quantity(given["net"])
    return {"gross": gross, "gap": gap, "share": gap / gross}


def of_multiple(given: Given) -> Results:
    average, times = quantity(given["mean"]), printed_mean(quantity(given["multiple"]).nominal, 1)
    pilots, units = whole(given["units"]), whole(given["all_units"])
    everybody = whole_from_multiple(average, pilots, times, units)
    others = others_from_multiple(average, times)
    return {"others": others, "whole": everybody, "lapses": everybody - quantity(given["year_net"])}


def times(given: Given) -> Results:
    found = multiple(
        Basis.NET,
        quantity(given["pilot"]),
        whole(given["units"]),
        quantity(given["whole"]),
        whole(given["all_units"]),
    )
    return {"times": found.times}


def net_of_mean_unit(given: Given) -> Results:
    net = net_gain(quantity(given["after"]), quantity(given["before"]))
    return {"net": net, "mean": mean(net, whole(given["units"]))}


def quota(given: Given) -> Results:
    check = quota_check(
        quantity(given["quota"]),
        whole(given["units"]),
        quantity(given["target"]),
        quantity(given["stock"]),
    )
    return {
        "product": check.product,
        "need": check.need,
        "units_needed": check.units_needed,
        "share_of_need": check.share_of_need,
        "times_need": check.share_of_need,
        "share_of_target": check.share_of_target,
        "need_per_unit": check.need_per_unit,
    }


def apart(given: Given) -> Results:
    found = deviation(quantity(given["actual"]), quantity(given["goal"]))
    return {"points": found.points, "relative": found.relative}


def whole_of_points(given: Given) -> Results:
    points = deviation(quantity(given["goal"]), quantity(given["actual"])).points
    return {"points": points, "whole": quantity(given["people"]) / points * exact(100)}


def calls(given: Given) -> Results:
    found = conversion(
        quantity(given["called_outside"]),
        quantity(given["joined"]),
        None,
        quantity(given["renewed"]),
    )
    return {
        "new_rate": found.new_rate,
        "renewal_rate": found.renewal_rate,
        "called_per_new": found.called_per_new,
    }


def split(given: Given) -> Results:
    parts = {name: quantity(text) for name, text in given["parts"].items()}
    found = channel_split(quantity(given["whole"]), parts)
    return {"closes": found.closes, "gap": found.gap, "shares": found.shares}


def span_of_days(given: Given) -> Results:
    days = (day(given["to"]) - day(given["from"])).days + 1
    return {"days": days, "of_year": Fraction(days, 365)}


def elapsed(given: Given) -> Results:
    return {"elapsed": time_elapsed(day(given["from"]), day(given["reached"]), day(given["to"]))}


def limits(given: Given) -> Results:
    low = whole(given["at_least"])
    high = whole(given["at_most"]) if "at_most" in given else None
    return {str(value): within(value, low, high) for value in range(200)}


def floors(given: Given) -> Results:
    floor, units, goal = (whole(given[name]) for name in ("floor", "units", "total"))
    floor_sum = sum_from_mean(exact(floor), units)
    return {
        "floor_sum": floor_sum,
        "share": floor_sum / exact(goal),
        "mean": mean(exact(goal), units),
    }


def launch(given: Given) -> Results:
    found = launch_day(
        counts(given["registered"]),
        counts(given["first_time"]),
        whole(given["total"]),
        whole(given["floor"]),
    )
    return {"total_met": found.total_met, "floors_met": found.floors}


def by_rank(given: Given) -> Results:
    wanted = counts(given["floors"])
    return {
        f"{tn} + {hgd}": quota_met({"bhxh_tn": tn, "bhyt_hgd": hgd}, wanted)
        for tn in range(10)
        for hgd in range(10)
    }


def reward(given: Given) -> Results:
    counted = reward_count(given["joiners"], whole(given["months"]))
    at_least = whole(given["at_least"])
    return {
        "counted": counted,
        "rewarded": is_rewarded(counted, at_least),
        "rewarded_on_top": is_rewarded(counted, at_least, whole(given["quota"])),
    }


FORMULAS: Mapping[str, Callable[[Given], Results]] = {
    "F1 plan from remaining": plan_of_remaining,
    "F1 remaining": left,
    "F2 share of plan": share_of_plan,
    "F3 implied whole": implied,
    "F4 growth from change": from_change,
    "F4 growth from prior": from_prior,
    "F5 coverage on an implied whole": coverage_on_implied,
    "F5 deviation": apart,
    "F5 whole from points": whole_of_points,
    "F6 channels": split,
    "F7 conversion": calls,
    "F8 share": share_of_whole,
    "F8 part from share": part_of_share,
    "F8 before": before_pilot,
    "F8 gross against net": gross_against_net,
    "F8 others from multiple": of_multiple,
    "F8 multiple": times,
    "F8 net gain of the mean unit": net_of_mean_unit,
    "F9 stock before": stock_before,
    "F10 quota": quota,
    "F11 pace needed": needed,
    "F11 pace achieved against needed": against_needed,
    "F11 time elapsed": elapsed,
    "F12 floors": floors,
    "F12 launch day": launch,
    "F13 quota by rank": by_rank,
    "F14 reward": reward,
    "average": lambda given: {"mean": mean(quantity(given["whole"]), whole(given["units"]))},
    "sum from average": lambda given: {
        "sum": sum_from_mean(quantity(given["mean"]), whole(given["units"]))
    },
    "count": lambda given: {"value": quantity(given["value"])},
    "months": lambda given: {"months": months_between(day(given["from"]), day(given["to"]))},
    "days": span_of_days,
    "limits": limits,
}
