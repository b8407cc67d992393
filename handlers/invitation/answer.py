"""The leaders' part: 出席, 不出席, 委托他人, 改变答复; and the delegate's, who confirms (art. 86, 9)."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Alert, Tap, on_tap
from matters.invitation import outcome, tell
from matters.invitation.show import bring_up_to_date, clashes_of, hand_out
from notices.card import NOTING
from notices.invitation import outcome as outcomes
from notices.invitation.card import (
    ACCEPT,
    ATTEND,
    DECLINE,
    DELEGATE,
    PROCEDURE,
    PROPOSED,
    RETHINK,
    UNABLE,
    delegate_buttons,
    delegate_card,
    delegate_text,
    leader_buttons,
    leader_card,
    leader_text,
)
from notices.invitation.words import short
from rules.fields import OfficialField, Scene, Text, reason
from rules.forms import Problem, Values
from rules.invitation.away import leave_during
from rules.invitation.fields import goers
from rules.invitation.leaders import answer, confirm, may_answer, move_on, rethink
from rules.invitation.matter import Invitation, InvitationState
from rules.invitation.request import Answer, InvitationRequest
from rules.refused import Refused
from rules.roster import Official
from storage.queries.absence import absences, decides_for
from storage.unit_of_work import UnitOfWork

_ANSWERS = {ATTEND: Answer.ATTEND, DECLINE: Answer.DECLINE, DELEGATE: Answer.DELEGATE}


@on_tap(
    f"invitation:<id>:{ATTEND}|{ATTEND}{NOTING}|{DECLINE}|{DELEGATE}|{PROPOSED}|{RETHINK}:<position>",
    Invitation,
)
async def leader_tap(tap: Tap[Invitation]) -> str:
    """A leader, or who stands in for them, taps their card."""
    work, official, invitation = tap.work, tap.official, tap.matter
    position = tap["position"]
    stand_in = await stands_in(work, invitation, position)
    if tap.act == RETHINK:
        await _rethink(work, official, invitation, position, stand_in)
        return "请重新答复。"
    request = may_answer(invitation, official, position, work.acted_at, stand_in)
    if not request.waiting:
        answer(
            invitation, official, position, Answer.DECLINE, work.acted_at, stand_in=stand_in
        )  # says why not
    wanted, delegate = _ANSWERS.get(tap.act.removesuffix(NOTING)), None
    if tap.act == PROPOSED:
        wanted, delegate = request.proposal, request.proposed_delegate
    if wanted is Answer.ATTEND and (alert := await _new_clash(work, official, invitation, request)):
        return alert
    if wanted is None:
        raise Refused("办公室没有预拟答复，请直接点选。")
    if wanted is Answer.DELEGATE and delegate is None:
        values = {"invitation": invitation.id, "position": position, "leader": request.leader.id}
        await tap.begin(delegating, values)
        return "请在下方选择委托哪位同志。"
    if tap.act.endswith(NOTING):
        await tap.begin(noting, {"invitation": invitation.id, "position": position})
        return "请在下方写一句附言。"
    await _answered(work, official, invitation, position, wanted, delegate, stand_in)
    return f"已答复：{wanted}。"


@asks(
    "invitation.attend",
    "出席的附言",
    reason("附言", "请写一句附言，办公室和报送单位看得到。", "请准备讲话提纲", phrases="attend"),
)
async def noting(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """出席 with a line for the office and the unit."""
    invitation, position = await work.lock(Invitation, values["invitation"]), values["position"]
    stand_in = await stands_in(work, invitation, position)
    await _answered(work, official, invitation, position, Answer.ATTEND, None, stand_in, values["reason"])
    return Markup("已答复：{}。").format(Answer.ATTEND)


async def stands_in(work: UnitOfWork, invitation: Invitation, position: int) -> Official | None:
    """Who may answer in the place of the leader asked, at this moment."""
    request = invitation.request(position)
    stand_in = await decides_for(work, request.leader, invitation.submitted_by, PROCEDURE)
    return stand_in.official if stand_in else None


async def _new_clash(
    work: UnitOfWork, official: Official, invitation: Invitation, request: InvitationRequest
) -> Alert | None:
    """What has come into the same hours since the card was sent is said first; the next tap counts."""
    clashes = await clashes_of(work, invitation, official)
    fresh = request.stand_on_card(clashes)
    if not fresh:
        return None
    text = leader_text(invitation, request, clashes, await work.roster(), official)
    buttons = leader_buttons(invitation, request, official)
    await work.redraw(leader_card(invitation, request, official), text, buttons)
    said = "；".join(f"{one.kind}“{one.title}”" for one in fresh)
    return Alert(f"同一时间您新增了{said}。仍要出席，请再点一次「出席」。")


async def _answered(
    work: UnitOfWork,
    official: Official,
    invitation: Invitation,
    position: int,
    wanted: Answer,
    delegate: Official | None,
    stand_in: Official | None,
    comment: str = "",
) -> None:
    if delegate is not None and (said := await _in_the_way(work, delegate, invitation)):
        raise Refused(said)
    request = answer(
        invitation,
        official,
        position,
        wanted,
        work.acted_at,
        delegate=delegate,
        stand_in=stand_in,
        asked_at=work.now,
        comment=comment,
    )
    await entered(work, official, invitation, request)


async def entered(
    work: UnitOfWork, official: Official, invitation: Invitation, request: InvitationRequest
) -> None:
    """An answer has been entered: write it down, ask whom it leads to, tell whom it concerns."""
    fresh = move_on(invitation, work.now)
    await work.flush()
    await work.note(
        official,
        "invitation.answer",
        f"invitation:{invitation.id}",
        article=9 if official is not request.leader and not request.source else 86,
        acting_for=None if official is request.leader else request.leader,
        detail={
            "answer": str(request.answer),
            "delegate": request.delegate.titled if request.delegate else "",
            "source": request.source,
        },
        undo=str(request.answer),
    )
    for one in fresh:
        await hand_out(work, invitation, one)
    await bring_up_to_date(work, invitation)
    if request.awaits_delegate and request.delegate is not None:
        await work.send(await tell.ask_delegate(work, invitation, request, request.delegate))
    for one in fresh:
        await work.send(await tell.asked(work, invitation, one))
    if official is not (invitation.clerk or request.forwarded_by):
        await work.send(*outcomes.told_clerk(invitation, request, outcomes.answer_line(invitation, request)))
    if not fresh:
        await work.send(*await outcome.results(work, invitation, request))
    if invitation.state is InvitationState.ANSWERED and not invitation.attending:
        clerk = invitation.clerk or request.forwarded_by
        why = "领导均不出席，已告主办单位；如需另请，请点「转呈领导」："
        await work.send(*await tell.at_desk(work, invitation, why, [clerk]))


async def _rethink(
    work: UnitOfWork, official: Official, invitation: Invitation, position: int, stand_in: Official | None
) -> None:
    """改变答复: they are asked again; who has been told of their answer hears that it is to wait."""
    request = invitation.request(position)
    came, delegate, was_final = request.attendee, request.delegate, request.final
    _, before = rethink(invitation, official, position, work.acted_at, stand_in, asked_at=work.now)
    await work.note(
        official,
        "invitation.rethink",
        f"invitation:{invitation.id}",
        article=86,
        acting_for=None if official is request.leader else request.leader,
        detail={"was": str(before)},
    )
    await hand_out(work, invitation, request)
    await bring_up_to_date(work, invitation, [(request, delegate)] if delegate else [])
    request.stand_on_card(await clashes_of(work, invitation, official))
    gone = dict.fromkeys([one for one in (came, delegate) if one is not None and one is not official])
    line = Markup("活动{}：{}改变答复，请等另行告知。").format(short(invitation), request.leader.titled)
    await work.send(*(outcomes.tell(one, line, invitation) for one in gone))
    await work.send(*outcomes.told_clerk(invitation, request, line))
    if was_final:
        await work.send(*outcomes.waits_again(invitation, request, await work.roster()))


# ---------------------------------------------------------------- 委托他人


async def _in_the_way(work: UnitOfWork, delegate: Official, invitation: Invitation) -> str:
    """Why this one cannot go: they go there themselves, or are away at that time; "" where nothing is."""
    if delegate in invitation.attendees:
        return f"{delegate.titled}本人出席这一活动，请另选一位同志。"
    until = invitation.until(work.office.settings.invitation)
    if leave_during(delegate, invitation, until, (await absences(work)).leaves):
        return f"{delegate.titled}活动时外出，请另选一位同志。"
    return ""


def _goers(scene: Scene) -> Sequence[Official]:
    """补位 first (art. 9), then as for the office; never the leader themselves or who answers for them."""
    leader = scene.roster.by_id(scene.values.get("leader"))
    backup = scene.roster.by_id(leader.backup_id) if leader else None
    line = [*([backup] if backup else []), *goers(scene)]
    return [one for one in dict.fromkeys(line) if one not in (leader, scene.official)]


async def goes(work: UnitOfWork, values: Values, key: str = "delegate") -> list[Problem]:
    """Says so where the one chosen to go in a leader's place is away at that time themselves."""
    invitation, delegate = await work.lock(Invitation, values["invitation"]), values.get(key)
    said = await _in_the_way(work, delegate, invitation) if delegate is not None else ""
    return [Problem(key, said)] if said else []


