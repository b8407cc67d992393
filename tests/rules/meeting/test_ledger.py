"""How each person at a meeting ended up, and the sums of it."""

from collections import Counter

from rules.meeting.attendance import Reply
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.ledger import Sum, by_person, by_unit, places
from rules.meeting.matter import Meeting, MeetingKind, MeetingState
from rules.meeting.presence import Presence, outcomes, presence, there, told
from rules.meeting.sign_in import Correction, begin, correct, end, lapse_sign_in, open_sign_in, sign_in
from tests.cast import beijing
from tests.meeting_cast import District

DISTRICT = District()
CLERK = DISTRICT["卫冬藏"]
MAYOR, EXECUTIVE, VICE = (DISTRICT[name] for name in ("赵天地", "钱玄黄", "孙宇宙"))
LEGAL = DISTRICT.head("司法局")


def held() -> Meeting:
    """The mayor in time, the executive late, a vice mayor excused, 司法局 by a deputy, the rest not."""
    meeting = DISTRICT.meeting(MeetingKind.EXECUTIVE)
    excused, deputy = meeting.place_of(VICE), meeting.place_of(LEGAL)
    excused.put(Reply.EXCUSED, VICE, beijing("2026-12-03 09:00"))
    excused.excuse = Excuse("赴省开会", beijing("2026-12-03 09:00"), MAYOR, state=ExcuseState.GRANTED)
    deputy.put(Reply.DEPUTY, LEGAL, beijing("2026-12-03 09:00"))
    deputy.deputy_name, deputy.deputy_post = "金生丽", "副局长"
    start = beijing("2026-12-08 14:30")
    open_sign_in(meeting, CLERK, "code", beijing("2026-12-08 14:00"))
    sign_in(meeting, MAYOR, beijing("2026-12-08 14:25"))
    correct(meeting, CLERK, deputy, Correction(start, deputy.deputy), start)
    sign_in(meeting, EXECUTIVE, beijing("2026-12-08 14:41"))
    return meeting


def test_each_ends_up_as_signed_in_and_answered() -> None:
    meeting = held()
    assert [presence(meeting, meeting.place_of(one)) for one in (MAYOR, EXECUTIVE, VICE, LEGAL)] == [
        Presence.CAME,
        Presence.LATE,
        Presence.EXCUSED,
        Presence.DEPUTY,
    ]
    other = meeting.place_of(DISTRICT["李洪荒"])
    end(meeting, beijing("2026-12-08 16:30"))
    assert presence(meeting, other) is Presence.TO_COME  # the sign-in stays open a while
    lapse_sign_in(meeting, beijing("2026-12-08 17:00"))
    assert presence(meeting, other) is Presence.ABSENT
    assert (told(Presence.ABSENT, to_desk=True), told(Presence.ABSENT, to_desk=False)) == ("缺席", "未签到")
    counted = outcomes(meeting, meeting.attendees)
    assert (there(counted), counted[Presence.EXCUSED], counted.total()) == (3, 1, len(meeting.attendees))


def test_a_sign_in_closed_too_early_makes_nobody_absent() -> None:
    meeting = held()
    lapse_sign_in(meeting, beijing("2026-12-08 14:20"))
    other = meeting.place_of(DISTRICT["李洪荒"])
    assert presence(meeting, other) is Presence.TO_COME
    begin(meeting)
    assert presence(meeting, other) is Presence.ABSENT


def test_without_a_sign_in_nobody_is_called_absent() -> None:
    meeting = DISTRICT.meeting(MeetingKind.EXECUTIVE)
    end(meeting, beijing("2026-12-08 16:30"))
    assert {place.presence for place in places(meeting)} == {Presence.UNKNOWN}
    assert by_person(places(meeting))[0].share is None


def test_who_is_on_leave_is_excused_unless_they_had_to_come() -> None:
    meeting = held()
    end(meeting, beijing("2026-12-08 16:30"))
    lapse_sign_in(meeting, beijing("2026-12-08 17:00"))
    away = meeting.place_of(DISTRICT["李洪荒"])
    away.leave_id, away.away = 3, "12月7日至12月9日"
    assert presence(meeting, away) is Presence.EXCUSED
    away.excuse = Excuse("休假", beijing("2026-12-03 09:00"), MAYOR, state=ExcuseState.DENIED)
    assert presence(meeting, away) is Presence.ABSENT


def test_sums_by_person_and_unit() -> None:
    first, second = held(), held()
    for meeting in (first, second):
        end(meeting, beijing("2026-12-08 16:30"))
        lapse_sign_in(meeting, beijing("2026-12-08 17:00"))
    second.place_of(MAYOR).signed_in_at = None
    listed = [place for meeting in (first, second) for place in places(meeting)]
    mayor, executive, *_ = by_person(listed)
    assert (mayor.of, mayor.called, mayor.share) == (MAYOR, 2, 50.0)
    assert (executive.outcomes[Presence.LATE], executive.share) == (2, 100.0)
    legal = next(one for one in by_unit(listed) if one.of is LEGAL.unit)
    assert (legal.called, legal.outcomes[Presence.DEPUTY], legal.share) == (2, 2, 100.0)


def test_a_share_is_never_rounded_up_to_all() -> None:
    """1999 of 2000 is not 100%."""
    share = Sum(MAYOR, 2000, Counter({Presence.CAME: 1999, Presence.ABSENT: 1})).share
    assert share == 99.9


def test_a_meeting_called_off_counts_for_nobody() -> None:
    meeting = held()
    meeting.state = MeetingState.CANCELLED
    assert places(meeting) == []
