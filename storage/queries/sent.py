"""What has been put into the outbox before."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from notices.notice import Notice
from storage.tables import outbox
from storage.work import Work


async def not_yet(work: Work, notices: Iterable[Notice]) -> list[Notice]:
    """Those whose key (`once`) was never used: what goes out once a morning is looked at more often."""
    every = list(notices)
    keys = [one.once for one in every]
    told = set(await work.session.scalars(select(outbox.c.once).where(outbox.c.once.in_(keys))))
    return [one for one in every if one.once not in told]


async def is_retired(work: Work, chat_id: int, message_id: int) -> bool:
    """Whether its card was forgotten (`Work.retire`): what the message shows does not hold any more."""
    forgotten = exists().where(
        outbox.c.chat_id == chat_id, outbox.c.message_id == message_id, outbox.c.card.is_(None)
    )
    return bool(await work.session.scalar(select(forgotten)))
