"""A made-up province straight into the tables of the register, for measuring what reads it.

Not the way lists come in (`bench/register.py` measures that): rows are copied as `vandong synth` wrote them.
"""

from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.people import name_keys
from vandong.administration.people_changes import open_change
from vandong.intake.made_up.request import MadeUpRequest
from vandong.intake.made_up.writing import write_made_up_province
from vandong.law import law_book
from vandong.places.models import UnitKind
from vandong.places.queries.units import units_on
from vandong.registry.models import EndReason, Household, Person

AS_OF, SEED, PROVINCE = date(2026, 10, 31), 7, "01"


def load_register(people: int, folder: Path) -> None:
    """Writes a province of so many people under `folder` unless it is there, and copies it in."""
    if not (folder / "receipts.csv").exists():
        request = MadeUpRequest(PROVINCE, people, SEED, AS_OF)
        write_made_up_province(request, folder, book=law_book())
    units = dict(units_on(AS_OF).filter(kind=UnitKind.COMMUNE).values_list("code", "pk"))
    with transaction.atomic():
        open_change(actor=Actor.system("bench"), action="bench", at=timezone.now())
        last = (
            model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in (Person, Household)
        )
        first = max(last) + 1
        _households(folder, units, first)
        people_known = _persons(folder, units, first)
        _spells(folder, people_known)
        _receipts(folder, people_known, units)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _households(folder: Path, units: dict[str, int], first: int) -> None:
    frame = _read(folder / "households.csv").select(
        _number("household_id", first).alias("id"),
        code="household_id",
        unit_id=_unit("unit", units),
        unit_today_id=_unit("unit", units),
    )
    _copy("registry_household", frame)


def _free(column: str) -> pl.Expr:
    """The number, when nobody else has it: not in the province, nor in the register before it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM registry_person WHERE {column} <> ''")
        taken = pl.Series([number for (number,) in cursor.fetchall()], dtype=pl.String)
    number = pl.col(column)
    return (
        pl.when(number.is_duplicated() | number.is_in(taken.implode()))
        .then(pl.lit(""))
        .otherwise(number)
        .alias(column)
    )


def _persons(folder: Path, units: dict[str, int], first: int) -> pl.DataFrame:
    frame = _read(folder / "persons.csv")
    names = frame["full_name"].unique()
    keys = [name_keys(name) for name in names]
    made = {part: [getattr(one, part) for one in keys] for part in ("name_key", "name_fold")}
    made |= {part: [getattr(one, part) for one in keys] for part in ("name_back", "sort_key")}
    known = frame.join(pl.DataFrame({"full_name": names, **made}), on="full_name", how="left")
    relation = pl.col("relation").replace("child_in_law", "other")
    kept = known.select(
        _number("person_id", first).alias("id"),
        *("personal_id", "si_number", "full_name", *made),
        _date("birth_on"),
        pl.lit("day").alias("birth_precision"),
        *("sex", "address"),
        relation.alias("relation"),
        _number("household_id", first).alias("household_id"),
        _date("died_on").alias("deceased_on"),
        unit_id=_unit("unit", units),
        unit_today_id=_unit("unit", units),
        household_order=pl.col("household_order").replace("", None).cast(pl.Int32),
    )
    kept = kept.with_columns(_free(name) for name in ("si_number", "personal_id"))
    _copy("registry_person", kept)
    phones = known.filter(pl.col("phone") != "").select(
        _number("person_id", first).alias("person_id"), number="phone"
    )
    _copy("registry_personphone", phones)
    return known.select(
        "person_id", "household_id", _number("person_id", first).alias("id"), unit="unit"
    )


def _spells(folder: Path, people: pl.DataFrame) -> None:
    frame = _read(folder / "participation.csv").join(
        people.select("person_id", "id"), on="person_id"
    )
    ended = pl.col("ended_because").is_in(EndReason.values)
    frame = frame.select(
        pl.col("id").alias("person_id"),
        "scheme",
        _date("valid_from").alias("covered_from"),
        _date("valid_until").alias("covered_until"),
        pl.when(ended).then(_date("valid_until")).alias("ended_on"),
        pl.when(ended & _date("valid_until").is_not_null())
        .then(pl.col("ended_because"))
        .otherwise(pl.lit(""))
        .alias("end_reason"),
        pl.when(pl.col("scheme") == "bhxh_tn")
        .then(pl.col("method"))
        .otherwise(pl.lit(""))
        .alias("method"),
        pl.col("income_amount").replace("", None).cast(pl.Int64),
        pl.when(pl.col("person_id").hash() % 3 == 0)
        .then(pl.lit("agency"))
        .otherwise(pl.lit("post"))
        .alias("channel"),
    ).unique(["person_id", "scheme", "covered_from"])
    _copy("registry_participation", frame)


def _receipts(folder: Path, people: pl.DataFrame, units: dict[str, int]) -> None:
    frame = _read(folder / "receipts.csv").join(people.select("person_id", "id"), on="person_id")
    whole = {
        "total_amount": "gross_amount",
        "participant_amount": "pay_amount",
        "state_amount": "state_support_amount",
    }
    frame = frame.select(
        pl.col("id").alias("person_id"),
        "scheme",
        _date("covers_from").alias("covered_from"),
        _date("covers_until").alias("covered_until"),
        *(pl.col(name).cast(pl.Int64).alias(column) for column, name in whole.items()),
        "channel",
        "book",
        pl.col("receipt_id").alias("number"),
        _date("paid_on").alias("collected_on"),
        local_amount=pl.col("gross_amount").cast(pl.Int64)
        - pl.col("pay_amount").cast(pl.Int64)
        - pl.col("state_support_amount").cast(pl.Int64),
    ).filter((pl.col("local_amount") >= 0) & (pl.col("covered_until") > pl.col("covered_from")))
    _copy("registry_receipt", frame.unique(["person_id", "number", "scheme"]))


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False).fill_null("")


def _number(column: str, first: int) -> pl.Expr:
    """The running number in an id of the province: P0100000012 → 12, shifted to `first`."""
    return pl.col(column).str.slice(3).cast(pl.Int64) - 1 + first


def _date(column: str) -> pl.Expr:
    return pl.col(column).replace("", None).str.to_date("%Y-%m-%d")


def _unit(column: str, units: dict[str, int]) -> pl.Expr:
    return pl.col(column).replace_strict(units, default=None, return_dtype=pl.Int64)


def _copy(table: str, frame: pl.DataFrame) -> None:
    buffer = BytesIO()
    frame.write_csv(buffer, include_header=False, null_value="\\N", quote_style="non_numeric")
    columns = ", ".join(frame.columns)
    with connection.cursor() as cursor:
        statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')"
        with cursor.copy(statement) as copy:
            copy.write(buffer.getvalue())
        if "id" in frame.columns:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
