"""Conditions as SQL over `registry_person person`: the same answers as `facts.holds`, for millions at once.

A spell counts on the day when it is the latest one begun by then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vandong.kernel.names import fold
from vandong.kernel.periods import shift_months
from vandong.law import LawBook
from vandong.outreach.segments.bands import AHEAD, LAST_DAYS, Band
from vandong.outreach.segments.conditions import (
    Aged,
    DueWithin,
    EndedWithin,
    ExpiresWithin,
    HasPersonalId,
    HasPhone,
    HasStatus,
    HouseholdHas,
    InBand,
    IsCompulsory,
    IsCounted,
    Listed,
    LivesIn,
    LookedAfter,
    Named,
    OfSex,
    OwnsBusiness,
    Rule,
    Works,
    word_of,
)
from vandong.outreach.segments.facts import (
    COMPULSORY,
    born_by,
    law_methods,
    least_age,
    owners_since,
)
from vandong.outreach.segments.in_time import in_time
from vandong.places.models import Tree, Unit
from vandong.places.queries.units import subtree
from vandong.rules.participation import VOLUNTARY, StatusCode

LIVING = "person.merged_into_id IS NULL AND (person.deceased_on IS NULL OR person.deceased_on > %s)"
"""Merged rows and the dead stand in no list; one value, the day."""

_MISSING = f"(spell.scheme = '{VOLUNTARY}' AND spell.method LIKE 'missing:%%')"
_RUNS = "(spell.ended_on IS NULL OR spell.ended_on > %(on)s)"
_OVER = "spell.covered_until <= %(on)s"
_ACTIVE = f"({_RUNS} AND (spell.covered_until IS NULL OR spell.covered_until > %(on)s))"
_BEGUN: tuple[str, ...] = (StatusCode.ACTIVE, StatusCode.DUE, StatusCode.LAPSED, StatusCode.ENDED)
_LATEST = """
SELECT spell.person_id FROM registry_participation spell
WHERE {who} AND spell.scheme = %(scheme)s AND spell.covered_from <= %(on)s AND {also}
    AND NOT EXISTS (
        SELECT FROM registry_participation later
        WHERE later.person_id = spell.person_id AND later.scheme = spell.scheme
            AND later.covered_from > spell.covered_from AND later.covered_from <= %(on)s AND {later}
    )
"""
# For standings that include the covered ones, only later spells that do not cover the day speak against: if the
# latest does cover it, that one answers by itself. A third of the rows to read.
_NOT_COVERING = "(later.ended_on <= %(on)s OR later.covered_until <= %(on)s)"
_OWNED = """
SELECT place.owner_id FROM registry_establishment place WHERE {who}
    AND (place.valid_from IS NULL OR place.valid_from <= %(on)s)
    AND (place.valid_until IS NULL OR place.valid_until > %(on)s) AND {also}
"""
_EVERYBODY, _THIS_OWNER = "place.owner_id IS NOT NULL", "place.owner_id = person.id"


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a WHERE with its named values; names carry a number, so that clauses can be joined."""

    sql: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What clauses are made for: the law, the day."""

    book: LawBook
    on: date


def where(rule: Rule, book: LawBook, on: date) -> Clause:
    """All conditions of a rule. Raises ParameterMissing where the law of the day has no value."""
    parts, values = ["TRUE"], dict[str, Any]()
    for number, condition in enumerate(rule.conditions):
        made = _MAKERS[word_of(condition)](condition, Asked(book, on))
        parts.append(_numbered(made, number, values))
    return Clause(" AND ".join(parts), values)


def _numbered(made: Clause, number: int, values: dict[str, Any]) -> str:
    sql = made.sql
    for name, value in made.values.items():
        sql = sql.replace(f"%({name})s", f"%({name}_{number})s")
        values[f"{name}_{number}"] = value
    return f"({sql})"


def _latest(scheme: str, asked: Asked, also: str, later: str = "TRUE") -> Clause:
    values = {"scheme": scheme, "on": asked.on}
    sql = _LATEST.format(who="spell.person_id = person.id", also=also, later=later)
    return Clause(f"EXISTS ({sql})", values)


def _turned(made: Clause, is_not: bool) -> Clause:
    return Clause(f"NOT {made.sql}", made.values) if is_not else made


def _any_of(statuses: Sequence[str], scheme: str, asked: Asked) -> str:
    """Whether the spell stands in one of these ways; never is no spell's."""
    time = in_time(asked.book, scheme, asked.on)
    ways: dict[str, str] = {
        StatusCode.ACTIVE: _ACTIVE,
        StatusCode.DUE: f"({_RUNS} AND {_OVER} AND {time})",
        StatusCode.LAPSED: f"({_RUNS} AND {_OVER} AND NOT {_MISSING} AND NOT {time})",
        StatusCode.ENDED: f"(spell.ended_on <= %(on)s OR ({_OVER} AND {_MISSING}))",
    }
    return "(" + " OR ".join(ways[code] for code in statuses) + ")"


