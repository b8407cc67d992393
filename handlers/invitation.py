"""Invitations (邀请) in the chat, the unit's part: reporting, completing, changing, cancelling."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from markupsafe import Markup, escape
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers import invitation_answer, invitation_desk, invitation_permission, invitation_turn
from handlers.context import Context, Route, opening, sender
from handlers.form_kinds import Form
from handlers.forms import begin
from handlers.invitation_form import INVITE, may_invite, refill
from notices import invitation as notices
from notices.invitation_card import (
    CANCEL,
    CHANGE,
    NUDGE,
    REVISE,
    UNCHANGE,
    bring_up_to_date,
)
from notices.invitation_words import changed, short, when
from rules.articles import cite
from rules.fields import Files, Paper, Text
from rules.forms import Problem, Values
from rules.invitation import MAY_INVITE, Invitation, InvitationState
from rules.invitation_change import InvitationChange
from rules.invitation_changing import may_change, propose, withdraw_change
from rules.invitation_deadline import EVENT_DAY, missed
from rules.invitation_fields import EndField, EventTime, EventTimeField
from rules.invitation_nudges import nudge
from rules.invitation_papers import InvitationPaper, Purpose
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.absence import absences
from storage.invitation import asked_of, awaiting_desk, find, of_unit
from storage.outbox import Notice
from storage.tables import invitations
from storage.work import Work

OWN = rf"^invitation:(?P<id>\d{{1,9}}):(?P<act>{CANCEL}|{CHANGE}|{UNCHANGE}|{REVISE}|{NUDGE})$"


async def start(update: Update, context: Context) -> None:
    """/invite: the report, question by question."""
    official = await sender(update, context)
    may_invite(official)
    if update.effective_chat is not None:
        await begin(context.work, official, update.effective_chat.id, INVITE)


async def act(update: Update, context: Context) -> None:
    """Somebody of the unit taps its own card."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work, official = context.work, await sender(update, context)
    invitation = await work.get(Invitation, int(match["id"]))
    toast = await _ACTS[match["act"]](work, official, invitation)
    await work.toast(query.id, toast)


async def _ask_cancel(work: Work, official: Official, invitation: Invitation) -> str:
    invitation.may_cancel(official, work.now)
    await begin(work, official, _chat(official), CANCEL_FORM, values={"invitation": invitation.id})
    return "请在下方写明原因。"


async def _submit_cancel(work: Work, official: Official, values: Values) -> Markup:
    """取消: everybody who knows of it hears it, and it goes from the calendars."""
    invitation, roster = await work.get(Invitation, values["invitation"]), await work.roster()
    coming = invitation.attendees
    asked = [r.holder for r in invitation.requests if r.waiting]
    asked += [r.delegate for r in invitation.requests if r.awaits_delegate and r.delegate]
    try:
        invitation.cancel(official, values["reason"], work.now)
    except Refused as refused:
        return escape(str(refused))
    await work.note(
        official,
        "invitation.cancel",
        f"invitation:{invitation.id}",
        article=86,
        detail={"reason": values["reason"]},
    )
    await bring_up_to_date(work, invitation)
    line = notices.cancelled_line(invitation)
    off = notices.taken_off(work, invitation, line)
    await work.send(*off)
    told = {official, *(one.to for one in off)}
    others = [one for one in dict.fromkeys([*coming, *asked, *roster.desk]) if one not in told]
    await work.send(*(notices.tell(one, line, invitation) for one in others))
    return escape("已取消，已告知有关同志。" if invitation.requests else "已撤回。")


CANCEL_FORM = Form(
    name="invitation.cancel",
    title="取消活动邀请",
    fields=(Text("reason", "原因", ask="请写一句取消的原因。", example="活动延期，时间另定", longest=100),),
    submit=_submit_cancel,
    confirm=False,
)


async def _revise(work: Work, official: Official, invitation: Invitation) -> str:
    invitation.may_revise(official)
    await begin(work, official, _chat(official), INVITE, values=refill(invitation))
    return "请在下方补充。"


async def _nudge(work: Work, official: Official, invitation: Invitation) -> str:
    nudge(invitation, official, work.now, await work.calendar(), work.office.settings.hours)
    await work.note(official, "invitation.nudge", f"invitation:{invitation.id}", article=86)
    clerk = invitation.clerk
    to = [clerk] if clerk is not None and clerk.left_at is None else None
    permission = invitation.permission
    if invitation.state is InvitationState.PERMISSION and permission is not None:
        await work.send(notices.ask_permission(invitation, permission, f"{official.titled}催办："))
    else:
        await work.send(*await notices.at_desk(work, invitation, f"{official.titled}催办：", to))
    return "已提醒区政府办公室。"


# ---------------------------------------------------------------- 变更


async def _ask_change(work: Work, official: Official, invitation: Invitation) -> str:
    may_change(invitation, official, work.now)
    was = _WHEN.pack(EventTime.of(invitation.start, invitation.end))
    values = {"invitation": invitation.id, "was": was, "was_place": invitation.place}
    await begin(work, official, _chat(official), CHANGE_FORM, values=values)
    return "请在下方填写变更。"


async def _withdraw_change(work: Work, official: Official, invitation: Invitation) -> str:
    change = withdraw_change(invitation, official, work.now)
    await work.note(
        official,
        "invitation.change_withdraw",
        f"invitation:{invitation.id}",
        detail={"number": change.number},
    )
    await bring_up_to_date(work, invitation)
    line = Markup("{}已撤回活动邀请{}的变更，仍按原定安排。").format(official.titled, short(invitation))
    await work.send(*(notices.tell(one, line, invitation) for one in (await work.roster()).desk))
    return "已撤回变更。"


