"""The invitation (活动邀请) as a form: what is asked, what is checked, where it goes (art. 86, 87)."""

import re
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from handlers.form_kinds import Form
from notices import invitation as notices
from notices.invitation_card import bring_up_to_date, hand_permission
from rules.articles import cite
from rules.fields import Choice, Files, Paper, Phone, Scene, Text
from rules.forms import Problem, Values
from rules.invitation import MAY_INVITE, Invitation, InvitationFacts, InvitationState
from rules.invitation_deadline import EVENT_DAY, due
from rules.invitation_fields import EndField, EventTime, EventTimeField, LeadersField, leaders
from rules.invitation_kinds import APPROVED_ONLY, InvitationKind, questions
from rules.invitation_papers import InvitationPaper, Purpose
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Roster
from rules.working_days import shanghai_day
from storage.invitation import of_unit
from storage.work import Work

SPEAKS, SILENT = "讲话", "不讲话"
_SPEECH = re.compile(r"讲话|致辞|致词|发言|作报告|宣讲|授课")


def may_invite(official: Official) -> None:
    """Heads and liaisons report events; the office enters what reaches it on paper or by telephone."""
    if official.role not in MAY_INVITE:
        raise Refused("邀请区政府领导参加活动，由单位主要负责人或联络员报区政府办公室。", 86)


# ---------------------------------------------------------------- what is asked


def _approved_only(values: Values) -> bool:
    return values.get("kind") in APPROVED_ONLY


def _late(values: Values) -> bool:
    when = values.get("when")
    return isinstance(when, EventTime) and when.late is not None


def _open_end(values: Values) -> bool:
    when = values.get("when")
    return isinstance(when, EventTime) and when.until is None


def _speaks(values: Values) -> bool:
    return values.get("speech") == SPEAKS


def _numbered(number: str, scene: Scene) -> None:  # noqa: ARG001
    if not any(character.isdecimal() for character in number):
        raise Refused("请写区委、区政府批准的文号；尚未批准的，请先报批，批准后再填")


def _usual_speech(scene: Scene) -> str:
    return SPEAKS if _SPEECH.search(scene.values.get("task") or "") else SILENT


def _own_unit(scene: Scene) -> str | None:
    return None if scene.official.role in OFFICE_DESK else scene.official.unit.full_name


