"""Sign-in at the door (签到): its cards shown as it stands."""

from matters.meeting import excuse as excuse_matter
from matters.meeting.show import redraw_own
from notices.meeting.count import keepers
from notices.meeting.sign_in import ask, door, door_buttons, door_text, here, here_card
from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting
from rules.meeting.sign_in import called_to_sign, comes_for
from rules.roster import Official
from storage.queries.meeting.meetings import count_soon
from storage.unit_of_work import UnitOfWork


async def call(work: UnitOfWork, meeting: Meeting) -> None:
    """It was opened: whoever may come is asked to sign in, and who was sent in somebody's place, if bound."""
    roster = await work.roster()
    sent = {one: official for official in roster.officials if (one := comes_for(meeting, official))}
    for one in called_to_sign(meeting):
        deputy = sent.get(one)
        if one.expected or deputy is None:
            to, for_whom = one.official, None
        else:
            to, for_whom = deputy, one.official
        if to.telegram_id is not None:
            await work.send(ask(meeting, to, for_whom))


async def entered(work: UnitOfWork, meeting: Meeting, attendee: Attendee, by: Official | None = None) -> None:
    """Somebody has signed in, or the office has put it right: their cards say so, the office's soon."""
    for one in dict.fromkeys([attendee.official, *([by] if by else [])]):
        await work.redraw(here_card(meeting, one), here(meeting, attendee))
    if attendee.signed_in_at is not None or attendee.undecided:
        await redraw_own(work, meeting, attendee)
        await excuse_matter.redraw(work, meeting, attendee)  # who is there has asked for nothing
    await count_soon(work, meeting)


async def closed(work: UnitOfWork, meeting: Meeting) -> None:
    """No button is left with who has not signed in."""
    roster = await work.roster()
    for one in meeting.attendees:
        if one.signed_in_at is None:
            for official in (one.official, *(o for o in roster.officials if comes_for(meeting, o) is one)):
                await work.redraw(here_card(meeting, official), here(meeting, one))
    await redraw_door(work, meeting)


async def send_door(work: UnitOfWork, meeting: Meeting) -> None:
    """To everybody who runs the meeting."""
    await work.send(*(door(meeting, one) for one in keepers(meeting, await work.roster())))


async def redraw_door(work: UnitOfWork, meeting: Meeting) -> None:
    """Every copy as it stands now."""
    for desk, name in ((True, f"meeting:{meeting.id}:door"), (False, f"meeting:{meeting.id}:door:caller")):
        await work.redraw(name, door_text(meeting, desk=desk), door_buttons(meeting, desk=desk))
