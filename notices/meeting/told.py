"""What people are told of a meeting: that they are called, what has changed, that it is near, or off."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from notices.card import headline, labelled
from notices.meeting import card as cards
from notices.meeting.card import calendar_entry, own, sitting
from notices.notice import Notice, Urgency
from rules.articles import cite
from rules.dates.reading import say_day
from rules.meeting.attendance import Attendee, Part
from rules.meeting.matter import Meeting
from rules.meeting.terms import EXECUTIVE_EVERY
from rules.roster import Official, Roster
from rules.working_days import shanghai_day

AGENDA = "议题有调整"
"""Stands for the new agenda among what has changed: not everybody may read all of it."""


AS_BEFORE = "刚才的通知已撤销，会议仍按原定。"


def calendar(meeting: Meeting, attendee: Attendee, now: datetime) -> Notice:
    """The .ics once they have said that they come, or preside; to who was not asked it comes quietly."""
    attendee.has_calendar_file(of_coming=True)
    return Notice(
        attendee.official,
        cards.titled(meeting, "点开附件可加入手机日历"),
        subject=meeting.title,
        matter=f"meeting:{meeting.id}",
        attachment=calendar_entry(meeting, attendee, now),
        urgency=Urgency.NOTICE if attendee.unasked else Urgency.ANSWER,
    )


def out_of_calendar(meeting: Meeting, attendee: Attendee, now: datetime) -> list[Notice]:
    """The .ics that takes it out of their phone again, once it is settled that they stay away."""
    if not attendee.in_calendar or not attendee.stays_away:
        return []
    line = Markup("{}\n点开附件可从手机日历中移除。").format(cards.titled(meeting, "您不参加"))
    return [off_calendar(meeting, attendee, now, line)]


def off_calendar(meeting: Meeting, attendee: Attendee, now: datetime, line: Markup) -> Notice:
    """The same with that line; their phone bears it no more."""
    attendee.has_calendar_file(of_coming=False)
    file = calendar_entry(meeting, attendee, now, off=True)
    return Notice(attendee.official, line, subject=meeting.title, attachment=file)


def calendar_moved(
    meeting: Meeting, attendee: Attendee, now: datetime, what: str = "时间已改"
) -> list[Notice]:
    """The meeting has another time, and their phone would still ring at the old one."""
    if not attendee.in_calendar:
        return []
    return [
        Notice(
            attendee.official,
            Markup("{}\n点开附件可更新手机日历。").format(cards.titled(meeting, what)),
            subject=meeting.title,
            attachment=calendar_entry(meeting, attendee, now),
        )
    ]


def recorded(meeting: Meeting, attendee: Attendee, by: Official) -> Notice:
    """To the person: the office has entered what they said by telephone."""
    text = Markup("{}\n{}据{}登记。如有不符，请与区政府办公室联系。")
    first = cards.titled(meeting, f"已登记您的答复：{attendee.answered}")
    return Notice(attendee.official, text.format(first, by.titled, attendee.source), subject=meeting.title)


# ---------------------------------------------------------------- changed


def changed(meeting: Meeting, attendee: Attendee, lines: Sequence[str], now: datetime) -> Notice:
    """What has changed, old → new, where nobody has to answer anew."""
    text = [
        cards.titled(meeting, "有变更" if attendee.reply else "有变更，请您答复"),
        *(Markup("{}").format(line) for line in lines),
        *(cards.his_agenda(meeting, attendee) if AGENDA in lines else []),
        Markup("时间：{}").format(sitting(meeting, meeting.created_at)),
        Markup("由您主持，不用回执。")
        if attendee.unasked
        else Markup("原来的答复仍然有效。")
        if attendee.reply
        else Markup("请及时答复。"),
    ]
    return Notice(
        attendee.official,
        Markup("\n").join(text),
        subject=f"{meeting.title}有变更",
        matter=f"meeting:{meeting.id}",
        news=True,
        until=meeting.start,
        attachment=calendar_entry(meeting, attendee, now) if attendee.in_calendar else None,
    )


def asked_anew(
    meeting: Meeting, attendee: Attendee, lines: Sequence[str], was: datetime, now: datetime
) -> Notice:
    """Another time: a fresh card, to be answered anew, with what has changed above it.

    It has to be known before they would go there at the time it `was` to begin.
    """
    why = f"变更：{'；'.join(lines)}。{''.join(attendee.earlier[-1:])}"
    return replace(own(meeting, attendee, now, why), news=True, until=min(was, meeting.start))


def cancelled(meeting: Meeting, attendee: Attendee, now: datetime) -> Notice:
    """Called off; who has it in their calendar gets the entry that takes it out."""
    text = Markup("{}\n时间：{}\n原因：{}").format(
        cards.titled(meeting, "已取消"), sitting(meeting, meeting.created_at), meeting.cancel_reason
    )
    return Notice(
        attendee.official,
        text,
        subject=f"{meeting.title}已取消",
        matter=f"meeting:{meeting.id}",
        news=True,
        until=meeting.start,
        attachment=calendar_entry(meeting, attendee, now) if attendee.in_calendar else None,
    )


def dropped(meeting: Meeting, attendee: Attendee, now: datetime) -> Notice:
    """Taken off the list, and out of their phone."""
    return Notice(
        attendee.official,
        cards.titled(meeting, "不用您参加了，名单已调整"),
        subject=f"{meeting.title}名单调整",
        matter=f"meeting:{meeting.id}",
        news=True,
        until=meeting.start,
        attachment=calendar_entry(meeting, attendee, now, off=True) if attendee.in_calendar else None,
    )


def gone_from(meeting: Meeting) -> Markup:
    """What the card of one taken off the list becomes."""
    return cards.titled(meeting, "不用您参加了，名单已调整")


# ---------------------------------------------------------------- reminded


def reminder(meeting: Meeting, attendee: Attendee, *, soon: bool) -> list[Notice]:
    """To who comes: where, the seat or the door, and the materials, the day before; shortly before, where."""
    lines = [
        cards.titled(meeting, "即将召开，请您参加" if soon else "请您按时参加"),
        Markup("时间：{}").format(sitting(meeting, meeting.created_at)),
        Markup("地点：{}").format(meeting.place),
    ]
    if attendee.part is Part.TOPIC:
        for topic in meeting.topics_of(attendee.official):
            about = cards.topic_time(meeting, topic)
            lines.append(Markup("议题：{}{}").format(topic.title, f"，{about}" if about else ""))
    lines += labelled("入场", meeting.entrance)
    if attendee.deputy:
        lines.append(Markup("列席：{}，请转告。").format(attendee.deputy))
    if attendee.denied:
        lines.append(Markup("您的请假未获准，请按时参加。"))
    elif attendee.undecided:
        lines.append(Markup("您的请假还没有批准，获准前请按时参加。"))
    buttons = cards.papers_button(meeting, attendee)
    subject = f"{meeting.title}提醒"
    return [
        Notice(
            attendee.official,
            Markup("\n").join(lines),
            buttons,
            subject,
            matter=f"meeting:{meeting.id}",
            asks=soon,
            until=meeting.start,
        )
    ]


# ---------------------------------------------------------------- who goes on leave, who leaves


NOW_ON_LEAVE = "您的请假已批准，与会议时间重叠，请确认。"
PRESIDES_NO_MORE = "会议主持有变，请您答复。"
BACK_AGAIN = "您的外出安排已变，与会议不再冲突，请答复。"


def to_desk(meeting: Meeting, line: str, roster: Roster, but: Official | None = None) -> list[Notice]:
    """One line for those who run it."""
    text = Markup("{}\n{}").format(cards.titled(meeting, "名单有变"), line)
    people = dict.fromkeys([*roster.desk, meeting.called_by])
    return [
        Notice(one, text, subject=f"{meeting.title}名单变化")
        for one in people
        if one is not but and one.left_at is None
    ]


def no_executive(last: datetime, now: datetime, roster: Roster) -> list[Notice]:
    """To the desk: more than two weeks without a 常务会议 (art. 49)."""
    weeks = EXECUTIVE_EVERY.days // 7
    text = Markup("{}\n上次是{}；常务会议一般每两周召开1次。{}").format(
        headline("", f"已超过{_numeral(weeks)}周没有常务会议", "", "请考虑安排"),
        say_day(shanghai_day(last), now),
        cite(49),
    )
    return [Notice(one, text, subject="常务会议", asks=True) for one in roster.desk]


def _numeral(number: int) -> str:
    return {1: "一", 2: "两"}.get(number, str(number))


def titles(people: Iterable[Attendee]) -> str:
    """The same with their posts, off a list."""
    return "、".join(one.official.titled for one in people)


def names(people: Iterable[Official]) -> str:
    """Several people in one line."""
    return "、".join(one.name for one in people)
