"""Invitations follow who decides (art. 7, 9, 10): open questions move; what was accepted is covered."""

from collections import defaultdict

from matters.invitation import outcome
from matters.invitation import tell as tell_invitation
from matters.invitation.show import bring_up_to_date
from notices import absence as words
from notices.invitation import outcome as outcomes
from notices.invitation import told as notices
from notices.invitation.card import PROCEDURE, leader_card, leader_text, permit_card, permit_text
from notices.invitation.words import short
from rules.absence import Absences, StandIn
from rules.articles import cite
from rules.invitation.away import leave_during, stand_in_then
from rules.invitation.leaders import move_on
from rules.invitation.matter import Invitation
from rules.invitation.permission import Permission
from rules.invitation.request import Answer, InvitationRequest, RequestState
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.invitation.invitations import open_ones
from storage.unit_of_work import UnitOfWork


async def follow(work: UnitOfWork, _official: Official, *, only_urgent: bool = False) -> None:
    """Move every question that lies on another desk than it should; see to those who accepted and go away.

    Nothing of it is so urgent that it would be moved while the office is closed.
    """
    if only_urgent:
        return
    now = await absences(work)
    moves = _Moves(work)
    for found in await open_ones(work):
        accepted = any(request.answer is Answer.ATTEND for request in found.requests)
        if not accepted and not _concerned(found, now):
            continue
        invitation = await work.lock(Invitation, found.id)  # locked: it may have been answered since
        permission = invitation.question
        if permission is not None:
            await moves.permission(invitation, permission, now)
        for request in invitation.requests:
            if request.waiting and _astray(request, invitation, now):
                await moves.make(invitation, request, _decides(request.leader, invitation, now))
        await _see_to_absent(work, invitation, now)
    await moves.tell()


def _concerned(invitation: Invitation, now: Absences) -> bool:
    """Whether a question of it lies elsewhere than it should."""
    permission = invitation.question
    if permission is not None and _astray(permission, invitation, now):
        return True
    return any(request.waiting and _astray(request, invitation, now) for request in invitation.requests)


def _decides(official: Official, invitation: Invitation, now: Absences) -> StandIn | None:
    return now.decides_for(official, PROCEDURE, applicant=invitation.submitted_by)


def _astray(one: InvitationRequest | Permission, invitation: Invitation, now: Absences) -> bool:
    whose = one.owner
    stand_in = _decides(whose, invitation, now)
    if stand_in is None or stand_in.official is None:
        nobody = stand_in is not None
        return one.stand_in is not None or nobody != (one.unattended_at is not None)
    return one.stand_in is not stand_in.official


# ---------------------------------------------------------------- who accepted, and goes away


async def _see_to_absent(work: UnitOfWork, invitation: Invitation, now: Absences) -> None:
    """His acceptance is laid before the desk and whoever will stand in, once for a leave; and back again."""
    until = invitation.until(work.office.settings.invitation)
    for request in invitation.requests:
        await _see_to_delegate(work, invitation, request, now)
        if request.answer is not Answer.ATTEND or request.closed_at is not None:
            continue
        if request.decided_by is not request.leader:
            continue  # who stood in for him when he was asked goes himself
        leave = leave_during(request.leader, invitation, until, now.leaves)
        if leave is None:
            await _back(work, invitation, request)
        elif request.covers_leave != leave.id and f"leave:{leave.id}" not in request.clashes:
            await _cover(work, invitation, request, leave.id, stand_in_then(request.leader, invitation, now))


async def _see_to_delegate(
    work: UnitOfWork, invitation: Invitation, request: InvitationRequest, now: Absences
) -> None:
    """Who has taken it over for a leader goes away himself: the office sees to it, told once for a leave."""
    delegate = request.attendee if request.state is RequestState.DELEGATED else None
    if delegate is None:
        return
    until = invitation.until(work.office.settings.invitation)
    leave = leave_during(delegate, invitation, until, now.leaves)
    if leave is None or f"leave:{leave.id}" in request.clashes:
        return
    request.clashes = [*request.clashes, f"leave:{leave.id}"]
    await work.note(None, "invitation.delegate_away", f"invitation:{invitation.id}", article=9)
    why = f"代{request.leader.titled}出席的{delegate.titled}活动时将外出，请另行安排。{cite(9)}"
    await work.send(*await tell_invitation.at_desk(work, invitation, why))


async def _cover(
    work: UnitOfWork,
    invitation: Invitation,
    request: InvitationRequest,
    leave_id: int,
    stand_in: StandIn | None,
) -> None:
    instead = stand_in.official if stand_in else None
    request.ask_delegate(instead, work.now, leave_id)
    detail = {"leader": request.leader.titled, "to": instead.titled if instead else ""}
    await work.note(None, "invitation.cover", f"invitation:{invitation.id}", article=9, detail=detail)
    await bring_up_to_date(work, invitation)
    if instead is not None:
        why = f"{request.leader.titled}已答应出席，活动时将外出，请您代为出席。"
        await work.send(await tell_invitation.ask_delegate(work, invitation, request, instead, why))
    await work.send(*await tell_invitation.at_desk(work, invitation, notices.away(request, stand_in)))


