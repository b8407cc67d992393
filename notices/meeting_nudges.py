"""What those hear who have not answered a call to a meeting: the person, his unit's group, the office."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from notices.meeting_card import COME, RECORD, own
from notices.meeting_excuse import which
from rules.articles import cite
from rules.dates import say_moment
from rules.meeting import Meeting
from rules.meeting_attendance import Attendee
from rules.meeting_count import by_group
from rules.meeting_nudges import names_of
from rules.roster import Official, Unit
from storage.outbox import Button, Notice, Rows


def soon(meeting: Meeting, attendee: Attendee, now: datetime) -> Notice:
    """The afternoon before: the card again, with by when."""
    until = say_moment(meeting.reply_by, meeting.created_at)
    return own(meeting, attendee, now, f"会议回执{until}截止，请您答复。")


def report_wanted(meeting: Meeting, attendee: Attendee, now: datetime) -> Notice:
    """His excuse waits for the written report."""
    return own(meeting, attendee, now, f"您的书面请假报告还没有交，收到后才能准假。{cite(55)}")


def closed(meeting: Meeting, attendee: Attendee, now: datetime) -> Notice:
    """The deadline has come: he may still say that he comes."""
    why = "会议回执已经截止，您还没有答复。能参加的，请即点「参加」；不能参加的，请即电话报区政府办公室。"
    return may_come(meeting, own(meeting, attendee, now, why))


def may_come(meeting: Meeting, card: Notice) -> Notice:
    """His card with [参加] on it, though the deadline has passed."""
    data = f"meeting:{meeting.id}:{COME}"
    if any(button.data == data for row in card.buttons for button in row):
        return card
    return dataclasses.replace(card, buttons=((Button("参加", data),), *card.buttons))


def group(meeting: Meeting, unit: Unit, people: Sequence[Attendee]) -> Notice | None:
    """One line to the unit's group: who has not answered, nothing else."""
    if unit.group_chat_id is None:
        return None
    line = Markup("“{}”的参会回执已经截止，{}尚未回复，请提醒尽快答复。")
    return Notice(unit.group_chat_id, line.format(meeting.title, names_of(people)))


def call_list(meeting: Meeting, people: Sequence[Attendee], to: Official) -> Notice:
    """To the office: whom to telephone, with the number; what is heard is entered at once."""
    record: Rows = ((Button("登记答复", f"meeting:{meeting.id}:{RECORD}"),),)
    text = Markup("\n").join(_calls(meeting, people))
    return Notice(to, text, record, subject=f"{meeting.title}未回复名单")


def _calls(meeting: Meeting, people: Sequence[Attendee]) -> Iterator[Markup]:
    yield Markup("<b>回执已截止，{}人未回复，请电话催问</b>").format(len(people))
    yield Markup("会议：{}").format(which(meeting))
    for name, some in by_group(people).items():
        yield Markup("<b>{}</b>").format(name)
        for one in some:
            phone = one.official.phone or "（花名册未登记电话）"
            yield Markup("{}：{}").format(one.official.titled, phone)
