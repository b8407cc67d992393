"""变更: the unit moves time or place of an event it has reported, or has another programme (art. 86)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from markupsafe import Markup

from handlers.context import own_chat
from handlers.forms.entry import begin
from handlers.forms.kinds import Destination, Form
from handlers.invitation.fields import end_field
from handlers.invitation.form import permitter
from matters.invitation import tell as tell_invitation
from matters.invitation.show import bring_up_to_date, hand_out
from notices.invitation import told as notices
from notices.invitation.outcome import tell
from notices.invitation.words import about, changed, when
from rules.articles import cite
from rules.fields import Files, Paper, Place, Text
from rules.forms import Problem, Values
from rules.invitation.change import InvitationChange
from rules.invitation.changing import may_change, propose, too_late, withdraw_change
from rules.invitation.deadline import EVENT_DAY, missed
from rules.invitation.fields import EventTime, EventTimeField
from rules.invitation.matter import MAY_INVITE, Invitation
from rules.invitation.papers import InvitationPaper, Purpose
from rules.refused import Refused
from rules.roster import Official
from rules.text import clip
from storage.queries.invitation.invitations import of_unit
from storage.unit_of_work import UnitOfWork


async def ask_change(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    """变更: the form opens with what stands now."""
    may_change(invitation, official, work.acted_at)
    await begin(work, official, own_chat(official), CHANGE_FORM, values=_as_it_stands(invitation))
    return "请在下方填写变更。"


def _as_it_stands(invitation: Invitation) -> dict[str, Any]:
    was = _WHEN.pack(EventTime.of(invitation.start, invitation.end))
    return {"invitation": invitation.id, "was": was, "was_place": invitation.place}


async def takes_files(work: UnitOfWork, official: Official) -> Sequence[Destination]:
    """Their unit's invitations that may be changed: a new programme comes as a change."""
    found = []
    for one in await of_unit(work, official.unit) if official.role in MAY_INVITE else ():
        with suppress(Refused):
            may_change(one, official, work.acted_at)
            found.append(Destination(f"附到邀请“{clip(one.event, 12)}”", CHANGE_FORM, _as_it_stands(one)))
    return found


