"""A small country: Bắc Giang and Bắc Ninh, three tiers until 30/06/2025, two after."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from vandong.accounts.models import Organisation, OrganisationArea
from vandong.kernel.names import fold, sort_key, tone_key
from vandong.places.models import Placement, Succession, Tree, Unit

CHANGE = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


@dataclass
class Country:
    """Units by a short name; `old_*` ended on 30/06/2025, `new_*` began on 01/07/2025."""

    units: dict[str, Unit] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Unit:
        return self.units[name]

    def add(self, name: str, kind: str, code: str, title: str, parent: str = "") -> Unit:
        start = CHANGE if name.startswith("new_") else None
        end = CHANGE if name.startswith("old_") else None
        unit = Unit.objects.create(
            kind=kind,
            code=code,
            name=title,
            name_key=tone_key(title),
            name_fold=fold(title),
            sort_key=sort_key(title),
            valid_from=start,
            valid_until=end,
        )
        self.units[name] = unit
        self.place(name, parent, start, end)
        return unit

    def place(self, name: str, parent: str, start: date | None, end: date | None) -> None:
        above = self.units.get(parent)
        root = "/" if above is None else above.placements.latest("id").path
        Placement.objects.create(
            tree=Tree.ADMINISTRATIVE,
            unit=self[name],
            parent=above,
            path=f"{root}{self[name].pk}/",
            valid_from=start,
            valid_until=end,
        )

    def become(self, old: str, *new: str) -> None:
        for name in new:
            Succession.objects.create(predecessor=self[old], successor=self[name], on=CHANGE)

    def named(self, units: object) -> set[str]:
        ids = {unit.pk for unit in units}  # type: ignore[attr-defined]
        return {name for name, unit in self.units.items() if unit.pk in ids}


@pytest.fixture
def country(db: None) -> Country:
    made = Country()
    made.add("country", "country", "vn", "Cả nước")
    made.add("old_giang", "province", "24", "Tỉnh Bắc Giang", "country")
    made.add("old_ninh", "province", "27", "Tỉnh Bắc Ninh", "country")
    made.add("old_yen_the", "district", "215", "Huyện Yên Thế", "old_giang")
    made.add("old_tien_du", "district", "260", "Huyện Tiên Du", "old_ninh")
    made.add("old_tam_tien", "commune", "07264", "Xã Tam Tiến", "old_yen_the")
    made.add("old_canh_nau", "commune", "07267", "Xã Canh Nậu", "old_yen_the")
    made.add("old_hoan_son", "commune", "09320", "Xã Hoàn Sơn", "old_tien_du")
    made.add("new_ninh", "province", "24", "Tỉnh Bắc Ninh", "country")
    made.add("new_tam_tien", "commune", "07264", "Xã Tam Tiến", "new_ninh")
    made.add("new_border", "commune", "07999", "Xã Giáp Ranh", "new_ninh")
    made.add("new_dai_dong", "commune", "09320", "Xã Đại Đồng", "new_ninh")
    made.become("old_giang", "new_ninh")
    made.become("old_ninh", "new_ninh")
    made.become("old_tam_tien", "new_tam_tien")
    made.become("old_canh_nau", "new_tam_tien", "new_border")
    made.become("old_hoan_son", "new_border", "new_dai_dong")
    return made


def office(name: str, *units: Unit, parent: Organisation | None = None) -> Organisation:
    """An agency that covers these units."""
    made = Organisation.objects.create(
        kind="social_insurance", channel="agency", name=name, name_fold=fold(name), parent=parent
    )
    for unit in units:
        OrganisationArea.objects.create(organisation=made, unit=unit)
    return made
