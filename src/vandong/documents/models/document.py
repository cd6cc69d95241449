"""Official papers that plans and directives rest on."""

from django.db import models

from vandong.accounts.models import Organisation


class Document(models.Model):
    """A decision, dispatch, plan or article, by its number and issuer."""

    number = models.CharField(max_length=100)
    title = models.CharField(max_length=500, blank=True)
    issuer_name = models.CharField(max_length=200, blank=True)
    issuer = models.ForeignKey(Organisation, models.PROTECT, null=True)
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "issuer_name"], name="document_once")
        ]

    def __str__(self) -> str:
        return self.number
