"""What follows for meetings when people go on leave, come back, leave office, or are away while they decide.

Somebody on the list whose leave is approved after the call is only asked to confirm; one who has left is
replaced by their successor; a clearance (art. 58) lies before whoever decides now.
"""

from functools import partial

from markupsafe import Markup

from matters.meeting import clearing as clearing_matter
from matters.meeting import count, excuse, show, tell
from matters.meeting.chair import expect_chair, settle_chair
from matters.meeting.todo import EXCUSE, to_who_is_in_charge
from notices.meeting import clearing
from notices.meeting import told as notices
from notices.meeting.office import office_buttons, office_card
from notices.notice import Notice
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.excusing import article_of, decider
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.members import chair_for
from rules.roster import Official, Role, Roster
from rules.succession import in_hand
from storage.queries.meeting.life import mark_leaves
from storage.queries.meeting.meetings import coming, excused_meetings, ids_concerning, ids_of_units
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- on leave, and back


async def _mark(work: UnitOfWork, official: Official) -> None:
    """Their leave was approved, changed, ended or called off: the meetings to come must know."""
    for found in await coming(work, official):
        meeting = await work.lock(Meeting, found.id)
        if meeting.state is not MeetingState.CALLED:
            continue
        changed = await mark_leaves(work, meeting)
        for place in changed:
            if not place.on_leave and place.excuse is not None and place.excuse.by_leave:
                place.reset("原已批准请假")
            await settle_chair(work, meeting, place.official)
            await _tell(work, meeting, place)
        if changed:
            await count.answered(work, meeting)


async def _tell(work: UnitOfWork, meeting: Meeting, place: Attendee) -> None:
    """They are asked to confirm, or asked as everybody is; who has it in order already hears nothing."""
    roster, who = await work.roster(), place.official
    if place.on_leave:
        in_order = place.reply is Reply.DEPUTY or place.granted
        if in_order or work.now >= meeting.reply_by:
            await show.redraw_own(work, meeting, place)
        else:
            await tell.ask_again(work, meeting, place, notices.NOW_ON_LEAVE)
        if in_order:
            return
        line = f"{who.titled}{place.away}请假已批准，会议期间外出"
        await work.send(*notices.to_desk(meeting, f"{line}。", roster))
        return
    if place.reply is None and work.now < meeting.reply_by:
        await tell.ask_again(work, meeting, place, notices.BACK_AGAIN)
    else:
        await show.redraw_own(work, meeting, place)
    await work.send(*notices.to_desk(meeting, f"{who.titled}会议期间不再外出。", roster))


# ---------------------------------------------------------------- left office


async def on_left(work: UnitOfWork, official: Official) -> None:
    """Somebody left, moved or changed roles: their successor has their place, another their clearances.

    Who only has another post stays on the list; the office is told to look at it. The roster of this unit of
    work must already be the new one.
    """
    for id in await ids_concerning(work, official):
        meeting = await work.lock(Meeting, id)
        await to_who_is_in_charge(work, meeting)
        place = meeting.of(official)
        if place is None:
            continue
        if official.left_at is None:
            if meeting.live:
                line = f"{official.titled}职务已调整，请核对名单。"
                await work.send(*notices.to_desk(meeting, line, await work.roster()))
            continue
        await _replace(work, meeting, place)


