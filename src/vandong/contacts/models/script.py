"""What collectors say: an office's own words, kept in every version that was used."""

from django.db import models

from vandong.accounts.models import Organisation, User


class Script(models.Model):
    """One version of an office's script (`office` empty: of the installation). Never changed: another text is
    the next version, and a contact keeps the version it was made with.

    `content`: {"opening": text, "answers": [{"say": text, "answer": text}]}; amounts are placeholders that the
    law of the day fills.
    """

    office = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "version"], nulls_distinct=False, name="script_version_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.version)
