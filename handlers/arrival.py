"""Who can be reached at last has at once what waits for them: bound later, or no longer blocking the bot.

What waits is what 待办 shows, in every procedure, and what was to be known besides: that one is to act for
somebody, and meetings whose RSVP deadline has gone by unanswered.
"""

from handlers.procedures import PROCEDURES
from notices import binding as told
from notices.notice import Notice
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def bring(work: UnitOfWork, official: Official, *, anew: bool) -> None:
    """Send the cards that wait for the official: all into a new chat, else those that never arrived."""
    found: list[Notice] = []
    todo = [source for each in PROCEDURES for source in each.todo]
    for source in (*todo, *(source for each in PROCEDURES for source in each.arriving)):
        for notice in await source(work, official):
            twice = notice.card and any(notice.card == other.card for other in found)
            if not twice and (anew or official.id not in await work.holders(notice.card)):
                found.append(notice)
    if found:
        await work.send(told.waits(official, len(found)), *found)