def _status(one: HasStatus, asked: Asked) -> Clause:
    """Who never was in a scheme is whoever stands in it in none of the other ways: one question, no OR, which
    the planner would ask of each person alone."""
    codes, is_not = set(one.statuses), one.is_not
    if StatusCode.NEVER in codes:
        codes, is_not = set(_BEGUN) - codes, not is_not
    if not codes:
        return Clause("FALSE" if not is_not else "TRUE", {})
    later = _NOT_COVERING if StatusCode.ACTIVE in codes else "TRUE"
    return _turned(
        _latest(one.scheme, asked, _any_of(sorted(codes), one.scheme, asked), later), is_not
    )


def _counting(scheme: str, asked: Asked) -> str:
    codes = [StatusCode.ACTIVE, *([StatusCode.DUE] if scheme == VOLUNTARY else [])]
    return _any_of(codes, scheme, asked)


def _counted(one: IsCounted, asked: Asked) -> Clause:
    made = _latest(one.scheme, asked, _counting(one.scheme, asked), _NOT_COVERING)
    return _turned(made, one.is_not)


def _aged(one: Aged, asked: Asked) -> Clause:
    parts, values = ["person.birth_on IS NOT NULL"], dict[str, Any]()
    least = least_age(asked.book, one, asked.on)
    if least is not None:
        parts.append("person.birth_on <= %(youngest)s")
        values["youngest"] = born_by(asked.on, least)
    if one.most is not None:
        parts.append("person.birth_on > %(oldest)s")
        values["oldest"] = born_by(asked.on, one.most + 1)
    return Clause(" AND ".join(parts), values)


def _lives_in(one: LivesIn, asked: Asked) -> Clause:
    unit = Unit.objects.filter(pk=one.unit_id).first()
    ids = [one.unit_id]
    if unit is not None:
        ids += subtree(unit, Tree.ADMINISTRATIVE, asked.on).values_list("pk", flat=True)
    return Clause("person.unit_today_id = ANY(%(units)s)", {"units": ids})


def _listed(one: Listed, asked: Asked) -> Clause:
    sql = (
        "EXISTS (SELECT FROM registry_listing listing WHERE listing.person_id = person.id"
        ' AND listing."group" = %(group)s AND listing.listed_from <= %(on)s'
        " AND (listing.listed_until IS NULL OR listing.listed_until > %(on)s))"
    )
    return _turned(Clause(sql, {"group": one.group, "on": asked.on}), one.is_not)


def _phone(one: HasPhone, asked: Asked) -> Clause:
    sql = "EXISTS (SELECT FROM registry_personphone phone WHERE phone.person_id = person.id)"
    return _turned(Clause(sql, {}), one.is_not)


def _personal_id(one: HasPersonalId, asked: Asked) -> Clause:
    return Clause(f"person.personal_id {'=' if one.is_not else '<>'} ''", {})


def _ended(one: EndedWithin, asked: Asked) -> Clause:
    over = _any_of([StatusCode.ENDED, StatusCode.LAPSED], one.scheme, asked)
    last = "least(spell.ended_on, spell.covered_until) BETWEEN %(since)s AND %(on)s"
    made = _latest(one.scheme, asked, f"{last} AND {over}")
    return Clause(made.sql, made.values | {"since": shift_months(asked.on, -one.months)})


def _due(one: DueWithin, asked: Asked) -> Clause:
    time = in_time(asked.book, one.scheme, asked.on)
    near = f"spell.covered_until <= %(until)s AND {_RUNS} AND {time}"
    made = _latest(one.scheme, asked, near)
    return Clause(made.sql, made.values | {"until": asked.on + timedelta(days=one.days)})


def _expires(one: ExpiresWithin, asked: Asked) -> Clause:
    near = f"{_RUNS} AND spell.covered_until > %(on)s AND spell.covered_until <= %(until)s"
    made = _latest(one.scheme, asked, near)
    return Clause(made.sql, made.values | {"until": asked.on + timedelta(days=one.days)})


