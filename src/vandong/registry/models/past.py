"""Tables of the past: what a row was before each change, kept by statement-level triggers."""

from typing import Any

from django.db import models


class PastRow(models.Model):
    """A former version: all columns of the row, and the change that ended it. Rows are only added."""

    past_id = models.BigAutoField(primary_key=True)
    ended_change_id = models.BigIntegerField()
    operation = models.CharField(max_length=6)

    class Meta:
        abstract = True


def past_of(model: type[models.Model]) -> type[models.Model]:
    """The model of the past of `model`: the same columns without keys, references and constraints."""
    name = f"{model.__name__}Past"
    columns = {field.attname: _plain(field) for field in model._meta.concrete_fields}
    label = model._meta.model_name
    indexes = [
        models.Index(fields=["ended_change_id"], name=f"{label}_past_change"[:30]),
        models.Index(fields=["id"], name=f"{label}_past_row"[:30]),
    ]
    meta = type("Meta", (), {"app_label": model._meta.app_label, "indexes": indexes})
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": f"Former versions of {model.__name__}.",
        "Meta": meta,
    }
    return type(name, (PastRow,), body | columns)


def _plain(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """The column alone: no key, reference, default, choice or index."""
    if isinstance(field, models.ForeignKey) and isinstance(field.target_field, models.UUIDField):
        return models.UUIDField(null=True)
    if isinstance(field, models.ForeignKey | models.AutoField):
        return models.BigIntegerField(null=True)
    copied = field.clone()
    for name, value in (("null", True), ("_unique", False), ("db_index", False), ("choices", None)):
        setattr(copied, name, value)
    return copied
