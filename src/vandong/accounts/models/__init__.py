"""Tables of the accounts floor."""

from vandong.accounts.models.grant import Grant, Role
from vandong.accounts.models.organisation import (
    Channel,
    Organisation,
    OrganisationArea,
    OrganisationKind,
)
from vandong.accounts.models.setting import OfficeSetting
from vandong.accounts.models.user import Member, User

__all__ = [
    "Channel",
    "Grant",
    "Member",
    "OfficeSetting",
    "Organisation",
    "OrganisationArea",
    "OrganisationKind",
    "Role",
    "User",
]
