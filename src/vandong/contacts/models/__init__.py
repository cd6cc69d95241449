"""Records of contacts."""

from vandong.contacts.models.advice import Advice, LawEdition
from vandong.contacts.models.claim import Claim, ClaimState
from vandong.contacts.models.contact import Contact, ContactWay, DeclineReason, Outcome
from vandong.contacts.models.script import Script
from vandong.contacts.models.segment import Segment
from vandong.contacts.models.worklist import (
    Aim,
    Hold,
    HoldEnd,
    Task,
    TaskState,
    Way,
    Worklist,
)

__all__ = [
    "Advice",
    "Aim",
    "Claim",
    "ClaimState",
    "Contact",
    "ContactWay",
    "DeclineReason",
    "Hold",
    "HoldEnd",
    "LawEdition",
    "Outcome",
    "Script",
    "Segment",
    "Task",
    "TaskState",
    "Way",
    "Worklist",
]
