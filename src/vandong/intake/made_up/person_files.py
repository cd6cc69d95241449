"""`persons.csv`, `households.csv` and `collectors.csv` of a made-up province: everything in them is right."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.columns import MADE_UP, parts_of, texts
from vandong.intake.made_up.draws import Ints
from vandong.intake.made_up.province import Province, left_on
from vandong.intake.made_up.standing import GROUPS, SUPPORT

CARD_MARKS = ("GD4", "DN4", "HT3", "TE1", "HS4", "SV4", "HN2", "CN3", "BT2")
"""Group and benefit of the cards of 15 characters, in the order of GROUPS."""
LAST_OLD_CARD = np.datetime64("2021-04-01")
ROLES = ("head", "spouse", "child", "parent", "sibling", "child", "child_in_law", "grandchild")
POVERTY = ("", "poor", "near_poor")


def person_parts(province: Province) -> Iterator[pl.DataFrame]:
    """`persons.csv`: one row a person."""
    address = household_addresses(province)
    card = old_cards(province)
    for who in parts_of(province.people.count):
        yield _persons(province, who, address, card)


def _persons(province: Province, who: Ints, address: pl.Series, card: pl.Series) -> pl.DataFrame:
    people, standing, numbers = province.people, province.standing, province.numbers
    household = people.household[who]
    cluster = province.cluster[who]
    return pl.DataFrame(
        {
            "person_id": province.person_ids(who),
            "full_name": province.names.texts(who),
            "birth_on": people.born[who],
            "sex": texts(("M", "F"), people.female[who]),
            "personal_id": numbers.personal_id.gather(who),
            "si_number": numbers.si_number.gather(who),
            "phone": province.phones.number.gather(who),
            "unit": province.unit_codes.gather(province.commune[who]),
            "address": address.gather(household),
            "household_id": province.household_ids(household),
            "cluster": pl.Series(province.clusters.names).gather(cluster),
            "unit_before_2025_07": province.old_unit_codes.gather(cluster),
            "household_order": people.order[who] + 1,
            "relation": texts(ROLES, people.role[who]),
            "card_number": card.gather(who),
            "card_group": texts(GROUPS, standing.group[who]),
            "support_group": texts(SUPPORT, standing.support[who]),
            "phone_shared": province.phones.shared[who].astype(np.int64),
            "phone_dead": province.phones.dead[who].astype(np.int64),
            "died_on": left_on(province.voluntary, "deceased")[who],
            "moved_out_on": left_on(province.voluntary, "moved_out")[who],
        }
    ).with_columns(MADE_UP)


def old_cards(province: Province) -> pl.Series:
    """Card numbers of 15 characters, for people with a number of 10 digits from before April 2021."""
    si = province.numbers.si_number
    mark = pl.Series(CARD_MARKS).gather(province.standing.group)
    card = mark + province.numbers.old_province + si
    has_one = (si.str.len_chars() == 10) & pl.Series(province.people.born < LAST_OLD_CARD)
    return card.set(~has_one.fill_null(False), None)


def household_addresses(province: Province) -> pl.Series:
    """House number, cluster, commune of today, province, for each household."""
    rng = province.request.stream("addresses")
    count = len(province.households.size)
    number = "Số " + pl.Series(rng.integers(1, 260, count)).cast(pl.String) + ", "
    number = number.set(pl.Series(rng.random(count) < rates.NO_HOUSE_NUMBER), "")
    names = [one.name for one in province.ground.communes]
    clusters = province.clusters
    ends = [
        f"{name}, {names[commune]}, {province.ground.name}"
        for name, commune in zip(clusters.names, clusters.commune.tolist(), strict=True)
    ]
    return number + pl.Series(ends).gather(province.households.cluster)


def household_parts(province: Province) -> Iterator[pl.DataFrame]:
    """`households.csv`: one row a household."""
    households, collectors = province.households, province.collectors
    heads = households.starts
    for which in parts_of(len(households.size)):
        cluster = households.cluster[which]
        yield pl.DataFrame(
            {
                "household_id": province.household_ids(which),
                "head_id": province.person_ids(heads[which]),
                "size": households.size[which],
                "unit": province.unit_codes.gather(households.commune[which]),
                "unit_before_2025_07": province.old_unit_codes.gather(cluster),
                "cluster": pl.Series(province.clusters.names).gather(cluster),
                "poverty": texts(POVERTY, households.poverty[which]),
                "minority": households.minority[which].astype(np.int64),
                "collector": collectors.code.gather(collectors.of_household[which]),
            }
        ).with_columns(MADE_UP)


def collector_parts(province: Province) -> Iterator[pl.DataFrame]:
    """`collectors.csv`: one row a collector, with collection point and channel."""
    yield province.collectors.frame(province.ground).with_columns(MADE_UP)
