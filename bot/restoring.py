"""`banjie restore`: a backup takes the place of the database, and says so in the audit."""

import asyncio
import secrets
from pathlib import Path

from bot.administration import open_database
from bot.clock import real_now
from bot.config import Config
from bot.progress import shown
from rules.refused import Refused
from rules.working_days import SHANGHAI
from storage import audit
from storage.backup import ready_to_restore
from storage.database import Database
from storage.office import Office
from storage.revision import Schema, schema_of
from storage.single_instance import alone, unhelped


async def restore(config: Config, backup: Path, *, replace: bool) -> str:
    """Put the backup in the place of the configured database; the sentence that says how it stands now.

    Refused while a bot is on duty on it, and, without `replace`, where it has any tables. The backup is read
    through before anything is touched.
    """
    url = config.database.url.get_secret_value()
    async with (
        open_database(config) as database,
        alone(database) as duty,
        unhelped(database) as is_ours,
    ):
        if duty is None or not is_ours:
            raise Refused("机器人正在使用这个数据库，没有恢复。请先停掉 banjie run。")
        if not replace and await schema_of(database) is not Schema.EMPTY:
            raise Refused("数据库里已有内容，没有恢复。确要用备份替换，请加 --replace。")
        if database.is_sqlite:
            await database.close()  # our own connections to the file are in the way, too
        with shown("恢复"):
            kept = await asyncio.to_thread(_put, url, backup)
        async with open_database(config) as restored:  # its lines know nothing of the tables that stood there
            said = await _taken_up(config, restored, backup)
    return said + (f"\n原来的数据库留在 {kept}，确认无误后再删。" if kept else "")


def _put(url: str, backup: Path) -> Path | None:
    with ready_to_restore(url, backup) as put:
        return put()


async def _taken_up(config: Config, database: Database, backup: Path) -> str:
    """Tables of this program's revision, the audit walked through, and a row of it for the restoring."""
    if await schema_of(database) is Schema.BEHIND:
        await database.migrate()
    office = Office(database, config.settings, real_now)
    async with office.work(f"restore:{secrets.token_hex(6)}") as work:
        verdict, last = await audit.verify(work.session), await audit.head(work.session)
        if verdict.fault:
            raise Refused(f"已从 {backup} 恢复，但其中的留痕被改动过：{verdict.fault}。请换一份备份核对。")
        detail = {"file": backup.name, "head": str(last or "")}
        await work.note(None, audit.RESTORED, "database", detail=detail)
    ended = f"，最后一条于{last.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if last else ""
    return f"已从 {backup} 恢复：留痕完整，{verdict.rows}条{ended}。请先 banjie check，再启动。"
