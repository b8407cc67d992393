"""The summary of all excuses that the mayor has at the RSVP deadline (汇总后向区长报告, art. 55)."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from notices.meeting.card import titled
from notices.notice import Notice
from rules.articles import cite
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.count import Tally, by_group, tally
from rules.meeting.excuse import ExcuseState
from rules.meeting.matter import Meeting
from rules.roster import Official


def away(meeting: Meeting) -> list[Attendee]:
    """Those who asked to stay away, and those on approved leave who have not said otherwise."""
    return [
        one for one in meeting.attendees if one.reply is Reply.EXCUSED or (one.on_leave and one.reply is None)
    ]


def summary(meeting: Meeting, to: Official, why: str = "") -> Notice:
    """By group: who, why, and whether it was granted; above it how many come."""
    lines = [
        titled(meeting, "请假情况汇总"),
        *([Markup("<i>{}</i>").format(why)] if why else []),
        Markup("地点：{}").format(meeting.place),
        *_counts(meeting),
    ]
    for group, people in by_group(away(meeting)).items():
        lines.append(Markup("<b>{}</b>").format(group))
        lines += [Markup("· {}").format(_line(one, to)) for one in people]
    lines.append(Markup("{}").format(cite(55)))
    return Notice(to, Markup("\n").join(lines), subject="会议请假情况汇总")


def _counts(meeting: Meeting) -> Iterator[Markup]:
    attending = [one for one in meeting.attendees if not one.member]
    for word, people in (("应到", meeting.members), ("列席", attending)):
        if people:
            yield Markup("{}{}人：{}").format(word, len(people), counted(people))


def counted(people: Iterable[Attendee]) -> str:
    """参加5、请假2（准1、待1）、未回复1; what there is none of is left out."""
    found: Tally = tally(people)
    excused = {"准": found.granted, "待": found.pending}
    inside = "、".join(f"{word}{number}" for word, number in excused.items() if number)
    parts = [
        ("参加", found.coming, ""),
        ("派员", found.deputies, ""),
        ("请假", found.granted + found.pending, f"（{inside}）"),
        ("不准假", found.denied, ""),
        ("外出待确认", found.away, ""),
        ("未回复", found.silent, ""),
    ]
    return "、".join(f"{word}{number}{more}" for word, number, more in parts if number)


def _line(one: Attendee, to: Official) -> str:
    excuse = one.excuse
    if excuse is None:
        return f"{one.official.titled}：已批准请假（{one.away}），会议回执未确认"
    if excuse.by_leave:
        return f"{one.official.titled}：{excuse.reason}"
    return f"{one.official.titled}：{excuse.reason}。{_state_words(one, to)}"


def _state_words(one: Attendee, to: Official) -> str:
    excuse = one.excuse
    if excuse is None:
        return ""
    if excuse.state is ExcuseState.PENDING:
        whom = excuse.holder.titled if excuse.holder else "区政府办公室"
        asked = "您" if excuse.holder is to else whom
        return f"待{asked}审批" + ("，书面请假报告未交" if excuse.report_missing else "")
    by = f"（{excuse.by}）" if excuse.decided_by and excuse.decided_by is not one.official else ""
    return f"{excuse.state}{by}"
