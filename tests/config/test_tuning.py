"""The server's configuration from the machine's memory."""

from pathlib import Path

import pytest

from vandong.config.embedded.tuning import access_rules, machine_memory, server_settings, user_map

GIGABYTE = 1024**3


def settings_for(memory: int) -> dict[str, str]:
    text = server_settings(memory, Path("/tmp/o'neil"))
    return dict(line.split(" = ", 1) for line in text.splitlines())


@pytest.mark.parametrize(
    ("gigabytes", "shared", "cache", "work"),
    [
        (0.25, "'64MB'", "'256MB'", "'8MB'"),
        (8, "'1024MB'", "'4096MB'", "'16MB'"),
        (256, "'4096MB'", "'65536MB'", "'64MB'"),
    ],
)
def test_memory_is_shared_out(gigabytes: float, shared: str, cache: str, work: str) -> None:
    given = settings_for(int(gigabytes * GIGABYTE))
    assert given["shared_buffers"] == shared
    assert given["effective_cache_size"] == cache
    assert given["work_mem"] == work


def test_durability_is_never_traded() -> None:
    assert not {"fsync", "full_page_writes", "synchronous_commit"} & set(settings_for(GIGABYTE))


def test_a_quote_in_a_path_stays_in_it() -> None:
    assert settings_for(GIGABYTE)["unix_socket_directories"] == "'/tmp/o''neil'"


def test_the_machine_has_memory() -> None:
    assert machine_memory() >= 64 * 1024 * 1024


def test_access_is_by_the_map_alone() -> None:
    assert access_rules() == "local all all peer map=vandong\n"
    lines = user_map(["root", "root", "lan anh"]).splitlines()
    assert lines[-1] == 'vandong "lan anh" vandong_site'
    assert len(lines) == 6
