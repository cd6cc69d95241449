"""Advice that is kept: the same again by the very law it came from, told things, and who sees it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.accounts.conftest import Country, country
from tests.administration.people import as_actor, someone

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible
from vandong.administration.refusals import Refused, StaleVersion
from vandong.advice.asking import AskedWrongly
from vandong.advice.citizen import MUST_SAY, CitizenAdvice, Offer
from vandong.advice.editions import book_of_edition, keep_edition
from vandong.advice.keeping import keep_advice, shown_advice, tell_advice
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Advice, LawEdition
from vandong.contacts.queries.advice import own_advice, searched_advice
from vandong.law import Citation, Confidence, LawBook, law_book
from vandong.law.book import Dated, Parameter

__all__ = ["country"]
pytestmark = pytest.mark.django_db

AT, ON = datetime(2026, 11, 22, 3, tzinfo=UTC), date(2026, 11, 22)
WOMAN: Mapping[str, Sequence[str]] = {
    "dang-dong": ["chua"],
    "viec": ["khong"],
    "gioi": ["nu"],
    "thang-sinh": ["5"],
    "nam-sinh": ["1988"],
    "muc": ["thap-nhat"],
}


@pytest.fixture
def collector(country: Country) -> Actor:
    return as_actor(someone("thu", Role.COLLECTOR, unit=country["new_tam_tien"]))


def kept(actor: Actor, country: Country, label: str = "Chị Hoà, thôn Đồng") -> Advice:
    unit = country["new_tam_tien"]
    return keep_advice(actor=actor, unit=unit, given=WOMAN, at=AT, on=ON, label=label)


def test_advice_is_kept_with_its_law_and_shown_the_same(collector: Actor, country: Country) -> None:
    row = kept(collector, country)
    assert row.result["pay_amount"] == 264_000
    assert row.edition_id == law_book().fingerprint
    shown = shown_advice(collector, row.pk)
    assert shown.is_same
    assert isinstance(shown.found, CitizenAdvice)
    assert isinstance(shown.found.offer, Offer)
    assert shown.found.offer.paying.pay_amount == 264_000
    assert AuditEvent.objects.filter(action="advice.kept", subject_id=str(row.pk)).exists()


def test_an_older_law_gives_the_very_result_that_was_kept(
    collector: Actor, country: Country
) -> None:
    row = kept(collector, country)
    older = with_support("0.10")
    Advice.objects.filter(pk=row.pk).update(edition=keep_edition(older, AT))
    shown = shown_advice(collector, row.pk)
    assert not shown.is_same
    assert isinstance(shown.found, CitizenAdvice)
    assert isinstance(shown.found.offer, Offer)
    assert shown.found.offer.paying.pay_amount == 297_000


def with_support(rate: str) -> LawBook:
    """The law with another support for everybody else, as an older version might have had it."""
    known = law_book().parameters["state_support_rate"]
    rows = {key: Fraction(rate) for key in known.entries[-1].rows}
    entry = Dated(known.entries[0].valid_from, rows, Citation("Thử", "1"), Confidence.OFFICIAL)
    changed = Parameter(known.code, known.unit, known.names, (entry,))
    return law_book().with_parameters([changed])


def test_an_edition_is_kept_once_and_an_unknown_one_is_none() -> None:
    book = with_support("0.11")
    assert keep_edition(book, AT) == keep_edition(book, AT)
    assert LawEdition.objects.count() == 1
    found = book_of_edition(book.fingerprint)
    assert found is not None
    assert found.fingerprint == book.fingerprint
    assert book_of_edition("nobody kept it") is None


def test_wrong_answers_keep_nothing_and_tell_every_field(
    collector: Actor, country: Country
) -> None:
    unit = country["new_tam_tien"]
    wrong = {**WOMAN, "nam-sinh": ["năm ngựa"], "gioi": [""]}
    with pytest.raises(AskedWrongly) as told:
        keep_advice(actor=collector, unit=unit, given=wrong, at=AT, on=ON)
    assert {"nam-sinh", "gioi"} <= {one.field for one in told.value.problems}
    assert not Advice.objects.exists()


def test_what_was_said_is_ticked_and_the_last_ticks_count(
    collector: Actor, country: Country
) -> None:
    row = kept(collector, country)
    told = tell_advice(actor=collector, advice_id=row.pk, version=1, told=MUST_SAY[:2], at=AT)
    assert told.told == list(MUST_SAY[:2])
    with pytest.raises(StaleVersion):
        tell_advice(actor=collector, advice_id=row.pk, version=1, told=MUST_SAY, at=AT)
    again = tell_advice(actor=collector, advice_id=row.pk, version=2, told=MUST_SAY, at=AT)
    assert again.told == list(MUST_SAY)
    with pytest.raises(Refused):
        tell_advice(actor=collector, advice_id=row.pk, version=3, told=["x"], at=AT)


def test_collectors_see_their_own_and_officers_all_of_their_ground(
    collector: Actor, country: Country
) -> None:
    row = kept(collector, country)
    other = as_actor(someone("khac", Role.COLLECTOR, unit=country["new_tam_tien"]))
    officer = as_actor(someone("can", Role.OFFICER, unit=country["new_ninh"]))
    far = as_actor(someone("xa", Role.OFFICER, unit=country["new_dai_dong"]))
    observer = as_actor(someone("xem", Role.OBSERVER, unit=country["new_ninh"]))
    assert [one.pk for one in own_advice(officer)] == [row.pk]
    for stranger in (other, far, observer):
        assert not own_advice(stranger).exists()
        with pytest.raises(NotVisible):
            shown_advice(stranger, row.pk)


def test_nobody_keeps_advice_outside_the_own_ground(country: Country) -> None:
    far = as_actor(someone("xa", Role.COLLECTOR, unit=country["new_dai_dong"]))
    with pytest.raises(NotAllowed):
        kept(far, country)
    observer = as_actor(someone("xem", Role.OBSERVER, unit=country["new_ninh"]))
    with pytest.raises(NotAllowed):
        kept(observer, country)


def test_labels_are_found_without_diacritics_and_may_not_be_endless(
    collector: Actor, country: Country
) -> None:
    row = kept(collector, country)
    assert [one.pk for one in searched_advice(collector, "hoa dong")] == [row.pk]
    assert not searched_advice(collector, "hoa bac").exists()
    with pytest.raises(Refused):
        kept(collector, country, "a" * 201)
