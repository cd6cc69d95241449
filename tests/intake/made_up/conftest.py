"""One made-up province of 20,000 people, written once for all tests that read it."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from vandong.intake.made_up import MadeUpRequest, write_made_up_province
from vandong.law import law_book

PEOPLE = 20_000
Table = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made-up") / "hanoi"
    write_made_up_province(MadeUpRequest("01", PEOPLE, 7), made, book=law_book())
    return made


@pytest.fixture(scope="session")
def table(folder: Path) -> Table:
    """A file by its name, every column text; what the files hold is what is tested."""

    def read(name: str) -> pl.DataFrame:
        return pl.read_csv(folder / f"{name}.csv", infer_schema=False)

    return read
