"""What was said on a matter goes out with every card that shows it, whoever draws the card."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import Notice, matter_of
from notices.remarks import below
from rules.remarks.remark import Remark
from rules.roster import Official
from storage.statements import REMARKS


async def beneath(session: AsyncSession, cards: Iterable[str]) -> dict[str, Markup]:
    """What stands beneath each of these cards, where anything does."""
    of = {card: matter_of(card) for card in cards}
    subjects = sorted({subject for subject in of.values() if subject})
    if not subjects:
        return {}
    found: Sequence[Remark] = (await session.scalars(REMARKS, {"subjects": subjects})).all()
    if not found:
        return {}
    said = {card: [one for one in found if one.subject == of[card] and one.stands_on(card)] for card in of}
    return {card: below(remarks) for card, remarks in said.items() if remarks}


async def with_remarks(session: AsyncSession, notices: Sequence[Notice]) -> Sequence[Notice]:
    """The same notices, each card of a person with what was said on it."""
    cards = [one.card for one in notices if one.card and isinstance(one.to, Official)]
    said = await beneath(session, cards)
    if not said:
        return notices
    return [
        replace(one, beneath=said[one.card])
        if one.card in said and isinstance(one.to, Official) and one.attachment is None
        else one
        for one in notices
    ]
