"""Which database to speak to: the embedded server of VANDONG_HOME, or the one of DATABASE_URL."""

import os

from vandong.config.environment import Environment, database_from_url

SITE_ROLE = "vandong_site"
OWNER_ROLE = "vandong_owner"


def databases(environment: Environment) -> dict[str, dict[str, object]]:
    """Django's DATABASES. VANDONG_DB_ROLE=owner connects as the owner of the tables (migrations, tests)."""
    as_owner = os.environ.get("VANDONG_DB_ROLE") == "owner"
    base: dict[str, object] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60}
    if environment.database_url:
        url = environment.database_owner_url if as_owner else environment.database_url
        return {"default": base | database_from_url(url)}
    return {
        "default": base
        | {
            "NAME": "vandong",
            "USER": OWNER_ROLE if as_owner else SITE_ROLE,
            "HOST": str(environment.home / "pg" / "socket"),
        }
    }
