"""Which kept results rest on a parameter of the law: what a change of it would touch."""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from vandong.contacts.models import Advice

_RESTS_ON = (
    "jsonb_path_exists(contacts_advice.result,"
    " '$.** ? (@ == $code || @ starts with $row)',"
    " jsonb_build_object('code', %s::text, 'row', %s::text))"
)


def resting_result_count(parameter: str) -> int:
    """How many kept results name the parameter, or a row of it ("state_support_rate.poor"), in a trace."""
    rests = RawSQL(_RESTS_ON, (parameter, f"{parameter}."), BooleanField())  # noqa: S611 values are bound
    return Advice.objects.filter(rests).count()
