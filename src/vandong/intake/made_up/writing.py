"""Writes a made-up province into a folder: all files or none."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from vandong.administration.refusals import Refused, problem
from vandong.intake.made_up.lists import (
    business_list,
    ended_contracts_list,
    household_card_list,
    voluntary_list,
)
from vandong.intake.made_up.province import Province, made_up_province
from vandong.intake.made_up.request import MadeUpRequest
from vandong.intake.made_up.tables import (
    households_table,
    participation_table,
    persons_table,
    receipts_table,
)
from vandong.law import LawBook
from vandong.phrases import sentence

README = "README.txt"
UNFINISHED = ".unfinished"
LISTS = "lists"


def _collectors_table(province: Province) -> pl.DataFrame:
    return province.collectors.frame(province.ground).with_columns(made_up=pl.lit("1"))


FILES: dict[str, Callable[[Province], pl.DataFrame]] = {
    "persons.csv": persons_table,
    "households.csv": households_table,
    "participation.csv": participation_table,
    "receipts.csv": receipts_table,
    "collectors.csv": _collectors_table,
    f"{LISTS}/bhyt_hgd.csv": household_card_list,
    f"{LISTS}/bhxh_tn.csv": voluntary_list,
    f"{LISTS}/business_households.csv": business_list,
    f"{LISTS}/ended_contracts.csv": ended_contracts_list,
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
    names and touches no others).
    """
    request.check()
    check_folder(folder, overwrite=overwrite)
    total = PROVINCE_STEPS + len(FILES)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        advance(done, total)

    province = made_up_province(request, book, step)
    unfinished = folder / UNFINISHED
    (unfinished / LISTS).mkdir(parents=True, exist_ok=True)
    try:
        rows = {}
        for name, table in FILES.items():
            frame = table(province)
            frame.write_csv(unfinished / name)
            rows[name] = frame.height
            step()
        (unfinished / README).write_text(_readme(province, rows), encoding="utf-8")
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Written(folder, rows)


def check_folder(folder: Path, *, overwrite: bool) -> None:
    """Raises Refused when the folder is a file, or holds something that might be overwritten."""
    if folder.exists() and not folder.is_dir():
        raise Refused(problem("made_up_folder_is_file", "out", folder=str(folder)))
    if (
        folder.is_dir()
        and not overwrite
        and any(one.name != UNFINISHED for one in folder.iterdir())
    ):
        raise Refused(problem("made_up_folder_not_empty", "out", folder=str(folder)))


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
    files = [f"{name}: {count}" for name, count in rows.items()]
    parts = [
        sentence(f"made_up_readme_{part}", values, lang) for lang in ("vi", "en") for part in _PARTS
    ]
    return "\n\n".join([*parts, "\n".join(files)]) + "\n"


_PARTS = ("what", "persons", "lists", "faults")
