"""The rules over columns: the same amounts as the scalar rules, to the đồng, for whole lists.

A bad row has a code instead of amounts; it never stops the others. No trace: ask the scalar rule for one row.
"""

from vandong.rules.bulk.contributions import contributions
from vandong.rules.bulk.pensions import constant_segments, pensions

__all__ = ["constant_segments", "contributions", "pensions"]
