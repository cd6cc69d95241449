"""Tables of the registry floor. Those of the past are made by rule: `RECORDED` names every pair."""

from vandong.registry.models.change import Change, Recorded
from vandong.registry.models.consent import Basis, Consent, LegalBasis, Purpose
from vandong.registry.models.establishment import Establishment, TaxMethod
from vandong.registry.models.household import Household, Relation
from vandong.registry.models.merge import Merge
from vandong.registry.models.participation import EndReason, ListedGroup, Listing, Participation
from vandong.registry.models.past import past_of
from vandong.registry.models.pending import Candidate, PendingRow, PendingState
from vandong.registry.models.person import (
    BirthPrecision,
    Contactability,
    Occupation,
    Person,
    PersonPhone,
)
from vandong.registry.models.receipt import Receipt

RECORDED: tuple[type[Recorded], ...] = (
    Person,
    PersonPhone,
    Household,
    Establishment,
    Participation,
    Listing,
    Receipt,
    Consent,
    LegalBasis,
)
"""The records with a past."""

PASTS = {model: past_of(model) for model in RECORDED}
"""For each record the model of its past."""

__all__ = [
    "PASTS",
    "RECORDED",
    "Basis",
    "BirthPrecision",
    "Candidate",
    "Change",
    "Consent",
    "Contactability",
    "EndReason",
    "Establishment",
    "Household",
    "LegalBasis",
    "ListedGroup",
    "Listing",
    "Merge",
    "Occupation",
    "Participation",
    "PendingRow",
    "PendingState",
    "Person",
    "PersonPhone",
    "Purpose",
    "Receipt",
    "Recorded",
    "Relation",
    "TaxMethod",
]
