"""The audit at the terminal: whether it is whole, and its head, to be signed off outside."""

from bot.administration import open_database
from bot.config import Config
from bot.progress import shown
from rules.refused import Refused
from rules.working_days import SHANGHAI
from storage import audit
from storage.revision import Schema, schema_of


async def verify(config: Config, signed: str = "") -> str:
    """Walk the audit's chain; the sentence that says it is whole, or a refusal that says where it is not.

    With a head that was signed off (`signed`, as `head` prints it) also whether the history up to it is still
    the same.
    """
    at = audit.read_head(signed) if signed else None
    async with open_database(config) as database:
        if await schema_of(database) is Schema.EMPTY:
            raise Refused("还没有数据库，没有留痕可查。请核对 [database] url。")
        with shown("核对留痕"):
            async with database.session() as session:
                verdict = await audit.verify(session, at)
    if verdict.fault:
        raise Refused(f"留痕被改动过：{verdict.fault}；此前{verdict.rows}条无误。请保留现场并从备份核对。")
    whole = f"留痕完整：{verdict.rows}条，首尾相接，无一改动。"
    return f"{whole}\n签存的第{at[0]}行仍在原处：此前的留痕与签存时一致。" if at else whole


async def head(config: Config) -> str:
    """The last row's number, time and hash, as it is signed off outside."""
    async with open_database(config) as database:
        if await schema_of(database) is Schema.EMPTY:
            raise Refused("还没有数据库，没有留痕。请核对 [database] url。")
        async with database.session() as session:
            last = await audit.head(session)
    if last is None:
        raise Refused("还没有留痕。")
    return (
        f"链头 {last}\n第{last.id}行，{last.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}\n全值 {last.hash}\n"
        f"请抄录存档；以后核对：banjie audit verify --head {last}"
    )
