"""The secret key of an installation: given, or made once and kept under VANDONG_HOME."""

import os
import secrets

from vandong.config.environment import Environment


def secret_key(environment: Environment) -> str:
    """The key from the environment, else from `secret-key` in VANDONG_HOME, made on first use (mode 600)."""
    if environment.secret_key:
        return environment.secret_key
    environment.home.mkdir(parents=True, exist_ok=True)
    path = environment.home / "secret-key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key
