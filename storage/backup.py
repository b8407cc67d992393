"""A copy of the database, consistent while the bot goes on writing, and proven readable."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from rules.refused import Refused

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
    address = make_url(url)
    environment = os.environ | {"PGPASSWORD": address.password or ""}
    plain = URL.create(
        "postgresql", address.username, None, address.host, address.port, address.database, address.query
    ).render_as_string()
    _pg("pg_dump", ["--format=custom", "--no-owner", f"--file={target}", f"--dbname={plain}"], environment)
    _pg("pg_restore", ["--list", str(target)], environment)


def _pg(program: str, arguments: list[str], environment: dict[str, str]) -> None:
    path = shutil.which(program)
    if path is None:
        raise Refused(f"找不到 {program}，请先安装 postgresql-client（版本不低于数据库）。")
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [path, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"退出码 {done.returncode}"]
        raise Refused(f"{program} 没有成功：{lines[-1]}")
