"""What tests share: both databases, the sample roster, and a whole office on the local chat."""

import importlib
import os
import secrets
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from storage.database import Database

REQUIRED = os.environ.get("BANJIE_REQUIRE_POSTGRES") == "1"


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL | str]:
    """The address of a PostgreSQL server, or the reason why there is none."""
    given = os.environ.get("BANJIE_TEST_DATABASE_URL")
    if given:
        yield make_url(given)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pgserver's own, about a missing runtime folder
            get_server = importlib.import_module("pgserver.postgres_server").get_server

            folder = tempfile.TemporaryDirectory(prefix="banjie-pg-")
            server = get_server(folder.name, cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting is the reason printed
        yield f"no PostgreSQL could be started: {error!r}"
        return
    uri = make_url(server.get_uri())
    yield uri.set(drivername="postgresql+asyncpg")
    server.cleanup()
    folder.cleanup()


@pytest.fixture
async def postgres_url(postgres: URL | str) -> AsyncIterator[str]:
    """An empty database of its own on PostgreSQL."""
    if isinstance(postgres, str):
        if REQUIRED:
            pytest.fail(postgres)
        pytest.skip(postgres)
    name = f"banjie_{secrets.token_hex(6)}"
    admin = postgres.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(admin)
    await connection.execute(f"CREATE DATABASE {name}")
    yield postgres.set(database=name).render_as_string(hide_password=False)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite file."""
    return f"sqlite+aiosqlite:///{tmp_path / 'banjie.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, on each kind in turn."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with its tables, on each kind in turn."""
    database = Database(database_url)
    await database.migrate()
    yield database
    await database.close()
