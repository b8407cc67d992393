"""What was said on a matter goes out with every card that shows it, whoever draws the card."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from notices.notice import Notice, matter_of
from notices.remarks import below
from rules.roster import Official
from storage.statements import REMARKS

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


async def beneath(work: "UnitOfWork", cards: Iterable[str]) -> dict[str, Markup]:
    """What stands beneath each of these cards; read once in a unit of work for each matter."""
    of = {card: subject for card in cards if (subject := matter_of(card))}
    unread = sorted(set(of.values()) - work.remarks.keys())
    if unread:
        work.remarks.update({subject: [] for subject in unread})
        for one in await work.session.scalars(REMARKS, {"subjects": unread}):
            work.remarks[one.subject].append(one)
    said = {card: [one for one in work.remarks[of[card]] if one.stands_on(card)] for card in of}
    return {card: below(remarks) for card, remarks in said.items() if remarks}


async def with_remarks(work: "UnitOfWork", notices: Sequence[Notice]) -> Sequence[Notice]:
    """The same notices, each card of a person with what was said on it."""
    cards = [one.card for one in notices if one.card and isinstance(one.to, Official)]
    said = await beneath(work, cards)
    if not said:
        return notices
    return [
        replace(one, beneath=said[one.card])
        if one.card in said and isinstance(one.to, Official) and one.attachment is None
        else one
        for one in notices
    ]
