"""What tests share: both databases, the sample roster, and a whole office on the local chat."""

import asyncio
import gc
import importlib
import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import asyncpg
import pytest
from hypothesis import settings
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

import storage.database
from bot.sandbox.house import found
from storage.database import Database

settings.register_profile("banjie", deadline=None)  # a busy machine has its pauses
settings.load_profile("banjie")

REQUIRED = os.environ.get("BANJIE_REQUIRE_POSTGRES") == "1"


def pytest_make_parametrize_id(val: object) -> str | None:
    """A rehearsal is called what its file is, and Chinese stays Chinese: -k 第六十三条 selects them."""
    if isinstance(val, Path):
        return val.stem
    return val if isinstance(val, str) and val.isprintable() else None


def pytest_collection_finish() -> None:
    """Leave what all tests share out of the garbage collector's rounds: a fifth of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    """A statement is compiled once in a process, not for each of its databases: a fifth of a rehearsal.

    SQLAlchemy keeps what it has compiled by the dialect, and each engine has its own: here all of a kind
    are one, for they differ in nothing that is written into a statement.
    """
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))  # noqa: B010
        setattr(dialect, "__hash__", lambda self: hash(type(self)))  # noqa: B010
    compiled: LRUCache[Any, Any] = LRUCache(5000)

    def engine(*args: Any, **options: Any) -> AsyncEngine:
        made = create_async_engine(*args, **options)
        made.update_execution_options(compiled_cache=compiled)
        return made

    vars(storage.database)["create_async_engine"] = engine


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
    asyncio.run(_forgetful(uri))
    yield uri.set(drivername="postgresql+asyncpg")
    server.cleanup()
    folder.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres: URL | str) -> Iterator[str]:
    """A database on PostgreSQL with its tables and nothing in them, to be copied."""
    with _postgres_template(postgres, _migrate) as name:
        yield name


@pytest.fixture(scope="session")
def postgres_district(postgres: URL | str) -> Iterator[str]:
    """A database on PostgreSQL that the sample district has moved into, to be copied."""
    with _postgres_template(postgres, found) as name:
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with its tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("template") / "banjie.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def sqlite_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that the sample district has moved into, to be copied."""
    file = tmp_path_factory.mktemp("district") / "banjie.db"
    asyncio.run(found(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
async def postgres_url(postgres: URL | str, postgres_template: str) -> AsyncIterator[str]:
    """A database of its own on PostgreSQL, with its tables and nothing in them."""
    assert not isinstance(postgres, str)
    async with _postgres_database(postgres, f"TEMPLATE {postgres_template}") as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """An SQLite file with its tables and nothing in them."""
    file = shutil.copy(sqlite_template, tmp_path / "banjie.db")
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def bare_postgres_url(postgres: URL | str) -> AsyncIterator[str]:
    """A database of its own on PostgreSQL without any tables."""
    if isinstance(postgres, str):
        _no_postgres(postgres)
    async with _postgres_database(postgres) as url:
        yield url


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """An SQLite file still to be made."""
    return f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with its tables and nothing in them, on each kind in turn."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def postgres_district_url(postgres: URL | str, postgres_district: str) -> AsyncIterator[str]:
    """A database of its own on PostgreSQL in which the sample district lives, everybody bound."""
    assert not isinstance(postgres, str)
    async with _postgres_database(postgres, f"TEMPLATE {postgres_district}") as url:
        yield url


@pytest.fixture
def sqlite_district_url(tmp_path: Path, sqlite_district: Path) -> str:
    """An SQLite file in which the sample district lives, everybody bound."""
    file = shutil.copy(sqlite_district, tmp_path / "district.db")
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def district_url(request: pytest.FixtureRequest) -> str:
    """A database in which the sample district lives, on each kind in turn: for `open_house`."""
    name = "sqlite_district_url" if request.param == "sqlite" else "postgres_district_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any tables, on each kind in turn."""
    name = "bare_sqlite_url" if request.param == "sqlite" else "bare_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with its tables, on each kind in turn."""
    database = Database(database_url)
    yield database
    await database.close()


async def _forgetful(server: URL) -> None:
    """Its data goes with it, so it need not wait for the disk: only the bot is killed here."""
    connection = await asyncpg.connect(_address(server))
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


@contextmanager
def _postgres_template(server: URL | str, fill: Callable[[str], Coroutine[Any, Any, None]]) -> Iterator[str]:
    if isinstance(server, str):
        _no_postgres(server)
    name = f"banjie_{secrets.token_hex(6)}"

    async def administer(word: str) -> None:
        connection = await asyncpg.connect(_address(server))
        await connection.execute(f"{word} DATABASE {name}")
        await connection.close()

    asyncio.run(administer("CREATE"))
    asyncio.run(fill(_url(server, name)))
    yield name
    asyncio.run(administer("DROP"))


@asynccontextmanager
async def _postgres_database(server: URL, like: str = "") -> AsyncIterator[str]:
    name = f"banjie_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(_address(server))
    files = "STRATEGY FILE_COPY" if like else ""  # quicker than by the log, for so small a one
    await connection.execute(f"CREATE DATABASE {name} {like} {files}")
    yield _url(server, name)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


def _no_postgres(why: str) -> NoReturn:
    if REQUIRED:
        pytest.fail(why)
    pytest.skip(why)


def _address(server: URL) -> str:
    return server.set(drivername="postgresql").render_as_string(hide_password=False)


def _url(server: URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)


async def _migrate(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await database.close()
