"""变更 and 取消会议: everyone gets what changed; another time asks anew, cancelling tells all."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from markupsafe import Markup, escape

from handlers.context import Route
from handlers.forms.kinds import Destination, Form, asks
from handlers.meeting.fields import AgendaField, SittingField, end_of, length_field, plainly
from handlers.meeting.plan import NO_DEPUTY, YES_DEPUTY, chair_of, look_again, warned_of
from handlers.taps import Tap, on_tap
from matters.meeting import clearing, count, draft, show, tell
from matters.meeting import excuse as excuse_matter
from matters.meeting import topic as topic_matter
from matters.meeting.silence import reschedule
from notices.meeting import card as cards
from notices.meeting import told as notices
from notices.meeting.excuse import which
from rules.dates.reading import say_moment
from rules.fields import Choice, Files, Moment, OfficialField, Paper, Place, Scene, Text, reason
from rules.forms import ABOUT, Problem, Values
from rules.meeting.attendance import Attendee, Part
from rules.meeting.change import MeetingChange
from rules.meeting.gates import note_late
from rules.meeting.matter import LIVE, Meeting, MeetingKind, MeetingPaper
from rules.meeting.members import Chair, check_chair, reply_by, representative
from rules.meeting.topic import TopicLine, read_agenda, say_agenda
from rules.refused import Refused
from rules.roster import LEADERS, Official, Roster
from rules.text import clip
from storage.queries.engagements import on_leave
from storage.queries.meeting.life import mark_leaves, set_timers
from storage.queries.meeting.meetings import open_meetings
from storage.unit_of_work import UnitOfWork


@on_tap("meeting:<id>:change|edit|cancel", Meeting)
async def act(tap: Tap[Meeting]) -> str:
    """[变更] [修改] [取消会议]."""
    work, official, meeting = tap.work, tap.official, tap.matter
    if tap.act == cards.CANCEL and meeting.orphaned:
        meeting.may_manage(official)  # nobody is left who could take back first what is being asked for
    else:
        meeting.may_change(official, work.now)
    if tap.act == cards.CANCEL:
        await tap.begin(calling_off, {"meeting": meeting.id, ABOUT: which(meeting)})
        return "请在下方写明原因。"
    if meeting.kind is MeetingKind.DISTRICT and not meeting.live:
        raise Refused("部门全区性会议请在退回的卡片上修改。", 58)
    await tap.begin(CHANGE, _refill(meeting))
    return ""


async def takes_files(work: UnitOfWork, official: Official) -> Sequence[Destination]:
    """The meetings they have called and may change: materials that are added come as a change."""
    found = []
    for one in await open_meetings(work, *LIVE):
        if one.called_by is official:
            with suppress(Refused):
                one.may_change(official, work.now)
                found.append(Destination(f"附到会议“{clip(one.title, 12)}”", CHANGE, _refill(one)))
    return found


def _refill(meeting: Meeting) -> dict[str, object]:
    return {
        "meeting": meeting.id,
        "title": meeting.title,
        "start": meeting.start,
        "length": int((meeting.end - meeting.start).total_seconds() // 60),
        "place": meeting.place,
        "entrance": meeting.entrance or None,
        "topics": say_agenda(meeting.topics) or None,
        "chair": None,
        "reply_by": None,
        "deputies": YES_DEPUTY if meeting.deputies else NO_DEPUTY,
        "materials": None,
    }


# ---------------------------------------------------------------- what it will be


async def _change(work: UnitOfWork, meeting: Meeting, values: Values) -> MeetingChange:
    """What the form means; who presides and by when people answer follow another time."""
    roster, settings = await work.roster(), work.office.settings
    start = plainly(values["start"])
    end = end_of(values["start"], values.get("length"), settings.meeting.usual)
    topics: Sequence[TopicLine] = read_agenda(values["topics"], roster) if values.get("topics") else []
    moved = (start, end) != (meeting.start, meeting.end)
    closes: datetime | None = values.get("reply_by")
    if closes is None and moved:
        calendar = await work.calendar()
        closes = reply_by(start, work.now, calendar, settings.hours, settings.meeting).at
    papers: list[Paper] = values.get("materials") or []
    chair = (
        await _chair(work, meeting, values.get("chair"), start, end) if moved or values.get("chair") else None
    )
    return MeetingChange(
        title=values.get("title") or meeting.title,
        start=start,
        end=end,
        place=values["place"],
        entrance=values.get("entrance") or "",
        topics=topics,
        chair=chair.official if chair else meeting.chair,
        chair_reason=chair.reason if chair else meeting.chair_reason,
        reply_by=closes or meeting.reply_by,
        deputies=values.get("deputies") == YES_DEPUTY,
        papers=[paper.name for paper in papers],
    )


async def _chair(
    work: UnitOfWork, meeting: Meeting, chosen: Official | None, start: datetime, end: datetime
) -> Chair:
    if not meeting.formal:
        return Chair(chosen or meeting.chair)
    roster = await work.roster()
    away = {one.official for one in await on_leave(work, roster.with_role(*LEADERS), start, end)}
    return chair_of(meeting.kind, chosen, roster, away, meeting.called_by)


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    meeting = await work.lock(Meeting, values["meeting"])
    meeting.may_change(official, work.now)
    wish = await _change(work, meeting, values)
    problems = []
    if wish.of_time(meeting) and meeting.live and work.now >= meeting.start:
        problems.append(Problem("start", "会议已经开始，时间不能再改。"))
    if wish.end <= wish.start:
        problems.append(Problem("length", "结束时间早于开始时间，请重填。"))
    if wish.reply_by > wish.start or (wish.reply_by <= work.now and wish.reply_by != meeting.reply_by):
        problems.append(Problem("reply_by", "回执截止须在现在以后、会议之前，请重填。"))
    longer = wish.end - wish.start > meeting.end - meeting.start
    if meeting.kind is MeetingKind.DISTRICT and longer:
        problems.append(Problem("start", "时长超过已批准的，请取消后重新报批。", 58))
    if meeting.kind is MeetingKind.DISTRICT and _newcomers(meeting, wish, await work.roster())[0]:
        problems.append(
            Problem("topics", "名单以批准的为准，不能再增加单位和领导；要增加，请取消后重新报批。", 58)
        )
    if meeting.formal:
        problems += [
            Problem("topics", f"议题{number}没有写汇报单位，补写如：{number}. 住建局")
            for number, topic in enumerate(wish.topics, 1)
            if topic.unit is None
        ]
    if values.get("chair"):
        roster = await work.roster()
        away = [one.official for one in await on_leave(work, [values["chair"]], wish.start, wish.end)]
        against = check_chair(meeting.kind, values["chair"], roster, away)
        problems += [Problem("chair", against)] if against else []
    return problems


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:  # noqa: ARG001
    """What changes, whom it asks anew, and what another time brings with it."""
    meeting = await work.lock(Meeting, values["meeting"])
    wish = await _change(work, meeting, values)
    lines = [*wish.lines(meeting, work.now), *_agenda_line(wish, meeting)] or ["还没有改动。"]
    if wish.of_time(meeting):
        if meeting.live:
            asked = sum(one.official is not wish.chair for one in meeting.attendees)
            lines.append(f"时间变更，将请{asked}人重新答复。")
            lines.append(f"回执截止：{say_moment(wish.reply_by, work.now)}")
        seats = [(one.official, one.part) for one in meeting.attendees]
        chair = await _chair(work, meeting, values.get("chair"), wish.start, wish.end)
        warnings = await warned_of(work, meeting.kind, chair, seats, wish.start, wish.end, meeting.id)
        lines += [f"⚠️ {warning}" for warning in warnings]
    if wish.of_agenda(meeting):
        lines += [f"⚠️ {remark}" for remark in _newcomers(meeting, wish, await work.roster())[1]]
    return Markup("\n").join(escape(line) for line in lines)


def _agenda_line(wish: MeetingChange, meeting: Meeting) -> list[str]:
    return [notices.AGENDA] if wish.of_agenda(meeting) else []


# ---------------------------------------------------------------- doing it


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    meeting = await work.lock(Meeting, values["meeting"])
    meeting.may_change(official, work.now)
    wish = await _change(work, meeting, values)
    lines = [*wish.lines(meeting, work.now), *_agenda_line(wish, meeting)]
    if not lines:
        raise Refused("与原来相同，没有需要变更的内容。")
    was, began, agenda = meeting.day, meeting.start, list(meeting.topics)
    moved = wish.of_time(meeting)
    if moved:
        asked = [(one, one.excuse) for one in meeting.attendees if one.excuse is not None]
        meeting.move(wish.start, wish.end, wish.reply_by, work.now)
        for one, excuse in asked:
            await excuse_matter.withdrawn(work, meeting, one, excuse)
    papers: list[Paper] = values.get("materials") or []
    fresh = [MeetingPaper(one.file_id, one.name, one.size, one.photo) for one in papers]
    added, gone = await _put(work, meeting, wish, fresh)
    await mark_leaves(work, meeting)
    meeting.expect_chair()
    await work.flush()
    if not meeting.live:
        await look_again(work, meeting)
    await work.note(
        official,
        "meeting.change",
        f"meeting:{meeting.id}",
        article=meeting.article,
        detail={"lines": lines},
        undo="变更" if meeting.live else "",
    )
    if not meeting.live:
        await draft.redraw_draft(work, meeting)
        return Markup("已修改，请在草稿卡片上核对。")
    meeting.changed(lines, work.now)
    await set_timers(work, meeting)
    await reschedule(work, meeting)
    for place in gone:
        await tell.take_off(work, meeting, place)
    told = [one for one in meeting.attendees if one not in added]
    await tell.tell_change(work, meeting, told, lines, was=began if moved else None, fresh=fresh)
    await tell.invite(work, meeting, added)
    await count.moved(work, meeting)
    gone_topics = [topic for topic in agenda if topic not in meeting.topics]
    await topic_matter.laid(work, meeting, was, gone_topics)
    return Markup("已变更并告知{}人。\n{}").format(len(meeting.attendees), "；".join(lines))


async def _put(
    work: UnitOfWork, meeting: Meeting, wish: MeetingChange, fresh: Sequence[MeetingPaper]
) -> tuple[list[Attendee], list[Attendee]]:
    """Enter it; gives who came onto the list for a new topic, and who went with an old one."""
    wish.enter(meeting, fresh)
    new, remarks = _newcomers(meeting, wish, await work.roster())
    if not wish.of_agenda(meeting):
        return [meeting.add(one, Part.MEMBER) for one in new], []
    wish.enter_agenda(meeting, work.now)
    note_late(meeting, await topic_matter.deadlines_of(work, meeting), work.acted_at)
    meeting.warn(remarks)
    units = [topic.unit for topic in meeting.topics if topic.unit is not None]
    gone = [one for one in meeting.attendees if one.part is Part.TOPIC and one.official.unit not in units]
    for place in gone:
        if place.excuse is not None:
            await excuse_matter.withdrawn(work, meeting, place, place.excuse)
        meeting.drop(place.official)
    others = Part.TOPIC if meeting.formal else Part.MEMBER
    return [meeting.add(one, Part.MEMBER if one is wish.chair else others) for one in new], gone


def _newcomers(meeting: Meeting, wish: MeetingChange, roster: Roster) -> tuple[list[Official], list[str]]:
    """Who has to come onto the list: who presides, who speaks for a new topic; with what is vacant there."""
    remarks: list[str] = []
    listed = {topic.unit for topic in meeting.topics}
    units = [topic.unit for topic in wish.topics if topic.unit is not None and topic.unit not in listed]
    speakers = [representative(unit, roster, remarks) for unit in dict.fromkeys(units)]
    people = dict.fromkeys(one for one in [wish.chair, *speakers] if one is not None)
    return [one for one in people if meeting.of(one) is None], remarks


def _leaders(scene: Scene) -> list[Official]:
    return scene.roster.with_role(*LEADERS)


CHANGE = Form(
    name="meeting.change",
    title="变更会议",
    fields=(
        Text("title", "名称", ask="会议名称是什么？", longest=60, optional=True),
        SittingField("start", "时间", ask="改到什么时候？", example="{day} 14:30至16:30"),
        length_field(),
        Place("place", "地点", ask="改在哪里？", example="三楼会议室", longest=100),
        Text("entrance", "入场", ask="座位、入场有什么要说明的？", longest=200, optional=True),
        AgendaField(
            "topics",
            "议题",
            ask="请写全部议题，一行一个。",
            example="1. 城市更新管理办法（住建局，20分钟）",
            longest=2000,
            multiline=True,
            optional=True,
        ),
        OfficialField("chair", "主持", ask="改由谁主持？", among=_leaders, optional=True),
        Moment(
            "reply_by",
            "截止",
            ask="回执什么时候截止？",
            hint="不填的，时间变更后按会前一个工作日12:00。",
            example="{soon} 12:00",
            optional=True,
        ),
        Choice("deputies", "派员", ask="列席单位可以派员吗？", options=(NO_DEPUTY, YES_DEPUTY)),
        Files("materials", "新增材料", ask="请发来要增加的材料。", aliases=("材料",), optional=True),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
)


# ---------------------------------------------------------------- calling it off


@asks(
    "meeting.cancel",
    "取消会议",
    reason("原因", "为什么取消？", "与全市会议冲突，另行通知", phrases="withdraw"),
)
async def calling_off(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    asked = tuple(meeting.clearances)
    before = meeting.cancel(official, values["reason"], work.now)
    await work.note(
        official,
        "meeting.cancel",
        f"meeting:{meeting.id}",
        detail={"reason": meeting.cancel_reason},
        undo="取消会议",
    )
    await set_timers(work, meeting)
    await draft.redraw_draft(work, meeting)
    await clearing.bring_up_to_date(work, meeting, asked)
    if meeting.called_at is None and meeting.orphaned:  # by the desk, for a department that is no more
        return Markup("“{}”已取消，尚未通知任何人。").format(meeting.title)
    if meeting.called_at is None:
        return Markup("“{}”已放弃（{}）。").format(meeting.title, before)
    for place in meeting.attendees:
        if place.excuse is not None:
            await excuse_matter.withdrawn(work, meeting, place, place.excuse)
        await show.redraw_own(work, meeting, place)
        await work.send(notices.cancelled(meeting, place, work.now))
    await count.over(work, meeting)
    await topic_matter.dropped(work, meeting)
    return Markup("“{}”已取消，已告知{}人。").format(meeting.title, len(meeting.attendees))


FORMS: tuple[Form, ...] = (CHANGE, calling_off)
ROUTES: list[Route] = [act]
