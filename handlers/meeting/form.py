"""Calling a meeting as a form: what is asked, what is warned of, and the draft it makes (art. 47-51, 58)."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from handlers.forms.kinds import Form
from handlers.meeting.fields import AgendaField, SittingField, length_field
from handlers.meeting.plan import (
    NO_DEPUTY,
    NO_TOWNS,
    YES_DEPUTY,
    YES_TOWNS,
    as_before,
    district,
    keep,
    plan,
    summary,
)
from matters.meeting import clearing
from notices.meeting import draft as notices
from rules.articles import cite
from rules.dates.reading import say_moment
from rules.fields import Choice, Files, Moment, OfficialField, OfficialsField, Place, Scene, Text, UnitsField
from rules.forms import Problem, Values
from rules.meeting.clearing import ask_clearance
from rules.meeting.matter import FORMAL, InName, Meeting, MeetingKind, MeetingState
from rules.meeting.members import check_chair, kinds_for, may_call
from rules.meeting.plan import Plan
from rules.meeting.topic import TopicLine
from rules.meeting.warnings import NO_MAYOR, invites_mayor_wrongly
from rules.roster import LEADERS, OFFICE_DESK, Official
from storage.queries.engagements import on_leave
from storage.queries.meeting.last import LastCalled, last_called
from storage.queries.meeting.life import mark_leaves
from storage.queries.meeting.meetings import open_meetings
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- what is checked and said before 提交


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    kind = MeetingKind(values["kind"])
    may_call(official, kind)
    made = await plan(work, official, values)
    problems = list(_check_title(kind, values))
    if made.end <= made.start:
        problems.append(Problem("length", "结束时间早于开始时间，请重填。"))
    if not work.now < made.reply_by <= made.start:
        problems.append(Problem("reply_by", "回执截止须在现在以后、会议之前，请重填。"))
    problems += await _check_twice(work, values, made)
    problems += _check_topics(kind, made.topics)
    problems += await _check_chair(work, kind, values, made)
    if made.unit is not None and made.in_name is not None:
        asked = await district(work, made.unit, made.in_name, made.start, made.end, made.listed, None)
        if invites_mayor_wrongly(asked):
            problems.append(Problem("people", NO_MAYOR, 58))
    if len(made.listed.seats) <= (1 if made.chair.official else 0):
        problems.append(Problem("units", "名单里还没有人，请选单位，或在“人员”里写名字。"))
    return problems


def _check_title(kind: MeetingKind, values: Values) -> Sequence[Problem]:
    if kind in FORMAL or values.get("title"):
        return []
    return [Problem("title", "请写会议名称，例：防汛工作专题会议。")]


def _check_topics(kind: MeetingKind, topics: Sequence[TopicLine]) -> Sequence[Problem]:
    if kind not in FORMAL:
        return []
    return [
        Problem("topics", f"议题{number}没有写汇报单位，补写如：{number}. 住建局")
        for number, topic in enumerate(topics, 1)
        if topic.unit is None
    ]


async def _check_twice(work: UnitOfWork, values: Values, made: Plan) -> list[Problem]:
    """The same meeting twice, by one clerk or by two, is one meeting, also at one moment."""
    await work.alone("meeting.draft")
    states = (MeetingState.DRAFT, MeetingState.PENDING, MeetingState.SENT_BACK, MeetingState.CALLED)
    for other in await open_meetings(work, *states):
        same = (other.kind, other.title, other.start) == (made.kind, made.title, made.start)
        if same and other.id != values.get("meeting"):
            who, when = other.called_by.titled, say_moment(other.start)
            said = f"{when}的“{other.title}”已由{who}拟办（{other.state}），不必重复；"
            return [Problem("", said + "请发「会议」查看，或改时间、名称。")]
    return []


async def _check_chair(work: UnitOfWork, kind: MeetingKind, values: Values, made: Plan) -> list[Problem]:
    chosen: Official | None = values.get("chair")
    if kind is MeetingKind.SPECIAL and made.chair.official is None:
        return [Problem("chair", "专题会议由区长或副区长召集和主持，请写明主持人。", 51)]
    if chosen is None or kind is MeetingKind.DISTRICT:
        return []
    roster = await work.roster()
    away = [one.official for one in await on_leave(work, [chosen], made.start, made.end)]
    against = check_chair(kind, chosen, roster, away)
    return [Problem("chair", against)] if against else []


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    made = await plan(work, official, values)
    return Markup("\n").join(escape(line) for line in notices.preview_lines(made, work.now))


async def _forbids(work: UnitOfWork, official: Official, values: Values) -> Markup | None:  # noqa: ARG001
    if kinds_for(official):
        return None
    return Markup("会议由区政府办公室通知；您参加的会议，发「会议」查看。")


# ---------------------------------------------------------------- 提交


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """A draft to be looked over and sent; a department's meeting goes to the office first (art. 58)."""
    made = await plan(work, official, values)
    meeting = await keep(work, official, values, made)
    await mark_leaves(work, meeting)
    await work.flush()
    await work.note(
        official, "meeting.draft", f"meeting:{meeting.id}", article=meeting.article, detail=summary(meeting)
    )
    if meeting.kind is MeetingKind.DISTRICT:
        ask_clearance(meeting, official, made.approver, work.now)
        await work.flush()
        await clearing.ask(work, meeting)
        return Markup("“{}”已报区政府办公室审核。{}").format(meeting.title, cite(58))
    await work.send(notices.draft(meeting, official, work.now, made.reply_why))
    return Markup("“{}”已存为草稿，请在下面核对名单后发出通知。").format(meeting.title)