INVITE_FIELDS = (
    Text(
        "event",
        "活动",
        ask="是什么活动？",
        example="城区重点项目现场调研",
        aliases=("活动名称", "名称", "活动内容"),
        longest=80,
    ),
    Choice(
        "kind",
        "类别",
        ask="活动是哪一类？",
        example="调研",
        aliases=("类型", "活动类别"),
        options=tuple(InvitationKind),
        synonyms={
            "开工": "奠基",
            "开工仪式": "奠基",
            "奠基仪式": "奠基",
            "剪彩仪式": "剪彩",
            "揭牌": "剪彩",
            "庆典": "庆祝会",
            "庆祝大会": "庆祝会",
            "纪念大会": "纪念会",
            "表彰大会": "表彰会",
            "座谈": "座谈会",
            "展会": "博览会",
            "研讨": "研讨会",
            "峰会": "论坛",
            "签约仪式": "签约",
            "走访": "慰问",
            "走访慰问": "慰问",
            "考察": "调研",
            "视察": "调研",
        },
    ),
    Text(
        "approval_number",
        "批准文号",
        ask="这类活动未经区委、区政府批准，区政府领导不参加，不予受理。请写区委、区政府批准的文号。",
        hint=f"尚未批准的，请先报批；已填的都保留，批准后接着填。{cite(87)}",
        example="千委〔2026〕12号",
        aliases=("文号", "批准号", "批件号"),
        longest=60,
        shown=_approved_only,
        check=_numbered,
    ),
    Files(
        "approval",
        "批准文件",
        ask="请发区委、区政府的批准文件；没有批准文件的，不予受理。",
        hint=f"可发多个文件或照片，发完请点「发完了」。{cite(87)}",
        aliases=("批件", "批复"),
        names=("批准", "批复", "批件", "批示", "同意"),
        shown=_approved_only,
    ),
    EventTimeField(
        "when",
        "时间",
        ask="活动什么时候开始？",
        hint="也可写明起止，如 12月10日 9:00至11:00。",
        example="12月10日 9:00至11:00",
        aliases=("活动时间", "起止时间"),
    ),
    EndField(
        "end",
        "结束",
        ask="几点结束？",
        hint="说不准的，点「跳过」。",
        example="11:00",
        aliases=("结束时间",),
        optional=True,
        shown=_open_end,
    ),
    Text(
        "special_reason",
        "特殊情况",
        ask="报送晚于规定时间，不予受理。确属特殊情况的，请写明理由，由区政府办公室主任准予后办理。",
        hint=f"最迟报送日期见上面的时间一栏；不属特殊情况的，请改时间或点「取消」。{cite(86)}",
        example="市里昨天下午通知，活动定于本周五举行",
        aliases=("特殊情况理由", "理由", "紧急理由"),
        longest=200,
        shown=_late,
    ),
    Text("place", "地点", ask="在哪里举行？", example="云腾街道便民中心", aliases=("活动地点",), longest=80),
    Text(
        "organiser",
        "主办",
        ask="谁主办？",
        example="千文区财政局",
        aliases=("主办单位", "主办方", "举办单位"),
        longest=80,
        default=_own_unit,
    ),
    LeadersField(
        "asked",
        "领导",
        ask="请哪位区领导出席？可选几位；请区政府安排的，点「跳过」。",
        example="区长、常务副区长；或：请区政府安排",
        aliases=("邀请领导", "拟请领导", "出席领导", "拟邀领导"),
        among=leaders,
        most=7,
        optional=True,
    ),
    Text(
        "size",
        "规模",
        ask="有多少人参加，哪些方面的人？",
        example="约80人，各镇街、有关部门负责人",
        aliases=("人数", "参加人员", "活动规模"),
        longest=100,
        optional=True,
    ),
    Text(
        "task",
        "任务",
        ask="请领导做什么？",
        hint="如：出席、讲话、颁奖、现场察看。",
        example="出席并讲话",
        aliases=("领导任务", "请领导", "出席任务", "事项"),
        longest=200,
        optional=True,
    ),
    Choice(
        "speech",
        "讲话",
        ask="需要领导讲话吗？",
        example=SPEAKS,
        aliases=("是否讲话", "讲话致辞"),
        options=(SILENT, SPEAKS),
        synonyms={
            "是": SPEAKS,
            "需要": SPEAKS,
            "有": SPEAKS,
            "讲": SPEAKS,
            "致辞": SPEAKS,
            "否": SILENT,
            "不需要": SILENT,
            "无": SILENT,
            "不": SILENT,
            "没有": SILENT,
        },
        default=_usual_speech,
    ),
    Files(
        "speech_draft",
        "讲话稿",
        ask="请领导讲话的，请发讲话代拟稿。",
        hint=f"讲话事先须经区政府同意。发完请点「发完了」。{cite(76)}",
        aliases=("代拟稿", "讲话代拟稿", "致辞稿"),
        names=("讲话", "致辞", "致词", "代拟稿", "发言"),
        shown=_speaks,
    ),
    Text(
        "contact",
        "联系人",
        ask="活动的联系人是谁？",
        example="张某某",
        aliases=("联络人",),
        longest=40,
        default=lambda scene: scene.official.name,
    ),
    Phone(
        "phone",
        "电话",
        ask="联系人的电话？",
        example="13800000000",
        aliases=("联系电话", "手机", "联系人电话"),
        default=lambda scene: scene.official.phone or None,
    ),
    Files(
        "programme",
        "方案",
        ask="请发活动方案、议程。",
        hint="可发多个文件或照片，发完请点「发完了」；没有的，点「跳过」。",
        aliases=("附件", "议程", "方案议程", "活动方案", "材料"),
        names=("方案", "议程", "日程", "流程", "请柬", "邀请函", "通知"),
        optional=True,
    ),
)


# ---------------------------------------------------------------- what is checked and said before 提交


async def _check(work: Work, official: Official, values: Values) -> list[Problem]:
    may_invite(official)
    problems = []
    for other in await of_unit(work, official.unit):
        same = other.event == values["event"] and other.start == values["when"]
        if same and other.id != values.get("invitation") and official.role not in OFFICE_DESK:
            problems.append(Problem("", "这个活动已经报送，发「我的」可查看、变更。"))
    return problems


async def _preview(work: Work, official: Official, values: Values) -> Markup:
    """When it had to be reported, and what the office will ask about."""
    settings, calendar = work.office.settings, await work.calendar()
    when: EventTime = values["when"]
    deadline = due(shanghai_day(when), calendar, settings.periods)
    lines = [f"报送期限：{deadline.explain(EVENT_DAY)}。{cite(86)}"]
    if when.late is not None:
        roster = await work.roster()
        lines.append(f"⚠️ 已晚于规定时间，提交后先送{permitter(official, roster).titled}，准予受理的再办。")
    found = questions(values["kind"], [values["event"], values.get("task") or ""])
    if found:
        lines.append(f"⚠️ 文中有“{'”“'.join(found)}”，未经区委、区政府批准不安排。{cite(87)}")
    if not values.get("programme"):
        lines.append("未附方案、议程，办公室可能请您补充。")
    return Markup("\n").join(escape(line) for line in lines)


