"""A tap names the message it was made on: what the books know of that message, and what follows from it.

A send whose answer was lost is made again, and the books know the second copy only. The first tap on the
other one makes it known, so that it is edited like every copy of its card. What is refused to somebody whose
button it was not leaves a row in the audit, a few an hour for each person and nothing that they wrote.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from sqlalchemy import Row, bindparam, func, insert, select

from notices.notice import State, Urgency
from rules.refused import NOTED_AN_HOUR, NOTED_WITHIN
from rules.sentences.answers import Pressed
from storage import audit
from storage.copies import without_undo
from storage.outbox import Kind, row_of
from storage.tables import audit as audit_rows
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

_Found = Row[*tuple[Any, ...]]

REFUSED: Final = "tap.refused"
COPY: Final = "copy:"
"""How the key of an adopted copy's row begins: such a row tells of a message, and was never a send itself."""
_UNBOUND: Final = "未绑定的账号"
_MATTER: Final = re.compile(r"[a-z_.]{1,20}(?::\d{1,9})?(?=:|$)")
"""The part of a button's data that names a matter; whatever else somebody forged is not kept."""
_LOOKED_THROUGH: Final = 300
"""So many of a chat's latest rows are searched for the twin of a copy that is not known."""


class Breach(StrEnum):
    """Why a refused tap is noted."""

    STRANGER = "不在花名册或未绑定"
    FORGED = "按钮系捏造"
    NOT_THEIRS = "不是本人的按钮"


@dataclass(frozen=True)
class Tap:
    """Which account tapped which data under which message; the message may be one we never sent."""

    account: int
    data: str
    chat_id: int | None = None
    message_id: int | None = None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self | None:
        """The tap in an update as it came; None where it is none, or nobody's."""
        query = raw.get("callback_query")
        sender = query.get("from") if isinstance(query, dict) else None
        if not isinstance(query, dict) or not isinstance(sender, dict) or "id" not in sender:
            return None
        message = query.get("message")
        chat = message.get("chat") if isinstance(message, dict) else None
        return cls(
            int(sender["id"]),
            str(query.get("data") or ""),
            int(chat["id"]) if isinstance(chat, dict) and "id" in chat else None,
            int(message["message_id"]) if isinstance(message, dict) and "message_id" in message else None,
        )

    @property
    def own_chat(self) -> bool:
        """Whether it was made in the private chat of who tapped."""
        return self.chat_id == self.account


@dataclass(frozen=True)
class Shown:
    """A message as it looks by now: its text, its live buttons, the matter it is of and its card's name."""

    buttons: Sequence[Pressed]
    card: str
    matter: str
    subject: str
    text: str


async def shown_as(work: UnitOfWork, chat_id: int, message_id: int) -> Shown | None:
    """How the message looks that somebody points to; None where it is none of ours."""
    rows = await _shown(work, Tap(0, "", chat_id, message_id))
    if not rows:
        return None
    return _as_shown(rows[-1], rows[0].payload)


def _as_shown(sent: _Found, payload: Mapping[str, Any]) -> Shown:
    keys = (button for row in payload.get("keyboard") or () for button in row)
    buttons = [Pressed(key["text"], key["callback_data"]) for key in keys if key.get("callback_data")]
    matter = str(sent.payload.get("matter", ""))
    return Shown(buttons, sent.card or "", matter, sent.subject, str(payload["text"]))


async def cards_shown(work: UnitOfWork, cards: Sequence[str], since: datetime) -> list[Shown]:
    """How the messages of these cards look by now that were sent since that moment."""
    found = await work.session.execute(
        select(*(outbox.c[name] for name in ("id", "card", "payload", "subject"))).where(
            outbox.c.card.in_(cards), outbox.c.kind == Kind.MESSAGE, outbox.c.created_at >= since
        )
    )
    return [_as_shown(sent, (await _latest_edit(work, sent.id) or sent).payload) for sent in found.all()]


@dataclass(frozen=True)
class Copy:
    """A message that the books have just come to know, as the twin of one they knew."""

    row_id: int
    twin_id: int


