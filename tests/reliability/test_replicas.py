"""Two processes share the work on one PostgreSQL, and each is killed in turn while an office works."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

from bot.clock import real_now
from bot.delivery import IN_FLIGHT
from bot.sandbox.house import settle_in
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

PEOPLE = 6
_END_SECONDS = 120.0


async def _office_works(phones: Phones, roster: Roster, heads: list[Official]) -> None:
    """The heads report one after the other, and whoever approves does so as it comes."""
    start = shanghai_day(real_now()) + timedelta(days=20)
    to_decide = Counter(roster.in_charge_of(head.unit) for head in heads)
    to_decide[roster.mayor] += len(heads)
    async with asyncio.TaskGroup() as group:
        for leader, count in to_decide.items():
            assert leader is not None
            group.create_task(phones.approve(leader, count))
        for head in heads:
            deputy = roster.of(head.unit, Role.DEPUTY_HEAD)[0]
            group.create_task(phones.report(head, note(start, start + timedelta(days=2), deputy)))


async def _helps(bot: BotProcess) -> None:
    """Wait until it is up, and another one is on duty."""
    async with asyncio.timeout(_END_SECONDS):
        while "helping, and ready to take over" not in bot.told():
            assert bot.ended is None, bot.told()
            await asyncio.sleep(0.05)


async def _killed(servers: Servers, bot: BotProcess, sends: int) -> None:
    """The process that sends is ended amid the `sends`-th message from now."""
    gone = asyncio.Event()

    def spring() -> None:
        bot.kill()
        gone.set()

    servers.trap = Trap("sendMessage", "done", sends, spring)
    async with asyncio.timeout(_END_SECONDS):
        await gone.wait()


async def test_each_is_killed_in_turn_and_nothing_is_lost_or_doubled(
    postgres_url: str, tmp_path: Path
) -> None:
    servers = Servers(3)
    phones = Phones(servers)
    database = Database(postgres_url)
    await database.migrate()
    roster = await settle_in(Office(database, Settings(), real_now), servers, bound=lambda _: True)
    heads = roster.with_role(Role.UNIT_HEAD)[:PEOPLE]
    async with listening(servers) as base_url:
        one, other = (
            BotProcess(tmp_path / name, base_url, servers.token, postgres_url, replicas=True)
            for name in ("one", "other")
        )
        try:
            one.start()
            await one.until(servers.asked, unless=asyncio.Event())
            other.start()
            await _helps(other)
            half = PEOPLE // 2
            people = [asyncio.create_task(_office_works(phones, roster, heads[:half]))]
            await _killed(servers, one, 6)
            servers.asked.clear()
            await servers.asked.wait()  # the other one has taken over, and polls
            one.start()
            await _helps(one)
            people.append(asyncio.create_task(_office_works(phones, roster, heads[half:])))
            await _killed(servers, other, 6)
            async with asyncio.timeout(_END_SECONDS):
                await asyncio.gather(*people)
                while servers.waiting or not await is_quiet(database):
                    assert one.ended is None, one.told()
                    await asyncio.sleep(0.1)
            assert await one.stop() == 0, one.told()
        finally:
            one.kill()
            other.kill()
    await assert_nothing_lost(database, servers)
    books = await ledger(database)
    assert sorted(leave.applicant.id for leave in books.leaves) == sorted(head.id for head in heads)
    for leave in books.leaves:
        assert leave.state is LeaveState.APPROVED
        assert [approval.decision for approval in leave.approvals] == [Decision.AGREE] * 2
    assert set(phones.answered) == set(phones.pressed)
    assert await repeated_messages(database, servers) <= 2 * IN_FLIGHT
    assert "Traceback" not in one.told() + other.told()
