"""The rules over columns: the same amounts as the scalar rules, to the đồng, for whole lists.

A bad row has a code instead of amounts; it never stops the others. No trace: ask the scalar rule for one row.
"""

from vandong.rules.bulk.contributions import contributions

__all__ = ["contributions"]
