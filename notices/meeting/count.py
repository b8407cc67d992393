"""The office's live card of a meeting: who comes, who does not, who is silent; edited where it stands."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from notices.meeting.card import CHANGE, head, titled
from notices.meeting.summary import counted
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.dates.reading import say_moment
from rules.engagement import EngagementKind
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.count import Quorum, by_group, quorum_of
from rules.meeting.matter import Meeting
from rules.meeting.slots import Slot
from rules.roster import Official, Roster
from rules.working_days import SHANGHAI


def office_text(meeting: Meeting) -> Markup:
    """The meeting, how many have answered what by group, and who is excused or silent by name."""
    silent = sum(one.reply is None for one in meeting.attendees)
    answered = f"{len(meeting.attendees) - silent}/{len(meeting.attendees)}人已答复"
    lines = [head(meeting, state=answered if meeting.live else meeting.state)]
    if meeting.live:
        lines.append(Markup("回执截止：{}").format(say_moment(meeting.reply_by, meeting.created_at)))
    lines.append(Markup("<b>应到{}人</b>：{}").format(len(meeting.members), counted(meeting.members)))
    others = [one for one in meeting.attendees if not one.member]
    if others:
        lines.append(Markup("<b>列席{}人</b>：{}").format(len(others), counted(others)))
    groups = by_group(meeting.attendees)
    if len(groups) > 1:
        lines += [
            Markup("{}{}人：{}").format(group, len(people), counted(people))
            for group, people in groups.items()
        ]
    quorum = quorum_of(meeting)
    if quorum:
        lines.append(quorum_line(quorum))
    lines += _named(meeting)
    return Markup("\n").join(lines)


def quorum_line(quorum: Quorum) -> Markup:
    """The line of art. 49, and whether it is reached."""
    ground = cite(49)
    line = f"应到{quorum.expected}人，须{quorum.needed}人以上出席："
    if quorum.holds:
        return Markup("✅ {}已有{}人参加，成会。{}").format(line, quorum.certain, ground)
    if quorum.short:
        return Markup("⚠️ {}最多可到{}人，不足。{}").format(line, quorum.possible, ground)
    missing = quorum.needed - quorum.certain
    return Markup("{}现有{}人参加，还差{}人。{}").format(line, quorum.certain, missing, ground)


def _named(meeting: Meeting) -> Iterator[Markup]:
    """Who is excused, sends somebody or has not answered, by group."""
    excused = [one for one in meeting.attendees if one.reply is Reply.EXCUSED]
    yield from _list("请假", excused)
    yield from _list("派员", [one for one in meeting.attendees if one.reply is Reply.DEPUTY])
    silent = [one for one in meeting.attendees if one.reply is None]
    yield from _list("未回复", silent)


def _list(heading: str, people: Iterable[Attendee]) -> Iterator[Markup]:
    groups = by_group(people)
    if groups:
        yield Markup("<b>{}</b>").format(heading)
    for group, some in groups.items():
        yield Markup("{}：{}").format(group, "、".join(_name(one) for one in some))


def _name(one: Attendee) -> str:
    if one.deputy is not None:
        return f"{one.official.name}（{one.deputy}）"
    if one.reply is None:
        return f"{one.official.name}（外出）" if one.on_leave else one.official.name
    if one.excuse is None:
        return one.official.name
    missing = "，报告未交" if one.excuse.report_missing else ""
    return f"{one.official.name}（{one.excuse.state}{missing}）"


def keepers(meeting: Meeting, roster: Roster) -> list[Official]:
    """Who has the card: the desk, and whoever called the meeting."""
    return [one for one in dict.fromkeys([*roster.desk, meeting.called_by]) if one.left_at is None]


# ---------------------------------------------------------------- enough people, or not (art. 49)


def short(meeting: Meeting, quorum: Quorum, slots: list[Slot], roster: Roster) -> list[Notice]:
    """Too few are left: to those who run it and to the one who presides, with other times."""
    excused = "、".join(
        one.official.titled for one in meeting.members if not one.denied and one.reply is Reply.EXCUSED
    )
    lines = [
        titled(meeting, "出席人数不足，请商定改期"),
        Markup("应到{}人，须{}人以上出席，最多可到{}人。{}").format(
            quorum.expected, quorum.needed, quorum.possible, cite(49)
        ),
    ]
    lines += [Markup("请假：{}").format(excused)] if excused else []
    lines += list(_offered(slots))
    subject, shown = f"{meeting.title}出席人数不足", Markup("\n").join(lines)
    keep = keepers(meeting, roster)
    change: Rows = ((Button("变更", f"meeting:{meeting.id}:{CHANGE}"),),)
    to_chair = shown + Markup("\n要改期，请告区政府办公室。")
    return [
        *(Notice(one, shown, change, subject=subject, asks=True) for one in keep),
        *(
            Notice(one, to_chair, subject=subject, asks=True)
            for one in [meeting.chair]
            if one and one not in keep
        ),
    ]


def _offered(slots: list[Slot]) -> Iterator[Markup]:
    if not slots:
        yield Markup("近两周没有过半数成员都有空的时间，请另行商定。")
        return
    yield Markup("可改到（按已知的外出、会议、活动）：")
    for number, slot in enumerate(slots, 1):
        end = slot.end.astimezone(SHANGHAI)
        yield Markup("{}. {}至{:%H:%M}，{}").format(number, say_moment(slot.start), end, _free(slot))


def _free(slot: Slot) -> str:
    if not slot.taken:
        return "都有空"
    what: dict[Official, EngagementKind] = {}
    for one in slot.taken:
        what.setdefault(one.official, one.kind)
    return "不能参加：" + "、".join(f"{official.titled}（{kind}）" for official, kind in what.items())


def regained(meeting: Meeting, quorum: Quorum, roster: Roster) -> list[Notice]:
    """Enough again: the same people hear it."""
    lines = [
        titled(meeting, "出席人数已恢复"),
        Markup("应到{}人，须{}人以上出席，现最多可到{}人，已有{}人参加。{}").format(
            quorum.expected, quorum.needed, quorum.possible, quorum.certain, cite(49)
        ),
    ]
    shown, both = Markup("\n").join(lines), [*keepers(meeting, roster), meeting.chair]
    return [
        Notice(one, shown, subject=f"{meeting.title}出席人数已恢复") for one in dict.fromkeys(both) if one
    ]
