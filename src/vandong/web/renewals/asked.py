"""What the page of renewals is asked for: scheme, band, day, commune, collector."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Scheme
from vandong.kernel.names import fold
from vandong.outreach.renewals.people import Asked, DueCount
from vandong.outreach.segments.bands import Band
from vandong.places.models import Unit
from vandong.registry.queries.ground import OVERSEERS
from vandong.web.segments.asked import read_asked

SCHEMES = {"the": Scheme.BHYT_HGD, "tn": Scheme.BHXH_TN}
"""By their word in the address."""
MOST_COLLECTORS = 200


@dataclass(frozen=True, slots=True)
class RenewalsAsked:
    """`word`: of the scheme. `own_member_id`: the reader as a collector. `is_overseer`: works with others'
    people too."""

    word: str
    band: Band
    asked: Asked
    own_member_id: int | None
    is_overseer: bool
    bad_day: str

    @property
    def unit(self) -> Unit | None:
        """The commune it is narrowed to."""
        return self.asked.unit

    @property
    def is_mine(self) -> bool:
        """Narrowed to the reader's own people."""
        return self.own_member_id is not None and self.asked.member_id == self.own_member_id

    def query(self, **changed: object) -> str:
        """The same as the query of an address, with some parts changed."""
        parts: dict[str, object] = {
            "loai": self.word,
            "nhom": self.band.value,
            "ngay": self.asked.on.isoformat(),
            "don-vi": self.asked.unit.pk if self.asked.unit else "",
            "nguoi": self.asked.member_id or "",
        }
        return urlencode({name: value for name, value in (parts | changed).items() if value})

    @property
    def here(self) -> str:
        """The same, unchanged."""
        return self.query()


@dataclass(frozen=True, slots=True)
class Choice:
    """A commune or collector to narrow by, with people due there."""

    pk: int
    name: str
    count: int


def read_renewals(request: HttpRequest, actor: Actor) -> RenewalsAsked:
    """From "?loai=&nhom=&ngay=&don-vi=&nguoi=". Raises NotVisible for a unit outside the actor's ground."""
    place = read_asked(request, actor)
    word = request.GET.get("loai", "")
    word = word if word in SCHEMES else "the"
    text, member = request.GET.get("nhom", ""), request.GET.get("nguoi", "")
    band = Band(text) if text in set(Band) else Band.WEEK
    member_id = int(member) if member.isdecimal() and len(member) < 19 else None
    own = Member.objects.filter(user_id=actor.user_id or 0).values_list("pk", flat=True).first()
    return RenewalsAsked(
        word=word,
        band=band,
        asked=Asked(SCHEMES[word], place.on, place.unit, member_id),
        own_member_id=own,
        is_overseer=actor.is_system or any(one.role in OVERSEERS for one in actor.grants),
        bad_day=place.bad_day,
    )


def narrowed(
    counts: Iterable[DueCount], member_id: int | None, inside: frozenset[int] | None
) -> list[DueCount]:
    """The counts that the filters leave. `inside`: the units of the place chosen."""
    return [
        one
        for one in counts
        if (member_id is None or one.member_id == member_id)
        and (inside is None or one.unit_id in inside)
    ]


def unit_choices(counts: Iterable[DueCount], band: Band, on: date) -> list[Choice]:
    """Communes with people of the band, by name."""
    return _choices(
        {pk: (one.name, one.sort_key) for pk, one in Unit.objects.in_bulk(_ids(counts, 0)).items()},
        [(one.unit_id, one.count) for one in counts if one.band is band],
    )


def collector_choices(counts: Iterable[DueCount], band: Band) -> list[Choice]:
    """Collectors with people of the band, by name."""
    members = Member.objects.in_bulk(_ids(counts, 1))
    return _choices(
        {pk: (one.full_name, fold(one.full_name)) for pk, one in members.items()},
        [(one.member_id, one.count) for one in counts if one.band is band],
    )[:MOST_COLLECTORS]


def _ids(counts: Iterable[DueCount], which: int) -> set[int]:
    found = {(one.unit_id, one.member_id)[which] for one in counts}
    return {one for one in found if one is not None}


def _choices(
    names: dict[int, tuple[str, str]], counted: list[tuple[int | None, int]]
) -> list[Choice]:
    sums: dict[int, int] = dict.fromkeys(names, 0)
    for pk, count in counted:
        if pk is not None and pk in sums:
            sums[pk] += count
    made = [Choice(pk, names[pk][0], count) for pk, count in sums.items()]
    return sorted(made, key=lambda one: (names[one.pk][1], one.pk))
