"""A long list that comes again: what it said before is not looked at twice, and nothing else is overlooked."""

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
import pytest
from tests.administration.people import AT, SYSTEM
from tests.intake.taking_lists import HOUSEHOLD_HEADS, Desk, changed, counts_of

from vandong.accounts.models import Member, Organisation
from vandong.administration.people import PersonFields, edit_person
from vandong.administration.spells import end_spell
from vandong.documents.models import Batch
from vandong.intake import settled_rows
from vandong.intake.kept_lists import kept_said
from vandong.intake.kinds import ListKind
from vandong.intake.lists import commit_list, undo_list
from vandong.intake.settled_rows import fingerprints
from vandong.registry.models import Participation, Person

pytestmark = pytest.mark.django_db

Row = tuple[str, ...]
NAMES = ("Bạch Thị Loan", "Nguyễn Văn Toàn", "Đỗ Thị Mai", "Trần Quốc Bảo", "Lê Thị Hồng Gấm")


def row(number: int) -> Row:
    """The two people of each household are known by numbers of their own."""
    return (
        *(f"H{number // 2:02}", NAMES[number % 5], f"{number % 28 + 1:02}/03/19{60 + number}"),
        *("", "Chủ hộ" if number % 2 == 0 else "Vợ/chồng", f"0011{number:08}", f"01{number:08}"),
        *(f"09123{number:05}", "01/01/2026", "31/12/2026"),
    )


ROWS = [row(number) for number in range(20)]
LAST = ROWS[-1]


@pytest.fixture(autouse=True)
def _short_lists_count_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled_rows, "LONG", 1)


def spared(batch: Batch) -> list[int]:
    """Lines of the file that were not laid beside the register."""
    return kept_said(batch.pk, "settled")["row"].sort().to_list()


def both_ways(desk: Desk, rows: Sequence[Row], monkeypatch: pytest.MonkeyPatch) -> Batch:
    """The list as it is checked, after making sure that looking at every row finds the same."""
    batch = desk.checked(rows)
    with monkeypatch.context() as every_row:
        every_row.setattr(settled_rows, "LONG", 1_000_000)
        whole = desk.checked([*rows, ("",) * len(HOUSEHOLD_HEADS)])
    assert spared(whole) == []
    assert counts_of(batch) == counts_of(whole)
    return batch


def person(number: int) -> Person:
    return Person.objects.get(personal_id=row(number)[5])


def line(number: int) -> int:
    return number + 2


def test_a_list_that_comes_again_is_laid_beside_the_register_by_a_few_rows_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.taken(ROWS)
    again = both_ways(desk, [*ROWS[:-1], changed(LAST, phone="0987654321")], monkeypatch)
    counts = counts_of(again)
    assert (counts.rows, counts.changed, counts.unchanged) == (20, 1, 19)
    # The first few are shown as examples; the last two are one household.
    assert spared(again) == [line(number) for number in range(6, 18)]


def edited(desk: Desk) -> None:
    told = person(12)
    fields = PersonFields(
        told.full_name,
        unit_id=told.unit_id,
        personal_id=told.personal_id,
        si_number=told.si_number,
        birth_on=told.birth_on,
        birth_precision=told.birth_precision,
        household_id=told.household_id,
        relation=told.relation,
    )
    edit_person(actor=SYSTEM, person_id=told.pk, version=told.version, fields=fields, at=AT)


def ended(desk: Desk) -> None:
    spell = Participation.objects.get(person=person(12))
    end_spell(
        actor=SYSTEM,
        participation_id=spell.pk,
        version=spell.version,
        ended_on=date(2026, 2, 1),
        reason="stopped",
        at=AT,
    )


def told_by_another_list(desk: Desk) -> None:
    desk.taken([changed(row(12), phone="0977777777")])


@pytest.mark.parametrize("deed", [edited, ended, told_by_another_list])
def test_a_person_touched_since_is_looked_at_again_with_the_household(
    deed: Callable[[Desk], None], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.taken(ROWS)
    deed(desk)
    again = both_ways(desk, [*ROWS, row(30)], monkeypatch)
    assert not {line(12), line(13)} & set(spared(again))
    assert len(spared(again)) > 8


def test_collectors_who_came_since_are_heard(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.taken(ROWS)
    office = Organisation.objects.create(
        code="BD01", name="Bưu điện", kind="post_office", channel="post"
    )
    Member.objects.create(
        organisation=office, staff_code="NV01", full_name="Lê An", name_fold="le an"
    )
    assert spared(both_ways(desk, [*ROWS, row(30)], monkeypatch)) == []


def test_a_list_taken_back_is_no_ground_any_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.taken(ROWS)
    undo_list(actor=SYSTEM, batch_id=first.pk, at=AT)
    again = both_ways(desk, ROWS, monkeypatch)
    assert (spared(again), counts_of(again).new) == ([], len(ROWS))


def test_the_third_list_leans_on_the_second(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.taken(ROWS)
    second = desk.taken([*ROWS, row(21)])
    undo_list(actor=SYSTEM, batch_id=second.pk, at=AT)
    third = desk.taken([*ROWS, row(20)])
    assert spared(third)
    first.refresh_from_db()
    first.options = {key: value for key, value in first.options.items() if key != "stands"}
    first.save()
    last = both_ways(desk, [*ROWS, row(20), row(30)], monkeypatch)
    assert len(spared(last)) == len(ROWS) + 1 - 6


def test_what_hangs_on_the_day_is_settled_for_the_same_day_only(desk: Desk) -> None:
    """A list of the poor without days holds from the day of the list."""
    heads = ("Họ và tên", "Ngày sinh", "Số CCCD", "Mã số BHXH")
    poor = [(one[1], one[2], one[5], one[6]) for one in ROWS]
    more = [*poor, (NAMES[2], "01/03/1990", row(31)[5], row(31)[6])]
    desk.taken(poor, kind=ListKind.POOR, heads=heads)
    assert spared(desk.checked(more, kind=ListKind.POOR, heads=heads))
    later = desk.received([*more, more[0]], kind=ListKind.POOR, heads=heads)
    later.options = later.options | {"as_of": date(2026, 5, 1).isoformat()}
    later.save()
    desk.check(later)
    assert (counts_of(later).new, spared(later)) == (1, [])


def test_doubtful_rows_are_asked_about_each_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.taken(ROWS[:10])
    doubtful = changed(
        row(12), personal_id=row(3)[5], si="", name="Trịnh Văn Sáu", born="02/09/1951"
    )
    desk.taken([*ROWS[:3], *ROWS[4:10], doubtful])
    again = both_ways(desk, [*ROWS[:3], *ROWS[4:10], doubtful, row(22)], monkeypatch)
    assert counts_of(again).ambiguous == 1
    assert spared(again)


def test_nothing_is_written_twice_when_most_of_a_list_is_spared(desk: Desk) -> None:
    desk.taken(ROWS)
    people, spells = Person.objects.count(), Participation.objects.count()
    batch = desk.checked([*ROWS, row(20)])
    commit_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert (Person.objects.count(), Participation.objects.count()) == (people + 1, spells + 1)
    said = kept_said(batch.pk, "people")
    assert sorted(said["row"]) == [line(number) for number in range(21)]


def test_a_fingerprint_is_of_every_word_and_of_nothing_else() -> None:
    told = {"row": [2, 3, 4], "full_name": ["A", "A", "B"], "phone": ["", None, ""]}
    found = fingerprints(pl.DataFrame(told, schema_overrides={"phone": pl.String}))
    first, second, third = found.select("low", "high").rows()
    assert first == second != third
