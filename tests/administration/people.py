"""People for the tests of the verbs."""

from datetime import UTC, date, datetime

from vandong.accounts.models import Grant, Role, User
from vandong.accounts.queries.scope import Actor, actor_for

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PASSWORD = "Mot-mat-khau-2026"
SYSTEM = Actor.system("kiểm thử")


def someone(username: str, *roles: str, **ground: object) -> User:
    """A user with these roles, each on the same ground (`unit`, `organisation`)."""
    user = User.objects.create(username=username, full_name=f"Người {username}", password="!")
    for role in roles:
        Grant.objects.create(user=user, role=role, granted_at=AT, **ground)
    return user


def as_actor(user: User) -> Actor:
    """The user as an actor on the day of the tests."""
    return actor_for(user, TODAY)


def administrator(username: str = "quan", **ground: object) -> Actor:
    """An actor who administers everything, or the given ground."""
    return as_actor(someone(username, Role.ADMINISTRATOR, **ground))