async def take_back(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    """撤回变更, as long as the office has not looked at it."""
    change = withdraw_change(invitation, official, work.now)
    await work.note(
        official,
        "invitation.change_withdraw",
        f"invitation:{invitation.id}",
        detail={"number": change.number},
        undo="撤回",
    )
    await bring_up_to_date(work, invitation)
    line = about(invitation, "变更已撤回，仍按原定") + Markup("\n{}撤回。").format(official.titled)
    await work.send(*(tell(one, line, invitation) for one in (await work.roster()).desk))
    return "已撤回变更。"


def _new_papers(values: Values) -> list[InvitationPaper]:
    found: list[Paper] = values.get("programme") or []
    return [InvitationPaper(p.file_id, p.name, Purpose.PROGRAMME, p.size, p.photo) for p in found]


def _wish(values: Values) -> tuple[datetime, datetime | None, str]:
    when_: EventTime = values["when"]
    return EventTime.of(when_), when_.until or values.get("end"), values["place"]


async def _check_change(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    invitation = await work.lock(Invitation, values["invitation"])
    may_change(invitation, official, work.acted_at)
    start, end, place = _wish(values)
    late = too_late(invitation, start, work.acted_at, await work.calendar(), work.office.settings.periods)
    if late is not None and not values.get("reason"):
        said = f"新的时间最迟应于{late.label}报送，已晚；确属特殊情况的，请写明原因，由办公室主任准予后办理。"
        return [Problem("reason", said, 86)]
    same = (start, end, place) == (invitation.start, invitation.end, invitation.place)
    if same and not values.get("programme"):
        return [Problem("", "时间、地点、议程都还没有改，请点「修改」。")]
    return []


async def _preview_change(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Old → new, and what follows from it."""
    invitation = await work.lock(Invitation, values["invitation"])
    start, end, place = _wish(values)
    settings, calendar = work.office.settings, await work.calendar()
    was = (invitation.start, invitation.end, invitation.place)
    draft = InvitationChange(0, official, work.now, start, end, place, *was)
    lines = changed(draft, invitation)
    if draft.asks_anew:
        lines.append(Markup("时间或地点有变，办公室审核后重新征求领导意见；审核之前仍按原定安排。"))
    else:
        lines.append(Markup("办公室审核后告知领导。"))
    late = missed(start, work.acted_at, calendar, settings.periods) if draft.asks_anew else None
    if late is not None:
        said = Markup("⚠️ 距活动已不足{}个工作日（{}），{}。{}")
        then = "请由办公室酌定"
        if too_late(invitation, start, work.acted_at, calendar, settings.periods) is not None:
            whom = permitter(official, await work.roster()).titled
            then = f"提交后先送{whom}，准予受理的再办"
        lines.append(said.format(late.count, late.explain(EVENT_DAY), then, cite(86)))
    return Markup("\n").join(lines)


async def _submit_change(work: UnitOfWork, official: Official, values: Values) -> Markup:
    invitation = await work.lock(Invitation, values["invitation"])
    start, end, place = _wish(values)
    reason = values.get("reason") or ""
    late = too_late(invitation, start, work.acted_at, await work.calendar(), work.office.settings.periods)
    allows = permitter(official, await work.roster()) if late is not None else None
    papers = _new_papers(values)
    change = propose(invitation, official, start, end, place, papers, reason, work.acted_at, allows)
    await work.flush()
    await work.note(
        official,
        "invitation.change",
        f"invitation:{invitation.id}",
        article=86,
        detail={"when": when(start, end, work.now), "place": place, "programme": str(change.programme)},
        undo="变更",
    )
    question = invitation.question
    if question is not None and question.change:
        await hand_out(work, invitation, question)
    await bring_up_to_date(work, invitation)
    if question is not None:
        await work.send(notices.ask_permission(invitation, question))
        if question.change:
            return notices.change_waits(question)
        return Markup("变更已报送，准予受理后一并办理。")
    await work.send(*await tell_invitation.at_desk(work, invitation, tell_invitation.CHANGE_TO_REVIEW))
    return Markup("变更已报送区政府办公室；审核之前，仍按原定安排。")


_WHEN = EventTimeField("when", "时间", judged=False)


def _open_end(values: Values) -> bool:
    """A new time without an end is asked for one; the old one stands as it was."""
    when_ = values.get("when")
    return isinstance(when_, EventTime) and when_.until is None and _WHEN.pack(when_) != values.get("was")


CHANGE_FORM = Form(
    name="invitation.change",
    title="活动变更",
    fields=(
        EventTimeField(
            "when",
            "时间",
            ask="新的时间是什么时候？",
            hint="也可写明起止，如 12月11日 9:00至11:00。",
            example="{day} 9:00至11:00",
            aliases=("活动时间", "起止时间"),
            judged=False,
            default=lambda scene: _WHEN.unpack(scene.values["was"], scene),
        ),
        end_field(_open_end),
        Place(
            "place",
            "地点",
            ask="新的地点在哪里？",
            example="云腾街道便民中心",
            longest=80,
            default=lambda scene: scene.values["was_place"],
        ),
        Text("reason", "原因", ask="为什么变更？", example="会场临时检修", optional=True, longest=100),
        Files(
            "programme",
            "方案",
            ask="方案、议程有变的，请发新的。",
            hint="没有变的，点「跳过」；可发多个，发完点「发完了」。",
            aliases=("附件", "议程", "方案议程"),
            optional=True,
        ),
    ),
    check=_check_change,
    preview=_preview_change,
    submit=_submit_change,
    refusal_ends=True,
)