async def _back(work: UnitOfWork, invitation: Invitation, request: InvitationRequest) -> None:
    """The leave is off, or over in time: his own word stands again, and nobody goes in his place."""
    if request.covers_leave is None:
        return
    instead, covered = request.delegate, request.covered
    request.release()
    move_on(invitation, work.now)
    detail = {"leader": request.leader.titled, "instead_of": instead.titled if instead else ""}
    await work.note(None, "invitation.uncover", f"invitation:{invitation.id}", article=9, detail=detail)
    await bring_up_to_date(work, invitation, [(request, instead)] if instead else [])
    line = notices.comes_after_all(invitation, request)
    told = [*([instead] if instead is not None else []), *(await work.roster()).desk]
    await work.send(*(outcomes.tell(one, line, invitation) for one in dict.fromkeys(told)))
    if covered:
        await work.send(*await outcome.results(work, invitation, request, anew=True))


# ---------------------------------------------------------------- open questions


class _Moves:
    """The moves of one round: a card each, and one list for everybody they concern."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self.away: dict[StandIn, list[str]] = defaultdict(list)
        self.unattended: dict[StandIn, list[str]] = defaultdict(list)
        self.former: dict[tuple[Official, Official, Official | None], list[str]] = defaultdict(list)

    async def make(
        self, invitation: Invitation, request: InvitationRequest, stand_in: StandIn | None
    ) -> None:
        """Take a leader's card from whoever had it, and lay it before whoever decides now."""
        former, leader = request.stand_in, request.leader
        request.reassign(stand_in, self.work.now)
        roster = await self.work.roster()
        text = leader_text(invitation, request, [], roster)
        for holder in self._without(former, request.stand_in, leader):
            name = leader_card(invitation, request, holder)
            await self.work.redraw(name, text)
            await self.work.retire(name)
        await self._moved(invitation, former, leader, stand_in)
        if why := self._why(former, stand_in):
            await self.work.send(await tell_invitation.asked(self.work, invitation, request, why))

    async def permission(self, invitation: Invitation, permission: Permission, now: Absences) -> None:
        """The same for the question to 办公室主任."""
        if not _astray(permission, invitation, now):
            return
        former, stand_in = permission.stand_in, _decides(permission.director, invitation, now)
        permission.reassign(stand_in, self.work.now)
        text = permit_text(invitation, permission)
        for holder in self._without(former, permission.stand_in, permission.director):
            name = permit_card(invitation, permission, holder)
            await self.work.redraw(name, text)
            await self.work.retire(name)
        await self._moved(invitation, former, permission.director, stand_in)
        if why := self._why(former, stand_in):
            await self.work.send(notices.ask_permission(invitation, permission, why))

    @staticmethod
    def _without(former: Official | None, now_with: Official | None, whose: Official) -> list[Official]:
        """Whose copies are dead now: the former stand-in's, and the owner's where a fresh one follows."""
        if former is None:
            return []
        return [former] if now_with is not None else [former, whose]

    @staticmethod
    def _why(former: Official | None, stand_in: StandIn | None) -> str:
        if stand_in is not None and stand_in.official is not None:
            return words.takes_over(stand_in)
        if former is None:
            return ""
        return words.ALONE if stand_in else words.COMES_BACK

    async def _moved(
        self, invitation: Invitation, former: Official | None, whose: Official, stand_in: StandIn | None
    ) -> None:
        matter = f"活动邀请{short(invitation)}"
        now_with = stand_in.official if stand_in else None
        await self.work.note(
            None,
            "invitation.follow",
            f"invitation:{invitation.id}",
            article=stand_in.article if stand_in and stand_in.leave else None,
            detail={"from": (former or whose).titled, "to": (now_with or whose).titled},
        )
        await bring_up_to_date(self.work, invitation)
        if former is not None:
            self.former[former, whose, now_with].append(matter)
        if stand_in and now_with:
            self.away[stand_in].append(matter)
        elif stand_in:
            self.unattended[stand_in].append(matter)

    async def tell(self) -> None:
        """One list each, however many matters moved."""
        for stand_in, matters in self.away.items():
            await self.work.send(words.moved_away(stand_in, matters))
        for (former, absent, now_with), matters in self.former.items():
            await self.work.send(words.moved_on(former, absent, now_with, matters))
        for stand_in, matters in self.unattended.items():
            await self.work.send(*words.nobody(stand_in, matters, await self.work.roster()))
