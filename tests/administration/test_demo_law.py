"""The demo's resolution stands once, by two people, and says that it is not verified."""

from datetime import date

import pytest
from tests.administration.people import AT, SYSTEM
from tests.official_units import official_units

from vandong.administration.demo_law import enter_demo_resolution
from vandong.administration.demo_people import create_demo_users
from vandong.documents.queries.local_supports import law_book_of
from vandong.law import LawBook
from vandong.places.queries import find_unit

__all__ = ["official_units"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_units")]


def test_it_is_entered_once_and_marked() -> None:
    create_demo_users(actor=SYSTEM, at=AT, is_demo=True)
    assert enter_demo_resolution(proposer="quantri", approver="kehoach", at=AT)
    assert not enter_demo_resolution(proposer="quantri", approver="kehoach", at=AT)
    on = date(2026, 3, 2)
    commune = find_unit("00070", on)
    fact = law_book_of(LawBook({}), commune, on).fact("local_support_rate.01.bhxh_tn.other", on)
    assert (str(fact.value), fact.confidence.is_verified) == ("1/5", False)
    assert fact.check is not None
