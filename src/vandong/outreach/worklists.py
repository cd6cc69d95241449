"""Worklists: made from a segment on a day, looked at before they are made, closed and opened again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Actor, NotVisible, Right, Scope, require, visible_units
from vandong.administration.audit_trail import record
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.contacts.models import Aim, Hold, HoldEnd, Way, Worklist
from vandong.contacts.queries.tasks import visible_worklist
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.law import LawBook
from vandong.outreach.candidates import EXCLUSIONS, Approach, rows, run, stage_candidates
from vandong.outreach.priority import Weights
from vandong.outreach.ranking import office_weights, weight_problems
from vandong.outreach.segments.saved import chosen_segment
from vandong.outreach.settings import approach_settings
from vandong.places.models import Unit

LONGEST_NAME = 200
SHOWN_FIRST = 20

_FREEZE = """
INSERT INTO contacts_task (worklist_id, person_id, household_id, hold_key, unit_id, cluster_id, points,
    reasons, state, attempt_count, outcome, version)
SELECT %(worklist)s, id, household_id,
    CASE WHEN household_id IS NULL THEN 'p' || id ELSE 'h' || household_id END,
    unit_today_id, cluster_id, points, reasons, 'open', 0, '', 1
FROM outreach_ranked WHERE excluded IS NULL
ORDER BY points DESC, household_id, id
"""
_COUNTS = "SELECT coalesce(excluded, ''), count(*) FROM outreach_ranked GROUP BY 1"
_FIRST = """
SELECT id, points, reasons FROM outreach_ranked WHERE excluded IS NULL
ORDER BY points DESC, household_id, id LIMIT %(limit)s
"""
_SPREAD = """
SELECT points, count(*) FROM outreach_ranked WHERE excluded IS NULL GROUP BY points ORDER BY points DESC
"""
_OVERLAPS = """
SELECT list.id, list.name, list.aim, count(DISTINCT ranked.id)
FROM outreach_ranked ranked
JOIN contacts_task task ON task.person_id = ranked.id AND task.state IN ('open', 'waiting')
JOIN contacts_worklist list ON list.id = task.worklist_id AND list.closed_at IS NULL
WHERE ranked.excluded IS NULL OR ranked.excluded = 'on_other_list'
GROUP BY list.id ORDER BY 4 DESC, list.id LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list as it is asked for. `segment`: code or id. `weights` None: the office's own; `rest_days` None: the
    office's own. `keeps_overlap`: people of other open lists come along."""

    segment: str
    aim: str
    way: str
    unit_id: int
    name: str = ""
    weights: Weights | None = None
    rest_days: int | None = None
    keeps_overlap: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """People who stand on another open list already."""

    worklist_id: int
    name: str
    aim: str
    count: int


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Somebody near the top, with the points that lead there."""

    person_id: int
    points: int
    reasons: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would hold. `found_count` = `listed_count` + all of `excluded` (code → people in the order of
    `EXCLUSIONS`, none left out). `spread`: points → people, highest first."""

    found_count: int
    listed_count: int
    excluded: Mapping[str, int]
    overlaps: tuple[Overlap, ...]
    first: tuple[FirstPerson, ...]
    spread: tuple[tuple[int, int], ...]


@transaction.atomic
def worklist_preview(*, actor: Actor, wanted: Wanted, book: LawBook, on: date) -> Preview:
    """What `make_worklist` would make of the same words on the same day. Writes nothing that stays.

    Raises as `make_worklist`, save for the name.
    """
    _stage(actor, wanted, book, on)
    found, excluded = _counts()
    return Preview(
        found_count=found,
        listed_count=found - sum(excluded.values()),
        excluded=excluded,
        overlaps=tuple(Overlap(*row) for row in rows(_OVERLAPS, {})),
        first=tuple(
            FirstPerson(person_id, points, tuple(json.loads(reasons)))
            for person_id, points, reasons in rows(_FIRST, {"limit": SHOWN_FIRST})
        ),
        spread=tuple((points, count) for points, count in rows(_SPREAD, {})),
    )


@transaction.atomic
def make_worklist(
    *, actor: Actor, wanted: Wanted, book: LawBook, on: date, at: datetime
) -> Worklist:
    """Freezes the people of a segment as a list, each once, the ones with most points first.

    Raises NotAllowed, NotVisible (segment, unit), ParameterMissing; Refused: no name, a name taken among the
    open lists, an unknown aim or way, weights out of limits, nobody left on the list.
    """
    unit = _office_unit(actor, wanted.unit_id)
    name = clean(wanted.name)
    refuse_all([*name_problems(actor, name), *_problems(wanted)])
    chosen = chosen_segment(actor, wanted.segment)
    approach = _stage(actor, wanted, book, on)
    found, excluded = _counts()
    if found == sum(excluded.values()):
        refuse_all([problem("worklist_nobody", found=found)])
    worklist = Worklist.objects.create(
        name=name,
        aim=approach.aim,
        way=approach.way,
        segment=chosen.code,
        rule=chosen.rule.plain(),
        ranking=approach.weights.plain(),
        excluded=excluded,
        on=on,
        unit=unit,
        organisation=own_office(actor),
        made_by_id=actor.user_id,
        made_at=at,
    )
    count = run(_FREEZE, {"worklist": worklist.pk})
    after = {"name": name, "aim": str(approach.aim), "tasks": count, "excluded": excluded}
    record(actor, "worklist.made", worklist, None, after, at)
    return worklist


