"""A line means the same whether the file has said its words before or not."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.figures.factories import make_unit

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Observation
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.options import ImportOptions

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
HEAD = "unit,kind,as_of,scheme,measure,channel,value,exactness,period_from"
FIELDS = ("unit_id", "scheme", "measure", "channel", "as_of", "period_from", "value", "exactness")

rows = st.lists(
    st.tuples(
        st.sampled_from(["24", "27", "Tỉnh Bắc Giang", "99"]),
        st.sampled_from(["", "tỉnh"]),
        st.sampled_from(["30/06/2025", "2025-07-01", "31/07/2025", "31/02/2025"]),
        st.sampled_from(["bhxh_tn", "BHYT hộ gia đình"]),
        st.sampled_from(["stock", "gross_new", "change_previous_month"]),
        st.sampled_from(["", "post"]),
        st.sampled_from(["5", "1.234", "-5", "0", "5%"]),
        st.sampled_from(["", "over"]),
        st.sampled_from(["", "2025-06-01", "2025-07-15"]),
    ),
    max_size=12,
)


@pytest.fixture
def provinces(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    make_unit("Tỉnh Bắc Giang", "24", valid_until="2025-07-01")
    make_unit("Tỉnh Bắc Ninh", "27", valid_until="2025-07-01")
    make_unit("Tỉnh Bắc Ninh", "24", valid_from="2025-07-01")


def taken(folder: Path, lines: list[tuple[str, ...]]) -> list[tuple[object, ...]]:
    path = folder / f"{uuid4()}.csv"
    path.write_text("\n".join([HEAD, *(",".join(line) for line in lines)]), encoding="utf-8")
    import_figures(
        actor=Actor.system("test"),
        path=path,
        name=path.name,
        at=AT,
        options=ImportOptions(accept_good=True),
    )
    return sorted(Observation.objects.filter(live=True).values_list(*FIELDS), key=str)


@given(rows)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whole_or_line_by_line_is_the_same(provinces, tmp_path, rows):
    once = list({figure_of(row): row for row in rows}.values())
    mark = transaction.savepoint()
    together = taken(tmp_path, once)
    transaction.savepoint_rollback(mark)
    for line in once:
        taken(tmp_path, [line])
    apart = sorted(Observation.objects.filter(live=True).values_list(*FIELDS), key=str)
    transaction.savepoint_rollback(mark)
    assert together == apart


def figure_of(row: tuple[str, ...]) -> tuple[str, ...]:
    """Which figure a line is about, so that none stands twice."""
    code = "24" if row[0] == "Tỉnh Bắc Giang" else row[0]
    span = row[8] if row[4] == "gross_new" else ""
    return (code, row[2], row[3], row[4], row[5], span)
