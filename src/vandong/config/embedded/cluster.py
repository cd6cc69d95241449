"""A new cluster, its roles and its database; and its configuration, written anew at every start."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from vandong.config.embedded.account import Account, caller_name
from vandong.config.embedded.binaries import MAJOR_VERSION, Binaries
from vandong.config.embedded.place import Place
from vandong.config.embedded.problems import ServerProblem
from vandong.config.embedded.tuning import (
    DATABASE,
    OWNER_ROLE,
    SITE_ROLE,
    SUPERUSER,
    access_rules,
    machine_memory,
    server_settings,
    user_map,
)

_INITDB_OPTIONS = (
    *("-U", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"),
    "--no-instructions",
)


def make_cluster(place: Place, binaries: Binaries, account: Account) -> None:
    """Runs initdb beside and puts the result in place in one step: a kill leaves no half cluster."""
    landing = place.cluster / "data.new"
    shutil.rmtree(landing, ignore_errors=True)
    done = subprocess.run(
        [binaries.program("initdb"), "-D", str(landing), *_INITDB_OPTIONS],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
        **account.spawn_options(),
    )
    if done.returncode != 0:
        last = " | ".join(done.stderr.strip().splitlines()[-3:])
        raise ServerProblem("server_not_made", path=str(place.cluster), last=last)
    with (landing / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\ninclude 'vandong.conf'\n")
    landing.rename(place.data)


def configure(place: Place, account: Account) -> None:
    """Writes settings, access rules and user map. Raises ServerProblem for data of another version."""
    version = (place.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if version != MAJOR_VERSION:
        raise ServerProblem(
            "server_data_of_other_version",
            found=version,
            wanted=MAJOR_VERSION,
            path=str(place.data),
        )
    texts = {
        "vandong.conf": server_settings(machine_memory(), place.socket),
        "pg_hba.conf": access_rules(),
        "pg_ident.conf": user_map([caller_name(), "root", account.name]),
    }
    for name, text in texts.items():
        _write(place.data / name, text, account)


def _write(path: Path, text: str, account: Account) -> None:
    landing = path.with_name(f"{path.name}.new")
    landing.write_text(text, encoding="utf-8")
    landing.chmod(0o600)
    if account.is_other:
        os.chown(landing, account.uid, account.gid)
    landing.replace(path)


def make_roles_and_database(place: Place) -> None:
    """The owner of the tables, the role of the site that owns nothing, and the database. Again: no change."""
    with psycopg.connect(
        host=str(place.socket), port=5432, user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        for role, rights in ((OWNER_ROLE, "LOGIN CREATEDB"), (SITE_ROLE, "LOGIN")):
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                connection.execute(
                    sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights))
                )
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(SITE_ROLE), sql.Identifier(OWNER_ROLE))
        )
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)
                )
            )
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE))
        )
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(DATABASE), sql.Identifier(SITE_ROLE)
            )
        )


def _exists(connection: psycopg.Connection, query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None
