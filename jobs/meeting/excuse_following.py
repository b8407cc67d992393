"""Excuses from meetings that wait for a decision follow whoever decides now (art. 7, 9, 10, 55)."""

from jobs.moves import Moves, is_on_wrong_desk
from matters.meeting.excuse import redraw
from matters.meeting.excuse_paper import sent
from matters.meeting.show import redraw_own
from notices import absence as words
from notices.meeting.excuse import excuse_card, text, to_decide
from rules.absence import Absences, StandIn
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import article_of, ask_another
from rules.meeting.matter import Meeting
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.meeting.meetings import ids_with_excuses
from storage.unit_of_work import UnitOfWork


async def follow(work: UnitOfWork, _official: Official, *, only_urgent: bool = False) -> None:
    """Move every excuse whose question lies on another desk than it should; none is so urgent as to wake."""
    if only_urgent:
        return
    now = await absences(work)
    moves = Moves(work)
    for id in await ids_with_excuses(work):
        meeting = await work.lock(Meeting, id)  # locked: it may have been decided since
        for one in meeting.attendees:
            excuse = one.excuse
            if excuse is None or excuse.state is not ExcuseState.PENDING or not meeting.live:
                continue
            decides = _decides(excuse, one, now)
            if is_on_wrong_desk(excuse.stand_in, unattended=excuse.unattended_at is not None, now=decides):
                await _move(moves, meeting, one, excuse, decides)
    await moves.tell()


def _decides(excuse: Excuse, one: Attendee, now: Absences) -> StandIn | None:
    if excuse.decider is None:
        return None
    return now.decides_for(excuse.decider, "meeting", applicant=one.official)


async def _move(
    moves: Moves, meeting: Meeting, one: Attendee, excuse: Excuse, stand_in: StandIn | None
) -> None:
    """Take the card from whoever had it, and lay it before whoever decides now."""
    work, former, decider = moves.work, excuse.stand_in, excuse.decider
    if decider is None:
        return
    matter = f"{one.official.titled}的会议请假"
    excuse.reassign(stand_in, work.now)
    if former is not None:
        moves.gone(former, decider, excuse.stand_in, matter)
        await _take_away(work, meeting, one, excuse, former)
        if excuse.stand_in is None:
            await _take_away(work, meeting, one, excuse, decider)  # the fresh card is the live one
    if stand_in is not None:
        moves.come(stand_in, matter)
    to = excuse.holder or decider
    await work.note(
        None,
        "meeting.follow",
        f"meeting:{meeting.id}",
        article=stand_in.article if stand_in and stand_in.leave else None,
        detail={"from": (former or decider).titled, "to": to.titled, "for": one.official.titled},
    )
    await redraw(work, meeting, one)
    await redraw_own(work, meeting, one)
    why = ""
    if stand_in and excuse.stand_in:
        why = words.takes_over(stand_in)
    elif former is not None:
        why = words.ALONE if stand_in else words.COMES_BACK
    if why:
        await _lay_before(work, meeting, one, excuse, to, why)


async def _lay_before(
    work: UnitOfWork, meeting: Meeting, one: Attendee, excuse: Excuse, to: Official, why: str
) -> None:
    await work.send(to_decide(meeting, one, excuse, to, why))
    await work.send(*await sent(work, meeting, one, to))


async def _take_away(
    work: UnitOfWork, meeting: Meeting, one: Attendee, excuse: Excuse, holder: Official
) -> None:
    name = excuse_card(meeting, one, holder)
    await work.redraw(name, text(meeting, one, excuse))
    await work.retire(name)


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: who is asked is whom art. 55 names now."""
    roster = await work.roster()
    for id in await ids_with_excuses(work):
        meeting = await work.lock(Meeting, id)
        for one in meeting.attendees:
            excuse = one.excuse
            if excuse is None or excuse.state is not ExcuseState.PENDING:
                continue
            former = [holder for holder in (excuse.decider, excuse.stand_in) if holder]
            names = [excuse_card(meeting, one, holder) for holder in former]
            if not ask_another(meeting, one, roster, work.now) or excuse.decider is None:
                continue
            for name in names:
                await work.redraw(name, text(meeting, one, excuse))
                await work.retire(name)
            await work.note(
                None,
                "meeting.reroute",
                f"meeting:{meeting.id}",
                article=article_of(meeting),
                detail={"for": one.official.titled, "now": excuse.decider.titled},
            )
            stand_in = (await absences(work)).decides_for(excuse.decider, "meeting", applicant=one.official)
            excuse.reassign(stand_in, work.now)
            to = excuse.holder or excuse.decider
            await _lay_before(work, meeting, one, excuse, to, "花名册有变，请您审批。")
            await redraw_own(work, meeting, one)
