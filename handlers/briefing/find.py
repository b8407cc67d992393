"""Briefings among what /find finds: by title, unit, cycle, readers, state, and the time of their issues."""

from notices.briefing import card as cards
from notices.notice import Notice
from rules.briefing.matter import SENDERS, Briefing, may_see
from rules.find import Found, Words
from rules.refused import Refused
from rules.remarks.remark import Hearers
from rules.roster import Official
from storage.queries.briefing.briefings import found_by
from storage.unit_of_work import UnitOfWork


async def find(work: UnitOfWork, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest briefings that the words fit and the official may see."""
    found = await found_by(work, official, words, limit)
    return [Found(f"briefing:{one.id}", one.submitted_at, cards.line(one)) for one in found]


async def called(work: UnitOfWork, _official: Official, id: int) -> str:
    """财政局简报《财政信息》."""
    return cards.name(await work.lock(Briefing, id))


async def hears(work: UnitOfWork, official: Official, id: int, _of: str) -> Hearers:
    """Who decides, or the desk, hears the unit; the unit everybody else."""
    briefing, roster = await work.lock(Briefing, id), await work.roster()
    if official.unit is briefing.unit:
        people = [briefing.holder] if briefing.holder else roster.desk
    else:
        people = [one for one in [briefing.speaker(roster)] if one is not None]
    decided_on = cards.decide_card(briefing)
    return Hearers(people, [cards.own_card(briefing), decided_on], decided_on)


async def card(work: UnitOfWork, official: Official, id: int) -> Notice:
    """The briefing as this official may see it, with what they may do with it now."""
    briefing = await work.lock(Briefing, id)
    if not may_see(briefing, official):
        raise Refused("这种简报不在您可以查看的范围内。")
    if briefing.lies_with(official):
        return cards.to_decide(briefing, official)
    if official.unit is briefing.unit and official.role in SENDERS:
        return cards.own(briefing, official)
    return Notice(official, cards.text(briefing))
