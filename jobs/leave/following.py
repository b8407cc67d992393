"""Leave reports that wait for a decision follow whoever decides now (art. 7, 9, 10, 77)."""

from jobs.moves import Moves, is_on_wrong_desk
from matters.leave.show import bring_up_to_date
from notices import absence as words
from notices.leave.card import approver_card, card
from notices.leave.told import asked, with_papers
from rules.absence import Absences, StandIn
from rules.approval import Approval
from rules.leave.matter import Leave
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.leave.leaves import asked_now
from storage.unit_of_work import UnitOfWork


async def follow(work: UnitOfWork, _official: Official, *, only_urgent: bool = False) -> None:
    """Move every report whose question lies on another desk than it should; the others are left alone.

    All are looked at, not only the official's: he may stand in for somebody else.
    """
    now = await absences(work)
    is_on_wrong_desk = [
        leave.id
        for leave in await asked_now(work)
        if (leave.urgent or not only_urgent) and leave.waiting and _astray(leave.waiting, leave, now)
    ]
    moves = _Moves(work)
    for id in is_on_wrong_desk:
        leave = await work.lock(Leave, id)  # locked: it may have been decided since
        approval = leave.waiting
        if approval and _astray(approval, leave, now):
            await moves.make(leave, approval, _decides(approval, leave, now))
    await moves.tell()


async def lies_astray(work: UnitOfWork, leave: Leave) -> bool:
    """Whether its question lies on another desk than it should."""
    return leave.waiting is not None and _astray(leave.waiting, leave, await absences(work))


def _decides(approval: Approval, leave: Leave, now: Absences) -> StandIn | None:
    return now.decides_for(approval.approver, applicant=leave.applicant)


def _astray(approval: Approval, leave: Leave, now: Absences) -> bool:
    unattended = approval.unattended_at is not None
    return is_on_wrong_desk(approval.stand_in, unattended=unattended, now=_decides(approval, leave, now))


class _Moves(Moves):
    """The moves of one round: a card each, and one list for everybody they concern."""

    async def make(self, leave: Leave, approval: Approval, stand_in: StandIn | None) -> None:
        """Take the card from whoever had it, and lay it before whoever decides now."""
        former, approver, matter = approval.stand_in, approval.approver, f"{leave.applicant.titled}的请假报告"
        approval.reassign(stand_in, self.work.now)
        now_with = approval.stand_in
        if former is not None:
            await self._take_away(leave, approval, former)
            self.gone(former, approver, now_with, matter)
        if former is not None and now_with is None:
            await self._take_away(leave, approval, approver)  # the fresh card is the live one
        await self.work.note(
            None,
            "leave.follow",
            f"leave:{leave.id}",
            article=stand_in.article if stand_in and stand_in.leave else None,
            detail={"from": (former or approver).titled, "to": approval.holder.titled},
        )
        await bring_up_to_date(self.work, leave)
        if stand_in and now_with:
            await self.work.send(*with_papers(asked(approval, leave, words.takes_over(stand_in)), leave))
        elif former is not None:
            why = words.ALONE if stand_in else words.COMES_BACK
            await self.work.send(*with_papers(asked(approval, leave, why), leave))
        if stand_in:
            self.come(stand_in, matter)

    async def _take_away(self, leave: Leave, approval: Approval, holder: Official) -> None:
        name = approver_card(approval, leave, holder)
        await self.work.redraw(name, card(leave))
        await self.work.retire(name)
