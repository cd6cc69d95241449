"""What the matching makes of a list, tried without keeping anything, and how right that is where the
list carries the truth."""

from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

import polars as pl
from django.db import connection, transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.refusals import Refused, problem
from vandong.documents.files import kept_path
from vandong.intake.checking import CheckContext, check_list
from vandong.intake.divided_units import placed
from vandong.intake.kept_lists import kept_rows
from vandong.intake.kinds import KINDS, ListKind
from vandong.intake.linkage import Thresholds
from vandong.intake.list_reading import visible_list
from vandong.intake.list_units import found_unit, unit_finder
from vandong.intake.mapping import ColumnMapping, needed_words, recognised
from vandong.intake.matching import match_people
from vandong.intake.planning_lists import latest_references
from vandong.intake.reading import ROW, RawList, read_list
from vandong.intake.shapes import ListUpload
from vandong.intake.staging import stage
from vandong.kernel.names import fold
from vandong.law import LawBook
from vandong.places.models import Unit

_OUTCOMES = """
SELECT row, certainty, CASE WHEN certainty = 'same' THEN person_id END FROM incoming_match
"""


@dataclass(frozen=True, slots=True)
class LinkTrial:
    """Rows whose person is found, that a person must look at, of nobody known, and with a fault. `precision`:
    of the found those found rightly, `recall`: of all who are known those found rightly; None without a truth
    or where there is nothing to divide by."""

    same: int
    review: int
    different: int
    refused: int
    precision: Fraction | None = None
    recall: Fraction | None = None


def try_list(
    *,
    actor: Actor,
    upload: ListUpload,
    kind: ListKind | None,
    book: LawBook,
    thresholds: Thresholds,
    truth_head: str = "",
) -> LinkTrial:
    """A file laid beside the register. `kind` None: the one whose columns the file has. `truth_head`: the
    column that says whom each row means (a person's key of the file of persons, or an id).

    Raises NotAllowed; SheetProblem; Refused: list_columns_unknown, link_truth_missing, link_truth_unknown.
    """
    about = Unit.objects.filter(pk=upload.unit_id or 0).first()
    require(actor, Right.IMPORT_PEOPLE, about)
    raw = read_list(upload.path, upload.name)
    mapping = _mapping(raw, kind)
    context = CheckContext(
        kind=mapping.kind,
        as_of=upload.as_of,
        unit=found_unit(upload.unit_id, upload.as_of),
        book=book,
        find_units=unit_finder(actor, upload.as_of, upload.as_of, about),
    )
    checked = placed(check_list(raw, mapping, context))
    trial, found = _matched(checked.frame, thresholds)
    trial = replace(trial, refused=checked.problems["row"].n_unique())
    return _judged(trial, found, raw, truth_head) if truth_head else trial


def try_batch(
    *, actor: Actor, batch_id: UUID, thresholds: Thresholds, truth_head: str = ""
) -> LinkTrial:
    """A list that was checked, laid beside the register as it stands now. Raises NotAllowed, NotVisible;
    Refused: batch_decided (its file is gone), link_truth_missing, link_truth_unknown."""
    batch = visible_list(actor, batch_id)
    if batch.source_file is None:
        raise Refused(problem("batch_decided"))
    try:
        frame = kept_rows(batch_id)
    except FileNotFoundError as gone:
        raise Refused(problem("batch_decided")) from gone
    trial, found = _matched(frame, thresholds)
    refused = int(batch.options.get("counts", {}).get("refused", 0))
    trial = replace(trial, refused=refused)
    if not truth_head:
        return trial
    raw = read_list(kept_path(batch.source_file), batch.options["name"])
    return _judged(trial, found, raw, truth_head)


def _mapping(raw: RawList, kind: ListKind | None) -> ColumnMapping:
    kinds = [kind] if kind else [one for one in ListKind if KINDS[one].is_of_people]
    mappings = [recognised(one, raw.heads) for one in kinds]
    whole = [one for one in mappings if not one.missing]
    if not whole:
        missing = mappings[0].missing if kind else recognised(ListKind.PROSPECTS, raw.heads).missing
        raise Refused(
            *(problem("list_columns_unknown", fields=needed_words(one)) for one in missing)
        )
    return max(whole, key=lambda one: len(one.columns))


def _matched(frame: pl.DataFrame, thresholds: Thresholds) -> tuple[LinkTrial, pl.DataFrame]:
    """The counts, and `row`, `found` of the rows whose person is found. Nothing is kept."""
    with transaction.atomic():
        stage(frame)
        match_people(thresholds)
        with connection.cursor() as cursor:
            cursor.execute(_OUTCOMES)
            rows = cursor.fetchall()
        transaction.set_rollback(True)
    told = pl.DataFrame(
        rows, schema={"row": pl.Int64, "zone": pl.String, "found": pl.Int64}, orient="row"
    )
    counts = dict(told["zone"].value_counts().iter_rows())
    trial = LinkTrial(counts.get("same", 0), counts.get("ambiguous", 0), counts.get("new", 0), 0)
    return trial, told.select("row", "found").drop_nulls()


def _judged(trial: LinkTrial, found: pl.DataFrame, raw: RawList, truth_head: str) -> LinkTrial:
    truth = _truth(raw, truth_head)
    right = found.join(truth, on="row").filter(pl.col("found") == pl.col("person_id")).height
    return replace(
        trial,
        precision=Fraction(right, found.height) if found.height else None,
        recall=Fraction(right, truth.height) if truth.height else None,
    )


def _truth(raw: RawList, head: str) -> pl.DataFrame:
    """`row`, `person_id` of the rows that mean somebody the register knows."""
    place = next((at for at, one in enumerate(raw.heads) if fold(one) == fold(head)), None)
    if place is None:
        raise Refused(problem("link_truth_missing", head=head))
    told = raw.frame.select("row", key=pl.col(f"c{place}").str.strip_chars())
    told = told.filter(pl.col("key").fill_null("") != "")
    if told["key"].str.contains("^[0-9]+$").all():
        return told.select(pl.col(ROW), person_id=pl.col("key").cast(pl.Int64))
    keys = latest_references()
    known = told.join(keys, left_on="key", right_on="person_ref")
    if not known.height and told.height:
        raise Refused(problem("link_truth_unknown", head=head))
    return known.select(pl.col(ROW), "person_id")