def _band(one: InBand, asked: Asked) -> Clause:
    """In time a week from now, or no more then: the windows are asked for that day."""
    made = _latest(one.scheme, asked, f"{_RUNS} AND {band_span(one.band, one.scheme, asked)}")
    paid_on = (
        "NOT EXISTS (SELECT FROM registry_participation next WHERE next.person_id = person.id"
        " AND next.scheme = %(scheme)s AND next.covered_from > %(on)s)"
    )
    return Clause(f"{made.sql} AND {paid_on}", made.values)


def band_span(band: str, scheme: str, asked: Asked) -> str:
    """SQL over `spell` with `%(on)s`: the end of what is paid lies in the band. Days are the band's own."""
    time = in_time(asked.book, scheme, asked.on)
    if band in AHEAD:
        least, most = AHEAD[band]
        span = f"spell.covered_until BETWEEN %(on)s::date + {least} AND %(on)s::date + {most}"
        return f"({span} AND {time})"
    later = in_time(asked.book, scheme, asked.on + timedelta(days=LAST_DAYS + 1))
    return f"({_OVER} AND {time} AND {'NOT ' if band == Band.LAST_DAYS else ''}{later})"


def _business(one: OwnsBusiness, asked: Asked) -> Clause:
    parts, values = ["TRUE"], dict[str, Any](on=asked.on)
    if one.least_workers is not None:
        parts.append("place.worker_count >= %(fewest)s")
    if one.most_workers is not None:
        parts.append("place.worker_count <= %(greatest)s")
    values |= {"fewest": one.least_workers, "greatest": one.most_workers}
    return Clause(f"EXISTS ({_OWNED.format(who=_THIS_OWNER, also=' AND '.join(parts))})", values)


def _compulsory(one: IsCompulsory, asked: Asked) -> Clause:
    pays = _ACTIVE
    values: dict[str, Any] = {"methods": list(law_methods(asked.book, asked.on))}
    if one.since_law:
        pays = f"{pays} AND spell.covered_from >= %(since)s"
        values["since"] = owners_since(asked.book)
    made = _latest(COMPULSORY, asked, pays, _NOT_COVERING)
    by_law = "place.tax_method = ANY(%(methods)s)"
    values |= made.values
    if one.is_not:
        owns = _OWNED.format(who=_THIS_OWNER, also=by_law)
        return Clause(f"NOT {made.sql} AND NOT EXISTS ({owns})", values)
    pays_all = _LATEST.format(who="TRUE", also=pays, later=_NOT_COVERING)
    owners = _OWNED.format(who=_EVERYBODY, also=by_law)
    return Clause(f"person.id IN ({pays_all} UNION ALL {owners})", values)


def _household(one: HouseholdHas, asked: Asked) -> Clause:
    among = "spell.person_id = mate.id"
    inner = _LATEST.format(who=among, also=_counting(one.scheme, asked), later=_NOT_COVERING)
    sql = (
        "EXISTS (SELECT FROM registry_person mate WHERE mate.household_id = person.household_id"
        f" AND mate.merged_into_id IS NULL AND EXISTS ({inner}))"
    )
    return _turned(Clause(sql, {"scheme": one.scheme, "on": asked.on}), one.is_not)


def _member(one: LookedAfter, asked: Asked) -> Clause:
    if one.member_id is None:
        return Clause("person.member_id IS NULL", {})
    return Clause("person.member_id = %(member)s", {"member": one.member_id})


def _sex(one: OfSex, asked: Asked) -> Clause:
    return Clause("person.sex = %(sex)s", {"sex": one.sex})


def _works(one: Works, asked: Asked) -> Clause:
    return Clause(
        "person.occupation = ANY(%(occupations)s)", {"occupations": list(one.occupations)}
    )


def _named(one: Named, asked: Asked) -> Clause:
    return Clause("strpos(person.name_fold, %(text)s) > 0", {"text": fold(one.text)})


_MAKERS: dict[str, Callable[..., Clause]] = {
    "status": _status,
    "counted": _counted,
    "age": _aged,
    "sex": _sex,
    "unit": _lives_in,
    "occupation": _works,
    "listed": _listed,
    "phone": _phone,
    "personal_id": _personal_id,
    "ended_within": _ended,
    "due_within": _due,
    "expires_within": _expires,
    "renewal_band": _band,
    "business": _business,
    "compulsory": _compulsory,
    "household": _household,
    "member": _member,
    "name": _named,
}
