"""Checked lists on disk, beside the files they came from: the good rows, and what is wrong with the others."""

from collections.abc import Sequence
from errno import ENOSPC
from os import strerror
from pathlib import Path
from shutil import copyfile, disk_usage
from uuid import UUID

import polars as pl
from django.core.files.storage import default_storage

from vandong.intake.checking import CheckedList

FOLDER = "checked_lists"
_LEAST_FREE = 1 << 16
"""Bytes: a disk with less was full when a write failed."""


def keep_checked(batch_id: UUID, checked: CheckedList) -> None:
    """Keeps a checked list until it is taken over or given up; a second check replaces the first."""
    _write(_path(batch_id, "rows"), checked.frame)
    _write(_path(batch_id, "problems"), checked.problems)
    _write(_path(batch_id, "notes"), checked.notes)


def kept_rows(batch_id: UUID, only: Sequence[int] | None = None) -> pl.DataFrame:
    """The good rows, or `only` those. Raises FileNotFoundError when the list was never checked here."""
    if only is None:
        return pl.read_parquet(_path(batch_id, "rows"))
    rows = pl.scan_parquet(_path(batch_id, "rows"))
    return rows.filter(pl.col("row").is_in(list(only))).collect()


def kept_problems(batch_id: UUID) -> pl.DataFrame:
    """Why rows were refused."""
    return pl.read_parquet(_path(batch_id, "problems"))


def kept_notes(batch_id: UUID) -> pl.DataFrame:
    """What was done to good rows."""
    return pl.read_parquet(_path(batch_id, "notes"))


def copy_checked(from_id: UUID, to_id: UUID) -> None:
    """What was found of a list, for another list of the same file."""
    for name in ("rows", "problems", "notes"):
        if (source := _path(from_id, name)).is_file():
            copyfile(source, _path(to_id, name))


def keep_references(batch_id: UUID, references: pl.DataFrame) -> None:
    """Keeps which person a file's own key became (columns person_ref, person_id)."""
    _write(_path(batch_id, "references"), references)


def kept_references(batch_id: UUID) -> pl.DataFrame:
    """The keys of a file of persons that was taken over. Raises FileNotFoundError."""
    return pl.read_parquet(_path(batch_id, "references"))


def keep_said(batch_id: UUID, name: str, frame: pl.DataFrame) -> None:
    """Keeps what the next list of the kind is compared with (`settled_rows`)."""
    _write(_path(batch_id, name), frame)


def kept_said(batch_id: UUID, name: str) -> pl.DataFrame:
    """What was kept of a list for the next one. Raises FileNotFoundError."""
    return pl.read_parquet(_path(batch_id, name))


def drop_checked(batch_id: UUID) -> None:
    """The working copies of a list that was given up or undone."""
    for name in ("rows", "problems", "notes", "references", "fingerprints", "people", "settled"):
        _path(batch_id, name).unlink(missing_ok=True)


def _path(batch_id: UUID, name: str) -> Path:
    return Path(default_storage.path(FOLDER)) / f"{batch_id}-{name}.parquet"


def _write(path: Path, frame: pl.DataFrame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    try:
        frame.write_parquet(aside)
        aside.replace(path)
    except (OSError, pl.exceptions.ComputeError) as problem:
        # The writer has other words for a full disk.
        is_full = disk_usage(path.parent).free < _LEAST_FREE
        aside.unlink(missing_ok=True)
        if is_full:
            raise OSError(ENOSPC, strerror(ENOSPC), str(path)) from problem
        raise
