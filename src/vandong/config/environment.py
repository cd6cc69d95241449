"""Typed reading of the environment. A bad value fails loudly, naming the variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class EnvironmentProblem(RuntimeError):
    """A variable of the environment that cannot be used; the message names it and says what is allowed."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment decides. Every field is described in docs/reference/settings.md."""

    home: Path
    database_url: str
    database_owner_url: str
    is_owner: bool
    db_idle_minutes: int
    port: int
    host: str
    lang: str
    debug: bool
    demo: bool
    secret_key: str
    allowed_hosts: tuple[str, ...]
    behind_https: bool
    proxy_count: int


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """The environment as typed values. Raises EnvironmentProblem."""
    given = os.environ if variables is None else variables
    default_home = Path(__file__).resolve().parents[3] / "var"
    return Environment(
        home=Path(given.get("VANDONG_HOME") or default_home).expanduser().resolve(),
        database_url=given.get("DATABASE_URL", ""),
        database_owner_url=given.get("DATABASE_OWNER_URL", "") or given.get("DATABASE_URL", ""),
        is_owner=_choice(given, "VANDONG_DB_ROLE", "site", ("site", "owner")) == "owner",
        db_idle_minutes=_whole(given, "VANDONG_DB_IDLE_MINUTES", "15", 1, 10080),
        port=_whole(given, "PORT", "8000", 1, 65535),
        host=given.get("VANDONG_HOST", "127.0.0.1"),
        lang=_choice(given, "VANDONG_LANG", "vi", ("vi", "en")),
        debug=_flag(given, "VANDONG_DEBUG"),
        demo=_flag(given, "VANDONG_DEMO"),
        secret_key=given.get("VANDONG_SECRET_KEY", ""),
        allowed_hosts=tuple(
            host.strip()
            for host in given.get("VANDONG_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
            if host.strip()
        ),
        behind_https=_flag(given, "VANDONG_HTTPS"),
        proxy_count=int(_choice(given, "VANDONG_PROXY_COUNT", "0", ("0", "1", "2", "3"))),
    )


def database_from_url(url: str) -> dict[str, object]:
    """Django's settings for a postgres:// address. Raises EnvironmentProblem for any other scheme."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentProblem(
            "DATABASE_URL must begin with postgres:// or postgresql://, "
            f"not {parts.scheme or 'nothing'}://"
        )
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")) or "vandong",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": str(options.pop("host", "")) or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def _whole(given: Mapping[str, str], name: str, default: str, least: int, most: int) -> int:
    text = given.get(name) or default
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise EnvironmentProblem(
            f"{name} must be a whole number from {least} to {most}, not {text!r}"
        )
    return int(text)


def _flag(given: Mapping[str, str], name: str) -> bool:
    return _choice(given, name, "0", ("0", "1")) == "1"


def _choice(given: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = given.get(name) or default
    if value not in allowed:
        raise EnvironmentProblem(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value
