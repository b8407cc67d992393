"""签到: opened by the office, tapped or scanned by the people, corrected by the office; the meeting's end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from rules.dates.reading import moment_words
from rules.meeting.attendance import Attendee, Deputy, Part, Reply
from rules.meeting.excuse import CAME
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.presence import Presence, presence
from rules.meeting.topic import starts_at
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from rules.working_days import DAY

OFFER: Final = "meeting.offer"
"""Timer of a meeting: 开始签到 is offered to those who run it."""
DOOR: Final = "meeting.door"
"""Timer of a meeting: a sign-in that nobody has closed is closed."""
OPENED_LATE: Final = timedelta(minutes=10)
"""Where the sign-in was opened only after the start, nobody is late for so long."""
EARLIEST: Final = DAY
"""The sign-in is opened at most so long before the start."""


def begin(meeting: Meeting) -> None:
    """Its hour has come."""
    if meeting.state is MeetingState.CALLED:
        meeting.state = MeetingState.BEGUN


def end(meeting: Meeting, now: datetime) -> None:
    """It is over; the sign-in stays open a while, for who forgot and for a meeting that runs long."""
    if meeting.live:
        meeting.state, meeting.ended_at = MeetingState.OVER, now


def may_run_door(meeting: Meeting, official: Official, now: datetime) -> None:
    """Who runs the meeting, from a day before it until it is over."""
    meeting.may_manage(official)
    if not meeting.live:
        raise Refused(f"会议{meeting.state}，不能开启签到。")
    if now < meeting.start - EARLIEST:
        raise Refused("签到最早在会前一天开启，请到时再点。")


def open_sign_in(meeting: Meeting, official: Official, code: str, now: datetime) -> None:
    """签到 is opened by whoever runs the meeting; `code` goes into the deep link at the door."""
    may_run_door(meeting, official, now)
    if meeting.sign_in_open:
        raise Refused("签到已经开启。")
    meeting.sign_in_at, meeting.sign_in_closed_at = meeting.sign_in_at or now, None
    meeting.sign_in_code = code


def close_sign_in(meeting: Meeting, official: Official, now: datetime) -> None:
    """No more signing in; what is wrong the office corrects."""
    meeting.may_manage(official)
    if not meeting.sign_in_open:
        raise Refused("签到没有开启。" if meeting.sign_in_at is None else "签到已经结束。")
    meeting.sign_in_closed_at = now


def lapse_sign_in(meeting: Meeting, now: datetime) -> bool:
    """Close it where nobody has; False where there is nothing to close."""
    if not meeting.sign_in_open:
        return False
    meeting.sign_in_closed_at = now
    return True


# ---------------------------------------------------------------- signing in


def awaited_at(meeting: Meeting, attendee: Attendee) -> datetime | None:
    """When they have to be there: at the start, or for their topics only when the first of these comes.

    None where nobody can say when that is: then they are not late.
    """
    if attendee.part is not Part.TOPIC:
        return meeting.start
    topics = meeting.topics_of(attendee.official)
    return starts_at(topics[0], meeting.topics, meeting.start) if topics else None


def is_late(meeting: Meeting, attendee: Attendee, at: datetime) -> bool:
    """Whether who signs in then is late: by a minute or more, and after a sign-in that was opened late."""
    opened = meeting.sign_in_at
    if opened is not None and meeting.start < opened and at <= opened + OPENED_LATE:
        return False
    return _minutes_after(awaited_at(meeting, attendee), at) > 0


def minutes_late(meeting: Meeting, attendee: Attendee) -> int:
    """How late they were, in whole minutes, begun ones left out; 0 where they were not."""
    if not attendee.late or attendee.signed_in_at is None:
        return 0
    return max(_minutes_after(awaited_at(meeting, attendee), attendee.signed_in_at), 1)


def _minutes_after(awaited: datetime | None, at: datetime) -> int:
    return (at - awaited) // timedelta(minutes=1) if awaited is not None else 0


def comes_for(meeting: Meeting, official: Official) -> Attendee | None:
    """The place of their unit that they were sent to take (派员), where they were named."""
    return next(
        (
            one
            for one in meeting.attendees
            if one.reply is Reply.DEPUTY
            and one.deputy_name == official.name
            and one.official.unit is official.unit
        ),
        None,
    )


def sign_in(meeting: Meeting, official: Official, at: datetime) -> Attendee:
    """签到 by the person themselves, or by who was sent in their place; late a minute after the start.

    `at` is when they tapped: what was tapped before the sign-in closed counts, though its turn came later.
    """
    own = meeting.of(official)
    place = own or comes_for(meeting, official)
    if place is None:
        raise Refused(
            f"您不在“{meeting.title}”的参会名单内，不能签到。受人委派参会的，请由会务人员登记代谁参会。"
        )
    if not meeting.sign_in_open and not (meeting.sign_in_closed_at and at < meeting.sign_in_closed_at):
        raise Refused(
            "签到还没有开启，请稍候。" if meeting.sign_in_at is None else "签到已经结束，请与会务人员联系。"
        )
    if place.signed_in_at is not None:
        whose = "您" if place is own and not place.came_name else f"{place.came_name or place.official.name}"
        raise Refused(f"{whose}已于{moment_words(place.signed_in_at)}签到，无需重复。")
    place.signed_in_at, place.late = at, is_late(meeting, place, at)
    place.send(None if own else place.deputy)
    _came_after_all(place, at)
    return place


def _came_after_all(place: Attendee, at: datetime) -> None:
    """Who has asked to stay away and is there leaves nobody anything to decide; if they were not, it does."""
    if place.excuse is None:
        return
    there = place.signed_in_at is not None and not place.came
    if there and place.undecided:
        place.excuse.lapse(at, CAME)
    elif not there:
        place.excuse.stay_open()


@dataclass(frozen=True)
class Correction:
    """What the office enters: when they came (None: they did not), and who came in their place."""

    signed_in_at: datetime | None
    came: Deputy | None = None


def may_correct(meeting: Meeting, official: Official, now: datetime) -> None:
    """The office desk, once people may have come."""
    if official.role not in OFFICE_DESK:
        raise Refused("签到由区政府办公室更正。")
    held = meeting.live or meeting.state is MeetingState.OVER
    if not held or (meeting.sign_in_at is None and now < meeting.start):
        raise Refused("签到还没有开启，没有可更正的。" if held else f"会议{meeting.state}，没有签到。")


def correct(
    meeting: Meeting, official: Official, attendee: Attendee, what: Correction, now: datetime
) -> None:
    """The office puts a sign-in right: when they came, or that they did not, or who came for them.

    Where nobody opened the sign-in, the paper list of the meeting is entered this way.
    """
    may_correct(meeting, official, now)
    if what.signed_in_at is not None and what.signed_in_at > now:
        raise Refused(f"{moment_words(what.signed_in_at)}还没有到，请核对签到时间。")
    if meeting.sign_in_at is None:
        meeting.sign_in_at = min(meeting.start, now)
        meeting.sign_in_closed_at = now
    attendee.signed_in_at = what.signed_in_at
    attendee.late = what.signed_in_at is not None and is_late(meeting, attendee, what.signed_in_at)
    attendee.send(what.came)
    attendee.corrected_by, attendee.corrected_at = official, now
    _came_after_all(attendee, now)


# ---------------------------------------------------------------- who is there


def missing(meeting: Meeting) -> list[Attendee]:
    """Expected, without excuse, and not there: for the office only."""
    return [one for one in meeting.attendees if presence(meeting, one) in (Presence.ABSENT, Presence.TO_COME)]


def called_to_sign(meeting: Meeting) -> list[Attendee]:
    """Who is asked to sign in when it opens: who comes or may come, and has not signed in."""
    return [
        one
        for one in meeting.attendees
        if one.signed_in_at is None and not one.granted and (one.expected or one.reply is Reply.DEPUTY)
    ]