async def _check_delegate(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:  # noqa: ARG001
    return await goes(work, values)


@asks(
    "invitation.delegate",
    "委托他人出席",
    OfficialField("delegate", "人员", ask="委托哪位同志出席？", among=_goers),
    check=_check_delegate,
)
async def delegating(work: UnitOfWork, official: Official, values: Values) -> Markup:
    invitation, position = await work.lock(Invitation, values["invitation"]), values["position"]
    stand_in = await stands_in(work, invitation, position)
    await _answered(work, official, invitation, position, Answer.DELEGATE, values["delegate"], stand_in)
    return Markup("已委托{}，请其确认。").format(values["delegate"].titled)


@on_tap(f"invitation:<id>:{ACCEPT}|{UNABLE}:<position>", Invitation)
async def delegate_tap(tap: Tap[Invitation]) -> str:
    """Who is to go in a leader's place taps 接受, or 不能参加, which asks for a line of reason."""
    work, official, invitation = tap.work, tap.official, tap.matter
    position = tap["position"]
    request = invitation.request(position)
    if tap.act == ACCEPT:
        if alert := await _delegate_clash(work, official, invitation, request):
            return alert
        await _confirmed(work, official, invitation, position, accepts=True, reason="")
        return "已接受。"
    if official is not request.delegate or request.confirmed is not None or request.closed_at is not None:
        confirm(invitation, official, position, False, work.acted_at)  # says why not
    values = {"invitation": invitation.id, "position": position}
    await tap.begin(being_unable, values)
    return "请在下方写明原因。"


async def _delegate_clash(
    work: UnitOfWork, official: Official, invitation: Invitation, request: InvitationRequest
) -> Alert | None:
    if official is not request.delegate or not request.awaits_delegate:
        return None
    clashes = await clashes_of(work, invitation, official)
    fresh = request.stand_on_card(clashes)
    if not fresh:
        return None
    text = delegate_text(invitation, request, official, clashes, await work.roster())
    await work.redraw(
        delegate_card(invitation, request, official), text, delegate_buttons(invitation, request, official)
    )
    said = "；".join(f"{one.kind}“{one.title}”" for one in fresh)
    return Alert(f"同一时间您新增了{said}。仍可参加的，请再点一次「接受」。")


async def _confirmed(
    work: UnitOfWork, official: Official, invitation: Invitation, position: int, *, accepts: bool, reason: str
) -> None:
    request = invitation.request(position)
    covering, named_by = request.answer is Answer.ATTEND, request.decided_by or request.leader
    confirm(invitation, official, position, accepts, work.acted_at, reason, asked_at=work.now)
    move_on(invitation, work.now)
    await work.note(
        official,
        "invitation.confirm" if accepts else "invitation.unable",
        f"invitation:{invitation.id}",
        article=9 if covering else 86,
        acting_for=request.leader,
        detail={"reason": reason},
        undo="接受" if accepts else "不能参加",
    )
    if not accepts and not covering:
        await hand_out(work, invitation, request)
    await bring_up_to_date(work, invitation, [] if accepts else [(request, official)])
    line = outcomes.delegate_said(invitation, request, official, reason)
    await work.send(*outcomes.told_clerk(invitation, request, line))
    if accepts:
        if named_by is not official:
            await work.send(outcomes.tell(named_by, line, invitation))
        await work.send(*await outcome.results(work, invitation, request, anew=covering))
    elif not covering:
        await work.send(
            await tell.asked(work, invitation, request, f"{official.titled}不能参加，请另行答复。")
        )
    else:
        await work.send(*await tell.at_desk(work, invitation, f"{official.titled}不能代为出席，请另行安排。"))


@asks(
    "invitation.unable",
    "不能参加的原因",
    Text("reason", "原因", ask="请写一句不能参加的原因。", example="同一时间另有会议", longest=100),
)
async def being_unable(work: UnitOfWork, official: Official, values: Values) -> Markup:
    invitation = await work.lock(Invitation, values["invitation"])
    await _confirmed(work, official, invitation, values["position"], accepts=False, reason=values["reason"])
    return Markup("已告知。")


FORMS: tuple[Form, ...] = (delegating, being_unable, noting)
ROUTES: list[Route] = [
    leader_tap,
    delegate_tap,
]
