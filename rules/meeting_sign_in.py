"""签到: opened by the office, tapped by the people, corrected by the office; and the end of the meeting."""

from datetime import datetime

from rules.dates import moment_words
from rules.meeting import Meeting, MeetingState
from rules.meeting_attendance import Attendee
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official


def begin(meeting: Meeting) -> None:
    """Its hour has come."""
    if meeting.state is MeetingState.CALLED:
        meeting.state = MeetingState.BEGUN


def end(meeting: Meeting, now: datetime) -> None:
    """It is over; the sign-in is closed with it."""
    if meeting.live:
        meeting.state, meeting.ended_at = MeetingState.OVER, now
        if meeting.sign_in_at and meeting.sign_in_closed_at is None:
            meeting.sign_in_closed_at = now


def open_sign_in(meeting: Meeting, official: Official, code: str, now: datetime) -> None:
    """签到 is opened by whoever runs the meeting; `code` goes into the deep link at the door."""
    meeting.may_manage(official)
    if not meeting.live:
        raise Refused(f"会议{meeting.state}，不能开启签到。")
    if meeting.sign_in_open:
        raise Refused("签到已经开启。")
    meeting.sign_in_at, meeting.sign_in_closed_at = meeting.sign_in_at or now, None
    meeting.sign_in_code = meeting.sign_in_code or code


def close_sign_in(meeting: Meeting, official: Official, now: datetime) -> None:
    """No more signing in; what is wrong the office corrects."""
    meeting.may_manage(official)
    if not meeting.sign_in_open:
        raise Refused("签到没有开启。")
    meeting.sign_in_closed_at = now


def sign_in(meeting: Meeting, official: Official, now: datetime) -> Attendee:
    """签到 by the person himself; late after the start."""
    place = meeting.place_of(official)
    if not meeting.sign_in_open:
        raise Refused(
            "签到还没有开启，请稍候。" if meeting.sign_in_at is None else "签到已经结束，请与会务人员联系。"
        )
    if place.signed_in_at is not None:
        raise Refused(f"您已于{moment_words(place.signed_in_at)}签到，无需重复。")
    place.signed_in_at, place.late = now, now > meeting.start
    return place


def correct(
    meeting: Meeting, official: Official, attendee: Attendee, signed_in_at: datetime | None, now: datetime
) -> None:
    """The office puts a sign-in right: when he came, or that he did not."""
    if official.role not in OFFICE_DESK:
        raise Refused("签到由区政府办公室更正。")
    attendee.signed_in_at = signed_in_at
    attendee.late = signed_in_at is not None and signed_in_at > meeting.start
    attendee.corrected_by, attendee.corrected_at = official, now
