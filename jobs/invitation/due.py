"""What the clock does for invitations: silence, the event itself, people who leave, holidays that move."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from markupsafe import Markup

from matters.invitation import outcome, tell
from matters.invitation.show import bring_up_to_date, hand_out, reschedule
from matters.invitation.todo import PERMISSION, REQUEST
from notices.board_morning import Section
from notices.invitation import outcome as outcomes
from notices.invitation import told as notices
from notices.invitation.card import leader_card
from notices.invitation.morning import waiting
from notices.invitation.words import about, short
from notices.notice import Reminder
from rules.dates.reading import say_moment
from rules.invitation.deadline import missed
from rules.invitation.leaders import move_on
from rules.invitation.matter import OPEN, Invitation, InvitationState
from rules.invitation.nudges import BEGINS, SILENT, back_due, moments, nudge_due
from rules.invitation.request import Answer, InvitationRequest
from rules.reminders import next_morning
from rules.roster import LEADERS, Official, Role
from rules.working_days import Calendar, shanghai_day
from storage.queries.absence import follow_soon
from storage.queries.invitation.invitations import asked_of, awaiting_desk, find, open_ones
from storage.queries.outage import judged_before
from storage.tables.invitation import invitations
from storage.unit_of_work import UnitOfWork

_PATIENCE: Final = timedelta(minutes=1)
SILENT_A_DAY: Final = "这件邀请已送您一个工作日，请答复："
LAST_CALL: Final = "活动临近，请即答复；区政府办公室也将与您联系："


async def silent(work: UnitOfWork, invitation_id: int) -> None:
    """A working day without an answer is nudged once; two working days before the event the office has it.

    The moment is looked at afresh: it may have been answered, moved to another desk, or put off by a holiday.
    """
    invitation = await work.lock(Invitation, invitation_id)
    if invitation.state not in OPEN or invitation.begun(work.now):
        return
    await REQUEST.catch_up(work, invitation)
    calendar, settings = await work.calendar(), work.office.settings
    if not calendar.is_working(shanghai_day(work.now)):  # after a stop
        await work.timer(SILENT, invitation.id, next_morning(work.now, calendar, settings.hours))
        return
    returned, reminded = [], []
    for request in invitation.requests:
        back = back_due(request, invitation, calendar, settings.hours, settings.invitation)
        nudge = nudge_due(request, calendar, settings.hours)
        if back is not None and work.now >= back:
            if _asked_once(request):
                reminded.append((request, LAST_CALL))
            request.give_back(work.now)
            returned.append(request)
        elif nudge is not None and work.now >= nudge:
            reminded.append((request, SILENT_A_DAY))
    await PERMISSION.remind_and_escalate(work, invitation)
    if returned:
        who = "、".join(_whom(request) for request in returned)
        await work.note(
            None, "invitation.returned", f"invitation:{invitation.id}", article=86, detail={"silent": who}
        )
        await bring_up_to_date(work, invitation)
        why = f"{who}一直未答复，距活动已近，请办公室办理："
        await work.send(*await tell.at_desk(work, invitation, why))
    for request, why in reminded:
        await _nudge(work, invitation, request, why)
    await reschedule(work, invitation)


def _asked_once(request: InvitationRequest) -> bool:
    """Whether whoever keeps silent has not been reminded yet."""
    return (request.delegate_nudged_at if request.awaits_delegate else request.reminded_at) is None


def _whom(request: InvitationRequest) -> str:
    return request.delegate.titled if request.awaits_delegate and request.delegate else request.whose


async def _nudge(work: UnitOfWork, invitation: Invitation, request: InvitationRequest, why: str) -> None:
    if request.awaits_delegate and request.delegate is not None:
        request.delegate_reminded(work.now)
        card = await tell.ask_delegate(work, invitation, request, request.delegate, why)
    else:
        request.reminded(work.now)
        card = await tell.asked(work, invitation, request, why)
    await work.send(replace(card, reminds=_reminder(invitation)))


def _reminder(invitation: Invitation) -> Reminder:
    return Reminder("invitation.remind", f"invitation:{invitation.id}", 86)


async def begins(work: UnitOfWork, invitation_id: int) -> None:
    """The time of the event has come: nobody is asked any more; one without an answer ends."""
    invitation = await work.lock(Invitation, invitation_id)
    if invitation.state not in OPEN:
        return
    if not invitation.begun(work.now):  # it has been moved
        await reschedule(work, invitation)
        return
    if await judged_before(work) < invitation.start:  # an answer given in time may still wait for its turn
        await work.timer(BEGINS, invitation.id, work.now + _PATIENCE)
        return
    change, unanswered = invitation.change, invitation.lapse(work.now)
    await work.note(None, "invitation.begins", f"invitation:{invitation.id}", article=86)
    await bring_up_to_date(work, invitation)
    if unanswered:
        await work.send(*notices.lapsed(invitation, await work.roster()))
    elif change is not None:
        await work.send(*notices.change_lapsed(invitation, await work.roster()))


async def on_left(work: UnitOfWork, official: Official) -> None:
    """Somebody left, moved or changed roles: what waited for them goes back to the office.

    The roster of this unit of work must already be the new one.
    """
    leaders = (await work.roster()).with_role(*LEADERS)
    for found in await asked_of(work, [official]):
        invitation = await work.lock(Invitation, found.id)
        still = [request for request in invitation.requests if request.closed_at is None]
        lost = [one for one in still if one.leader is official and official not in leaders]
        gone = [one for one in still if one.delegate is official and official.left_at and one not in lost]
        if lost or gone:
            await _without(work, official, invitation, lost, gone)
    await _permitter_left(work, official)


async def _without(
    work: UnitOfWork,
    official: Official,
    invitation: Invitation,
    lost: Sequence[InvitationRequest],
    gone: Sequence[InvitationRequest],
) -> None:
    """Close what the leader who left was asked (`lost`), ask anew where they were to go for another."""
    counted_on = any(request.attendee for request in (*lost, *gone))
    instead = [(one, one.delegate) for one in lost if one.delegate is not None and one.answer is not None]
    for request in lost:
        request.close(f"{official.titled}已离任或职务调整", work.now)
    anew = [request for request in gone if not await _stands_again(work, request, official)]
    fresh = move_on(invitation, work.now)
    if lost and not fresh and not invitation.attending and not invitation.waiting:
        invitation.to_desk(work.now)
    await work.note(
        None,
        "invitation.displaced",
        f"invitation:{invitation.id}",
        article=86,
        detail={"because_of": official.titled},
    )
    asked = [*fresh, *(one for one in anew if one not in fresh)]
    for request in asked:
        await hand_out(work, invitation, request)
    await bring_up_to_date(work, invitation, [*instead, *((request, official) for request in gone)])
    for request in asked:
        await work.send(await tell.asked(work, invitation, request))
    for request in lost:
        await work.retire(leader_card(invitation, request))
    line = about(invitation, "请等另行告知") + Markup("\n{}已离任或职务调整。").format(official.titled)
    off = outcome.let_go(work, invitation, [*lost, *gone], line)
    told = [one.to for one in off]
    await work.send(*off, *(outcomes.tell(who, line, invitation) for _, who in instead if who not in told))
    if counted_on:
        await work.send(*outcomes.without(invitation, official, await work.roster()))
    if lost:
        why = f"{official.titled}已离任或职务调整，请另行安排："
        await work.send(*await tell.at_desk(work, invitation, why))


async def _stands_again(work: UnitOfWork, request: InvitationRequest, delegate: Official) -> bool:
    """Where the leader themselves had said yes, their word stands until somebody else covers their leave."""
    if request.answer is Answer.ATTEND and request.decided_by is request.leader:
        request.release()
        await follow_soon(work, request.leader)
        return True
    request.lose_delegate(delegate, work.now)
    return False


async def _permitter_left(work: UnitOfWork, official: Official) -> None:
    """办公室主任 has changed: the question goes to the new one."""
    roster = await work.roster()
    directors = [*roster.with_role(Role.OFFICE_DIRECTOR), *roster.with_role(Role.OFFICE_DEPUTY)]
    if not directors or official in directors:
        return
    for found in await open_ones(work):
        permission = found.question
        if permission is None or permission.director is not official:
            continue
        invitation = await work.lock(Invitation, found.id)
        invitation.ask_permission(directors[0], work.now, permission.change)
        if invitation.question is not None:
            await hand_out(work, invitation, invitation.question)
            await bring_up_to_date(work, invitation)
            await work.send(notices.ask_permission(invitation, invitation.question))


async def recount(work: UnitOfWork, old: Calendar, new: Calendar) -> list[str]:
    """Working days have changed: reminders that move, and a late report that is in time after all."""
    settings = work.office.settings
    lines: list[str] = []
    for found in await open_ones(work):
        invitation = await work.lock(Invitation, found.id)
        called = f"活动邀请{short(invitation)}"
        if await _change_in_time(work, invitation, new):
            lines.append(f"{called}：变更按时报送，不再须准予受理")
        late = missed(invitation.start, invitation.submitted_at, new, settings.periods)
        if invitation.state is InvitationState.PERMISSION and late is None:
            invitation.waive_permission(work.now)
            await work.note(None, "invitation.in_time", f"invitation:{invitation.id}", article=86)
            await bring_up_to_date(work, invitation)
            await work.send(*await tell.at_desk(work, invitation, "放假安排有变，这件邀请按时报送："))
            lines.append(f"{called}：按时报送，不再须准予受理")
            continue
        before = moments(invitation, old, settings.hours, settings.invitation)[SILENT]
        after = moments(invitation, new, settings.hours, settings.invitation)[SILENT]
        if before is not None and after is not None and before != after:
            await work.timer(SILENT, invitation.id, max(after, work.now))
            said = f"由{say_moment(before, work.now)}改为{say_moment(after, work.now)}"
            lines.append(f"{called}：提醒答复{said}")
    return lines


async def _change_in_time(work: UnitOfWork, invitation: Invitation, calendar: Calendar) -> bool:
    """A change that had to be permitted is in time after all: it goes to the desk."""
    change, question = invitation.change, invitation.question
    if change is None or question is None or question.change != change.number:
        return False
    if missed(change.start, change.proposed_at, calendar, work.office.settings.periods) is not None:
        return False
    invitation.waive_permission(work.now)
    await work.note(None, "invitation.in_time", f"invitation:{invitation.id}", article=86)
    await bring_up_to_date(work, invitation)
    await work.send(*await tell.at_desk(work, invitation, "放假安排有变，这次变更按时报送，请审核："))
    return True


async def morning(work: UnitOfWork) -> Sequence[Section]:
    """For the office's morning card: what waits at the desk, with leaders, with units to complete it."""
    at_desk = await awaiting_desk(work)
    unanswered = [
        one
        for one in await find(
            work, invitations.c.state == InvitationState.WITH_LEADERS, invitations.c.start > work.now
        )
        if one not in at_desk and shanghai_day(one.requests[-1].forwarded_at) < shanghai_day(work.now)
    ]
    permissions = [one for one in await open_ones(work) if one.question and not one.begun(work.now)]
    incomplete = [
        one
        for one in await find(
            work, invitations.c.state == InvitationState.INCOMPLETE, invitations.c.start > work.now
        )
        if one.resubmitted_at is None or shanghai_day(one.resubmitted_at) < shanghai_day(work.now)
    ]
    return waiting(permissions, at_desk, unanswered, incomplete)
