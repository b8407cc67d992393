"""A copy of the database, consistent while the bot goes on writing, proven readable; and the way back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, make_url

from rules.refused import Refused
from storage.revision import known

_PAGES = 256  # of the database file, copied between two reports of progress

Progress = Callable[[int, int], None]


def back_up(url: str, target: Path, progress: Progress | None = None) -> None:
    """Write the database at `url` to the file `target`, which must not exist yet.

    SQLite through its online backup, PostgreSQL through `pg_dump` (to be given to `pg_restore`). The file
    gets its name only when it is whole and has been read back. `progress` is told pages done and all.
    """
    if target.exists():
        raise Refused(f"{target} 已经存在，请换一个文件名，以免盖掉旧的备份。")
    if not target.parent.is_dir():
        raise Refused(f"没有文件夹 {target.parent}，请先建好。")
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        if make_url(url).get_backend_name() == "sqlite":
            _copy_sqlite(url, part, progress or (lambda _done, _all: None))
        else:
            _dump_postgres(url, part)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _copy_sqlite(url: str, target: Path, progress: Progress) -> None:
    source = Path(make_url(url).database or "")
    if not source.is_file():
        raise Refused(f"还没有数据库 {source}，没有可备份的内容。")
    with (
        closing(sqlite3.connect(source, isolation_level=None)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        # The reading transaction holds one state; otherwise each write of the bot would start the copy anew.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=_PAGES, progress=lambda _status, left, pages: progress(pages - left, pages))
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm beside it
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Refused("备份写出后核对不符，已作废。请检查磁盘后重试。")


def _dump_postgres(url: str, target: Path) -> None:
    _pg(url, "pg_dump", "--format=custom", "--no-owner", f"--file={target}", f"--dbname={_address(url)}")
    _pg(url, "pg_restore", "--list", str(target))


# ---------------------------------------------------------------- back again


@contextmanager
def ready_to_restore(url: str, backup: Path) -> Iterator[Callable[[], Path | None]]:
    """The backup read through first; what is given puts it in the place of the database at `url`.

    It gives back where the database that stood there is kept now: SQLite's under another name beside it.
    PostgreSQL's is replaced in one transaction, all of it or nothing. Nobody may be using it.
    """
    if not backup.is_file():
        raise Refused(f"没有备份文件 {backup}。")
    if make_url(url).get_backend_name() != "sqlite":
        _prove_dump(url, backup)
        yield lambda: _replace_postgres(url, backup)
        return
    target = Path(make_url(url).database or "")
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(backup, part)
        _prove_sqlite(part, backup)
        yield lambda: _replace_sqlite(part, target)
    finally:
        part.unlink(missing_ok=True)


def _prove_sqlite(copy: Path, backup: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as found:
            whole = found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not found.execute("PRAGMA foreign_key_check").fetchall()
            stamps = found.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.DatabaseError:
        raise Refused(f"{backup} 不是办结的备份，或已损坏，没有恢复。") from None
    if not whole:
        raise Refused(f"{backup} 已损坏（核对不符），没有恢复。请换一份备份。")
    _prove_version(backup, [stamp for (stamp,) in stamps])


def _prove_dump(url: str, backup: Path) -> None:
    """Unpacked to its last byte, as `pg_restore` would for the database."""
    stamps = _pg(url, "pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(backup))
    _pg(url, "pg_restore", f"--file={os.devnull}", str(backup))
    _, _, rows = stamps.partition("FROM stdin;\n")
    _prove_version(backup, rows.partition("\\.")[0].split())


def _prove_version(backup: Path, stamps: list[str]) -> None:
    if len(stamps) != 1:
        raise Refused(f"{backup} 里没有办结的数据库，没有恢复。")
    if not known(stamps[0]):
        raise Refused(f"{backup} 是由更新版本的程序备份的，请升级程序后再恢复。")


def _replace_sqlite(part: Path, target: Path) -> Path | None:
    kept = None
    if target.exists():
        kept = next(
            name
            for number in range(1, 1000)
            if not (name := target.with_name(f"{target.name}.before-restore-{number}")).exists()
        )
        try:
            # Alone with it, its log goes into the file; whoever still has it open keeps us from that.
            with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as old:
                old.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            raise Refused(f"还有程序开着 {target}，没有恢复。请先停掉它。") from None
        except sqlite3.DatabaseError:  # what is broken is put aside as it is
            pass
    for ending in ("", "-wal", "-shm"):
        if kept is not None and (file := Path(f"{target}{ending}")).exists():
            file.rename(f"{kept}{ending}")
    part.rename(target)
    return kept


def _replace_postgres(url: str, backup: Path) -> None:
    """All that stands there goes first: a backup from before an upgrade knows nothing of the newer tables."""
    with TemporaryDirectory(prefix="banjie-restore-") as folder:  # nobody else may read it
        script = Path(folder) / "backup.sql"
        _pg(url, "pg_restore", "--no-owner", f"--file={script}", str(backup))
        whole = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        bare = "--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        _pg(url, "psql", *whole, f"--dbname={_address(url)}", bare, f"--file={script}")


def _address(url: str) -> str:
    """Where the database is, in PostgreSQL's own words; the password goes by the environment."""
    at = make_url(url)
    return URL.create(
        "postgresql", at.username, None, at.host, at.port, at.database, at.query
    ).render_as_string()


def _pg(url: str, program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise Refused(f"找不到 {program}，请先安装 postgresql-client（版本不低于数据库）。")
    environment = os.environ | {"PGPASSWORD": make_url(url).password or ""}
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [path, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"退出码 {done.returncode}"]
        raise Refused(f"{program} 没有成功：{lines[-1]}")
    return done.stdout
