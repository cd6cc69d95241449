"""Who changed records of people, when and why; every version of a row points to the change that made it."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from vandong.documents.models import Batch


class Change(models.Model):
    """One deed on records of people: a verb on one person, or a whole list taken over (`batch`).

    Actor as values, as in the audit trail. Rows are only added. While a transaction works, the setting
    `vandong.change` of its connection holds the id: new rows take it by default, and the database refuses an
    UPDATE that leaves it off (`registry.history`).
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    reason = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="changes")

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class CurrentChange(models.Func):
    """The id of the transaction's change; the database raises where none is set."""

    function = "registry_current_change"
    output_field = models.BigIntegerField()
    arity = 0


class Recorded(models.Model):
    """A row with a past. `change` made this version; `batch_row` is its row in the list of `change.batch`.

    References of recorded tables (`db_constraint=False`) are checked by triggers once a statement: a foreign
    key asks once a row, which made a list of a million 1.8 × and its undo 6 × slower (`docs/decisions.md`).
    """

    change = models.ForeignKey(
        Change,
        models.PROTECT,
        related_name="+",
        db_default=CurrentChange(),
        db_index=False,
        db_constraint=False,
    )
    batch_row = models.IntegerField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        abstract = True


def change_index(name: str) -> BrinIndex:
    """Finds the rows that a list brought, for its undo. A block range index: its rows lie together, and unlike
    a tree it lets an update of other columns leave the indexes alone."""
    return BrinIndex(fields=["change"], name=name, autosummarize=True)
