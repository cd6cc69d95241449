"""Lists in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.contacts.models import Outcome, Task, Worklist
from vandong.outreach.list_people import ListedPerson, listed_people
from vandong.outreach.segments.saved import chosen_segment
from vandong.phrases import finding_sentence, sentence
from vandong.web.segments.wording import segment_name


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """How many had this as their latest word, and of how many approached."""

    label: str
    count: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a list with the reasons in words."""

    shown: ListedPerson
    reasons: tuple[str, ...]
    standing: str


def outcome_words(outcomes: Mapping[str, int], approached: int, lang: str) -> list[OutcomeWords]:
    """In the order of the outcomes, those that occur."""
    return [
        OutcomeWords(
            sentence(f"outcome_{one.value}", {}, lang),
            outcomes[one.value],
            Fraction(outcomes[one.value], approached) if approached else None,
        )
        for one in Outcome
        if outcomes.get(one.value)
    ]


def person_rows(actor: Actor, tasks: Iterable[Task], lang: str) -> list[PersonRow]:
    """These tasks with their people."""
    return [
        PersonRow(
            one,
            tuple(finding_sentence(reason, lang) for reason in one.reasons),
            sentence(_code(one.task), {}, lang),
        )
        for one in listed_people(list(tasks))
    ]


def _code(task: Task) -> str:
    """The latest word, else where the task stands."""
    return f"outcome_{task.outcome}" if task.outcome else f"task_{task.state}"


def segment_words(worklist: Worklist, lang: str) -> str:
    """The segment's name; empty where the reader has it no more."""
    try:
        return segment_name(chosen_segment(Actor.system("tên nhóm"), worklist.segment), lang)
    except NotVisible:
        return ""
