"""The .ics file: what a phone reads in it."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from notices.calendar_file import entry
from rules.working_days import SHANGHAI

START = datetime(2026, 12, 3, 14, 30, tzinfo=SHANGHAI)


def test_a_phone_reads_the_meeting() -> None:
    file = entry(
        "meeting:12",
        "区政府常务会议",
        START,
        START + timedelta(hours=2),
        "三楼会议室",
        "议题：1. 城市更新管理办法",
        now=START - timedelta(days=3),
    )
    assert file.name == "区政府常务会议.ics"
    calendar = Calendar.from_ical(file.content)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert event["uid"] == "meeting-12@banjie"
    assert event.start == START
    assert event.end == START + timedelta(hours=2)
    assert str(event["location"]) == "三楼会议室"
    assert str(event["summary"]) == "区政府常务会议"
    assert event["status"] == "CONFIRMED"
    (alarm,) = event.walk("VALARM")
    assert isinstance(alarm, Alarm)
    before = alarm.TRIGGER
    assert before == timedelta(hours=-1)
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]


def test_a_change_takes_the_place_of_the_first_and_a_cancellation_takes_it_away() -> None:
    later = START + timedelta(days=1)
    moved = entry(
        "meeting:12", "会", later, later + timedelta(hours=1), "室", "", now=START, version=2, cancelled=True
    )
    (event,) = Calendar.from_ical(moved.content).walk("VEVENT")
    assert (event["uid"], event["sequence"], event["status"]) == ("meeting-12@banjie", 2, "CANCELLED")
    assert not event.walk("VALARM")
