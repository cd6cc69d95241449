"""The environment as typed values: defaults, refusals that name the variable, database addresses."""

from pathlib import Path

import pytest

from vandong.config.database import databases, site_role
from vandong.config.environment import EnvironmentProblem, database_from_url, read_environment


def test_an_empty_environment_gives_the_defaults() -> None:
    given = read_environment({})
    assert given.home == Path(__file__).resolve().parents[2] / "var"
    assert (given.host, given.port, given.lang) == ("127.0.0.1", 8000, "vi")
    assert (given.demo, given.debug, given.is_owner, given.behind_https) == (False,) * 4
    assert (given.database_url, given.database_owner_url) == ("", "")
    assert given.allowed_hosts == ("127.0.0.1", "localhost")
    assert given.db_idle_minutes == 15


def test_values_are_read_as_what_they_mean() -> None:
    given = read_environment(
        {
            "VANDONG_HOME": "/srv/van-dong/",
            "PORT": "9000",
            "VANDONG_DEMO": "1",
            "VANDONG_ALLOWED_HOSTS": "a.example, b.example,",
            "VANDONG_DB_ROLE": "owner",
            "DATABASE_URL": "postgres://site@db/vandong",
        }
    )
    assert given.home == Path("/srv/van-dong")
    assert given.port == 9000
    assert given.demo
    assert given.allowed_hosts == ("a.example", "b.example")
    assert given.is_owner
    assert given.database_owner_url == "postgres://site@db/vandong"


def test_an_empty_value_is_as_good_as_none() -> None:
    empty = dict.fromkeys(
        ("VANDONG_HOME", "PORT", "VANDONG_LANG", "VANDONG_DEMO", "VANDONG_DB_ROLE"), ""
    )
    assert read_environment(empty) == read_environment({})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "٨٠٨٠"),
        ("VANDONG_LANG", "fr"),
        ("VANDONG_DEMO", "yes"),
        ("VANDONG_DEBUG", "true"),
        ("VANDONG_HTTPS", "on"),
        ("VANDONG_DB_ROLE", "postgres"),
        ("VANDONG_DB_IDLE_MINUTES", "0"),
        ("VANDONG_DB_IDLE_MINUTES", "1.5"),
        ("VANDONG_PROXY_COUNT", "-1"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(name: str, text: str) -> None:
    with pytest.raises(EnvironmentProblem, match=name):
        read_environment({name: text})


def test_a_database_address_is_taken_apart() -> None:
    given = database_from_url(
        "postgresql://s%40ite:p%2Fw@db.example:5433/van%20dong?sslmode=require"
    )
    assert given == {
        "NAME": "van dong",
        "USER": "s@ite",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_may_stand_in_the_query() -> None:
    given = database_from_url("postgres://site@/vandong?host=/run/postgresql")
    assert (given["HOST"], given["PORT"], given["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize("url", ["mysql://a/b", "vandong", "sqlite:///x.db"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(EnvironmentProblem, match="DATABASE_URL"):
        database_from_url(url)


def test_the_site_and_the_owner_connect_by_their_own_addresses() -> None:
    addresses = {
        "DATABASE_URL": "postgres://site@db/vandong",
        "DATABASE_OWNER_URL": "postgres://owner@db/vandong",
    }
    site = read_environment(addresses)
    owner = read_environment({**addresses, "VANDONG_DB_ROLE": "owner"})
    assert databases(site)["default"]["USER"] == "site"
    assert databases(owner)["default"]["USER"] == "owner"
    assert site_role(owner) == site_role(site) == "site"


def test_without_an_address_the_socket_of_the_home_is_used(tmp_path: Path) -> None:
    default = databases(read_environment({"VANDONG_HOME": str(tmp_path)}))["default"]
    assert default["HOST"] == str(tmp_path / "pg" / "cluster" / "socket")
    assert (default["NAME"], default["USER"]) == ("vandong", "vandong_site")
    assert default["CONN_HEALTH_CHECKS"] is True
