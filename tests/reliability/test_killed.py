"""The bot is killed again and again while an office of people reports and approves leave.

The bot is a process of its own, ended by SIGKILL at moments that a seed chooses among the worst ones; the
people go on meanwhile, and notice nothing but some waiting.
"""

import asyncio
import logging
import os
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import real_now
from bot.delivery import IN_FLIGHT
from bot.sandbox.house import account, group_chat, settle_in
from rules.approval import Decision
from rules.leave.matter import LeaveState
from rules.roster import Official, Role, Roster
from rules.settings import Settings
from rules.working_days import shanghai_day
from storage.database import Database
from storage.office import Office
from tests.reliability.books import assert_nothing_lost, is_quiet, ledger, repeated_messages
from tests.reliability.phones import Phones, note
from tests.reliability.process import BotProcess
from tests.reliability.servers import Servers, Trap, listening

log = logging.getLogger(__name__)

AT_ONCE = 2
"""So many heads begin to report in each of its lives: work enough for its moment to come for certain."""
SEEDS = [int(seed) for seed in os.environ.get("BANJIE_KILL_SEEDS", "77").split(",")]
_LONGEST_LIFE = 60.0
"""Seconds in which its moment has to come; on a busy machine it takes some."""
_END_SECONDS = 120.0
MOMENTS = (
    ("fetching", "done", 0.0, 4),  # given to the bot, not stored
    ("fetching", "done", 0.01, 4),  # being stored
    ("acknowledging", "asked", 0.0, 4),  # stored, not acknowledged
    ("acknowledging", "done", 0.0, 4),  # acknowledged, being handled
    ("sendMessage", "asked", 0.0, 8),  # committed, not at Telegram
    ("sendMessage", "done", 0.0, 8),  # at Telegram, not marked
    ("editMessageText", "done", 0.0, 2),
    ("answerCallbackQuery", "done", 0.0, 4),
)
"""Each of them comes once in every run; the seed chooses the order, and the number of the call.

The last figure: so many such calls one report takes at the least, from the note to the last 同意.
"""
PEOPLE = AT_ONCE * len(MOMENTS)


async def _live_and_die(
    bot: BotProcess, servers: Servers, moment: tuple[str, str, float, int], chance: random.Random
) -> None:
    """Start the bot, and kill it when the moment comes; AssertionError if it does not come."""
    sprung = asyncio.Event()

    def spring() -> None:
        bot.kill()
        sprung.set()

    method, stage, delay, most = moment
    servers.asked.clear()
    servers.trap = Trap(method, stage, chance.randint(1, most), spring, delay)
    bot.start()
    await bot.until(servers.asked, unless=sprung)
    try:
        await asyncio.wait_for(sprung.wait(), _LONGEST_LIFE)
    except TimeoutError:
        pytest.fail(f"{method} {stage} did not come: nothing was killed there\n{bot.told()}")


async def _people_work(
    phones: Phones, roster: Roster, heads: list[Official], waves: asyncio.Semaphore
) -> None:
    """Each head reports as soon as a wave lets them; each leader approves what comes to them."""
    start = shanghai_day(real_now()) + timedelta(days=20)
    to_decide = Counter(roster.in_charge_of(head.unit) for head in heads)
    to_decide[roster.mayor] += len(heads)

    async def report(head: Official) -> None:
        await waves.acquire()
        deputy = roster.of(head.unit, Role.DEPUTY_HEAD)[0]
        await phones.report(head, note(start, start + timedelta(days=2), deputy))

    async with asyncio.TaskGroup() as group:
        for leader, count in to_decide.items():
            assert leader is not None
            group.create_task(phones.approve(leader, count, twice=leader is roster.mayor))
        for head in heads:
            group.create_task(report(head))


@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_is_lost_or_doubled_by_kills(database_url: str, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance to be repeated
    servers = Servers(seed)
    phones = Phones(servers)
    database = Database(database_url)
    await database.migrate()
    roster = await settle_in(Office(database, Settings(), real_now), servers, bound=lambda _: True)
    heads = roster.with_role(Role.UNIT_HEAD)[:PEOPLE]
    async with listening(servers) as base_url:
        bot = BotProcess(tmp_path, base_url, servers.token, database_url)
        try:
            waves = asyncio.Semaphore(0)
            people = asyncio.create_task(_people_work(phones, roster, heads, waves))
            for moment in chance.sample(MOMENTS, len(MOMENTS)):
                for _ in range(AT_ONCE):
                    waves.release()
                await _live_and_die(bot, servers, moment, chance)
            bot.start()
            async with asyncio.timeout(_END_SECONDS):
                await people
                while servers.waiting or not await is_quiet(database):
                    assert bot.ended is None, bot.told()
                    await asyncio.sleep(0.1)
            assert await bot.stop() == 0, bot.told()
        finally:
            bot.kill()

    await assert_nothing_lost(database, servers)
    books = await ledger(database)
    assert sorted(leave.applicant.id for leave in books.leaves) == sorted(head.id for head in heads)
    for leave in books.leaves:
        assert leave.state is LeaveState.APPROVED
        assert [approval.decision for approval in leave.approvals] == [Decision.AGREE] * 2
    assert books.decisions == {"roster.import": 1, "leave.submit": PEOPLE, "leave.agree": 2 * PEOPLE}
    assert set(phones.answered.values()) <= {1}
    assert set(phones.answered) == set(phones.pressed)
    repeated = await repeated_messages(database, servers)
    assert 0 <= repeated <= len(MOMENTS) * IN_FLIGHT
    for head in heads:
        _assert_told(servers, roster, head)
    assert "Traceback" not in bot.told()
    log.info("%s kills, %s messages sent, %s of them a second time", len(MOMENTS), servers.sends, repeated)
    await database.close()


def _assert_told(servers: Servers, roster: Roster, head: Official) -> None:
    """Everybody whom the leave concerns can read of it; at least once, after a kill perhaps twice."""

    def reads(chat: int, *words: str) -> bool:
        return any(all(word in view["text"] for word in words) for view in servers.history(chat))

    deputy = roster.of(head.unit, Role.DEPUTY_HEAD)[0]
    assert reads(account(head), "您的请假", "已同意")
    assert reads(account(head), f"{head.name}（{head.post_in_full}）请假", "，已批准")
    assert reads(account(deputy), f"{head.name}（{head.post_in_full}）外出", "由您代为主持工作")
    assert reads(group_chat(head.unit), f"{head.name}（{head.post_in_full}）外出", f"由{deputy.name}代为主持")
    for clerk in roster.desk:
        assert reads(account(clerk), f"{head.name}（{head.post_in_full}）请假", "，已批准")
    for leader in (roster.in_charge_of(head.unit), roster.mayor):
        assert leader is not None
        assert reads(account(leader), f"{head.name}（{head.post_in_full}）请假", "，已批准")
