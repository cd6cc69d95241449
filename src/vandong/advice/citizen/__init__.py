"""Advice for a citizen: a few plain answers and the law of a day make everything that is to be said.

`read_answers` reads a form or link, `citizen_advice` works the advice out, `answers_query` makes the link that
gives the very same again. Pure: no database, no clock.
"""

from vandong.advice.asking.reader import AskedWrongly, FieldProblem
from vandong.advice.citizen.answers import (
    ASK_FIRST,
    Answers,
    Household,
    Means,
    OldCard,
    PaidBefore,
    Situation,
)
from vandong.advice.citizen.assumptions import Assumed
from vandong.advice.citizen.links import answers_query
from vandong.advice.citizen.offer import MUST_SAY, CitizenAdvice, Offer, citizen_advice, traces_of
from vandong.advice.citizen.outcome import NotWorkedOut, Outcome
from vandong.advice.citizen.reading import DAY, FIELDS, LANGUAGE, LAW, card_groups, read_answers

__all__ = [
    "ASK_FIRST",
    "DAY",
    "FIELDS",
    "LANGUAGE",
    "LAW",
    "MUST_SAY",
    "Answers",
    "AskedWrongly",
    "Assumed",
    "CitizenAdvice",
    "FieldProblem",
    "Household",
    "Means",
    "NotWorkedOut",
    "Offer",
    "OldCard",
    "Outcome",
    "PaidBefore",
    "Situation",
    "answers_query",
    "card_groups",
    "citizen_advice",
    "read_answers",
    "traces_of",
]
