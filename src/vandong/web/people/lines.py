"""A person's page in words: how somebody stands, what happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from vandong.figures.models import Scheme
from vandong.phrases import UnknownCode, sentence
from vandong.registry.models import Participation, Relation
from vandong.registry.queries.people import PersonPage
from vandong.registry.queries.search import PersonLine
from vandong.registry.queries.timeline import Happening
from vandong.rules.participation import HOUSEHOLD_CARD, VOLUNTARY, Status, StatusCode

_TONES = {
    StatusCode.ACTIVE: "green",
    StatusCode.DUE: "amber",
    StatusCode.LAPSED: "red",
    StatusCode.ENDED: "",
    StatusCode.NEVER: "",
}
_ONE_DAY = timedelta(days=1)
_RELATIONS = dict(Relation.choices)
_LABELS = ("scheme", "group", "purpose", "reason")
"""Values of happenings that are labels of choices, or texts as they were typed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the person stands in one scheme: the word, its tone, and the sentence that says until when."""

    scheme: str
    word: str
    tone: str
    about: str


@dataclass(frozen=True, slots=True)
class SpellLine:
    """One spell: `last_on` the last day covered."""

    scheme: str
    first_on: date
    last_on: date | None
    method: str
    income_amount: int | None
    end: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One thing that happened, in words; `fields` what an edit changed."""

    on: date
    text: str
    by: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """Somebody of the household; `relation` in words."""

    line: PersonLine
    relation: str
    order: int | None


@dataclass(frozen=True, slots=True)
class ToldPage:
    """What the page says beside the record itself."""

    standings: tuple[Standing, ...]
    spells: tuple[SpellLine, ...]
    household: tuple[HouseholdLine, ...]


def told_page(page: PersonPage, on: date, lang: str) -> ToldPage:
    """The page of a person in words."""
    schemes = dict.fromkeys([VOLUNTARY, HOUSEHOLD_CARD, *page.statuses])
    never = Status(StatusCode.NEVER)
    return ToldPage(
        standings=tuple(
            _standing(scheme, page.statuses.get(scheme, never), on, lang) for scheme in schemes
        ),
        spells=tuple(_spell(one) for one in page.participations),
        household=tuple(
            HouseholdLine(one.line, _label(_RELATIONS.get(one.relation)), one.order)
            for one in page.household
        ),
    )


def _standing(scheme: str, status: Status, on: date, lang: str) -> Standing:
    values: dict[str, object] = {"on": on}
    code = f"standing_{status.code.value}"
    if status.covered_until:
        values["last_on"] = status.covered_until - _ONE_DAY
    if status.due_on:
        values["due_on"] = status.due_on
    about = ""
    if status.code is StatusCode.ACTIVE and status.covered_until:
        about = sentence("standing_covered", values, lang)
    elif status.code is StatusCode.DUE:
        about = sentence("standing_due_by", values, lang)
    elif status.code is StatusCode.LAPSED and status.covered_until:
        about = sentence("standing_ran_out", values, lang)
    elif status.starts_on:
        about = sentence("standing_starts", {"on": status.starts_on}, lang)
    return Standing(
        scheme=_label(Scheme(scheme).label),
        word=sentence(code, {}, lang),
        tone=_TONES[status.code],
        about=about,
    )


def _spell(spell: Participation) -> SpellLine:
    return SpellLine(
        scheme=_label(spell.get_scheme_display()),
        first_on=spell.covered_from,
        last_on=spell.covered_until - _ONE_DAY if spell.covered_until else None,
        method=spell.method,
        income_amount=spell.income_amount,
        end=_label(spell.get_end_reason_display() if spell.end_reason else ""),
        ended_on=spell.ended_on,
    )


def told_timeline(happenings: Sequence[Happening], lang: str) -> tuple[TimeLine, ...]:
    """What happened, each in a sentence, the latest first."""
    return tuple(_happened(happenings, lang))


def _happened(happenings: Iterable[Happening], lang: str) -> Iterable[TimeLine]:
    for one in happenings:
        fields = tuple(
            (_field_name(change.field, lang), _plain(change.before), _plain(change.after))
            for change in (one.change.fields if one.change else ())
        )
        yield TimeLine(
            on=one.on,
            text=sentence(one.code, _told(one.values), lang),
            by=one.change.actor_name if one.change else "",
            fields=fields,
        )


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {key: _label(text) if key in _LABELS else text for key, text in values.items()}


def _label(text: object) -> str:
    """The label of a choice in the reader's language; nothing for nothing."""
    return gettext(str(text)) if text else ""


def _field_name(field: str, lang: str) -> str:
    """The field in words; its own name where nobody has given it any."""
    try:
        return sentence(f"audit_field_{field.removesuffix('_id')}", {}, lang)
    except UnknownCode:
        try:
            return sentence(f"audit_field_{field}", {}, lang)
        except UnknownCode:
            return field


def _plain(value: object) -> str:
    return "" if value is None else str(value)
