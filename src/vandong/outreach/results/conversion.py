"""F7 from our own contacts: joiners on those who were asked to join, renewals on those who were due.

People are counted where they were first approached: a list's task with its first contact in the span, whatever
came of it until today. A result counts when a receipt or an official list proves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.models import Model

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Aim, Worklist
from vandong.figures.models import Scheme
from vandong.kernel.exactness import Interval
from vandong.kernel.findings import Finding, Severity
from vandong.measures.conversion import share_interval
from vandong.outreach.results.span import Span, asked, rows
from vandong.places.models import Unit


class By(StrEnum):
    """What the results are parted by."""

    SEGMENT = "segment"
    WORKLIST = "worklist"
    SCRIPT = "script"
    COLLECTOR = "collector"
    WAY = "way"
    UNIT = "unit"
    DAY = "day"


_KEYS: Mapping[By, str] = MappingProxyType(
    {
        By.SEGMENT: "segment",
        By.WORKLIST: "worklist_id::text",
        By.SCRIPT: "coalesce(script_version::text, '')",
        By.COLLECTOR: "coalesce(member_id::text, '')",
        By.WAY: "way",
        By.UNIT: "coalesce(unit_id::text, '')",
        By.DAY: "on_day::text",
    }
)
_AIMS: Mapping[str, tuple[Aim, Aim]] = MappingProxyType(
    {
        Scheme.BHXH_TN: (Aim.JOIN_SI, Aim.RENEW_SI),
        Scheme.BHYT_HGD: (Aim.JOIN_CARD, Aim.RENEW_CARD),
    }
)
SCHEMES = tuple(_AIMS)
_NAMED: Mapping[By, tuple[type[Model], str]] = MappingProxyType(
    {
        By.COLLECTOR: (Member, "full_name"),
        By.WORKLIST: (Worklist, "name"),
        By.UNIT: (Unit, "name"),
    }
)
_MISSED = "('not_reached', 'wrong_number')"
_COUNTED = f"""
WITH begun AS (
    SELECT contact.task_id, (contact.received_at AT TIME ZONE %(zone)s)::date AS on_day
    FROM contacts_contact contact
    WHERE contact.undone_at IS NULL AND contact.task_id IS NOT NULL AND contact.person_id IS NOT NULL
        AND contact.aim = ANY(%(aims)s)
        AND contact.received_at >= (%(first_on)s::date::timestamp AT TIME ZONE %(zone)s)
        AND contact.received_at < ((%(last_on)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
        AND NOT EXISTS (
            SELECT FROM contacts_contact earlier
            WHERE earlier.task_id = contact.task_id AND earlier.undone_at IS NULL
                AND (earlier.received_at, earlier.id) < (contact.received_at, contact.id)
        )
),
approach AS (
    SELECT begun.on_day, task.id AS task_id, task.unit_id, task.worklist_id, worklist.segment, worklist.aim,
        spoken.member_id, spoken.way, spoken.script_version, spoken.is_missed
    FROM begun
    JOIN contacts_task task ON task.id = begun.task_id
    JOIN contacts_worklist worklist ON worklist.id = task.worklist_id
    CROSS JOIN LATERAL (
        SELECT member_id, way, script_version, outcome IN {_MISSED} AS is_missed
        FROM contacts_contact contact
        WHERE contact.task_id = task.id AND contact.undone_at IS NULL
        ORDER BY outcome IN {_MISSED}, received_at DESC, id DESC LIMIT 1
    ) spoken
    WHERE (%(units)s::bigint[] IS NULL OR task.unit_id = ANY(%(units)s))
        AND (%(member)s::bigint IS NULL OR spoken.member_id = %(member)s)
),
proof AS (
    SELECT contact.task_id, bool_or(claim.state IN ('confirmed', 'settled')) AS is_proven,
        bool_or(claim.state = 'claimed') AS is_open
    FROM contacts_claim claim
    JOIN contacts_contact contact ON contact.id = claim.contact_id AND contact.aim = claim.aim
    WHERE contact.task_id IN (SELECT task_id FROM approach)
    GROUP BY contact.task_id
)
SELECT {{key}} AS key, aim, count(*), count(*) FILTER (WHERE NOT is_missed),
    count(*) FILTER (WHERE is_open OR is_proven), count(*) FILTER (WHERE is_proven)
FROM approach LEFT JOIN proof USING (task_id)
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Approached:
    """People of one kind. `reached`: spoken to. `agreed`: said yes (proven or still a word). `proven`: paid."""

    approached: int = 0
    reached: int = 0
    agreed: int = 0
    proven: int = 0

    @property
    def rate(self) -> Fraction | None:
        """Proven on approached; None where nobody was."""
        return Fraction(self.proven, self.approached) if self.approached else None

    @property
    def interval(self) -> Interval | None:
        """Where the true rate lies with 95 % confidence."""
        return share_interval(self.proven, self.approached) if self.approached else None

    def __add__(self, other: "Approached") -> "Approached":
        return Approached(
            self.approached + other.approached,
            self.reached + other.reached,
            self.agreed + other.agreed,
            self.proven + other.proven,
        )


@dataclass(frozen=True, slots=True)
class ConversionLine:
    """One part. `new`: people asked to join (not in the scheme). `due`: people whose payment was due.

    `key` as it is stored; `name`: of the collector, the list or the place, empty for none and where words of
    the reader's language say it (segments, ways, days).
    """

    key: str
    name: str
    new: Approached
    due: Approached


@dataclass(frozen=True, slots=True)
class ConversionTable:
    """The parts in the order of their names or days, and all of them together."""

    by: By
    scheme: str
    lines: tuple[ConversionLine, ...]
    new: Approached
    due: Approached


def conversion_table(actor: Actor, span: Span, by: By, scheme: str) -> ConversionTable:
    """What the approaches of the span brought, by one dimension, in two queries.

    Raises NotAllowed; KeyError for a scheme that has no drives.
    """
    return _table(asked(actor, span) | {"member": None}, by, scheme)


def member_conversion(member_id: int, span: Span, scheme: str) -> ConversionTable:
    """The same of one collector's own contacts, day by day. Whose they are is asked before."""
    values = {
        "first_on": span.first_on,
        "last_on": span.last_on,
        "zone": settings.TIME_ZONE,
        "units": None,
        "member": member_id,
    }
    return _table(values, By.DAY, scheme)


def _table(values: Mapping[str, Any], by: By, scheme: str) -> ConversionTable:
    join, renew = _AIMS[scheme]
    values = {**values, "aims": [join, renew]}
    counted: dict[str, dict[str, Approached]] = {}
    for key, aim, *numbers in rows(_COUNTED.format(key=_KEYS[by]), values):
        counted.setdefault(key, {})[aim] = Approached(*numbers)
    names = _names(by, counted)
    lines = [
        ConversionLine(
            key, names.get(key, ""), parts.get(join, Approached()), parts.get(renew, Approached())
        )
        for key, parts in counted.items()
    ]
    if names:
        lines.sort(key=lambda line: (line.name == "", line.name))
    return ConversionTable(
        by,
        scheme,
        tuple(lines),
        sum((line.new for line in lines), Approached()),
        sum((line.due for line in lines), Approached()),
    )


def _names(by: By, counted: Mapping[str, object]) -> dict[str, str]:
    named = _NAMED.get(by)
    if named is None:
        return {}
    model, field = named
    ids = [int(key) for key in counted if key.isdecimal()]
    found = model._default_manager.filter(pk__in=ids).values_list("pk", field)
    return {str(pk): name for pk, name in found}


def conversion_findings(table: ConversionTable) -> tuple[Finding, ...]:
    """What a report says of the approaches: joiners and renewals, each on its own denominator (F7, S0.12)."""
    parts = (("approach_new", table.new), ("approach_due", table.due))
    return tuple(
        Finding(code, _told(part, table.scheme), severity=Severity.INFO)
        for code, part in parts
        if part.approached
    )


def _told(part: Approached, scheme: str) -> dict[str, object]:
    interval = part.interval
    return {
        "scheme": scheme,
        "approached": part.approached,
        "proven": part.proven,
        "rate": part.rate,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
    }
