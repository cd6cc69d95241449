"""The health card of a household asked for in texts."""

from datetime import date
from fractions import Fraction

from vandong.advice.asking.reader import Reader, read_count, read_day, read_rate
from vandong.rules.household_card import HOUSEHOLD, CardRequest, PreviousCard

_YES, _NO = "1", "0"


def household_card_asked(reader: Reader) -> CardRequest:
    """The request of the fields members, months, on, base_group, already, last_valid_until, first_time (1),
    continuous_since, local_rate (`vandong quote bhyt`). Raises AskedWrongly with all problems."""
    given = CardRequest(
        members=reader.needed("members", read_count, 1),
        months=reader.needed("months", read_count, 0),
        on=reader.needed("on", read_day, date.min),
        group=reader.text("base_group", HOUSEHOLD),
        already=reader.read("already", read_count, 0),
        local_rate=reader.read("local_rate", read_rate, Fraction(0)),
        previous=_previous(reader),
    )
    reader.stop()
    return given


def _previous(reader: Reader) -> PreviousCard | None:
    """The card before, as far as it was told; None when nothing was."""
    last_valid_on = reader.read("last_valid_until", read_day, None)
    since = reader.read("continuous_since", read_day, None)
    if reader.choice("first_time", (_YES, _NO), _NO) == _YES:
        if last_valid_on or since:
            reader.add("first_time", "card_previous_twice")
        return PreviousCard()
    if last_valid_on is None:
        if since:
            reader.add("continuous_since", "card_since_without_card")
        return None
    return PreviousCard(last_valid_on, since)
