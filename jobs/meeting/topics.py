"""What the clock does for topics (art. 54): each date reminded of twice; and late topics follow the mayor."""

from matters.meeting import late_topic as late_topic_matter
from matters.meeting import topic as topic_matter
from matters.moves import Moves
from notices import absence as words
from notices.meeting import late_topic
from notices.meeting import topic as notices
from rules.absence import StandIn
from rules.meeting.gates import GATE, GATED, behind, due_now
from rules.meeting.matter import Meeting
from rules.meeting.nudges import at_work
from rules.meeting.topic import LateState, Topic
from rules.roster import Official
from rules.working_days import Calendar, shanghai_day
from storage.queries.absence import absences
from storage.queries.meeting.meetings import open_meetings
from storage.queries.meeting.topics import sheet_behind, with_late_topics
from storage.unit_of_work import UnitOfWork


async def remind(work: UnitOfWork, meeting_id: int) -> None:
    """A date is near: the reporting units' heads and liaisons and the office, one message each."""
    meeting = await work.lock(Meeting, meeting_id)
    calendar, hours = await work.calendar(), work.office.settings.hours
    if not meeting.live:
        return
    if not at_work(work.now, calendar, hours):  # caught up after a stop, or the days have changed
        await work.timer(GATE, meeting.id, hours.next_opening(calendar, work.now))
        return
    due = due_now(meeting, calendar, hours, work.now)
    if due:
        against = {topic: behind(topic, await sheet_behind(work, topic)) for topic, _ in due}
        deadlines = await topic_matter.deadlines_of(work, meeting)
        today, roster = shanghai_day(work.now), await work.roster()
        await work.send(*notices.remind(meeting, due, against, deadlines, today, roster))
        for _, gate in due:
            gate.nudged_at = work.now
    await topic_matter.set_timer(work, meeting)


async def recount(work: UnitOfWork, _old: Calendar, _new: Calendar) -> list[str]:
    """Working days have changed: the dates are counted anew; only those that moved are told, a line each."""
    lines = []
    for found in await open_meetings(work):
        if found.kind not in GATED:
            continue
        meeting = await work.lock(Meeting, found.id)
        moved = await topic_matter.count(work, meeting)
        for topic in meeting.topics:
            await topic_matter.redraw(work, meeting, topic)
        if moved:
            await work.send(*await topic_matter.tell_moved(work, meeting, moved, None))
        lines += [
            f"“{meeting.title}”议题《{topic.title}》{gate.kind}：{was.month}月{was.day}日改为"
            f"{gate.due.month}月{gate.due.day}日"
            for topic, gates in moved.items()
            for gate, was in gates
        ]
    return lines


async def follow(work: UnitOfWork, _official: Official, *, only_urgent: bool = False) -> None:
    """A late topic lies before whoever decides for the mayor now; none is so urgent as to wake."""
    roster = await work.roster()
    mayor = roster.mayor
    if only_urgent or mayor is None:
        return
    now, moves = await absences(work), Moves(work)
    for id in await with_late_topics(work):
        meeting = await work.lock(Meeting, id)
        for topic in meeting.topics:
            if topic.late is not LateState.PENDING or not topic.late_reason:
                continue
            head = roster.head_of(topic.unit) if topic.unit else None
            stand_in = now.decides_for(mayor, "meeting", applicant=head)
            nobody = stand_in is not None and stand_in.official is None
            decides = stand_in.official if stand_in else None
            if decides is not topic.stand_in or nobody != (topic.unattended_at is not None):
                await _move(moves, meeting, topic, mayor, stand_in)
    await moves.tell()


async def _move(
    moves: Moves, meeting: Meeting, topic: Topic, mayor: Official, stand_in: StandIn | None
) -> None:
    """Take the card from who stood in, and lay it before who decides now; the mayor keeps his."""
    work, former, matter = moves.work, topic.stand_in, f"临时议题“{topic.title}”"
    topic.stand_in = stand_in.official if stand_in else None
    topic.unattended_at = work.now if stand_in and stand_in.official is None else None
    if former is not None:
        moves.gone(former, mayor, topic.stand_in, matter)
        for holder in (former, *([] if topic.stand_in else [mayor])):
            shown = late_topic.late_text(meeting, topic, (), "已转出")
            await work.redraw(late_topic.late_card(meeting, topic, holder), shown)
            await work.retire(late_topic.late_card(meeting, topic, holder))
    if stand_in is not None:
        moves.come(stand_in, matter)
    await work.note(
        None,
        "meeting.follow",
        f"meeting:{meeting.id}",
        article=stand_in.article if stand_in and stand_in.leave else None,
        detail={"topic": topic.title, "to": (topic.stand_in or mayor).titled},
    )
    if topic.stand_in is not None and stand_in is not None:
        why = words.takes_over(stand_in)
    elif former is not None:
        why = words.ALONE if stand_in else words.COMES_BACK
    else:
        return
    await work.send(await late_topic_matter.to_mayor(work, meeting, topic, topic.stand_in or mayor, why))
