"""Whether anything has changed: a value that differs as soon as a figure, a plan or a batch does."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from vandong.documents.models import Batch
from vandong.figures.models import Observation, PrintedFigure, Target


class FiguresVersion(NamedTuple):
    """Rows are only added, and taken back with their batch: the last of each kind tells all."""

    observation: int
    printed: int
    target: int
    batch_count: int
    undone_at: datetime | None


def figures_version() -> FiguresVersion:
    """The version of all figures, in one quick statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT
                (SELECT coalesce(max(id), 0) FROM {Observation._meta.db_table}),
                (SELECT coalesce(max(id), 0) FROM {PrintedFigure._meta.db_table}),
                (SELECT coalesce(max(id), 0) FROM {Target._meta.db_table}),
                (SELECT count(*) FROM {Batch._meta.db_table}),
                (SELECT max(undone_at) FROM {Batch._meta.db_table})"""
        )
        return FiguresVersion(*cursor.fetchone())