@transaction.atomic
def close_worklist(*, actor: Actor, worklist_id: int, version: int, at: datetime) -> Worklist:
    """Ends a list: nobody is given out any more, households in hand are free, what was said stays.

    Raises NotAllowed, NotVisible, StaleVersion.
    """
    worklist = office_worklist(actor, worklist_id, lock=True)
    check_version(worklist.name, worklist.version, version)
    if worklist.closed_at is None:
        worklist.closed_at, worklist.version = at, worklist.version + 1
        worklist.save(update_fields=["closed_at", "version"])
        held = Hold.objects.filter(worklist=worklist, ended_at__isnull=True)
        held.update(ended_at=at, end=HoldEnd.GIVEN_BACK)
        record(actor, "worklist.closed", worklist, None, None, at)
    return worklist


@transaction.atomic
def reopen_worklist(*, actor: Actor, worklist_id: int, version: int, at: datetime) -> Worklist:
    """Gives out the people of a closed list again. Raises NotAllowed, NotVisible, StaleVersion."""
    worklist = office_worklist(actor, worklist_id, lock=True)
    check_version(worklist.name, worklist.version, version)
    if worklist.closed_at is not None:
        worklist.closed_at, worklist.version = None, worklist.version + 1
        worklist.save(update_fields=["closed_at", "version"])
        record(actor, "worklist.reopened", worklist, None, None, at)
    return worklist


@transaction.atomic
def change_way(
    *, actor: Actor, worklist_id: int, way: str, version: int, at: datetime, reason: str = ""
) -> Worklist:
    """From the door to the telephone or back: an area may be closed off for a time (domain.md 3.3).

    Raises NotAllowed, NotVisible, StaleVersion; Refused: worklist_way_unknown.
    """
    worklist = office_worklist(actor, worklist_id, lock=True)
    check_version(worklist.name, worklist.version, version)
    if way not in Way.values:
        refuse_all([problem("worklist_way_unknown", "way", text=way)])
    if worklist.way != way:
        before = {"way": worklist.way}
        worklist.way, worklist.version = way, worklist.version + 1
        worklist.save(update_fields=["way", "version"])
        record(actor, "worklist.way_changed", worklist, before, {"way": way}, at, reason)
    return worklist


def office_worklist(actor: Actor, worklist_id: int, *, lock: bool = False) -> Worklist:
    """A list that the actor's office makes and hands out. Raises NotAllowed, NotVisible."""
    require(actor, Right.IMPORT_PEOPLE)
    return visible_worklist(actor, worklist_id, lock=lock)


def _stage(actor: Actor, wanted: Wanted, book: LawBook, on: date) -> Approach:
    unit = _office_unit(actor, wanted.unit_id)
    refuse_all(_problems(wanted))
    office = own_office(actor)
    office_id = office.pk if office else None
    rest_days = wanted.rest_days
    approach = Approach(
        aim=Aim(wanted.aim),
        way=Way(wanted.way),
        weights=wanted.weights or office_weights(office_id),
        rest_days=approach_settings(office_id).rest_days if rest_days is None else rest_days,
        keeps_overlap=wanted.keeps_overlap,
    )
    chosen = chosen_segment(actor, wanted.segment)
    stage_candidates(actor, chosen.rule, approach, book, on, unit)
    return approach


def _counts() -> tuple[int, dict[str, int]]:
    """Everybody of the segment, and the people left out by code."""
    counts = {str(code): int(count) for code, count in rows(_COUNTS, {})}
    return sum(counts.values()), {code: counts[code] for code in EXCLUSIONS if code in counts}


def _office_unit(actor: Actor, unit_id: int) -> Unit:
    require(actor, Right.IMPORT_PEOPLE)
    units = visible_units(actor, scope=Scope.ACT, right=Right.IMPORT_PEOPLE)
    unit = units.filter(pk=unit_id).first()
    if unit is None:
        raise NotVisible
    return unit


def name_problems(actor: Actor, name: str) -> list[Finding]:
    """What is wrong with the name of a new list of the actor's office."""
    name = clean(name)
    if not name:
        return [problem("worklist_name_missing", "name")]
    if len(name) > LONGEST_NAME:
        return [problem("worklist_name_long", "name", most=LONGEST_NAME)]
    open_lists = Worklist.objects.filter(closed_at__isnull=True, name__iexact=name)
    if open_lists.filter(organisation=own_office(actor)).exists():
        return [problem("worklist_name_taken", "name", name=name)]
    return []


def _problems(wanted: Wanted) -> list[Finding]:
    found = []
    if wanted.aim not in Aim.values:
        found.append(problem("worklist_aim_unknown", "aim", text=wanted.aim))
    if wanted.way not in Way.values:
        found.append(problem("worklist_way_unknown", "way", text=wanted.way))
    if wanted.rest_days is not None and not 0 <= wanted.rest_days <= 365:
        found.append(problem("setting_out_of_limits", "rest_days", low=0, high=365))
    if wanted.weights is not None:
        found += weight_problems(wanted.weights)
    return found
