"""What a notice's rows make ring, and how long they wait, by what its reader has chosen (rules/quiet/)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import update

from notices.notice import Notice, State, Urgency
from rules.quiet.choice import Call, Choice, rings, waits
from rules.roster import Official
from storage.outbox import rows_of
from storage.tables import outbox

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

DIGEST: Final = "quiet.digest"
"""The timer by which what waits for a person's digest is let out; its subject is the official."""

_AT_ONCE: Final = timedelta(minutes=1)
"""So soon after what somebody has tapped or written the answer needs no sound."""


async def rows_to_send(work: "UnitOfWork", notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Their rows; what waits for a digest is held, and the clock will let it out."""
    return [row for notice in notices for row in await _rows(work, notice)]


async def _rows(work: "UnitOfWork", notice: Notice) -> list[dict[str, Any]]:
    once, to = notice.once or work.next_key(), notice.to
    if to is work.actor:
        # They wait for it, the chat before them; where it comes late they do not any more.
        at_once = work.now - work.acted_at < _AT_ONCE
        return rows_of(replace(notice, urgency=Urgency.ANSWER), once, silent=at_once)
    call = notice.call
    if call in (Call.ANSWER, Call.URGENT):
        return rows_of(notice, once)
    calendar, settings = await work.calendar(), work.office.settings
    choice = to.quiet if isinstance(to, Official) else Choice.ACTS
    # What has a period begin, and what gathers others already, waits for nothing.
    if isinstance(to, Official) and to.telegram_id and not (notice.receipt or notice.bundle):
        digest = settings.quiet.next_digest(calendar, work.now)
        if waits(call, choice, notice.until, digest):
            await work.timer(DIGEST, to.id, max(digest, work.now))
            return rows_of(notice, once, silent=not rings(call, choice, at_work=True), waits=digest)
    opening = settings.hours.next_opening(calendar, work.now)
    late = notice.until is not None and notice.until <= opening
    return rows_of(
        notice,
        once,
        silent=not rings(call, choice, at_work=opening == work.now, comes_too_late=late),
    )


async def let_go(work: "UnitOfWork", official: Official) -> None:
    """They want no digest any more: what has gathered comes now."""
    gathered = (outbox.c.state == State.HELD) & (outbox.c.official_id == official.id)
    for row in await work.session.execute(outbox.select().where(gathered)):
        payload = {key: value for key, value in row.payload.items() if key != "waits"}
        await work.session.execute(update(outbox).where(outbox.c.id == row.id).values(payload=payload))
    await work.timer(DIGEST, official.id, work.now)
