"""What nobody has decided when a meeting begins (art. 54, 55): what is left then."""

from datetime import datetime, timedelta

import pytest

from rules.hours import OfficeHours
from rules.meeting.attendance import Attendee
from rules.meeting.count import tally
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import new_excuse
from rules.meeting.gates import decide_late, may_lay
from rules.meeting.matter import Meeting
from rules.meeting.nudges import next_look, occasion, waits
from rules.meeting.presence import Presence, presence
from rules.meeting.reply import ask_excuse, decide_excuse
from rules.meeting.sign_in import Correction, begin, correct, end, open_sign_in, sign_in
from rules.meeting.topic import LateState, LateTopic, Topic
from rules.refused import Refused
from rules.reminders import LADDER, Climbed, Stage
from rules.working_days import Calendar
from tests.cast import beijing
from tests.meeting_cast import District

CALENDAR, HOURS = Calendar(), OfficeHours()
ASKED = beijing("2026-12-02 10:00")
AFTERWARDS = [ExcuseState.RATIFIED, ExcuseState.VOID]
BEFOREHAND = [ExcuseState.GRANTED, ExcuseState.DENIED]


@pytest.fixture
def district() -> District:
    return District()


@pytest.fixture
def asked(district: District) -> tuple[Meeting, Attendee, Excuse]:
    """A vice mayor has asked the mayor to be excused, of a meeting on Tuesday 12-08 at 14:30."""
    meeting, vice = district.meeting(), district["孙宇宙"]
    place = meeting.place_of(vice)
    excuse = new_excuse(meeting, place, "在外地", district.roster, ASKED)
    ask_excuse(meeting, vice, excuse, ASKED)
    excuse.ask(ASKED)
    return meeting, place, excuse


def at(meeting: Meeting, seconds: int) -> datetime:
    return meeting.start + timedelta(seconds=seconds)


@pytest.mark.parametrize(("seconds", "fit"), [(-1, BEFOREHAND), (0, AFTERWARDS), (1, AFTERWARDS)])
def test_just_before_at_and_after_the_beginning(
    district: District, asked: tuple[Meeting, Attendee, Excuse], seconds: int, fit: list[ExcuseState]
) -> None:
    meeting, place, _ = asked
    for state in (one for one in (*BEFOREHAND, *AFTERWARDS) if one not in fit):
        with pytest.raises(Refused, match="事前审批"):
            decide_excuse(meeting, district["赵天地"], place, state, at(meeting, seconds))
    decide_excuse(meeting, district["赵天地"], place, fit[0], at(meeting, seconds))
    assert place.granted


def test_what_was_tapped_before_it_and_received_after_it_is_in_time(
    district: District, asked: tuple[Meeting, Attendee, Excuse]
) -> None:
    meeting, place, excuse = asked
    begin(meeting)
    late, mayor = at(meeting, 600), district["赵天地"]
    decide_excuse(meeting, mayor, place, ExcuseState.GRANTED, late, acted_at=at(meeting, -1))
    assert (excuse.state, excuse.decided_at) == (ExcuseState.GRANTED, late)


def test_it_is_told_of_three_times_and_then_counted_like_any_silence(
    asked: tuple[Meeting, Attendee, Excuse],
) -> None:
    meeting, _, excuse = asked
    told: list[tuple[datetime, Climbed]] = []
    while (due := next_look(meeting, CALENDAR, HOURS)) is not None:
        told.append((due, LADDER.climb(excuse, due, CALENDAR, HOURS, occasion(meeting))))
        if due == meeting.start:
            begin(meeting)
    assert told == [
        (beijing("2026-12-03 08:30"), Climbed(remind=True)),
        (beijing("2026-12-04 08:30"), Climbed(escalate=True)),
        (beijing("2026-12-07 15:00"), Climbed(near=Stage.EVE)),
        (beijing("2026-12-08 08:30"), Climbed(near=Stage.DAY)),
        (beijing("2026-12-08 14:30"), Climbed(near=Stage.OVER, overtaken=True)),
        (beijing("2026-12-10 08:30"), Climbed(escalate=True)),
    ]
    end(meeting, meeting.end)
    assert waits(meeting) == [excuse]  # also when the meeting is over: nothing ends in silence


