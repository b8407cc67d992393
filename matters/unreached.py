"""Whom Telegram does not reach: the next in line and the office hear of it, once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from matters import reach as reach_matter
from notices.notice import Notice, State
from notices.unreached import LOOK_AGAIN, PATIENCE, UNREACHED, texts
from rules.roster import Official, Roster
from rules.working_days import shanghai_day
from storage.elsewhere import send_elsewhere
from storage.outbox import OutboxRow
from storage.queries import sent
from storage.queries.countersign.clock import is_consultation
from storage.unit_of_work import UnitOfWork


async def pass_on(work: UnitOfWork, outbox_row: OutboxRow) -> None:
    """Tell whoever is next in line and can be reached, and the whole office desk.

    The notices bear no subject, so one that cannot be delivered either is not passed on again. Where a
    request to call back did not arrive, the desk has its own card with the number on it. What is no news is
    only passed on where the desk was not told yet that this matter does not reach the person.
    """
    roster = await work.roster()
    missed = roster.by_id(outbox_row.official_id)
    if missed is None:
        return
    before = await _lost_before(work, outbox_row)
    if await _desk_told(work, before):
        return
    near_text, _ = texts([missed], [outbox_row.subject])
    near = next((one for one in roster.next_in_line(missed) if one.telegram_id), None)
    if (
        near
        and near not in roster.desk
        and not await sent.any_taken(work, [_key(row.id, near) for row in before])
    ):
        await work.send(Notice(near, near_text, once=_key(outbox_row.id, near), asks=True))
    if await reach_matter.not_delivered(work, outbox_row.id):
        return
    if not await is_consultation(
        work, outbox_row.id
    ):  # whose clock needs the proof: the desk hears it from there
        await tell_desk(work, outbox_row.id)
    await _elsewhere(work, missed)


async def tell_desk(work: UnitOfWork, row_id: int) -> None:
    """One message to the desk for everybody of the unit whom what was sent at one instant did not reach.

    While some of them have not been tried yet it is put off, for ten minutes at most: a row that Telegram
    keeps waiting must not keep the desk from hearing of those it refused.
    """
    row = await sent.row_of_id(work, row_id)
    roster = await work.roster()
    missed = roster.by_id(row.official_id)
    if missed is None:
        return
    late = work.now - row.created_at >= PATIENCE
    same = [row] if late else await sent.sent_at_once(work, row)
    if any(one.state in (State.HELD, State.BUNDLED, State.WAITING) for one in same):
        await work.timer(UNREACHED, row_id, work.now + LOOK_AGAIN)
        return
    lost = [one for one in same if one.state is State.FAILED]
    for one in lost:
        await work.drop_timers(UNREACHED, one.id)
    news = [one for one in lost if not await _known(work, one)]
    people = [one for one in dict.fromkeys(roster.by_id(each.official_id) for each in news) if one]
    if people:
        await _tell(work, roster, people, news)


async def _tell(
    work: UnitOfWork, roster: Roster, people: Sequence[Official], lost: Sequence[Row[Any]]
) -> None:
    _, text = texts(people, list(dict.fromkeys(one.subject for one in lost)))
    await work.send(
        *(
            Notice(clerk, text, once=_key(lost[-1].id, clerk), asks=True)
            for clerk in roster.desk
            if clerk.telegram_id and clerk not in people
        )
    )


async def _known(work: UnitOfWork, row: Row[Any]) -> bool:
    """Whether the desk was told of this very row, or that its matter does not reach the person."""
    return await _desk_told(work, [row, *await _lost_before(work, OutboxRow.of(row))])


async def _lost_before(work: UnitOfWork, outbox_row: OutboxRow) -> Sequence[Row[Any]]:
    """What of the same matter was lost on the person before, since anything reached them last.

    A card that asks for something (meeting:7:excuse:12) is of the matter for the words that follow it,
    and by itself against what was lost before it: the desk has to know of each decision that waits.
    Nothing where it is of no matter, or is news: what is new to the person is new to the desk.
    """
    if not outbox_row.matter or outbox_row.is_news:
        return []
    failed = await sent.lost_since_reached(work, outbox_row)
    return [row for row in failed if f"{OutboxRow.of(row).matter}:".startswith(f"{outbox_row.matter}:")]


async def _desk_told(work: UnitOfWork, lost: Sequence[Row[Any]]) -> bool:
    """Whether a message to the desk, not lost itself, says that one of these did not arrive.

    Such a message bears the number of the last row that it tells of.
    """
    desk = (await work.roster()).desk
    for row in lost:
        later = [one.id for one in await sent.sent_at_once(work, row) if one.id >= row.id]
        if await sent.any_taken(work, [_key(id, clerk) for id in later for clerk in desk]):
            return True
    return False


def _key(row_id: int, to: Official) -> str:
    return f"unreached:{row_id}:{to.id}"


async def _elsewhere(work: UnitOfWork, missed: Official) -> None:
    """A word to the person themselves through their own other channels, without any details, once a day."""
    once = f"unreached:{missed.id}:{shanghai_day(work.now)}"
    if await sent.is_used(work, f"{once}:0"):
        return
    office = work.office.settings.office_name
    text = f"{missed.titled}：{office}有事项请您办理，请打开值班机器人查看，或致电办公室。"
    await send_elsewhere(work, missed, missed.phone, "有事项请您办理", text, once=once, only_personal=True)
