"""The list of a meeting for those who run it, by what has been answered; and what /meeting opens with."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from notices.meeting.card import sitting
from notices.notice import Button, Notice, Rows
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.excuse import ExcuseState
from rules.meeting.matter import Meeting
from rules.roster import Official

NEW = "meeting:new"
OPEN = "open"


def names(meeting: Meeting, to: Official) -> Notice:
    """Everybody by their answer; reasons stand on the excuses themselves."""
    lines = [
        Markup("<b>{} · 名单</b>").format(meeting.title),
        Markup("{}").format(sitting(meeting, meeting.created_at)),
    ]
    for word, people in _standings(meeting):
        if people:
            said = "、".join(_named(one) for one in people)
            lines.append(Markup("<b>{}{}人</b>：{}").format(word, len(people), said))
    return Notice(to, Markup("\n").join(lines), subject=f"{meeting.title}名单")


def _standings(meeting: Meeting) -> Iterable[tuple[str, Sequence[Attendee]]]:
    everybody = meeting.attendees

    def excused(state: ExcuseState) -> list[Attendee]:
        return [
            one
            for one in everybody
            if one.reply is Reply.EXCUSED and one.excuse is not None and one.excuse.state is state
        ]

    yield "参加", [one for one in everybody if one.reply is Reply.COMING]
    yield "派员", [one for one in everybody if one.reply is Reply.DEPUTY]
    yield "准假", excused(ExcuseState.GRANTED)
    yield "请假待批", excused(ExcuseState.PENDING)
    yield "不准假", excused(ExcuseState.DENIED)
    yield "追认请假", excused(ExcuseState.RATIFIED)
    yield "请假作废", excused(ExcuseState.VOID)
    yield "外出未确认", [one for one in everybody if one.reply is None and one.on_leave]
    yield "未回复", [one for one in everybody if one.reply is None and not one.on_leave]


def _named(attendee: Attendee) -> str:
    who = f"{attendee.official.name}（{attendee.official.unit.name}）"
    return f"{who}→{attendee.deputy}" if attendee.deputy else who


def overview(official: Official, running: Sequence[Meeting], new: str) -> Notice:
    """What they run, each a button, and [new] for another one."""
    if running:
        lines = [Markup("<b>正在办理的会议</b>")]
        lines += [
            Markup("{}：{}，{}").format(one.title, sitting(one, one.created_at), one.state) for one in running
        ]
    else:
        lines = [Markup("现在没有正在办理的会议。")]
    buttons: Rows = tuple(
        (Button(f"{one.title} {_day(one)}", f"meeting:{one.id}:{OPEN}"),) for one in running
    )
    if new:
        buttons = (*buttons, (Button(new, NEW),))
    return Notice(official, Markup("\n").join(lines), buttons, subject="会议")


def _day(meeting: Meeting) -> str:
    return f"{meeting.day.month}月{meeting.day.day}日"


def none(official: Official) -> Notice:
    """Nothing to come for them."""
    return Notice(official, Markup("您近期没有需要参加的会议。"))
