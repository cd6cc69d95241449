"""The two stages of a figures file: counts on their way to observations, percentages to printed figures."""

from vandong.figures.models import Observation, PrintedFigure
from vandong.planning.figure_files.parsing import MOST_DECIMALS, Figure
from vandong.planning.staged_tables import StagedTable

NULL = "\\N"

OBSERVATIONS = StagedTable(
    name="staged_observation",
    live_table=Observation._meta.db_table,
    columns=(
        ("line", "integer"),
        ("row", "integer"),
        ("unit_id", "bigint"),
        ("organisation_id", "bigint"),
        ("scheme", "text"),
        ("measure", "text"),
        ("channel", "text"),
        ("as_of", "date"),
        ("period_from", "date"),
        ("value", "bigint"),
        ("exactness", "text"),
    ),
    keys=("unit_id", "scheme", "measure", "channel", "as_of"),
    open_keys=("period_from", "organisation_id"),
    compared=("value", "exactness"),
    fixed=("source_kind",),
)
PRINTED = StagedTable(
    name="staged_printed",
    live_table=PrintedFigure._meta.db_table,
    columns=(
        ("line", "integer"),
        ("row", "integer"),
        ("unit_id", "bigint"),
        ("scheme", "text"),
        ("kind", "text"),
        ("denominator", "text"),
        ("as_of", "date"),
        ("period_from", "date"),
        ("value", "numeric(12, 6)"),
        ("decimals", "smallint"),
    ),
    keys=("unit_id", "scheme", "kind", "denominator", "as_of"),
    open_keys=("period_from",),
    compared=("value", "decimals"),
)
STAGES = (OBSERVATIONS, PRINTED)


def staged_observation(
    line: int, row: int, unit_id: int, organisation_id: int | None, figure: Figure
) -> str:
    """One line in COPY's text form. Codes, days and numbers need no escaping."""
    return (
        f"{line}\t{row}\t{unit_id}\t{organisation_id or NULL}\t{figure.scheme}\t{figure.measure}"
        f"\t{figure.channel}\t{figure.as_of}\t{figure.period_from or NULL}\t{figure.value}"
        f"\t{figure.exactness}\n"
    )


def staged_percentage(line: int, row: int, unit_id: int, figure: Figure) -> str:
    """One line in COPY's text form; the denominator may be an office's own words."""
    about = figure.denominator.replace("\\", "\\\\")
    return (
        f"{line}\t{row}\t{unit_id}\t{figure.scheme}\t{figure.measure}\t{about}"
        f"\t{figure.as_of}\t{figure.period_from or NULL}"
        f"\t{figure.value}e-{MOST_DECIMALS}\t{figure.decimals}\n"
    )
