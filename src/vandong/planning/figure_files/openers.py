"""Opening a figures file in one of its two forms."""

from pathlib import Path

from vandong.planning.figure_files.lines import FigureSource, LongFile, is_long
from vandong.planning.figure_files.mapping import WideChoice
from vandong.planning.figure_files.wide_files import WideFile
from vandong.planning.file_words import FIGURE_COLUMNS, known_names
from vandong.sheets import Table, open_table


def open_long_file(path: Path, name: str) -> FigureSource:
    """A file in the long form, one figure a row. Raises SheetProblem."""
    return LongFile(open_table(path, name, wanted=known_names(FIGURE_COLUMNS)))


class WideOpener:
    """Opens wide tables through a choice."""

    def __init__(self, choice: WideChoice) -> None:
        self.choice = choice

    def __call__(self, path: Path, name: str) -> FigureSource:
        """Raises SheetProblem."""
        return WideFile(open_wide_table(path, name), self.choice)


def open_wide_table(path: Path, name: str) -> Table:
    """The table as its own head says. Raises SheetProblem."""
    return open_table(path, name)


def is_long_file(path: Path, name: str) -> bool:
    """Whether the file is meant to be in the long form. Raises SheetProblem."""
    return is_long(open_table(path, name, wanted=known_names(FIGURE_COLUMNS)))
