"""The .ics file: what a phone reads in it, what RFC 5546 asks of it, and which of two it believes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Alarm, Calendar, Event

from notices.calendar_file import Appointment, entry
from notices.meeting import told as notices
from notices.notice import Attachment, Notice
from rules.meeting.reply import answer
from rules.roster import Official
from rules.working_days import SHANGHAI
from tests.cast import Cast
from tests.meeting_cast import District

START = datetime(2026, 12, 3, 14, 30, tzinfo=SHANGHAI)
NOW = START - timedelta(days=3)
WHAT = Appointment(
    "区政府常务会议",
    START,
    START + timedelta(hours=2),
    "三楼会议室",
    "议题：1. 城市更新管理办法",
    "千文区人民政府办公室",
)


@dataclass
class Matter:
    """Anything that phones keep."""

    calendar_uid: str = "0f8fad5b-d9cb-469f-a165-70867728950e"
    calendar_files: int = 0

    def next_calendar_file(self) -> int:
        self.calendar_files += 1
        return self.calendar_files - 1


@pytest.fixture
def to() -> Official:
    return Cast().head


def read(file: Attachment | None) -> tuple[Calendar, Event]:
    """As a strict reader takes it: nothing in it may be against RFC 5545."""
    assert file is not None
    (valid,) = IcsCalendarStream.from_ics(file.content.decode()).calendars  # raises at whatever is not valid
    assert len(valid.events) == 1
    calendar = Calendar.from_ical(file.content)
    assert [each.errors for each in calendar.walk()] == [[] for _ in calendar.walk()]
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))  # RFC 5545, 3.1, in bytes
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return calendar, event


# RFC 5546, 3.2.2 and 3.2.5: the properties that have to be there once, that may, and that must not.
ONCE = {"DTSTAMP", "ORGANIZER", "ATTENDEE", "SEQUENCE", "UID", "DTSTART", "SUMMARY"}
MAY = {"DTEND", "LOCATION", "DESCRIPTION", "STATUS"}


def follows_itip(calendar: Calendar, event: Event) -> None:
    """Whatever the two tables ask of a message to one person about one sitting."""
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert calendar["method"] in ("REQUEST", "CANCEL")
    assert set(event) >= ONCE
    assert set(event) <= ONCE | MAY
    assert not any(isinstance(value, list) for value in event.values())
    assert str(event["organizer"]).startswith("mailto:")
    assert str(event["attendee"]).startswith("mailto:")
    assert event["organizer"] != event["attendee"]
    assert event.DTSTAMP.utcoffset() == timedelta(0)
    assert event.DTSTART < event.DTEND
    zones = {zone["tzid"] for zone in calendar.walk("VTIMEZONE")}
    assert {event["dtstart"].params["TZID"], event["dtend"].params["TZID"]} <= zones
    if calendar["method"] == "CANCEL":
        assert event["status"] == "CANCELLED"  # the whole of it: the entry is this person's alone
        assert event.walk("VALARM") == []
    else:
        assert event["status"] in ("CONFIRMED", "TENTATIVE")


def test_a_phone_reads_the_meeting(to: Official) -> None:
    file = entry(Matter(), WHAT, to, now=NOW)
    assert file.name == "区政府常务会议.ics"
    calendar, event = read(file)
    follows_itip(calendar, event)
    assert calendar["method"] == "REQUEST"
    assert event["uid"] == f"0f8fad5b-d9cb-469f-a165-70867728950e-{to.id}"
    assert event.start == START
    assert event.end == START + timedelta(hours=2)
    assert str(event["location"]) == "三楼会议室"
    assert str(event["summary"]) == "区政府常务会议"
    assert event["status"] == "CONFIRMED"
    assert event["organizer"].params["CN"] == "千文区人民政府办公室"
    asked = event["attendee"].params
    assert (asked["CN"], asked["PARTSTAT"], asked["RSVP"]) == (to.name, "ACCEPTED", "FALSE")
    assert asked["ROLE"] == "REQ-PARTICIPANT"
    (alarm,) = event.walk("VALARM")
    assert isinstance(alarm, Alarm)
    assert timedelta(hours=-1) == alarm.TRIGGER
    assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(alarm)


def test_a_change_takes_the_place_of_the_first_and_a_cancellation_takes_it_away(to: Official) -> None:
    matter, later = Matter(), START + timedelta(days=1)
    moved = replace(WHAT, start=later, end=later + timedelta(hours=1))
    first, second, third = (
        read(entry(matter, what, to, now=NOW, off=off, tentative=tentative))
        for what, off, tentative in ((WHAT, False, False), (moved, False, True), (moved, True, False))
    )
    for file in (first, second, third):
        follows_itip(*file)
    assert [event["sequence"] for _, event in (first, second, third)] == [0, 1, 2]
    assert first[1]["uid"] == second[1]["uid"] == third[1]["uid"]
    assert (second[1]["status"], second[1]["attendee"].params["PARTSTAT"]) == ("TENTATIVE", "TENTATIVE")
    assert (third[0]["method"], third[1]["status"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize("name", ["\\", "办公室\\", '"办公室"', "a:b;c,d", "^n"])
def test_no_sign_in_a_name_swallows_the_address(to: Official, name: str) -> None:
    calendar, event = read(entry(Matter(), replace(WHAT, organiser=name), to, now=NOW))
    follows_itip(calendar, event)
    assert event["organizer"].params["CN"] == name.replace("\\", "＼").replace('"', "＂")


def test_who_only_has_to_know_is_no_participant(to: Official) -> None:
    _, event = read(entry(Matter(), WHAT, to, now=NOW, attends=False))
    assert event["attendee"].params["ROLE"] == "NON-PARTICIPANT"


def test_what_phones_had_under_its_old_name_is_still_moved(to: Official) -> None:
    _, event = read(entry(Matter("meeting-12@banjie", 2**30), WHAT, to, now=NOW))
    assert (event["uid"], event["sequence"]) == ("meeting-12@banjie", 2**30)


WRITTEN = st.text(st.characters(codec="utf-8"), max_size=120)


@given(WRITTEN, WRITTEN, WRITTEN, WRITTEN)
def test_whatever_people_write_the_file_is_valid(title: str, place: str, text: str, organiser: str) -> None:
    what = Appointment(title, START, START + timedelta(hours=1), place, text, organiser)
    follows_itip(*read(entry(Matter(), what, Cast().head, now=NOW)))


# ---------------------------------------------------------------- which of two a phone believes


def newer(*files: Notice | Attachment) -> list[str]:
    """Each read in turn, every one newer than the last (RFC 5546, 2.1.5); gives what each does."""
    seen = [read(one.attachment if isinstance(one, Notice) else one) for one in files]
    for calendar, event in seen:
        follows_itip(calendar, event)
    assert len({event["uid"] for _, event in seen}) == 1
    numbers = [int(str(event["sequence"])) for _, event in seen]
    assert numbers == sorted(set(numbers))
    return [f"{calendar['method']} {event['status']}" for calendar, event in seen]


def test_who_excuses_themselves_and_comes_after_all_has_it_again() -> None:
    district = District()
    meeting = district.meeting()
    place = answer(meeting, district["孙宇宙"], NOW)
    first = notices.calendar(meeting, place, NOW)
    other = notices.calendar(meeting, answer(meeting, district["李洪荒"], NOW), NOW)
    assert read(first.attachment)[1]["uid"] != read(other.attachment)[1]["uid"]
    off = notices.dropped(meeting, place, NOW)
    again = notices.calendar(meeting, place, NOW)  # the same second, no version between
    meeting.changed(["时间"], NOW)
    (moved,) = notices.calendar_moved(meeting, place, NOW - timedelta(hours=1))  # the clock has been put back
    meeting.cancel(meeting.called_by, "合并召开", NOW)
    gone = notices.cancelled(meeting, place, NOW)
    assert newer(first, off, again, moved, gone) == [
        "REQUEST CONFIRMED",
        "CANCEL CANCELLED",
        "REQUEST CONFIRMED",
        "REQUEST CONFIRMED",
        "CANCEL CANCELLED",
    ]


def test_a_meeting_that_was_moved_is_tentative_until_they_have_answered_anew() -> None:
    district = District()
    meeting = district.meeting()
    place = answer(meeting, district["孙宇宙"], NOW)
    first = notices.calendar(meeting, place, NOW)
    place.reset("12月8日 14:30")
    (moved,) = notices.calendar_moved(meeting, place, NOW)
    again = notices.calendar(meeting, answer(meeting, district["孙宇宙"], NOW), NOW)
    assert newer(first, moved, again) == ["REQUEST CONFIRMED", "REQUEST TENTATIVE", "REQUEST CONFIRMED"]