@pytest.mark.parametrize(
    ("state", "found"), [(ExcuseState.RATIFIED, Presence.EXCUSED), (ExcuseState.VOID, Presence.ABSENT)]
)
def test_ratified_is_excused_and_void_is_absent_on_every_list(
    district: District, asked: tuple[Meeting, Attendee, Excuse], state: ExcuseState, found: Presence
) -> None:
    meeting, place, _ = asked
    open_sign_in(meeting, district["卫冬藏"], "x", at(meeting, -600))
    begin(meeting)
    decide_excuse(meeting, district["赵天地"], place, state, at(meeting, 60))
    end(meeting, meeting.end)
    meeting.sign_in_closed_at = meeting.end
    assert presence(meeting, place) is found
    counted = tally([place])
    assert (counted.granted, counted.denied) == ((1, 0) if place.granted else (0, 1))


def test_who_comes_all_the_same_leaves_nothing_to_decide(
    district: District, asked: tuple[Meeting, Attendee, Excuse]
) -> None:
    meeting, place, excuse = asked
    open_sign_in(meeting, district["卫冬藏"], "x", at(meeting, -600))
    sign_in(meeting, place.official, at(meeting, 30))
    assert (excuse.state, excuse.comment) == (ExcuseState.VOID, "本人已到会")
    assert waits(meeting) == []
    assert presence(meeting, place) is Presence.CAME


def test_who_was_entered_as_there_by_mistake_has_still_asked_to_stay_away(
    district: District, asked: tuple[Meeting, Attendee, Excuse]
) -> None:
    meeting, place, excuse = asked
    begin(meeting)
    clerk, later = district["卫冬藏"], at(meeting, 1800)
    correct(meeting, clerk, place, Correction(meeting.start), later)
    assert (excuse.state, excuse.comment, excuse.decided_at) == (ExcuseState.VOID, "本人已到会", later)
    correct(meeting, clerk, place, Correction(None), later)
    assert (excuse.state, excuse.comment, excuse.decided_at) == (ExcuseState.PENDING, "", None)
    decide_excuse(meeting, district["赵天地"], place, ExcuseState.RATIFIED, later)
    correct(meeting, clerk, place, Correction(meeting.start), later)
    correct(meeting, clerk, place, Correction(None), later)
    assert excuse.state is ExcuseState.RATIFIED  # what was decided is nobody's mistake


def test_without_the_written_report_it_stays_at_its_end(
    district: District, asked: tuple[Meeting, Attendee, Excuse]
) -> None:
    meeting, place, excuse = asked
    begin(meeting)
    excuse.written = True
    correct(meeting, district["卫冬藏"], place, Correction(meeting.start), at(meeting, 1800))
    correct(meeting, district["卫冬藏"], place, Correction(None), at(meeting, 1800))
    assert (excuse.state, excuse.comment) == (ExcuseState.VOID, "会议已开，书面请假报告未交")


def test_a_late_topic_is_not_heard_but_by_a_word_given_in_time(district: District) -> None:
    meeting, mayor, clerk = district.meeting(), district["赵天地"], district["卫冬藏"]
    topic = Topic(1, "防汛应急预案修订", admission=LateTopic(reason="省里通知", mayor=mayor, asked_at=ASKED))
    meeting.topics = [topic]
    begin(meeting)
    assert topic.admission is not None
    topic.admission.lapse(meeting.start)
    assert topic.said == "防汛应急预案修订（临时议题，会前未审定，不列入）"
    with pytest.raises(Refused, match=r"会议已开.*第五十四条"):
        decide_late(meeting, topic, mayor, None, at(meeting, 60), agree=True)
    with pytest.raises(Refused, match="不能再报"):
        may_lay(meeting, topic, clerk)
    late = decide_late(meeting, topic, mayor, None, at(meeting, 60), agree=True, acted_at=at(meeting, -1))
    assert late.state is LateState.APPROVED
