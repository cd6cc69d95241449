"""The script of calls: an office's words with the law's numbers, kept version by version."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files

from django.db import transaction

from vandong.accounts.queries.organisations import office_to_keep_for
from vandong.accounts.queries.scope import Actor, Right
from vandong.administration.audit_trail import record
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.advice.citizen import Offer, citizen_advice, read_answers
from vandong.contacts.models import Script
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.kernel.numbers import format_count
from vandong.kernel.yaml_texts import read_once
from vandong.law import LawBook, ParameterMissing

LONGEST_TEXT = 800
MOST_ANSWERS = 30
_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")
_AMOUNT = re.compile(r"[0-9][0-9. ]*\s*(đồng|đ|vnd|triệu|nghìn|ngàn|tháng|%)", re.IGNORECASE)
_WHOLE = {
    "support_months": "support_months_cap",
    "funeral_months": "funeral_months_needed",
    "card_wait_days": "card_waiting_days",
    "card_gap_days": "card_gap_waits_days",
}
LAW_WORDS = (*_WHOLE, "lowest_pay", "pension_years", "missing_months")
"""Names in a text that the law of the day fills."""
CALL_WORDS = ("person", "you", "collector", "code", "place", "aim")
"""Names in a text that the call fills."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What people say, and an honest answer."""

    say: str
    answer: str


@dataclass(frozen=True, slots=True)
class ScriptText:
    """A script. `version` 0: the one that comes with the system."""

    version: int
    opening: str
    answers: tuple[Answer, ...]


def office_script(office_id: int | None) -> ScriptText:
    """The latest of the office, else of the installation, else the first one."""
    rows = Script.objects.order_by("-version")
    stored = rows.filter(office_id=office_id).first() if office_id else None
    stored = stored or rows.filter(office__isnull=True).first()
    return _read(stored.version, stored.content) if stored else first_script()


@cache
def first_script() -> ScriptText:
    """The one that comes with the system."""
    text = (files("vandong.outreach") / "script.yaml").read_text(encoding="utf-8")
    return _read(0, read_once(text))


def _read(version: int, content: Mapping[str, object]) -> ScriptText:
    answers = content["answers"]
    assert isinstance(answers, list)
    return ScriptText(
        version,
        str(content["opening"]),
        tuple(Answer(str(one["say"]), str(one["answer"])) for one in answers),
    )


@transaction.atomic
def save_script(
    *, actor: Actor, opening: str, answers: Sequence[Answer], version: int, at: datetime
) -> Script:
    """The next version for the actor's office. `version`: of the script that was read.

    Raises NotAllowed, StaleVersion; Refused with every problem: an empty opening, half an answer, unknown
    names, amounts typed instead of named.
    """
    office = office_to_keep_for(actor, Right.IMPORT_PEOPLE)
    known = office_script(office.pk if office else None)
    check_version("", known.version, version)
    kept = [Answer(clean(one.say), clean(one.answer)) for one in answers]
    kept = [one for one in kept if one.say or one.answer]
    opening = clean(opening)
    refuse_all(_problems(opening, kept))
    row = Script.objects.create(
        office=office,
        version=known.version + 1,
        content={
            "opening": opening,
            "answers": [{"say": one.say, "answer": one.answer} for one in kept],
        },
        made_by_id=actor.user_id,
        made_at=at,
    )
    record(actor, "script.saved", row, None, {"version": row.version}, at)
    return row


def _problems(opening: str, answers: Sequence[Answer]) -> list[Finding]:
    found = []
    if not opening:
        found.append(problem("script_opening_missing", "opening"))
    if len(answers) > MOST_ANSWERS:
        found.append(problem("script_too_many", most=MOST_ANSWERS))
    for number, one in enumerate(answers, start=1):
        if not (one.say and one.answer):
            found.append(problem("script_half_answer", number=number))
    for text in (opening, *(one.answer for one in answers)):
        found += _text_problems(text)
    return found


def _text_problems(text: str) -> list[Finding]:
    found = []
    if len(text) > LONGEST_TEXT:
        found.append(problem("script_text_long", most=LONGEST_TEXT))
    for name in _PLACEHOLDER.findall(text):
        if name not in {*LAW_WORDS, *CALL_WORDS}:
            found.append(problem("script_name_unknown", name=name))
    amount = _AMOUNT.search(text)
    if amount:
        found.append(problem("script_amount_typed", text=amount.group().strip()))
    return found


def told_script(script: ScriptText, book: LawBook, on: date, call: Mapping[str, str]) -> ScriptText:
    """The script as it is read out on the day. What the law of the day does not say stays open: "…"."""
    values = {**law_values(book, on), **call}

    def filled(text: str) -> str:
        return _PLACEHOLDER.sub(lambda name: values.get(name[1]) or "…", text)

    return ScriptText(
        script.version,
        filled(script.opening),
        tuple(Answer(one.say, filled(one.answer)) for one in script.answers),
    )


def law_values(book: LawBook, on: date) -> dict[str, str]:
    """Every name of `LAW_WORDS` that has a value on the day, as it is printed."""
    wanted = {name: (parameter, "", 1) for name, parameter in _WHOLE.items()}
    wanted["pension_years"] = ("pension_months_needed", "", 12)
    wanted["missing_months"] = ("missing_months", "most", 1)
    found = {}
    for name, (parameter, key, parts) in wanted.items():
        with suppress(ParameterMissing):
            found[name] = format_count(book.fact(parameter, on, key).whole // parts)
    return found | _lowest(book, on)


@lru_cache(maxsize=8)
def _lowest(book: LawBook, on: date) -> dict[str, str]:
    """What somebody of no other group pays a month at the least, after support. The same for everybody of the
    day: worked out once."""
    given = {
        "dang-dong": ["chua"],
        "viec": ["khong"],
        "gioi": ["nu"],
        "nam-sinh": [str(on.year - 40)],
        "muc": ["thap-nhat"],
    }
    offer = citizen_advice(book, read_answers(book, given, today=on)).offer
    return (
        {"lowest_pay": f"{format_count(offer.paying.pay_amount)} đồng"}
        if isinstance(offer, Offer)
        else {}
    )
