"""A band of people who are due becomes a worklist with one tap."""

from datetime import datetime

from vandong.accounts.queries.scope import Actor, NotVisible, Right, Scope, require, visible_units
from vandong.contacts.models import Way, Worklist
from vandong.kernel.days import format_day
from vandong.law import LawBook
from vandong.outreach.renewals.people import AIM_OF, Asked
from vandong.outreach.segments.band_codes import band_code
from vandong.outreach.segments.bands import Band
from vandong.outreach.worklists import LONGEST_NAME, Wanted, make_worklist
from vandong.places.models import Unit, UnitKind


def make_renewal_list(
    *, actor: Actor, asked: Asked, band: Band, book: LawBook, title: str, at: datetime
) -> Worklist:
    """The people of the band as a list to telephone, by the office's own points and rests; its name is `title`,
    the place and the day. Raises as `make_worklist`."""
    require(actor, Right.IMPORT_PEOPLE)
    unit = asked.unit or _widest(actor, asked)
    end = f", {unit.name}, {format_day(asked.on)}"
    wanted = Wanted(
        segment=band_code(asked.scheme, band, asked.member_id),
        aim=AIM_OF[asked.scheme],
        way=Way.PHONE,
        unit_id=unit.pk,
        name=title[: LONGEST_NAME - len(end)] + end,
    )
    return make_worklist(actor=actor, wanted=wanted, book=book, on=asked.on, at=at)


def _widest(actor: Actor, asked: Asked) -> Unit:
    """The widest place of the actor's ground: the province, or the first of the communes."""
    units = visible_units(actor, asked.on, Scope.ACT, Right.IMPORT_PEOPLE)
    kinds = (UnitKind.PROVINCE, UnitKind.COMMUNE)
    found = units.filter(kind__in=kinds).order_by("-kind", "sort_key", "code").first()
    if found is None:
        raise NotVisible
    return found
