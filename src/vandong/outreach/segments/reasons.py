"""Why somebody is in a segment: a code and values for each condition that tells something of the person."""

from collections.abc import Callable
from datetime import date, timedelta

from vandong.kernel.findings import Finding, Severity
from vandong.law import LawBook
from vandong.outreach.segments.conditions import Condition, Rule, word_of
from vandong.outreach.segments.facts import PersonFacts, age_on
from vandong.registry.models import ListedGroup, Occupation
from vandong.rules.participation import StatusCode

_ONE_DAY = timedelta(days=1)
_DUE_WORDS = frozenset({"due_within", "expires_within"})


def reasons(rule: Rule, facts: PersonFacts, book: LawBook, on: date) -> tuple[Finding, ...]:
    """The reasons in the order of the rule's conditions, each once. Where somebody lives, who looks after the
    person and the name are on the line already."""
    found: dict[tuple[str, str], Finding] = {}
    for condition in rule.conditions:
        make = _REASONS.get(word_of(condition))
        made = make(condition, facts, on) if make else None
        if made is not None:
            found.setdefault((made.code, str(sorted(made.values.items()))), made)
    return tuple(found.values())


def _reason(code: str, **values: object) -> Finding:
    return Finding(f"reason_{code}", values, severity=Severity.INFO)


def _standing(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    scheme = getattr(one, "scheme", "")
    status = facts.status(scheme)
    last_on = facts.ended.get(scheme)
    if status.code is StatusCode.NEVER:
        return _reason("never", scheme=scheme)
    if status.code is StatusCode.ACTIVE and status.covered_until is None:
        return _reason("active_open", scheme=scheme)
    if status.code in {StatusCode.ENDED, StatusCode.LAPSED}:
        return _reason("left", scheme=scheme, last_on=(last_on or on) - _ONE_DAY)
    if status.covered_until is None:
        return None
    return _reason(status.code.value, scheme=scheme, last_on=status.covered_until - _ONE_DAY)


def _due(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    scheme = getattr(one, "scheme", "")
    status = facts.status(scheme)
    if status.covered_until is None:
        return None
    left = (status.covered_until - on).days
    if left <= 0 and status.due_on == on:
        return _reason("due_today", scheme=scheme)
    if left <= 0 and status.due_on is not None:
        return _reason(
            "due_by", scheme=scheme, due_on=status.due_on, days=(status.due_on - on).days
        )
    return _reason("paid_until", scheme=scheme, last_on=status.covered_until - _ONE_DAY, days=left)


def _age(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    return None if facts.birth_on is None else _reason("age", years=age_on(facts.birth_on, on))


def _occupation(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    return _reason(f"occupation_{Occupation(facts.occupation).value}")


def _listed(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    group = str(getattr(one, "group", ""))
    if group not in facts.listed:
        return None
    return _reason(f"listed_{ListedGroup(group).value}")


def _phone(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    return None if facts.has_phone else _reason("no_phone")


def _personal_id(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    return None if facts.has_personal_id else _reason("no_personal_id")


def _business(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    counts = [place.worker_count for place in facts.businesses if place.worker_count is not None]
    if getattr(one, "least_workers", None) is None or not counts:
        return _reason("business")
    return _reason("workers", workers=max(counts))


def _compulsory(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    if getattr(one, "is_not", False):
        return None
    if facts.status("bhxh_bb").code is StatusCode.ACTIVE:
        return _reason("compulsory_pays", since_on=facts.begun["bhxh_bb"])
    return _reason("compulsory_owner")


def _household(one: Condition, facts: PersonFacts, on: date) -> Finding | None:
    scheme = str(getattr(one, "scheme", ""))
    return _reason(
        f"household_{'in' if scheme in facts.household_counted else 'out'}", scheme=scheme
    )


_REASONS: dict[str, Callable[[Condition, PersonFacts, date], Finding | None]] = {
    "status": _standing,
    "counted": _standing,
    "ended_within": _standing,
    "due_within": _due,
    "expires_within": _due,
    "renewal_band": _due,
    "age": _age,
    "occupation": _occupation,
    "listed": _listed,
    "phone": _phone,
    "personal_id": _personal_id,
    "business": _business,
    "compulsory": _compulsory,
    "household": _household,
}
