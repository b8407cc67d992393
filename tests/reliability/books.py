"""What must be true of the office's books at the end of every test here, whatever happened before."""

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.sandbox.telegram import LocalTelegram
from notices.notice import State
from rules.leave.matter import Leave
from storage.audit import verify
from storage.database import Database
from storage.outbox import Kind
from storage.tables import audit, inbox, outbox
from storage.tables.leave import leaves
from storage.taps import COPY


async def is_quiet(database: Database) -> bool:
    """Whether nothing waits in the inbox or the outbox."""
    async with database.session() as session:
        unread = await session.scalar(select(func.count()).where(inbox.c.done_at.is_(None)))
        unsent = await session.scalar(select(func.count()).where(outbox.c.state == State.WAITING))
    return unread == unsent == 0


async def assert_nothing_lost(database: Database, telegram: LocalTelegram) -> None:
    """Everything taken in was handled, everything to be told stands on a phone, the audit is whole."""
    async with database.session() as session:
        assert await session.scalar(select(func.count()).where(inbox.c.done_at.is_(None))) == 0
        assert await session.scalar(select(func.count()).where(inbox.c.failed.is_(True))) == 0
        bad = select(outbox.c.kind, outbox.c.state, outbox.c.error).where(
            outbox.c.state.in_([State.WAITING, State.FAILED])
        )
        assert (await session.execute(bad)).all() == []
        taken_away = select(outbox.c.target_id).where(
            outbox.c.kind == Kind.REMOVAL, outbox.c.target_id.is_not(None)
        )
        stands = await session.execute(
            select(outbox.c.chat_id, outbox.c.message_id).where(
                outbox.c.kind == Kind.MESSAGE,
                outbox.c.state == State.SENT,
                outbox.c.id.not_in(taken_away),  # an answered question of a form
            )
        )
        for chat_id, message_id in stands:
            assert any(view["message_id"] == message_id for view in telegram.history(chat_id))
        ids = (outbox.c.chat_id, outbox.c.message_id)
        twice = select(*ids).where(outbox.c.message_id.is_not(None)).group_by(*ids).having(func.count() > 1)
        assert (await session.execute(twice.where(outbox.c.kind == Kind.MESSAGE))).all() == []
        verdict = await verify(session)
    assert verdict.fault == ""


async def repeated_messages(database: Database, telegram: LocalTelegram) -> int:
    """How many of the bot's messages on the phones are a second copy of one the books know as sent.

    A copy that a tap made known remains one: its row tells of a message and was never a send.
    """
    async with database.session() as session:
        known = await session.scalar(
            select(func.count()).where(
                outbox.c.kind == Kind.MESSAGE,
                outbox.c.state == State.SENT,
                outbox.c.once.not_like(f"{COPY}%"),
            )
        )
    shown = sum(
        view["sender"]["is_bot"] and not view["service"]
        for chat in telegram.chats()
        for view in telegram.history(chat["id"])
    )
    return shown - (known or 0)


@dataclass(frozen=True)
class Ledger:
    """The leaves as they are stored, and how often each kind of decision stands in the audit."""

    leaves: list[Leave]
    decisions: dict[str, int]


async def ledger(database: Database) -> Ledger:
    """Read it."""
    async with database.session() as session:
        found = (await session.scalars(select(Leave).order_by(leaves.c.id))).all()
        counted = await session.execute(select(audit.c.action, func.count()).group_by(audit.c.action))
        return Ledger(list(found), {row[0]: row[1] for row in counted})
