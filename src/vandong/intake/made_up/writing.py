"""Writes a made-up province into a folder: all files or none."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import polars as pl

from vandong.administration.refusals import Refused, problem
from vandong.intake.made_up.lists import (
    business_list,
    ended_contracts_list,
    household_card_list,
    voluntary_list,
)
from vandong.intake.made_up.participation_file import participation_parts
from vandong.intake.made_up.person_files import collector_parts, household_parts, person_parts
from vandong.intake.made_up.province import Province, Step, made_up_province
from vandong.intake.made_up.receipt_file import receipt_parts
from vandong.intake.made_up.request import MadeUpRequest
from vandong.law import LawBook
from vandong.phrases import sentence

README = "README.txt"
UNFINISHED = ".unfinished"
LISTS = "lists"


Table = Callable[[Province], Iterator[pl.DataFrame]]


def _whole(table: Callable[[Province], pl.DataFrame]) -> Table:
    """A list that fits in memory, as one part."""

    def parts(province: Province) -> Iterator[pl.DataFrame]:
        yield table(province)

    return parts


FILES: dict[str, Table] = {
    "persons.csv": person_parts,
    "households.csv": household_parts,
    "participation.csv": participation_parts,
    "receipts.csv": receipt_parts,
    "collectors.csv": collector_parts,
    f"{LISTS}/bhyt_hgd.csv": _whole(household_card_list),
    f"{LISTS}/bhxh_tn.csv": _whole(voluntary_list),
    f"{LISTS}/business_households.csv": _whole(business_list),
    f"{LISTS}/ended_contracts.csv": _whole(ended_contracts_list),
}
PROVINCE_STEPS = 7
Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows by file."""

    folder: Path
    rows: dict[str, int]


def write_made_up_province(
    request: MadeUpRequest,
    folder: Path,
    *,
    book: LawBook,
    overwrite: bool = False,
    advance: Advance = lambda done, total: None,
) -> Written:
    """Makes the province and writes its files into `folder`, which is made when it is not there.

    Files stand beside each other under their names only when all are written. Raises Refused: a wrong number,
    an unknown province, a folder that holds something (unless `overwrite`, which replaces files of the same
    names and touches no others), a disk that is full.
    """
    request.check()
    check_folder(folder, overwrite=overwrite)
    total, steps = PROVINCE_STEPS + len(FILES), count(1)

    def step() -> None:
        advance(next(steps), total)

    province = made_up_province(request, book, step)
    unfinished = folder / UNFINISHED
    try:
        rows = _write_all(province, unfinished, step)
        _put_in_place(unfinished, folder)
    except OSError as failure:
        values = {"folder": str(folder), "reason": failure.strerror or str(failure)}
        raise Refused(problem("made_up_not_written", **values)) from failure
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Written(folder, rows)


def _write_all(province: Province, unfinished: Path, step: Step) -> dict[str, int]:
    (unfinished / LISTS).mkdir(parents=True, exist_ok=True)
    rows = {}
    for name, table in FILES.items():
        rows[name] = _write(table(province), unfinished / name)
        step()
    (unfinished / README).write_text(_readme(province, rows), encoding="utf-8")
    return rows


def check_folder(folder: Path, *, overwrite: bool) -> None:
    """Raises Refused when the folder is a file, or holds something that might be overwritten."""
    if folder.exists() and not folder.is_dir():
        raise Refused(problem("made_up_folder_is_file", folder=str(folder)))
    if (
        folder.is_dir()
        and not overwrite
        and any(one.name != UNFINISHED for one in folder.iterdir())
    ):
        raise Refused(problem("made_up_folder_not_empty", folder=str(folder)))


def _write(parts: Iterator[pl.DataFrame], path: Path) -> int:
    """Writes a table part by part, the head once. Returns its rows."""
    height = 0
    with path.open("wb") as file:
        for place, part in enumerate(parts):
            part.write_csv(file, include_header=place == 0)
            height += part.height
    return height


def _put_in_place(unfinished: Path, folder: Path) -> None:
    (folder / LISTS).mkdir(exist_ok=True)
    for name in (*FILES, README):
        (unfinished / name).replace(folder / name)


def _readme(province: Province, rows: dict[str, int]) -> str:
    """What the files are, in both languages; a reader sees at once that nobody in them is real."""
    request = province.request
    values = {
        "province": province.ground.name,
        "people": request.people,
        "seed": str(request.seed),
        "on": request.as_of,
    }
    files = [f"{name}: {height}" for name, height in rows.items()]
    parts = [
        sentence(f"made_up_readme_{part}", values, lang) for lang in ("vi", "en") for part in _PARTS
    ]
    return "\n\n".join([*parts, "\n".join(files)]) + "\n"


_PARTS = ("what", "persons", "lists", "faults")