def permitter(official: Official, roster: Roster) -> Official:
    """Who allows one that comes late: 办公室主任, for his own the first deputy."""
    others = [*roster.with_role(Role.OFFICE_DIRECTOR), *roster.with_role(Role.OFFICE_DEPUTY)]
    found = next((one for one in others if one is not official), None)
    if found is None:
        raise Refused("花名册里没有区政府办公室主任，特殊情况暂不能受理，请致电区政府办公室。", 86)
    return found


# ---------------------------------------------------------------- 提交


async def _submit(work: Work, official: Official, values: Values) -> Markup:
    """Send it in: a new one, or one that was to be completed."""
    may_invite(official)
    roster, facts = await work.roster(), _facts(values)
    when: EventTime = values["when"]
    if "invitation" in values:
        invitation = await work.get(Invitation, values["invitation"])
        try:
            invitation.revise(official, facts, work.now)
        except Refused as refused:  # cancelled, or completed by a colleague meanwhile
            return escape(str(refused))
    else:
        invitation = Invitation(
            unit=official.unit, submitted_by=official, submitted_at=work.now, **vars(facts)
        )
        work.add(invitation)
    late = when.late is not None
    invitation.submit(permitter(official, roster) if late else None, work.now)
    await work.flush()
    await work.note(
        official, "invitation.submit", f"invitation:{invitation.id}", article=86, detail=_summary(invitation)
    )
    await send_in(work, invitation)
    if "invitation" not in values:
        await work.send(notices.own(invitation, roster, official))
    return notices.submitted(invitation)


async def send_in(work: Work, invitation: Invitation) -> None:
    """Lay it before 办公室主任, or before the desk."""
    permission = invitation.permission
    if invitation.state is InvitationState.PERMISSION and permission is not None:
        await hand_permission(work, invitation, permission)
        await bring_up_to_date(work, invitation)
        await work.send(notices.ask_permission(invitation, permission))
    else:
        await bring_up_to_date(work, invitation)
        await work.send(*await notices.at_desk(work, invitation))


def _facts(values: Values) -> InvitationFacts:
    when: EventTime = values["when"]
    end: datetime | None = when.until or values.get("end")
    return InvitationFacts(
        event=values["event"],
        kind=InvitationKind(values["kind"]),
        start=EventTime.of(when),
        end=end,
        place=values["place"],
        organiser=values["organiser"],
        asked=list(values.get("asked") or []),
        size=values.get("size") or "",
        task=values.get("task") or "",
        speech=_speaks(values),
        contact=values["contact"],
        phone=values["phone"],
        special_reason=values.get("special_reason") or "",
        approval_number=values.get("approval_number") or "",
        papers=[
            InvitationPaper(paper.file_id, paper.name, purpose, paper.size, paper.photo)
            for key, purpose in PURPOSES.items()
            for paper in values.get(key) or []
        ],
    )


PURPOSES = {"approval": Purpose.APPROVAL, "programme": Purpose.PROGRAMME, "speech_draft": Purpose.SPEECH}


def _summary(invitation: Invitation) -> dict[str, str]:
    """What the audit keeps of a report: never the phone."""
    return {
        "event": invitation.event,
        "kind": invitation.kind,
        "start": invitation.start.isoformat(),
        "leaders": invitation.asked_words,
        "papers": str(len(invitation.papers)),
        "state": invitation.state,
    }


def refill(invitation: Invitation) -> dict[str, Any]:
    """The values of one that is to be completed, for the form to begin with."""
    kept: dict[str, Any] = {
        "invitation": invitation.id,
        "reported": {
            "at": invitation.submitted_at.isoformat(),
            "day": shanghai_day(invitation.start).isoformat(),
        },
        "event": invitation.event,
        "kind": invitation.kind,
        "when": EventTime.of(invitation.start, invitation.end),
        "place": invitation.place,
        "organiser": invitation.organiser,
        "asked": list(invitation.asked),
        "size": invitation.size or None,
        "task": invitation.task or None,
        "speech": SPEAKS if invitation.speech else SILENT,
        "contact": invitation.contact,
        "phone": invitation.phone,
    }
    if invitation.end is None:
        kept["end"] = None
    for key in ("special_reason", "approval_number"):
        if getattr(invitation, key):
            kept[key] = getattr(invitation, key)
    for key, purpose in PURPOSES.items():
        found = [Paper(p.file_id, p.name, p.size, p.photo) for p in invitation.papers_for(purpose)]
        if found or key == "programme":
            kept[key] = found or None
    return kept


INVITE = Form(
    name="invitation",
    title="活动邀请",
    word="邀请",
    aliases=("活动邀请", "邀请领导"),
    fields=INVITE_FIELDS,
    check=_check,
    preview=_preview,
    submit=_submit,
)
