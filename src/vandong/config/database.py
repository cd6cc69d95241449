"""Which database to speak to: the embedded server of VANDONG_HOME, or the one of DATABASE_URL."""

from typing import cast

from vandong.config.embedded.place import place_of
from vandong.config.embedded.tuning import DATABASE, OWNER_ROLE, SITE_ROLE
from vandong.config.environment import Environment, database_from_url


def databases(environment: Environment) -> dict[str, dict[str, object]]:
    """Django's DATABASES, as the role of the site, or as the owner of the tables (migrations, tests).

    A connection is looked at before each request: one that the server lost is replaced.
    """
    kept: dict[str, object] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if environment.database_url:
        url = environment.database_owner_url if environment.is_owner else environment.database_url
        engine = {"ENGINE": "django.db.backends.postgresql"}
        given = database_from_url(url)
        # Compiling a statement of ours to machine code takes longer than running it, many times over.
        options = {"options": "-c jit=off", **cast(dict[str, object], given["OPTIONS"])}
        return {"default": kept | engine | given | {"OPTIONS": options}}
    return {
        "default": kept
        | {
            "ENGINE": "vandong.config.postgresql",
            "NAME": DATABASE,
            "USER": OWNER_ROLE if environment.is_owner else SITE_ROLE,
            "HOST": str(place_of(environment.home).socket),
            "PORT": "5432",
        }
    }


def site_role(environment: Environment) -> str:
    """The role that the site connects as."""
    if not environment.database_url:
        return SITE_ROLE
    return str(database_from_url(environment.database_url)["USER"])
