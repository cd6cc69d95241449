"""The server's configuration: tuned from the machine's memory, open to nobody but its own users."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1024 * 1024
SUPERUSER = "postgres"
OWNER_ROLE = "vandong_owner"
SITE_ROLE = "vandong_site"
DATABASE = "vandong"
_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def machine_memory() -> int:
    """Bytes of memory that this machine, or the container we are in, may use."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limits = [physical]
    for path in _CGROUP_LIMITS:
        with suppress(OSError, ValueError):
            limits.append(int(path.read_text(encoding="ascii")))
    return min(limits)


def server_settings(memory: int, socket: Path) -> str:
    """The text of `vandong.conf`. Durability is never traded: fsync and full_page_writes stay on."""
    lines = {
        "listen_addresses": "''",
        "unix_socket_directories": _quoted(str(socket)),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": _share(memory, 8, 64, 4096),
        "effective_cache_size": _share(memory, 2, 256, 65536),
        "maintenance_work_mem": _share(memory, 32, 64, 1024),
        "work_mem": _share(memory, 512, 8, 64),
        "min_dynamic_shared_memory": "'32MB'",
        "min_wal_size": "'128MB'",
        "max_wal_size": "'2GB'",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "log_line_prefix": "'%m [%p] %q%u@%d '",
        "log_startup_progress_interval": "'1s'",
        "log_lock_waits": "on",
    }
    return "".join(f"{name} = {value}\n" for name, value in lines.items())


def access_rules() -> str:
    """The text of `pg_hba.conf`: the socket only, and only system users that the map names."""
    return "local all all peer map=vandong\n"


def user_map(system_users: Sequence[str]) -> str:
    """The text of `pg_ident.conf`: which system users may be which roles; nobody else gets in."""
    return "".join(
        f'vandong "{user}" {role}\n'
        for user in dict.fromkeys(system_users)
        for role in (SUPERUSER, OWNER_ROLE, SITE_ROLE)
    )


def _share(memory: int, divisor: int, least: int, most: int) -> str:
    return f"'{min(max(memory // divisor // MEGABYTE, least), most)}MB'"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
