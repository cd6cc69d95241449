"""F6: a total split by channel. The parts must add up to the total."""

from collections.abc import Mapping
from dataclasses import dataclass

from vandong.measures.quantity import Quantity, total


@dataclass(frozen=True, slots=True)
class ChannelSplit:
    """`gap` = total − sum of the channels; `shares` are fractions of the total, empty when it does not
    close."""

    gap: Quantity
    shares: Mapping[str, Quantity]

    @property
    def closes(self) -> bool:
        """Whether the parts can add up to the total."""
        return self.gap.low <= 0 <= self.gap.high


def channel_split(whole: Quantity, parts: Mapping[str, Quantity]) -> ChannelSplit:
    """The split, with shares only where it closes."""
    gap = whole - total(parts.values())
    closes = gap.low <= 0 <= gap.high and whole.low > 0
    return ChannelSplit(gap, {name: part / whole for name, part in parts.items()} if closes else {})
