"""A meeting told: who is called, what changed, that it is off."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from matters.meeting import show
from notices.card import with_files
from notices.meeting.card import liaison_card, own, own_card, papers, to_liaison
from notices.meeting.told import (
    AS_BEFORE,
    asked_anew,
    calendar,
    calendar_moved,
    changed,
    dropped,
    gone_from,
)
from notices.notice import Notice, Reminder
from rules.meeting.attendance import Attendee, Part
from rules.meeting.matter import Meeting, MeetingPaper
from rules.roster import LEADERS, OFFICE_DESK, Role, Roster
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- called


def call(meeting: Meeting, attendee: Attendee, work: UnitOfWork, why: str = "") -> list[Notice]:
    """Their card with the materials right before it; who is there for a topic only gets no materials."""
    card = own(meeting, attendee, work.now, why)
    if attendee.part is Part.TOPIC:
        return [card]
    entry = [calendar(meeting, attendee, work.now)] if attendee.unasked else []
    return with_files(card, *papers(meeting, attendee.official), *entry)


def to_liaisons(meeting: Meeting, attendee: Attendee, roster: Roster, work: UnitOfWork) -> list[Notice]:
    """The liaisons of their unit, who may prepare; leaders have the office desk for that."""
    official = attendee.official
    if official.role in LEADERS or official.role in OFFICE_DESK or official.role is Role.LIAISON:
        return []
    return [to_liaison(meeting, attendee, one, work.now) for one in roster.of(official.unit, Role.LIAISON)]


async def invite(work: UnitOfWork, meeting: Meeting, people: Iterable[Attendee], why: str = "") -> None:
    """Send each their card with the materials, and their liaisons theirs."""
    roster = await work.roster()
    for one in people:
        one.called(work.now)
        await work.send(*call(meeting, one, work, why), *to_liaisons(meeting, one, roster, work))


async def ask_to_confirm(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """Their card once more, with what was prepared for them to be confirmed by one tap."""
    by = attendee.prepared_by.titled if attendee.prepared_by else ""
    await ask_again(work, meeting, attendee, f"{by}已代拟回执，请您本人确认。")


async def tell_change(
    work: UnitOfWork,
    meeting: Meeting,
    people: Iterable[Attendee],
    lines: Sequence[str],
    *,
    was: datetime | None = None,
    fresh: Sequence[MeetingPaper] = (),
) -> None:
    """Everyone gets what changed; after another time with a fresh card, the earlier one loses its buttons.

    `was` is when it was to begin, where that is another time now.
    """
    for one in people:
        files = [] if one.part is Part.TOPIC else papers(meeting, one.official, fresh)
        if was is not None and not one.unasked:
            anew = asked_anew(meeting, one, lines, was, work.now)
            await work.send(*with_files(anew, *files), *calendar_moved(meeting, one, work.now))
            await show.redraw_liaison(work, meeting, one)
        else:
            await work.send(*with_files(changed(meeting, one, lines, work.now), *files))
            await show.redraw_own(work, meeting, one)
            if one.unasked and not one.in_calendar:
                await work.send(calendar(meeting, one, work.now))


async def as_before(work: UnitOfWork, meeting: Meeting) -> None:
    """It is not off, nor at another time, as was told: their cards once more, and their phones."""
    for one in meeting.attendees:
        card = replace(own(meeting, one, work.now, AS_BEFORE), news=True, until=meeting.start)
        await work.send(card, *calendar_moved(meeting, one, work.now, "仍按原定"))
        await show.redraw_liaison(work, meeting, one)


async def take_off(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """They are told, and no live button is left with them or their liaison."""
    for card in (own_card(meeting, attendee.official), liaison_card(meeting, attendee)):
        await work.retire(card, gone_from(meeting))
    if attendee.official.left_at is None:
        await work.send(dropped(meeting, attendee, work.now))


async def ask_again(
    work: UnitOfWork, meeting: Meeting, attendee: Attendee, why: str, reminds: Reminder | None = None
) -> None:
    """A fresh card beneath everything else; the earlier one loses its buttons."""
    await work.send(replace(own(meeting, attendee, work.now, why), reminds=reminds))
    await show.redraw_liaison(work, meeting, attendee)