async def adopt(work: UnitOfWork, tap: Tap) -> Copy | None:
    """Enter the tapped message where the books do not know it though its button is one of theirs.

    From then on it is a copy of its twin's card. To be called before the tap is handled. While the twin's own
    message is not written down yet nothing is entered: the tap may have been quicker than the mark, and one
    message would stand in the books twice. A real copy is then entered with the next tap on it.
    """
    if tap.message_id is None or await _known(work, tap):
        return None
    twin = await _twin(work, tap)
    return await _enter(work, tap, twin) if twin is not None and not _may_be(twin, tap) else None


async def _enter(work: UnitOfWork, tap: Tap, twin: _Found) -> Copy | None:
    row = row_of(
        Kind.MESSAGE,
        once=f"{COPY}{tap.chat_id}:{tap.message_id}",
        payload={key: twin.payload[key] for key in ("text", "keyboard") if key in twin.payload},
        chat_id=tap.chat_id,
        official_id=twin.official_id,
        card=twin.card,
    )
    sent = {**row, "state": State.SENT, "message_id": tap.message_id}
    entered = insert(outbox).values(**sent, created_at=work.now, sent_at=work.now).returning(outbox.c.id)
    id = await work.session.scalar(entered)
    return Copy(id, twin.id) if id is not None else None


async def put_right(work: UnitOfWork, copy: Copy) -> None:
    """Edit the copy to look as its twin does by now, unless what the tap did has already seen to it."""
    if await _latest_edit(work, copy.row_id) is not None:
        return
    edit = await _latest_edit(work, copy.twin_id)
    if edit is not None:
        await _edit(work, copy.row_id, edit)


async def _edit(work: UnitOfWork, row_id: int, like: _Found) -> None:
    """Without the other's [撤销]: that one alone is taken away when its time is over."""
    row = row_of(
        Kind.EDIT,
        once=work.next_key(),
        payload={**like.payload, **without_undo(like.payload)},
        chat_id=like.chat_id,
        official_id=like.official_id,
        target_id=row_id,
        urgency=Urgency.ANSWER,
    )
    await work.queue([row])


async def refused(work: UnitOfWork, tap: Tap, *, stranger: bool) -> None:
    """After a refusal, in its own unit of work: the message is put right, and a breach noted in the audit.

    Right is also put what is known and bears the button still because its last edit was given up. Each
    question is put to the tables once: the message with its edits first, its twin only where it is not known.
    """
    shown = await _shown(work, tap)
    row_id: int | None = None
    edit: _Found | None = None
    if shown:
        theirs = any(_bears(row.payload, tap.data) for row in shown)
        latest = next((row for row in shown if row.target_id is not None), None)
        if latest is not None and latest.state is State.FAILED:
            row_id, edit = latest.target_id, latest
    else:
        twin = await _twin(work, tap)
        theirs = twin is not None
        if twin is not None:
            row_id, edit = await _of_twin(work, tap, twin)
    if edit is not None and row_id is not None:
        await _edit(work, row_id, edit)
    if stranger:
        await _note(work, tap, Breach.STRANGER)
    elif not theirs:
        await _note(work, tap, Breach.FORGED)
    elif not tap.own_chat:
        await _note(work, tap, Breach.NOT_THEIRS)


async def _of_twin(work: UnitOfWork, tap: Tap, twin: _Found) -> tuple[int | None, _Found | None]:
    """The row that is to be edited, and like what: a copy becomes known, and looks as its twin does.

    Where the row may be that of the tapped message, not marked yet, only an edit that was given up is made
    good.
    """
    edit = await _latest_edit(work, twin.id)
    if _may_be(twin, tap):
        return twin.id, edit if edit is not None and edit.state is State.FAILED else None
    copy = await _enter(work, tap, twin)
    return (copy.row_id if copy else None), edit


# ---------------------------------------------------------------- what the books know


_ROW = (
    select(outbox.c.id)
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.message_id == bindparam("message"))
    .order_by(outbox.c.id)
    .limit(1)
)
"""The row of the message; where a kill left two copies known, any of them."""


async def _known(work: UnitOfWork, tap: Tap) -> bool:
    """Whether a row of the books is of the message: all that is asked at a tap which goes well."""
    if tap.chat_id is None or tap.message_id is None:
        return False
    return await work.session.scalar(_ROW, {"chat": tap.chat_id, "message": tap.message_id}) is not None


