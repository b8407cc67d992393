"""What the clock does for topics (art. 54): each date reminded of twice; and late topics follow the mayor."""

from matters.meeting import topic as topic_matter
from notices.meeting import topic as notices
from rules.meeting.gates import GATE, GATED, behind, due_now
from rules.meeting.matter import Meeting
from rules.meeting.nudges import at_work
from rules.working_days import Calendar, shanghai_day
from storage.queries.meeting.meetings import open_meetings
from storage.queries.meeting.topics import sheet_behind
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
            gate.reminded(work.now)
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
