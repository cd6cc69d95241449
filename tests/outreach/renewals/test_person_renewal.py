"""What a call to pay on offers: the exact next payment of that scheme, nothing for joining."""

from datetime import date

import pytest
from tests.accounts.conftest import country
from tests.administration.people import TODAY
from tests.outreach.lists import known, spell, together
from tests.registry.conftest import Ground, ground

from vandong.contacts.models import Aim
from vandong.law import law_book
from vandong.outreach.offers import person_renewal

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
BOOK = law_book()


def test_a_card_and_a_quarter(ground: Ground) -> None:
    person = known(ground, "Lê Thị Mai")
    together(ground, person)
    spell(person, "bhyt_hgd", 5)
    spell(person, "bhxh_tn", -1, method="3", income_amount=1_500_000)
    card = person_renewal(person, Aim.RENEW_CARD, BOOK, TODAY)
    assert card is not None
    assert (card.paid_until, card.payment.amount) == (date(2026, 3, 6), 1_263_600)
    quarter = person_renewal(person, Aim.RENEW_SI, BOOK, TODAY)
    assert quarter is not None
    assert (quarter.payment.amount, quarter.due_on) == (792_000, date(2026, 5, 31))


def test_nothing_for_joining_nor_for_who_left(ground: Ground) -> None:
    person = known(ground, "Vũ Văn Nam")
    assert person_renewal(person, Aim.RENEW_CARD, BOOK, TODAY) is None
    spell(person, "bhyt_hgd", 5, ended_on=TODAY, end_reason="stopped")
    assert person_renewal(person, Aim.RENEW_CARD, BOOK, TODAY) is None
    assert person_renewal(person, Aim.JOIN_CARD, BOOK, TODAY) is None
