"""Findings about sums that do not close, prints that differ, and old figures."""

from datetime import date

from vandong.kernel.findings import Finding, Severity
from vandong.kernel.numbers import rounded
from vandong.measures.channels import ChannelSplit
from vandong.measures.printed import PrintedRate, Verdict, recognised
from vandong.measures.quantity import Quantity
from vandong.measures.staleness import STALE_AFTER_DAYS, age_in_days, is_stale
from vandong.measures.stock_identity import StockIdentity


def stale(own_day: date, asked_on: date, limit: int = STALE_AFTER_DAYS) -> Finding | None:
    """A figure more than `limit` days older than the day asked."""
    if not is_stale(own_day, asked_on, limit):
        return None
    return Finding(
        "stale", {"on": own_day, "asked_on": asked_on, "days": age_in_days(own_day, asked_on)}
    )


def printed_differs(about: str, recomputed: Quantity, printed: PrintedRate) -> Finding | None:
    """A printed percentage that is neither the rounded nor the cut-off recomputed one. `about`: of which
    plan, or on which denominator."""
    if recognised(recomputed, printed) is not Verdict.NEITHER:
        return None
    return Finding(
        "printed_differs",
        {
            "about": about,
            "printed": printed.rate * 100,
            "recomputed": recomputed.nominal,
        },
    )


def printed_remaining_differs(recomputed: Quantity, printed: Quantity) -> Finding | None:
    """A printed remainder that plan − stock does not give."""
    if recomputed.overlaps(printed):
        return None
    return Finding(
        "printed_remaining_differs",
        {"printed": rounded(printed.nominal), "recomputed": rounded(recomputed.nominal)},
    )


def channels_do_not_close(whole: Quantity, split: ChannelSplit) -> Finding | None:
    """Channels that do not add up to their total."""
    if split.closes:
        return None
    return Finding(
        "channels_do_not_close",
        {
            "total": rounded(whole.nominal),
            "sum": rounded(whole.nominal - split.gap.nominal),
            "gap": rounded(split.gap.nominal),
        },
        severity=Severity.ERROR,
    )


def sum_of_parts_differs(whole: Quantity, parts_sum: Quantity, parts: int) -> Finding | None:
    """A unit's own figure against the sum of its parts. The official figure stands; the difference is
    shown."""
    if whole.overlaps(parts_sum):
        return None
    return Finding(
        "sum_of_parts_differs",
        {
            "whole": rounded(whole.nominal),
            "sum": rounded(parts_sum.nominal),
            "gap": rounded(whole.nominal - parts_sum.nominal),
            "parts": parts,
        },
    )


def unexplained_change(identity: StockIdentity, since: date, on: date) -> Finding | None:
    """A stock that its flows do not lead to."""
    if identity.closes:
        return None
    return Finding(
        "unexplained_change",
        {
            "unexplained": rounded(identity.unexplained.nominal),
            "expected": rounded(identity.expected.nominal),
            "since": since,
            "on": on,
        },
    )


def sources_differ(used: Quantity, other: Quantity, on: date) -> Finding | None:
    """Two kinds of source that state the same figure of the same day differently; the stronger is used."""
    if used.overlaps(other):
        return None
    return Finding(
        "sources_differ",
        {"used": rounded(used.nominal), "other": rounded(other.nominal), "on": on},
    )


def baseline_differs(stated: Quantity, derived: Quantity, on: date) -> Finding | None:
    """A stock on record for a day, and the stock that a printed change leads back to, that differ."""
    if stated.overlaps(derived):
        return None
    return Finding(
        "baseline_differs",
        {"stated": rounded(stated.nominal), "derived": rounded(derived.nominal), "on": on},
    )
