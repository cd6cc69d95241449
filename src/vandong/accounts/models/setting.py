"""Settings of an office that are records: column mappings, ranking rules, calling hours."""

from django.db import models

from vandong.accounts.models.organisation import Organisation


class OfficeSetting(models.Model):
    """One named setting; `organisation` empty = for the whole installation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    value = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "name"],
                nulls_distinct=False,
                name="office_setting_once",
            )
        ]