async def _around(work: UnitOfWork, official: Official) -> dict[str, Any]:
    """Where the last meeting of each kind was, and which units were asked to it."""
    return {"last": await last_called(work, official)}


def _last(values: Values) -> LastCalled:
    return values.get("last", {}).get(values.get("kind")) or LastCalled()


def _usual_place(scene: Scene) -> str | None:
    return _last(scene.values).place or None


def _formal(values: Values) -> bool:
    return values.get("kind") in FORMAL


def _of_district(values: Values) -> bool:
    return values.get("kind") is MeetingKind.DISTRICT


def _of_plenary(values: Values) -> bool:
    return values.get("kind") is MeetingKind.PLENARY


def _chairs(scene: Scene) -> list[Official]:
    """Leaders, and for a department's own meeting its people."""
    own = [] if scene.official.role in OFFICE_DESK else scene.roster.of(scene.official.unit)
    return list(dict.fromkeys([*scene.roster.with_role(*LEADERS), *own]))


def _usual_length(scene: Scene) -> int:
    return scene.settings.meeting.usual_minutes


MEETING = Form(
    name="meeting",
    title="会议通知",
    word="会议",
    aliases=("开会", "召开会议"),
    fields=(
        Choice(
            "kind",
            "类型",
            ask="召开什么会议？",
            example="常务会议",
            aliases=("类别", "会议类型"),
            options=lambda scene: kinds_for(scene.official),
            synonyms={
                "区政府全体会议": "全体会议",
                "区政府常务会议": "常务会议",
                "区长办公会": "区长办公会议",
                "办公会": "区长办公会议",
                "区政府专题会议": "专题会议",
                "全区性会议": "部门全区性会议",
            },
            columns=2,
        ),
        Choice(
            "in_name",
            "名义",
            ask="以什么名义召开？",
            hint=f"以区政府名义的，原则上每年不超过1次、不超过半天；本系统的，一律不邀请区长。{cite(58)}",
            options=tuple(InName),
            shown=_of_district,
        ),
        Text(
            "title",
            "名称",
            ask="会议名称是什么？",
            example="防汛工作专题会议",
            aliases=("会议名称", "主题"),
            longest=60,
            optional=True,
            unasked=_formal,
        ),
        SittingField(
            "start",
            "时间",
            ask="什么时候开？",
            example="{day} 14:30至16:30",
            aliases=("会议时间", "开始"),
        ),
        length_field(_usual_length, unasked=True),
        Place(
            "place",
            "地点",
            ask="在哪里开？",
            example="三楼会议室",
            aliases=("会议地点",),
            longest=100,
            default=_usual_place,
            unasked=True,
        ),
        Text(
            "entrance",
            "入场",
            ask="座位、入场有什么要说明的？",
            example="凭证件从东门入场，座位见桌签",
            aliases=("座位", "入场说明"),
            longest=200,
            optional=True,
            unasked=True,
        ),
        AgendaField(
            "topics",
            "议题",
            ask="有哪些议题？一行一个，括号里写汇报单位和分钟。",
            example="1. 城市更新管理办法（住建局，20分钟）",
            aliases=("议程", "会议议题"),
            longest=2000,
            multiline=True,
            optional=True,
            unasked=lambda values: not _formal(values),
        ),
        Choice(
            "towns",
            "镇街",
            ask="镇街、经开区主要负责人列席吗？",
            options=(NO_TOWNS, YES_TOWNS),
            synonyms={"是": YES_TOWNS, "否": NO_TOWNS, "不": NO_TOWNS},
            default=lambda scene: NO_TOWNS,  # noqa: ARG005 - the scene does not matter
            unasked=True,
            shown=_of_plenary,
        ),
        UnitsField(
            "units",
            "单位",
            ask="还要哪些单位的主要负责人参加？",
            hint="议题汇报单位已自动列入，不用再选。",
            aliases=("列席", "列席单位", "参会单位", "参加单位", "出席单位"),
            before=lambda values: _last(values).units,
            optional=True,
        ),
        OfficialsField(
            "people",
            "人员",
            ask="还要点名通知哪些同志？",
            aliases=("参会人员", "参加人员"),
            most=200,
            optional=True,
            unasked=True,
        ),
        OfficialField(
            "chair",
            "主持",
            ask="由谁主持？",
            hint="不填的，按规则由区长主持，区长外出时常务会议由常务副区长主持。",
            aliases=("主持人",),
            among=_chairs,
            optional=True,
            unasked=True,
        ),
        Moment(
            "reply_by",
            "截止",
            ask="回执什么时候截止？",
            hint="不填的，会前一个工作日12:00。",
            example="{soon} 12:00",
            aliases=("回执截止", "截止时间"),
            optional=True,
            unasked=True,
        ),
        Choice(
            "deputies",
            "派员",
            ask="列席单位可以派员吗？",
            options=(NO_DEPUTY, YES_DEPUTY),
            synonyms={"是": YES_DEPUTY, "可": YES_DEPUTY, "可以": YES_DEPUTY, "否": NO_DEPUTY},
            optional=True,
            unasked=True,
        ),
        Files(
            "materials",
            "材料",
            ask="请发来会议材料；没有的，点“跳过”。",
            hint="发完请点「发完了」。",
            aliases=("附件", "会议材料"),
            optional=True,
            unasked=True,
        ),
    ),
    check=_check,
    preview=_preview,
    forbids=_forbids,
    submit=_submit,
    around=_around,
    matter=Meeting,
    from_matter=as_before,
)

FORMS: tuple[Form, ...] = (MEETING,)
