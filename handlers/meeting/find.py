"""Meetings among what /find finds: by title, kind, place, state, who presides, topics and time.

The office and who called it find every one; others those they are called to, or their head; those of their
own unit; leaders every one that was called. Who is there for their topic only cannot find by the other
topics.
"""

from handlers.meeting import entry as meetings_at_hand
from notices.meeting import card as cards
from notices.meeting.excuse import excuse_card
from notices.meeting.office import office
from notices.notice import Notice
from rules.dates.reading import moment_words
from rules.find import Found, Words
from rules.meeting.attendance import Attendee
from rules.meeting.matter import BEFOREHAND, Meeting, MeetingState
from rules.refused import Refused
from rules.remarks.remark import Hearers
from rules.roster import LEADERS, Official, Role
from storage.queries.meeting.find import found_by
from storage.unit_of_work import UnitOfWork


async def find(work: UnitOfWork, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest meetings that the words fit and the official may see."""
    found = await found_by(work, official, await _people(work, official), words, limit)
    return [Found(f"meeting:{one.id}", one.created_at, _line(one)) for one in found]


async def card(work: UnitOfWork, official: Official, id: int) -> Notice:
    """The meeting as this official may see it: their live card where one is theirs, else how it stands."""
    meeting = await work.lock(Meeting, id)
    called = meeting.state not in BEFOREHAND and meeting.state is not MeetingState.DECLINED
    at_hand = [
        *await meetings_at_hand.todo(work, official),
        *await meetings_at_hand.mine(work, official),
    ]
    live = next((one for one in at_hand if one.card.startswith(f"meeting:{id}:")), None)
    if live is not None:
        return live
    if called and meeting.manages(official):
        return office(meeting, official)
    place = meeting.of(official)
    if called and place is not None:
        return cards.own(meeting, place, work.now)
    people = await _people(work, official)
    heads = any(meeting.of(one) is not None for one in people)
    own_unit = meeting.unit is not None and meeting.unit is official.unit
    if meeting.manages(official) or own_unit or (called and (heads or official.role in LEADERS)):
        return Notice(official, cards.head(meeting, state=str(meeting.state)))
    raise Refused("这次会议不在您可以查看的范围内。")


async def called(work: UnitOfWork, _official: Official, id: int) -> str:
    """区政府常务会议（12月8日 14:30）."""
    meeting = await work.lock(Meeting, id)
    return f"{meeting.title}（{moment_words(meeting.start)}）"


async def hears(work: UnitOfWork, official: Official, id: int, of: str) -> Hearers:
    """Who called it, and who decides on it; of an excuse also whose it is and who decides on that, alone."""
    meeting = await work.lock(Meeting, id)
    place = _excused(meeting, official, of)
    if place is not None and place.excuse is not None:
        card = excuse_card(meeting, place)
        people = [place.official, place.excuse.holder, meeting.called_by]
        return Hearers(
            [one for one in people if one is not None], [card, cards.own_card(meeting, place.official)], card
        )
    deciding = meeting.waiting.holder if meeting.waiting else None
    concerned = [one for one in (meeting.called_by, deciding) if one is not None]
    if concerned == [official]:
        raise Refused("要告诉参会同志的，请点「变更」，或在工作群里说。")
    return Hearers(concerned)


def _excused(meeting: Meeting, official: Official, of: str) -> Attendee | None:
    """Whose excuse it is about: the card's, where it is theirs to decide or to know of; else their own."""
    for one in meeting.attendees:
        if one.excuse is None:
            continue
        card = excuse_card(meeting, one)
        knows = official in (one.excuse.holder, one.excuse.decided_by) or meeting.manages(official)
        if of in (card, f"{card}:{official.id}") and knows:
            return one
    own = meeting.of(official)
    return own if own is not None and own.excuse is not None else None


async def _people(work: UnitOfWork, official: Official) -> list[Official]:
    """They themselves, and for a liaison the head they answer for."""
    head = (await work.roster()).head_of(official.unit) if official.role is Role.LIAISON else None
    return [official, *([head] if head else [])]


def _line(meeting: Meeting) -> str:
    """会议：区政府常务会议 12月8日 14:30 三楼会议室 · 已通知."""
    return f"会议：{meeting.title} {moment_words(meeting.start)} {meeting.place} · {meeting.state}"
