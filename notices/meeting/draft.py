"""A meeting before it is called: the preview of the form, and the draft's card with the whole list."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from notices.card import labelled
from notices.meeting.card import agenda, head
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.dates.reading import say_moment
from rules.meeting.attendance import Group, Part, group_of
from rules.meeting.count import by_group
from rules.meeting.matter import Meeting, MeetingKind, MeetingState
from rules.meeting.members import Listed
from rules.meeting.plan import Plan
from rules.periods import quorum
from rules.roster import Official

SEND, EDIT, GIVE_UP = "send", "edit", "give_up"
UNITS_ADD, PEOPLE_ADD, PEOPLE_DROP = "units_add", "people_add", "people_drop"


def preview_lines(made: Plan, now: datetime) -> list[str]:
    """Who presides, how many are called by group, by when they answer, and every warning."""
    lines = []
    if made.chair.official is not None:
        lines.append(f"主持：{made.chair.official.titled}")
    lines += [made.chair.reason] if made.chair.reason else []
    lines += list(_seats(made.listed, made.kind))
    lines.append(f"回执截止：{say_moment(made.reply_by, now)}{_because(made.reply_why)}")
    if made.kind is MeetingKind.DISTRICT:
        lines += list(_cleared_by(made.grounds, made.approver))
    return lines + [f"⚠️ {warning}" for warning in made.warnings]


def _because(why: str) -> str:
    return f"（{why}）" if why else ""


def _seats(listed: Listed, kind: MeetingKind) -> Iterator[str]:
    members = [one for one, part in listed.seats if part is Part.MEMBER]
    yield f"应到{len(members)}人：{_grouped(members)}"
    if kind is MeetingKind.EXECUTIVE:
        yield f"须{quorum(len(members))}人以上出席。{cite(49)}"
    attending = [one for one, part in listed.seats if part is Part.ATTENDING]
    if attending:
        yield f"列席{len(attending)}人：{_grouped(attending)}"
    topics = [one for one, part in listed.seats if part is Part.TOPIC]
    if topics:
        yield f"列席议题{len(topics)}人：{'、'.join(one.unit.name for one in topics)}"


def _grouped(people: Iterable[Official]) -> str:
    counted: dict[Group, int] = {}
    for one in people:
        group = group_of(one)
        counted[group] = counted.get(group, 0) + 1
    return "、".join(f"{group}{counted[group]}" for group in Group if group in counted)


def _cleared_by(grounds: Sequence[str], approver: Official | None) -> Iterator[str]:
    if approver is None:
        yield f"先送区政府办公室审核，通过后即发通知。{cite(58)}"
        return
    yield f"先送区政府办公室审核，再报{approver.titled}审批。{cite(58)}"
    yield from (f"· {ground}" for ground in grounds)


# ---------------------------------------------------------------- the draft


def draft_card(meeting: Meeting) -> str:
    """The name of the draft's card."""
    return f"meeting:{meeting.id}:draft"


def draft_text(meeting: Meeting, now: datetime, reply_why: str = "") -> Markup:
    """The whole meeting with everybody on the list, and what is warned of."""
    drafting = meeting.state is MeetingState.DRAFT
    wanted = "请核对名单并发出通知" if drafting else meeting.state
    lines = [head(meeting, state=wanted), *agenda(meeting.topics)]
    lines += labelled("入场", meeting.entrance)
    if meeting.materials:
        lines.append(Markup("材料：{}件").format(len(meeting.materials)))
    lines += list_lines(meeting)
    if meeting.deputies:
        lines.append(Markup("列席单位可以派员。"))
    until = say_moment(meeting.reply_by, now)
    lines.append(Markup("回执截止：{}{}").format(until, _because(reply_why)))
    lines += [Markup("⚠️ {}").format(remark) for remark in meeting.remarks]
    return Markup("\n").join(lines)


def list_lines(meeting: Meeting) -> list[Markup]:
    """Everybody on the list by part and group; who is on leave is marked."""
    lines: list[Markup] = []
    for part in Part:
        people = [one for one in meeting.attendees if one.part is part]
        if not people:
            continue
        said = "应到" if part is Part.MEMBER else str(part)
        lines.append(Markup("<b>{}{}人</b>").format(said, len(people)))
        for group, some in by_group(people).items():
            names = "、".join(f"{one.official.name}{'（外出）' if one.on_leave else ''}" for one in some)
            lines.append(Markup("{}{}人：{}").format(group, len(some), names))
    return lines


def draft_buttons(meeting: Meeting) -> Rows:
    """[发出通知], the list edited, everything else changed, or given up."""
    if meeting.state is not MeetingState.DRAFT:
        return ()
    rows = (
        (("发出通知", SEND),),
        (("加单位", UNITS_ADD), ("加人", PEOPLE_ADD), ("减人", PEOPLE_DROP)),
        (("修改", EDIT), ("放弃", GIVE_UP)),
    )
    return tuple(tuple(Button(word, f"meeting:{meeting.id}:{act}") for word, act in row) for row in rows)


def draft(meeting: Meeting, to: Official, now: datetime, reply_why: str = "") -> Notice:
    """The draft for who made it."""
    return Notice(
        to,
        draft_text(meeting, now, reply_why),
        draft_buttons(meeting),
        subject=f"{meeting.title}草稿",
        card=draft_card(meeting),
    )
