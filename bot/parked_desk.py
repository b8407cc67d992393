"""Updates that could not be handled, at the terminal: listed, shown, handed in again."""

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.administration import open_office
from bot.config import Config
from rules.refused import Refused
from rules.working_days import SHANGHAI
from storage.parked import Parked, again, parked
from storage.unit_of_work import UnitOfWork


@asynccontextmanager
async def _work(config: Config) -> AsyncIterator[UnitOfWork]:
    async with open_office(config) as office, office.work(f"parked:{secrets.token_hex(6)}") as work:
        yield work


async def listed(config: Config) -> str:
    """A line for each: its number, when, who, what, and the fault."""
    async with _work(config) as work:
        found = await parked(work.session)
    if not found:
        return "没有办不成而搁下的消息。"
    lines = "\n".join(_line(one) for one in found)
    return f"{lines}\n共{len(found)}条。看全文：banjie parked show 编号；重办：banjie parked retry 编号"


async def shown(config: Config, update_id: int) -> str:
    """One of them whole, with what Telegram brought; it may hold private things."""
    async with _work(config) as work:
        one = await _one(work, update_id)
    return f"{_line(one)}\n{json.dumps(one.raw, ensure_ascii=False, indent=2)}"


async def retry(config: Config, update_id: int) -> str:
    """Have it handled again, by the running bot or at its next start, as of when the person acted."""
    async with _work(config) as work:
        one = await _one(work, update_id)
        if not await again(work.session, update_id):
            raise Refused(f"{update_id} 的内容已按保密要求清除（第五十九条、第七十九条），不能重办。")
        detail = {"error": one.error.partition(":")[0]}
        await work.note(None, "parked.retry", f"update:{update_id}", detail=detail)
    within = f"机器人正在运行的，{config.clock.tick_seconds}秒内重办；没有运行的，启动时办"
    return f"{update_id} 已放回：{within}。再办不成，仍列在 parked list。"


async def _one(work: UnitOfWork, update_id: int) -> Parked:
    found = await parked(work.session, update_id)
    if not found:
        raise Refused(f"没有搁下的消息 {update_id}。搁下的有哪些：banjie parked list")
    return found[0]


def _line(one: Parked) -> str:
    tried = f"（已重办{one.retries}次）" if one.retries else ""
    at = one.at.astimezone(SHANGHAI)
    return (
        f"{one.update_id}  {at:%Y-%m-%d %H:%M}  {one.who}  {one.what}  {one.error or '原因没有记下'}{tried}"
    )
