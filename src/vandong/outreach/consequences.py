"""What each outcome of a contact leads to. One table, for the desk, the door and the phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vandong.contacts.models import Aim, Outcome, TaskState


@dataclass(frozen=True, slots=True)
class Consequence:
    """`state`: of the task afterwards. `asks_day`: a day must be named. `asks_reason`: why not.

    `retries`: come back after the office's pause, until its limit of attempts. `claims`: somebody agreed; a
    receipt is awaited. `drops_number`: the number called is wrong, for every list. `stops_calls`: nobody calls
    again. `ends_everywhere`: open tasks of all lists for this person end. `to_verify`: the office must look.
    """

    state: TaskState
    asks_day: bool = False
    asks_reason: bool = False
    retries: bool = False
    claims: bool = False
    drops_number: bool = False
    stops_calls: bool = False
    ends_everywhere: bool = False
    to_verify: bool = False


_DONE, _WAITING = TaskState.DONE, TaskState.WAITING

CONSEQUENCES: Mapping[Outcome, Consequence] = MappingProxyType(
    {
        Outcome.AGREED_JOIN: Consequence(_DONE, claims=True),
        Outcome.AGREED_RENEW: Consequence(_DONE, claims=True),
        Outcome.WILL_DECIDE: Consequence(_WAITING, asks_day=True),
        Outcome.WANTS_MEETING: Consequence(_WAITING, asks_day=True),
        Outcome.DECLINED: Consequence(_DONE, asks_reason=True),
        Outcome.NOT_REACHED: Consequence(_WAITING, retries=True),
        Outcome.WRONG_NUMBER: Consequence(_WAITING, drops_number=True),
        Outcome.NO_MORE_CALLS: Consequence(_DONE, stops_calls=True, ends_everywhere=True),
        Outcome.MOVED_AWAY: Consequence(_DONE, to_verify=True),
        Outcome.COMPULSORY: Consequence(_DONE, ends_everywhere=True, to_verify=True),
        Outcome.TO_VERIFY: Consequence(_DONE, to_verify=True),
        Outcome.DECEASED: Consequence(_DONE, ends_everywhere=True, to_verify=True),
    }
)

REACHED = frozenset(Outcome) - {Outcome.NOT_REACHED, Outcome.WRONG_NUMBER}
"""Outcomes in which somebody was spoken to; the denominators of F7 count these people."""

_AGREEMENTS: Mapping[Aim, Outcome] = MappingProxyType(
    {
        Aim.JOIN_SI: Outcome.AGREED_JOIN,
        Aim.JOIN_CARD: Outcome.AGREED_JOIN,
        Aim.RENEW_SI: Outcome.AGREED_RENEW,
        Aim.RENEW_CARD: Outcome.AGREED_RENEW,
    }
)


def outcomes_for(aim: Aim) -> tuple[Outcome, ...]:
    """The outcomes to choose from: who is asked to join cannot agree to go on paying, nor the other way."""
    other = set(_AGREEMENTS.values()) - {_AGREEMENTS[aim]}
    return tuple(one for one in Outcome if one not in other)
