"""Who a rule speaks of: sex and support group, as the law tells them apart."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as registered."""

    FEMALE = "F"
    MALE = "M"


class SupportGroup(StrEnum):
    """Groups of State support for voluntary social insurance (Decree 159/2025, art 5.1)."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    ETHNIC_MINORITY = "ethnic_minority"
    ISLAND = "island"
    OTHER = "other"
