"""The rules in bulk: 1,000,000 contribution quotes ≥ 50 × faster than one by one and under 2 s; 200,000 pension
projections of 15–30 years under 5 s; under 1 GB of memory.

Runs in a process of its own, so that the memory is that of the rules alone. The scalar rule is measured on a
sample of the very same rows, and the amounts of the sample are compared.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

import numpy as np
import polars as pl

from vandong.kernel.periods import Month
from vandong.law import LawBook, law_book
from vandong.rules.average_income import Growth
from vandong.rules.bulk import constant_segments, contributions, pensions
from vandong.rules.contribution import (
    ContributionRequest,
    TopUp,
    parse_group,
    parse_method,
    voluntary_contribution,
)
from vandong.rules.contribution.amounts import workings
from vandong.rules.pension import PensionRequest, projected_pension
from vandong.rules.people import Sex
from vandong.rules.retirement_age import Birth
from vandong.rules.segments import Kind, Segment

QUOTES, QUOTE_SECONDS, FASTER = 1_000_000, 2.0, 50
PEOPLE, PENSION_SECONDS = 200_000, 5.0
SAMPLE_QUOTES, SAMPLE_PENSIONS = 2_000, 200
RUNS, MOST_MEGABYTES = 3, 1_000
ON = date(2026, 11, 22)
Made = TypeVar("Made")
GROWTH = Growth(Fraction("0.06"), Fraction("0.035"))


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock and of processor, all threads together."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"clock {self.clock:.2f} s, processor {self.processor:.2f} s"


def bench_rules() -> bool:
    """Runs this module in a process of its own; whether every target is met."""
    done = subprocess.run([sys.executable, "-m", "bench.rules"], check=False)
    return done.returncode == 0


def main() -> int:
    """Prints every figure and whether it is met. Exit code 1 when one is not."""
    book, chosen = law_book(), np.random.default_rng(7)
    before = memory()
    met = [quotes(book, chosen), projections(book, chosen, yearly=False)]
    met.append(projections(book, chosen, yearly=True))
    peak = memory()
    met.append(_told(peak < MOST_MEGABYTES, "memory", f"peak {peak} MB, {before} MB at the start"))
    return 0 if all(met) else 1


def quotes(book: LawBook, chosen: np.random.Generator) -> bool:
    """One payment each: all methods, groups, months supported before, top-ups, days of this year and last."""
    frame = quote_rows(chosen)
    spent, made = median(lambda: contributions(book, frame))
    sample = made.with_columns(frame)[:SAMPLE_QUOTES].to_dicts()
    asked = [request(book, row) for row in sample]
    scalar, singles = timed(lambda: [voluntary_contribution(book, one) for one in asked])
    bare, _ = timed(lambda: [workings(book, one) for one in asked])
    equal = [one.pay_amount for one in singles] == [row["pay_amount"] for row in sample]
    ratio = ratio_of(scalar, SAMPLE_QUOTES, spent, QUOTES)
    bare_ratio = ratio_of(bare, SAMPLE_QUOTES, spent, QUOTES)
    print(
        f"quotes: scalar {scalar.processor / SAMPLE_QUOTES * 1e6:.0f} µs a row with its trace, "
        f"{bare.processor / SAMPLE_QUOTES * 1e6:.0f} µs without ({SAMPLE_QUOTES} rows of the same)"
    )
    good = made["problem"].is_null().all()
    said = f"{QUOTES:,} in {spent} ({QUOTE_SECONDS:.0f} s allowed), {ratio:.0f} x the scalar rule"
    said += f" ({bare_ratio:.0f} x without its trace; {FASTER} x asked), amounts equal: {equal}"
    is_met = spent.clock < QUOTE_SECONDS and ratio >= FASTER and equal and bool(good)
    return _told(is_met, "quotes", said)


def quote_rows(chosen: np.random.Generator) -> pl.DataFrame:
    """A list as a province might have it; incomes to the đồng, so that half đồng occur."""
    methods = ["1", "3", "6", "12", "ahead:2", "ahead:3", "ahead:5", "missing:8", "missing:60"]
    groups = ["", "poor", "near_poor", "ethnic_minority", "poor,island", "other"]
    days = np.datetime64("2026-01-01") + chosen.integers(0, 364, QUOTES)
    return pl.DataFrame(
        {
            "income": chosen.integers(1_500_000, 46_800_000, QUOTES),
            "method": pl.Series(methods).gather(chosen.integers(0, len(methods), QUOTES)),
            "group": pl.Series(groups).gather(chosen.integers(0, len(groups), QUOTES)),
            "on": pl.Series(days),
            "months_supported": chosen.integers(0, 121, QUOTES),
            "local_rate": pl.Series(["0", "0.2", "0.15"]).gather(chosen.integers(0, 3, QUOTES)),
            "local_amount": chosen.integers(0, 2, QUOTES) * 30_000,
        }
    )


def request(book: LawBook, row: dict[str, object]) -> ContributionRequest:
    """The row for the scalar rule."""
    on = row["on"]
    assert isinstance(on, date)
    return ContributionRequest(
        income=int(str(row["income"])),
        method=parse_method(book, str(row["method"]), on),
        on=on,
        groups=tuple(parse_group(one) for one in str(row["group"]).split(",") if one),
        months_supported=int(str(row["months_supported"])),
        local=TopUp(Fraction(str(row["local_rate"])), int(str(row["local_amount"]))),
    )


def projections(book: LawBook, chosen: np.random.Generator, *, yearly: bool) -> bool:
    """15 to 30 years from now on: one income throughout, or another one every year."""
    people = project_rows(chosen)
    segments = constant_segments(people)
    if yearly:
        segments = by_year(segments, chosen)
    spent, made = median(
        lambda: pensions(book, people.select("sex", "birth"), segments, on=ON, growth=GROWTH)
    )
    own = segments.filter(pl.col("person") < SAMPLE_PENSIONS).partition_by("person", as_dict=True)
    asked = [pension_request(people.row(at, named=True), own[at,]) for at in range(SAMPLE_PENSIONS)]
    scalar, singles = timed(lambda: [projected_pension(book, one, GROWTH) for one in asked])
    equal = [one.monthly_amount for one in singles] == made["monthly_amount"][
        :SAMPLE_PENSIONS
    ].to_list()
    name = f"pensions, {'an income a year' if yearly else 'one income'}"
    ratio = ratio_of(scalar, SAMPLE_PENSIONS, spent, PEOPLE)
    said = (
        f"{PEOPLE:,} ({segments.height:,} segments) in {spent} ({PENSION_SECONDS:.0f} s allowed), "
    )
    said += f"{ratio:.0f} x the scalar rule, amounts equal: {equal}"
    good = made["problem"].is_null().all()
    return _told(spent.clock < PENSION_SECONDS and equal and bool(good), name, said)


def project_rows(chosen: np.random.Generator) -> pl.DataFrame:
    """People of 25 to 45 who begin this year or the next."""
    births = np.datetime64("1981-01") + chosen.integers(0, 240, PEOPLE)
    firsts = np.datetime64("2026-01") + chosen.integers(0, 24, PEOPLE)
    return pl.DataFrame(
        {
            "sex": pl.Series(["F", "M"]).gather(chosen.integers(0, 2, PEOPLE)),
            "birth": pl.Series(births.astype("datetime64[D]")),
            "first": pl.Series(firsts.astype("datetime64[D]")),
            "months": chosen.integers(180, 361, PEOPLE),
            "income": chosen.integers(2_200_000, 46_800_000, PEOPLE),
        }
    )


def by_year(segments: pl.DataFrame, chosen: np.random.Generator) -> pl.DataFrame:
    """The same people with another income every twelve months."""
    parts = segments.with_columns(part=pl.int_ranges(0, (pl.col("months") + 11) // 12)).explode(
        "part"
    )
    incomes = chosen.integers(2_200_000, 46_800_000, parts.height)
    return parts.select(
        "person",
        pl.col("first").dt.offset_by(pl.format("{}y", "part")),
        (pl.col("months") - pl.col("part") * 12).clip(upper_bound=12).alias("months"),
        pl.Series("income", incomes),
    )


def pension_request(person: dict[str, object], segments: pl.DataFrame) -> PensionRequest:
    """The person for the scalar rule."""
    born = person["birth"]
    assert isinstance(born, date)
    paid = tuple(
        Segment(Kind.VOLUNTARY, Month.of(row["first"]), row["months"], row["income"])
        for row in segments.to_dicts()
    )
    return PensionRequest(Sex(str(person["sex"])), Birth(born), paid, ON)


def median(work: Callable[[], Made]) -> tuple[Spent, Made]:
    """The median by the clock of a few runs, and what the last one made."""
    runs = [timed(work) for _ in range(RUNS)]
    return sorted((spent for spent, _ in runs), key=lambda one: one.clock)[RUNS // 2], runs[-1][1]


def timed(work: Callable[[], Made]) -> tuple[Spent, Made]:
    """What it takes, and what it makes."""
    began, used = time.perf_counter(), time.process_time()
    made = work()
    return Spent(time.perf_counter() - began, time.process_time() - used), made


def ratio_of(scalar: Spent, sample: int, bulk: Spent, count: int) -> float:
    """How many times faster a row is, by seconds of processor, to which other work hardly adds."""
    return (scalar.processor / sample) / (bulk.processor / count)


def memory() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def _told(is_met: bool, name: str, said: str) -> bool:
    print(f"{'pass' if is_met else 'MISS'} {name}: {said}", flush=True)
    return is_met


if __name__ == "__main__":
    sys.exit(main())