async def _shown(work: UnitOfWork, tap: Tap) -> Sequence[_Found]:
    """The message as it was sent and as it was edited, the latest first; nothing where it is not known."""
    if tap.chat_id is None or tap.message_id is None:
        return ()
    row = _ROW.scalar_subquery()
    rows = await work.session.execute(
        select(
            outbox.c.id,
            outbox.c.target_id,
            outbox.c.payload,
            outbox.c.chat_id,
            outbox.c.official_id,
            outbox.c.state,
            outbox.c.card,
            outbox.c.subject,
        )
        .where(
            outbox.c.chat_id == tap.chat_id,
            (outbox.c.id == row) | ((outbox.c.target_id == row) & (outbox.c.kind == Kind.EDIT)),
        )
        .order_by(outbox.c.id.desc()),
        {"chat": tap.chat_id, "message": tap.message_id},
    )
    return rows.all()


async def _twin(work: UnitOfWork, tap: Tap) -> _Found | None:
    """The latest message of this chat that bears the button, or bore it, and is more than a passing word."""
    columns = [
        outbox.c[name]
        for name in ("id", "target_id", "payload", "official_id", "card", "state", "message_id")
    ]
    latest = await work.session.execute(
        select(*columns)
        .where(outbox.c.chat_id == tap.chat_id, outbox.c.kind.in_([Kind.MESSAGE, Kind.EDIT]))
        .order_by(outbox.c.id.desc())
        .limit(_LOOKED_THROUGH)
    )
    rows = latest.all()
    bearing = next((row for row in rows if _bears(row.payload, tap.data)), None)
    if bearing is None:
        return None
    id = bearing.target_id or bearing.id
    twin = next((row for row in rows if row.id == id), None)
    if twin is None:
        twin = (await work.session.execute(select(*columns).where(outbox.c.id == id))).one()
    edited = any(row.target_id == id for row in rows)
    return twin if twin.card or edited else None


def _may_be(row: _Found, tap: Tap) -> bool:
    """Whether the row may be that of the tapped message itself: sent, and not marked before it was tapped."""
    return bool(row.state is State.WAITING or row.message_id == tap.message_id)


async def _latest_edit(work: UnitOfWork, row_id: int) -> _Found | None:
    edits = await work.session.execute(
        select(outbox.c.payload, outbox.c.chat_id, outbox.c.official_id, outbox.c.state)
        .where(
            outbox.c.target_id == row_id,
            outbox.c.kind == Kind.EDIT,
            outbox.c.chat_id == select(outbox.c.chat_id).where(outbox.c.id == row_id).scalar_subquery(),
        )
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return edits.one_or_none()


def _bears(payload: Mapping[str, Any], data: str) -> bool:
    rows = payload.get("keyboard") or ()
    return any(button.get("callback_data") == data for row in rows for button in row)


# ---------------------------------------------------------------- the audit


async def _note(work: UnitOfWork, tap: Tap, breach: Breach) -> None:
    """One row, as long as this account has not filled its hour; the last one says that it is the last."""
    subject = f"tap:{tap.account}"
    count = await work.session.scalar(
        select(func.count())
        .select_from(audit_rows)
        .where(
            audit_rows.c.subject == subject,
            audit_rows.c.action == REFUSED,
            audit_rows.c.at > work.now - NOTED_WITHIN,
        )
    )
    if (count or 0) >= NOTED_AN_HOUR:
        return
    official = None if breach is Breach.STRANGER else await work.official(tap.account)
    matter = _MATTER.match(tap.data)
    detail = {"why": str(breach), "matter": matter[0] if matter else ""}
    if (count or 0) == NOTED_AN_HOUR - 1:
        detail["further"] = "一小时内不再逐条记录"
    entry = audit.Entry(
        at=work.now,
        actor_id=official.id if official else None,
        actor=official.titled if official else _UNBOUND,
        acting_for=None,
        action=REFUSED,
        subject=subject,
        article=None,
        update_id=work.update_id,
        detail=detail,
    )
    await audit.append(work.session, entry)
