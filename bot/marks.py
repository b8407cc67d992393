"""What became of rows of the outbox, written down in one transaction for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from matters import group_refusal, reach, unreached
from notices.notice import State
from storage import held
from storage.outbox import Kind, OutboxRow
from storage.receipt import RECEIPT
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

_WRITE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("fate"),
        sent_at=bindparam("at"),
        message_id=bindparam("message"),
        error=bindparam("why"),
        message_ids=bindparam("messages"),
    )
)


@dataclass(frozen=True)
class Mark:
    """One row's fate; `message_id` where it is a message, `error` where something was said against it.

    `message_ids` are those of an album's files, None for one that Telegram did not take.
    """

    outbox_row: OutboxRow
    state: State
    sent_at: datetime | None = None
    message_id: int | None = None
    error: str | None = None
    message_ids: Sequence[int | None] | None = None

    @property
    def reached_nobody(self) -> bool:
        """Whether somebody else has to be told of it."""
        return (
            self.state is State.FAILED
            and self.outbox_row.official_id is not None
            and self.outbox_row.subject != ""
        )

    @property
    def wanted(self) -> bool:
        """Whether the matter itself has to know of it, or it is a reminder that now counts or does not."""
        heard = self.outbox_row.receipt is not None or self.outbox_row.reminds is not None
        return heard and self.state in (State.SENT, State.FAILED)


async def _shares(work: UnitOfWork, mark: Mark) -> list[Mark]:
    return [
        Mark(one, mark.state, mark.sent_at, error=mark.error)
        for one in await held.within(work.session, mark.outbox_row.payload["bundle"])
    ]


def _files(payload: Mapping[str, Any]) -> list[str]:
    """The ids of the files that a row's payload bears."""
    file = payload.get("file")
    return [one["file_id"] for one in payload.get("files", [file] if file else [])]


async def _as_they_stand(work: UnitOfWork, marks: Sequence[Mark]) -> list[Mark]:
    """The marks; a file taken out of its row while it was on its way is taken out of the chat, too."""
    sent = {
        mark.outbox_row.id: mark
        for mark in marks
        if mark.state is State.SENT and mark.message_id and _files(mark.outbox_row.payload)
    }
    if not sent:
        return list(marks)
    theirs = select(outbox.c.id, outbox.c.payload).where(outbox.c.id.in_(sent))
    stored = theirs.order_by(outbox.c.id).with_for_update()  # in the order in which files are recalled
    for row in (await work.session.execute(stored)).all():
        mark, left = sent[row.id], _files(row.payload)
        messages = mark.message_ids or [mark.message_id]
        lost = [
            id for file, id in zip(_files(mark.outbox_row.payload), messages, strict=True) if file not in left
        ]
        if lost:
            kept = [id for id in messages if id not in lost]
            fate = State.SENT if kept else State.DROPPED
            sent[row.id] = replace(mark, state=fate, message_ids=kept)
            for id in filter(None, lost):
                await work.remove(mark.outbox_row.chat_id or 0, id)
    return [sent.get(mark.outbox_row.id, mark) for mark in marks]


async def write(work: UnitOfWork, marks: Sequence[Mark]) -> None:
    """Write them down, and pass on what reached nobody; what stood in a bundle shares its fate."""
    marks = await _as_they_stand(work, marks)
    marks = [
        *marks,
        *[share for mark in marks if mark.outbox_row.is_bundle for share in await _shares(work, mark)],
    ]
    told = [mark for mark in marks if mark.reached_nobody or mark.wanted]
    if told:
        # Not what was passed on before, in a transaction that went well and whose answer was lost.
        rows = select(outbox.c.id).where(
            outbox.c.id.in_([mark.outbox_row.id for mark in told]),
            outbox.c.state.in_([State.WAITING, State.BUNDLED]),
        )
        waiting = set(await work.session.scalars(rows))
        told = [mark for mark in told if mark.outbox_row.id in waiting]
    await work.session.execute(
        _WRITE,
        [
            {
                "row": mark.outbox_row.id,
                "fate": mark.state,
                "at": mark.sent_at,
                "message": mark.message_id,
                "why": mark.error,
                "messages": mark.message_ids,
            }
            for mark in marks
        ],
    )
    for mark in marks:
        if mark.outbox_row.kind is Kind.FALLBACK:
            await reach.channel_settled(work, mark.outbox_row.id)
    for mark in marks:
        if (
            mark.outbox_row.is_group
            and mark.outbox_row.kind is Kind.MESSAGE
            and mark.outbox_row.chat_id is not None
        ):
            if mark.state is State.SENT:
                await group_refusal.taken(work, mark.outbox_row.chat_id)
            elif mark.state is State.FAILED:
                await group_refusal.refused(work, mark.outbox_row, mark.error or "")
    for mark in told:
        outbox_row = mark.outbox_row
        if mark.wanted:
            # In a transaction of its own: a fault there must not keep what was sent from being marked.
            await work.timer(RECEIPT, outbox_row.id, work.now)
        if mark.reached_nobody:
            await unreached.pass_on(work, outbox_row)
