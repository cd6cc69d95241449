"""Spells of one person: begun, paid on, ended; never two of one scheme on one day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.figures.models import Scheme
from vandong.kernel.findings import Finding
from vandong.law import LawBook
from vandong.registry.models import EndReason, Participation, Person
from vandong.registry.queries.ground import person_to_work_with
from vandong.rules.contribution.methods import parse_method
from vandong.rules.participation import VOLUNTARY
from vandong.rules.problems import RuleProblem

_FIELDS = (
    *("scheme", "covered_from", "covered_until", "ended_on", "end_reason"),
    *("method", "income_amount", "support_group", "channel"),
)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpellFields:
    """One paid period or contract. `covered_until` exclusive; empty: open."""

    scheme: str
    covered_from: date
    covered_until: date | None = None
    method: str = ""
    income_amount: int | None = None
    support_group: str = ""
    organisation_id: int | None = None
    channel: str = ""


@transaction.atomic
def record_period(
    *, actor: Actor, person_id: int, fields: SpellFields, book: LawBook, at: datetime
) -> Participation:
    """Takes a paid period in: it prolongs the spell that is paid up to its first day, else it begins one.

    Raises NotAllowed, NotVisible; Refused (overlap, unknown method or scheme).
    """
    person = person_to_work_with(actor, person_id, lock=True)
    refuse_all(_problems(fields, book))
    spells = list(person.participations.select_for_update().filter(scheme=fields.scheme))
    before = next((one for one in spells if _follows(one, fields)), None)
    others = [one for one in spells if one is not before]
    refuse_all([_overlap(one) for one in others if overlaps(one, fields)])
    change = open_change(actor=actor, action="participation.recorded", at=at)
    spell = before or Participation(person=person, scheme=fields.scheme)
    old = snapshot(before, *_FIELDS) if before else None
    _fill(spell, fields, person, is_new=before is None)
    spell.change, spell.batch_row = change, None
    spell.save()
    record(actor, "participation.recorded", person, old, snapshot(spell, *_FIELDS), at)
    return spell


def _problems(fields: SpellFields, book: LawBook) -> list[Finding]:
    problems = []
    if fields.scheme not in Scheme.values:
        problems.append(problem("scheme_unknown", "scheme", text=fields.scheme))
    if fields.covered_until is not None and fields.covered_until <= fields.covered_from:
        problems.append(problem("ended_before_start", "covered_until", on=fields.covered_from))
    if fields.scheme == VOLUNTARY and fields.covered_until is None:
        problems.append(problem("covered_until_missing", "covered_until"))
    if fields.method:
        try:
            parse_method(book, fields.method, fields.covered_from)
        except RuleProblem as wrong:
            problems.append(problem(wrong.code, "method", **wrong.values))
    return problems


def _follows(spell: Participation, fields: SpellFields) -> bool:
    """Whether the period begins where the spell is paid to, and the spell goes on."""
    if spell.ended_on is not None or spell.covered_until is None:
        return False
    return spell.covered_from < fields.covered_from == spell.covered_until


def overlaps(spell: Participation, fields: SpellFields) -> bool:
    """Whether both hold one day."""
    end = spell.ended_on or spell.covered_until
    until = fields.covered_until
    return (end is None or fields.covered_from < end) and (
        until is None or spell.covered_from < until
    )


def _overlap(spell: Participation) -> Finding:
    end = spell.ended_on or spell.covered_until
    last_on = end - _ONE_DAY if end else None
    code = "spell_overlaps" if last_on else "spell_overlaps_open"
    return problem(code, "covered_from", start=spell.covered_from, last_on=last_on)


def _fill(spell: Participation, fields: SpellFields, person: Person, *, is_new: bool) -> None:
    if is_new:
        spell.covered_from, spell.unit_id = fields.covered_from, person.unit_today_id
    else:
        spell.version += 1
    spell.covered_until, spell.method = fields.covered_until, fields.method
    spell.income_amount, spell.support_group = fields.income_amount, fields.support_group
    spell.organisation_id, spell.channel = fields.organisation_id, fields.channel


@transaction.atomic
def end_spell(
    *,
    actor: Actor,
    participation_id: int,
    version: int,
    ended_on: date,
    reason: str,
    at: datetime,
) -> Participation:
    """Ends a spell by an event; `ended_on`: the first day no longer in the scheme.

    Raises NotAllowed, NotVisible, StaleVersion; Refused.
    """
    rows = Participation.objects.filter(pk=participation_id)
    person_id = rows.values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotVisible
    person = person_to_work_with(actor, person_id, lock=True)
    spell = rows.select_for_update().get()
    check_version(str(person), spell.version, version)
    refuse_all(_end_problems(spell, ended_on, reason))
    before = snapshot(spell, *_FIELDS)
    spell.change = open_change(actor=actor, action="participation.ended", at=at)
    spell.ended_on, spell.end_reason = ended_on, reason
    spell.version += 1
    spell.save()
    record(actor, "participation.ended", person, before, snapshot(spell, *_FIELDS), at)
    return spell


def _end_problems(spell: Participation, ended_on: date, reason: str) -> list[Finding]:
    problems = []
    if reason not in EndReason.values:
        problems.append(problem("end_reason_unknown", "reason", text=reason))
    if ended_on < spell.covered_from:
        problems.append(problem("ended_before_start", "ended_on", on=spell.covered_from))
    if spell.ended_on is not None:
        problems.append(problem("spell_ended_before", "ended_on", on=spell.ended_on))
    return problems