def _new_papers(values: Values) -> list[InvitationPaper]:
    found: list[Paper] = values.get("programme") or []
    return [InvitationPaper(p.file_id, p.name, Purpose.PROGRAMME, p.size, p.photo) for p in found]


def _wish(values: Values) -> tuple[datetime, datetime | None, str]:
    when_: EventTime = values["when"]
    return EventTime.of(when_), when_.until or values.get("end"), values["place"]


async def _check_change(work: Work, official: Official, values: Values) -> list[Problem]:
    invitation = await work.get(Invitation, values["invitation"])
    may_change(invitation, official, work.now)
    start, end, place = _wish(values)
    same = (start, end, place) == (invitation.start, invitation.end, invitation.place)
    if same and not values.get("programme"):
        return [Problem("", "时间、地点、议程都还没有改，请点「修改」。")]
    return []


async def _preview_change(work: Work, official: Official, values: Values) -> Markup:
    """Old → new, and what follows from it."""
    invitation = await work.get(Invitation, values["invitation"])
    start, end, place = _wish(values)
    settings, calendar = work.office.settings, await work.calendar()
    was = (invitation.start, invitation.end, invitation.place)
    draft = InvitationChange(0, official, work.now, start, end, place, *was)
    lines = changed(draft, invitation)
    if draft.asks_anew:
        lines.append(Markup("时间或地点有变，办公室审核后重新征求领导意见；审核之前仍按原定安排。"))
    else:
        lines.append(Markup("办公室审核后告知领导。"))
    late = missed(start, work.now, calendar, settings.periods) if draft.of_time else None
    if late is not None:
        said = Markup("⚠️ 距活动已不足{}个工作日（{}），请由办公室酌定。{}")
        lines.append(said.format(late.count, late.explain(EVENT_DAY), cite(86)))
    return Markup("\n").join(lines)


async def _submit_change(work: Work, official: Official, values: Values) -> Markup:
    invitation = await work.get(Invitation, values["invitation"])
    start, end, place = _wish(values)
    reason = values.get("reason") or ""
    try:
        change = propose(invitation, official, start, end, place, _new_papers(values), reason, work.now)
    except Refused as refused:
        return escape(str(refused))
    await work.flush()
    await work.note(
        official,
        "invitation.change",
        f"invitation:{invitation.id}",
        article=86,
        detail={"when": when(start, end, work.now), "place": place, "programme": str(change.programme)},
    )
    await bring_up_to_date(work, invitation)
    if invitation.state is InvitationState.PERMISSION:
        return Markup("变更已报送，准予受理后一并办理。")
    await work.send(*await notices.at_desk(work, invitation, "主办单位报来变更，请审核："))
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
            example="12月11日 9:00至11:00",
            aliases=("活动时间", "起止时间"),
            judged=False,
            default=lambda scene: _WHEN.unpack(scene.values["was"], scene),
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
)


_ACTS: dict[str, Callable[[Work, Official, Invitation], Awaitable[str]]] = {
    CANCEL: _ask_cancel,
    CHANGE: _ask_change,
    UNCHANGE: _withdraw_change,
    REVISE: _revise,
    NUDGE: _nudge,
}


# ---------------------------------------------------------------- for /todo and /mine


async def mine(work: Work, official: Official) -> list[Notice]:
    """What his unit has reported and is not over, for those who may report."""
    if official.role not in MAY_INVITE:
        return []
    roster = await work.roster()
    return [
        notices.own(one, roster, official)
        for one in await of_unit(work, official.unit)
        if one.state is not InvitationState.INCOMPLETE
    ]


async def todo(work: Work, official: Official) -> list[Notice]:
    """What waits for his answer as leader, stand-in or delegate; for the office desk what waits there."""
    now, roster = await absences(work), await work.roster()
    cards: list[Notice] = []
    for one in await asked_of(work, [official, *now.absent]):
        for request in one.requests:
            stand_in = now.decides_for(request.leader, "invitation", applicant=one.submitted_by)
            his = official is request.leader or (stand_in is not None and stand_in.official is official)
            if request.waiting and his:
                cards.append(await notices.asked(work, one, request, to=official))
            elif request.awaits_delegate and request.delegate is official:
                cards.append(await notices.ask_delegate(work, one, request, official))
    cards += await _permissions(work, official)
    if official.role in OFFICE_DESK:
        for one in await awaiting_desk(work):
            cards += await notices.at_desk(work, one, to=[official])
    if official.role in MAY_INVITE:
        for one in await of_unit(work, official.unit):
            if one.state is InvitationState.INCOMPLETE:
                cards.append(notices.own(one, roster, official, "办公室请您补充，请点「补充」。"))
    return cards


async def _permissions(work: Work, official: Official) -> list[Notice]:
    now = await absences(work)
    cards = []
    for one in await find(
        work, invitations.c.state == InvitationState.PERMISSION, invitations.c.start > work.now
    ):
        permission = one.permission
        if permission is None:
            continue
        stand_in = now.decides_for(permission.asked, "invitation", applicant=one.submitted_by)
        if official is permission.asked or (stand_in is not None and stand_in.official is official):
            cards.append(notices.ask_permission(one, permission, to=official))
    return cards


def _chat(official: Official) -> int:
    if official.telegram_id is None:
        raise Refused("请先绑定本人账号。")
    return official.telegram_id


FORMS: tuple[Form, ...] = (
    INVITE,
    CHANGE_FORM,
    CANCEL_FORM,
    *invitation_desk.FORMS,
    *invitation_permission.FORMS,
    *invitation_answer.FORMS,
)
ROUTES: list[Route] = [
    *opening("invite", "邀请", start),
    CallbackQueryHandler(act, pattern=OWN),
    *invitation_desk.ROUTES,
    *invitation_permission.ROUTES,
    *invitation_answer.ROUTES,
    *invitation_turn.ROUTES,
]
