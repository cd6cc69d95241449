"""A few people of the register for the pages that list them."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.administration.people import PersonFields, create_person
from vandong.administration.people_changes import open_change
from vandong.law import law_book
from vandong.outreach.segments.conditions import read_rule
from vandong.outreach.segments.saved import save_segment
from vandong.places.models import Unit
from vandong.planning.register_figures import rebuild_register_figures
from vandong.registry.models import Household, Participation, Receipt

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
NAMES = ("Nguyễn Thị Hoà", "Trần Văn Bình", "Lê Thị Kim Ngân")


@transaction.atomic
def add_register(unit: Unit, officer: User, today: date) -> int:
    """Household cards that expire soon, one voluntary payment in time; the month counted; a segment kept by the
    officer, whose id is given back."""
    system = Actor.system("kiểm thử")
    open_change(actor=system, action="test", at=AT)
    home = Household.objects.create(code="HGD0001", unit=unit, unit_today=unit)
    for number, name in enumerate(NAMES):
        fields = PersonFields(
            full_name=name,
            unit_id=unit.pk,
            birth_on=date(1985 + number, 4, 30),
            birth_precision="day",
            household_id=home.pk,
            relation="other" if number else "head",
            phones=() if number else ("0912345678",),
        )
        person = create_person(actor=system, fields=fields, at=AT)
        open_change(actor=system, action="test", at=AT)
        Participation.objects.create(
            person=person,
            scheme="bhxh_tn" if number == 2 else "bhyt_hgd",
            covered_from=today - timedelta(days=360),
            covered_until=today + timedelta(days=5 + number),
            method="12" if number == 2 else "",
        )
        if number == 1:
            Receipt.objects.create(
                person=person,
                scheme="bhyt_hgd",
                covered_from=today - timedelta(days=360),
                covered_until=today + timedelta(days=5),
                total_amount=1_263_600,
                participant_amount=1_263_600,
                number="0000123",
                collected_on=today - timedelta(days=30),
                remitted_on=today - timedelta(days=29),
                returned_on=today - timedelta(days=9),
                return_reason="Ngày sinh khác với căn cước công dân",
            )
    rebuild_register_figures(
        actor=system,
        book=law_book(),
        first_on=today.replace(day=1) - timedelta(days=1),
        last_on=today,
        at=datetime.combine(today, datetime.min.time(), tzinfo=UTC) + timedelta(hours=3),
    )
    actor = actor_for(officer, today)
    rule = read_rule([{"is": "age", "least": 25, "most": 60}])
    kept = save_segment(
        actor=actor, name="Từ 25 đến 60 tuổi", rule=rule, book=law_book(), on=today, at=AT
    )
    return kept.pk