async def _replace(work: UnitOfWork, meeting: Meeting, place: Attendee) -> None:
    """Off the list; who holds their office now comes onto it with the same part."""
    roster, gone = await work.roster(), place.official
    before = meeting.chair
    successor = successor_of(gone, roster)
    if gone is before:
        meeting.presided_by(*_presides_now(meeting, successor, roster))
    if place.excuse is not None:
        await excuse.withdrawn(work, meeting, place, place.excuse)
    meeting.drop(gone)
    added = [
        meeting.add(one, place.part)
        for one in dict.fromkeys([successor, meeting.chair])
        if one is not None and meeting.of(one) is None
    ]
    await work.flush()
    await mark_leaves(work, meeting)
    await expect_chair(work, meeting)
    detail = {"gone": gone.titled, "now": successor.titled if successor else ""}
    await work.note(None, "meeting.list", f"meeting:{meeting.id}", detail=detail)
    if not meeting.live:
        return
    await tell.take_off(work, meeting, place)
    await tell.invite(work, meeting, added, f"{gone.titled}已离任，改请您参加。")
    instead = f"改请{notices.titles(added)}" if added else "请核对是否另请他人"
    chair = ""
    if meeting.chair is not before:
        chair = f"；主持人现为{meeting.chair.titled}" if meeting.chair else "；主持人空缺，请变更主持人"
    line = f"{gone.titled}已离任，已移出名单，{instead}{chair}。"
    await work.send(*notices.to_desk(meeting, line, roster))
    await count.moved(work, meeting)


def _presides_now(
    meeting: Meeting, successor: Official | None, roster: Roster
) -> tuple[Official | None, str]:
    """Who presides after the one who did has left: by art. 48-50, else who holds their office now."""
    if not meeting.formal:
        return successor, ""
    away = [one.official for one in meeting.attendees if one.granted or one.on_leave]
    found = chair_for(meeting.kind, roster, away, meeting.called_by)
    return found.official, found.reason


def successor_of(gone: Official, roster: Roster) -> Official | None:
    """Who holds the office now that they had: there is one head of a unit, one mayor, one 常务副区长."""
    if gone.role in (Role.UNIT_HEAD, Role.OFFICE_DIRECTOR):
        return roster.head_of(gone.unit)
    if gone.role in (Role.MAYOR, Role.EXECUTIVE_VICE_MAYOR):
        return next(iter(roster.with_role(gone.role)), None)
    return None


# ---------------------------------------------------------------- clearances (art. 58)


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: what a department calls (art. 58) lies with who is there, and in charge, now.

    Where who called it has left the department, its liaison has it in hand from now on, else its head.
    """
    roster = await work.roster()
    for id in await ids_of_units(work):
        meeting = await work.lock(Meeting, id)
        if meeting.unit is None or meeting.unit.closed_at is not None:
            continue
        await to_who_is_in_charge(work, meeting)
        person = in_hand(meeting.unit, roster)
        if meeting.called_by in roster.of(meeting.unit) or meeting.called_by in roster.desk or person is None:
            continue
        gone = meeting.hand_over(person)
        detail = {"from": gone.titled, "to": person.titled}
        await work.note(None, "meeting.reroute", f"meeting:{meeting.id}", article=58, detail=detail)
        await clearing_matter.bring_up_to_date(work, meeting)
        await work.retire(clearing.asker_card(meeting))
        why = f"{gone.titled}已离任或调整，这次会议请您经办。"
        if meeting.live:
            text = Markup("“{}”：{}").format(meeting.title, why)
            await work.send(Notice(person, text, office_buttons(meeting), card=office_card(meeting)))
        else:
            await work.send(clearing.for_asker(meeting, why))


async def excuses_on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: who is asked is whom art. 55 names now."""
    roster = await work.roster()
    for found in await excused_meetings(work):
        meeting = await work.lock(Meeting, found.id)
        for asked in EXCUSE.waiting(meeting):
            place = meeting.place_with(asked)
            whom = decider(meeting, place.official, roster)
            if whom is not None and whom is not asked.decider:
                put, why = partial(asked.put_to, whom), "花名册有变，请您审批。"
                await EXCUSE.reroute(work, meeting, asked, put, why=why, article=article_of(meeting))


async def follow(work: UnitOfWork, official: Official, *, only_urgent: bool = False) -> None:
    """Mark who is away during the meetings to come.

    Nothing of it is so urgent as to wake anybody.
    """
    if not only_urgent:
        await _mark(work, official)
