"""The system user that PostgreSQL runs as: the caller, or for root an own user without a login."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vandong.config.embedded.problems import ServerProblem

SERVICE_USER = "vandong-pg"
_USERADD_OPTIONS = (
    *("--system", "--user-group", "--no-create-home"),
    *("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as. `is_other` when that is not the caller: then the caller is root."""

    name: str
    uid: int
    gid: int
    is_other: bool

    def spawn_options(self) -> dict[str, Any]:
        """For subprocess: as this user, from a folder it can stand in, nothing readable by others."""
        options: dict[str, Any] = {"cwd": "/", "umask": 0o077}
        if self.is_other:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def can_use(self, path: Path) -> bool:
        """Whether this user can reach and read a file or folder, asked of the kernel as this user."""
        asked = subprocess.run(
            ["/bin/sh", "-c", 'test -r "$1" && test -x "$1"', "sh", str(path)],
            check=False,
            **self.spawn_options(),
        )
        return asked.returncode == 0

    def give(self, path: Path) -> None:
        """Makes this user the owner of a folder that nobody else may enter."""
        path.chmod(0o700)
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def caller_name() -> str:
    """The name of the calling system user. Raises ServerProblem when the number has no name."""
    return _named(os.geteuid()).pw_name


def account_for(existing_data: Path) -> Account:
    """The owner of data that is there already; else the caller, or for root the service user.

    Raises ServerProblem when the data belong to somebody else, or no service user can be made.
    """
    caller = os.geteuid()
    owner = existing_data.stat().st_uid if existing_data.exists() else None
    if caller != 0:
        if owner not in {None, caller}:
            raise ServerProblem("server_data_of_another", path=str(existing_data))
        return _account(_named(caller), is_other=False)
    if owner:
        return _account(_named(owner), is_other=True)
    return _account(_service_user(), is_other=True)


def _account(entry: pwd.struct_passwd, *, is_other: bool) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, is_other)


def _named(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise ServerProblem("server_user_without_name", uid=str(uid)) from None


def _service_user() -> pwd.struct_passwd:
    """The own user, made when missing. Two makers at once block each other for a moment: tried again."""
    for _ in range(20):
        try:
            return pwd.getpwnam(SERVICE_USER)
        except KeyError:
            if (program := shutil.which("useradd")) is None:
                break
            subprocess.run(
                [program, *_USERADD_OPTIONS, SERVICE_USER],
                check=False,
                capture_output=True,
            )
            time.sleep(0.1)
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise ServerProblem("server_user_not_made", name=SERVICE_USER) from None
