"""Whom Telegram does not reach: the next in line and the office hear of it, once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from matters import reach as reach_reach
from notices.notice import Notice, State
from notices.unreached import LOOK_AGAIN, PATIENCE, UNREACHED, texts
from rules.roster import Official, Roster
from rules.working_days import shanghai_day
from storage.elsewhere import send_elsewhere
from storage.outbox import Kind, Parcel
from storage.queries.countersign.clock import is_consultation
from storage.tables import officials, outbox
from storage.work import Work


async def pass_on(work: Work, parcel: Parcel) -> None:
    """Tell whoever is next in line and can be reached, and the whole office desk.

    The notices bear no subject, so one that cannot be delivered either is not passed on again. Where a
    request to call back did not arrive, the desk has its own card with the number on it. What is no news is
    only passed on where the desk was not told yet that this matter does not reach the person.
    """
    roster = await work.roster()
    missed = roster.by_id(parcel.official_id)
    if missed is None:
        return
    before = await _lost_before(work, parcel)
    if await _desk_told(work, before):
        return
    near_text, _ = texts([missed], parcel.subject)
    near = next((one for one in roster.next_in_line(missed) if one.telegram_id), None)
    if near and near not in roster.desk and not await _taken(work, [_key(row.id, near) for row in before]):
        await work.send(Notice(near, near_text, once=_key(parcel.id, near)))
    if await reach_reach.not_delivered(work, parcel.id):
        return
    if not await is_consultation(
        work, parcel.id
    ):  # whose clock needs the proof: the desk hears it from there
        await tell_desk(work, parcel.id)
    await _elsewhere(work, missed)


async def tell_desk(work: Work, row_id: int) -> None:
    """One message to the desk for everybody of the unit whom the same word, sent at once, did not reach.

    While some of them have not been tried yet it is put off, for ten minutes at most: a row that Telegram
    keeps waiting must not keep the desk from hearing of those it refused.
    """
    row = (await work.session.execute(select(outbox).where(outbox.c.id == row_id))).one()
    roster = await work.roster()
    missed = roster.by_id(row.official_id)
    if missed is None:
        return
    late = work.now - row.created_at >= PATIENCE
    same = [row] if late else (await work.session.execute(_same(row))).all()
    if any(one.state is State.WAITING for one in same):
        await work.timer(UNREACHED, row_id, work.now + LOOK_AGAIN)
        return
    lost = [one for one in same if one.state is State.FAILED]
    for one in lost:
        await work.drop_timers(UNREACHED, one.id)
    people = [
        roster.by_id(one.official_id)
        for one in lost
        if not await _desk_told(work, await _lost_before(work, Parcel.of(one)))
    ]
    await _tell(work, roster, [one for one in dict.fromkeys(people) if one], row.subject, lost[0].id)


async def _tell(work: Work, roster: Roster, people: Sequence[Official], subject: str, first: int) -> None:
    _, text = texts(people, subject)
    told = [
        Notice(clerk, text, once=_key(first, clerk))
        for clerk in roster.desk
        if clerk.telegram_id and clerk not in people
    ]
    keys = select(outbox.c.once).where(outbox.c.once.in_([one.once for one in told]))
    before = set(await work.session.scalars(keys))
    if people:
        await work.send(*(one for one in told if one.once not in before))


async def _lost_before(work: Work, parcel: Parcel) -> Sequence[Row[Any]]:
    """What of the same matter was lost on the person before, since anything reached them last.

    A card that asks for something (meeting:7:excuse:12) is of the matter for the words that follow it,
    and by itself against what was lost before it: the desk has to know of each decision that waits.
    Nothing where it is of no matter, or is news: what is new to the person is new to the desk.
    """
    if not parcel.matter or parcel.is_news:
        return []
    own = outbox.c.chat_id == parcel.chat_id if parcel.chat_id is not None else outbox.c.chat_id.is_(None)
    earlier = own & (outbox.c.official_id == parcel.official_id) & (outbox.c.id < parcel.id)
    reached = await work.session.scalar(
        select(func.max(outbox.c.id)).where(
            earlier, outbox.c.kind == Kind.MESSAGE, outbox.c.state == State.SENT
        )
    )
    failed = await work.session.execute(
        select(outbox).where(
            earlier, outbox.c.id > (reached or 0), outbox.c.state == State.FAILED, outbox.c.subject != ""
        )
    )
    return [row for row in failed.all() if f"{Parcel.of(row).matter}:".startswith(f"{parcel.matter}:")]


async def _desk_told(work: Work, lost: Sequence[Row[Any]]) -> bool:
    """Whether a message to the desk, not lost itself, says that one of these did not arrive."""
    desk = (await work.roster()).desk
    for row in lost:
        together = await work.session.scalars(_same(row).with_only_columns(outbox.c.id))
        if await _taken(work, [_key(id, clerk) for id in together.all() for clerk in desk]):
            return True
    return False


async def _taken(work: Work, keys: Sequence[str]) -> bool:
    """Whether a message with one of these keys was sent, or waits to be."""
    found = select(outbox.c.id).where(outbox.c.once.in_(keys), outbox.c.state != State.FAILED)
    return await work.session.scalar(found.limit(1)) is not None


def _key(row_id: int, to: Official) -> str:
    return f"unreached:{row_id}:{to.id}"


def _same(row: Row[Any]) -> Select[Any]:
    """The rows of the same word, sent at once, to everybody of the unit."""
    unit = select(officials.c.unit_id).where(officials.c.id == row.official_id).scalar_subquery()
    return (
        select(outbox)
        .join(officials, officials.c.id == outbox.c.official_id)
        .where(
            outbox.c.created_at == row.created_at,
            outbox.c.subject == row.subject,
            outbox.c.kind == Kind.MESSAGE,
            officials.c.unit_id == unit,
        )
        .order_by(outbox.c.id)
    )


async def _elsewhere(work: Work, missed: Official) -> None:
    """A word to the person himself through his own other channels, without any details, once a day."""
    once = f"unreached:{missed.id}:{shanghai_day(work.now)}"
    if await work.session.scalar(select(outbox.c.id).where(outbox.c.once == f"{once}:0")):
        return
    office = work.office.settings.office_name
    text = f"{missed.titled}：{office}有事项请您办理，请打开值班机器人查看，或致电办公室。"
    await send_elsewhere(work, missed, missed.phone, "有事项请您办理", text, once=once, only_personal=True)
