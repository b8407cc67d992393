"""Invitations (邀请) in the chat, the unit's part: reporting, completing, changing, cancelling."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from markupsafe import Markup, escape
from telegram import Update

from handlers.context import Context, Route, opening, own_chat, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.invitation import answer as invitation_answer
from handlers.invitation import desk as invitation_desk
from handlers.invitation import permission as invitation_permission
from handlers.invitation import turn as invitation_turn
from handlers.invitation.change import CHANGE_FORM, ask_change, take_back
from handlers.invitation.form import INVITE, may_invite, refill
from handlers.taps import Tap, on_tap
from matters.invitation import outcome, tell
from matters.invitation.show import bring_up_to_date
from notices.invitation import outcome as outcomes
from notices.invitation import told as notices
from notices.invitation.card import CANCEL, CHANGE, NUDGE, REVISE, UNCHANGE
from notices.invitation.words import short
from notices.notice import Notice, Reminder
from rules.fields import reason
from rules.forms import ABOUT, Values
from rules.invitation.matter import MAY_INVITE, Invitation, InvitationState
from rules.invitation.nudges import nudge
from rules.roster import OFFICE_DESK, Official
from storage.queries.absence import absences
from storage.queries.invitation.invitations import asked_of, awaiting_desk, of_unit, open_ones
from storage.unit_of_work import UnitOfWork


async def start(update: Update, context: Context) -> None:
    """/invite: the report, question by question."""
    official = await sender(update, context)
    may_invite(official)
    if update.effective_chat is not None:
        await begin(context.work, official, update.effective_chat.id, INVITE)


@on_tap(f"invitation:<id>:{CANCEL}|{CHANGE}|{UNCHANGE}|{REVISE}|{NUDGE}", Invitation)
async def act(tap: Tap[Invitation]) -> str:
    """Somebody of the unit taps its own card."""
    work, official, invitation = tap.work, tap.official, tap.matter
    return await _ACTS[tap.act](work, official, invitation)


async def _ask_cancel(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    invitation.may_cancel(official, work.acted_at)
    await begin(
        work,
        official,
        own_chat(official),
        calling_off,
        values={"invitation": invitation.id, ABOUT: short(invitation)},
    )
    return "请在下方写明原因。"


@asks(
    "invitation.cancel",
    "取消活动邀请",
    reason("原因", "请写一句取消的原因。", "活动延期，时间另定", phrases="withdraw"),
)
async def calling_off(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """取消: everybody who knows of it hears it, and it goes from the calendars."""
    invitation, roster = await work.lock(Invitation, values["invitation"]), await work.roster()
    coming = invitation.attendees
    asked = [r.holder for r in invitation.requests if r.waiting]
    asked += [r.delegate for r in invitation.requests if r.awaits_delegate and r.delegate]
    invitation.cancel(official, values["reason"], work.acted_at)
    await work.note(
        official,
        "invitation.cancel",
        f"invitation:{invitation.id}",
        article=86,
        detail={"reason": values["reason"]},
        undo="取消活动",
    )
    await bring_up_to_date(work, invitation)
    line = notices.cancelled_line(invitation)
    off = outcome.taken_off(work, invitation, line)
    await work.send(*off)
    told = {official, *(one.to for one in off)}
    others = [one for one in dict.fromkeys([*coming, *asked, *roster.desk]) if one not in told]
    await work.send(*(outcomes.tell(one, line, invitation) for one in others))
    return escape("已取消，已告知有关同志。" if invitation.requests else "已撤回。")


async def _revise(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    invitation.may_revise(official)
    await begin(work, official, own_chat(official), INVITE, values=refill(invitation))
    return "请在下方补充。"


async def _nudge(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    nudge(invitation, official, work.now, await work.calendar(), work.office.settings.hours)
    await work.note(official, "invitation.nudge", f"invitation:{invitation.id}", article=86)
    clerk = invitation.clerk
    to = [clerk] if clerk is not None and clerk.left_at is None else None
    permission = invitation.question
    if permission is not None:
        card = notices.ask_permission(invitation, permission, f"{official.titled}催办：")
        reminder = Reminder("invitation.reminded", f"invitation:{invitation.id}", 86, by=official.id)
        await work.send(replace(card, reminds=reminder))
    else:
        await work.send(*await tell.at_desk(work, invitation, f"{official.titled}催办：", to))
    return "已提醒区政府办公室。"


_ACTS: dict[str, Callable[[UnitOfWork, Official, Invitation], Awaitable[str]]] = {
    CANCEL: _ask_cancel,
    CHANGE: ask_change,
    UNCHANGE: take_back,
    REVISE: _revise,
    NUDGE: _nudge,
}


# ---------------------------------------------------------------- for /todo and /mine


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """What their unit has reported and is not over, for those who may report."""
    if official.role not in MAY_INVITE:
        return []
    roster = await work.roster()
    return [
        notices.own(one, roster, official)
        for one in await of_unit(work, official.unit)
        if one.state is not InvitationState.INCOMPLETE
    ]


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What waits for their answer as leader, stand-in or delegate; for the office desk what waits there."""
    now, roster = await absences(work), await work.roster()
    cards: list[Notice] = []
    for one in await asked_of(work, [official, *now.absent]):
        for request in one.requests:
            stand_in = now.decides_for(request.leader, "invitation", applicant=one.submitted_by)
            his = official is request.leader or (stand_in is not None and stand_in.official is official)
            if request.waiting and his:
                cards.append((await tell.asked(work, one, request, to=official)).wanted(one.start))
            elif request.awaits_delegate and request.delegate is official:
                cards.append((await tell.ask_delegate(work, one, request, official)).wanted(one.start))
    cards += await _permissions(work, official)
    if official.role in OFFICE_DESK:
        for one in await awaiting_desk(work):
            cards += [card.wanted(one.start) for card in await tell.at_desk(work, one, to=[official])]
    if official.role in MAY_INVITE:
        for one in await of_unit(work, official.unit):
            if one.state is InvitationState.INCOMPLETE:
                card = notices.own(one, roster, official, "办公室请您补充，请点「补充」。")
                cards.append(card.wanted(one.start))
    return cards


async def _permissions(work: UnitOfWork, official: Official) -> list[Notice]:
    now = await absences(work)
    cards = []
    for one in await open_ones(work):
        permission = one.question
        if permission is None:
            continue
        stand_in = now.decides_for(permission.director, "invitation", applicant=one.submitted_by)
        if official is permission.director or (stand_in is not None and stand_in.official is official):
            cards.append(notices.ask_permission(one, permission, to=official).wanted(one.start))
    return cards


FORMS: tuple[Form, ...] = (
    INVITE,
    CHANGE_FORM,
    calling_off,
    *invitation_desk.FORMS,
    *invitation_permission.FORMS,
    *invitation_answer.FORMS,
)
ROUTES: list[Route] = [
    *opening("invite", "邀请", start),
    act,
    *invitation_desk.ROUTES,
    *invitation_permission.ROUTES,
    *invitation_answer.ROUTES,
    *invitation_turn.ROUTES,
]
