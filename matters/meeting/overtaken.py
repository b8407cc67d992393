"""A meeting begins, and something of it is undecided: what ends, and who hears of it (art. 54, 55)."""

from matters.meeting import excuse as excuse_matter
from matters.meeting import topic as topic_matter
from matters.meeting.late_topic import late_gone
from notices.meeting import overtaken
from rules.meeting.excuse import CAME, UNWRITTEN
from rules.meeting.excusing import article_of
from rules.meeting.matter import Meeting
from rules.meeting.topic import LateState
from storage.unit_of_work import UnitOfWork


async def begun(work: UnitOfWork, meeting: Meeting) -> None:
    """An excuse of who came, or without its report, ends; so do late topics. The others may be ratified."""
    subject, roster = f"meeting:{meeting.id}", await work.roster()
    for one in meeting.attendees:
        excuse = one.excuse
        if excuse is None or not one.undecided or not (one.signed_in_at or excuse.report_missing):
            continue
        excuse.lapse(work.now, CAME if one.signed_in_at else UNWRITTEN)
        await work.note(None, "meeting.excuse_over", subject, article=article_of(meeting))
        await excuse_matter.redraw(work, meeting, one)
        if not one.signed_in_at:
            await work.send(*overtaken.without_report(meeting, one, excuse, roster))
    for topic in meeting.topics:
        late = topic.admission
        if late is not None and late.state is LateState.PENDING:
            late.lapse(work.now)
            await work.note(None, "meeting.late_over", subject, article=54)
            await late_gone(work, meeting, topic, late.outcome)
            await topic_matter.redraw(work, meeting, topic)
            await work.send(*overtaken.not_heard(meeting, topic, late, roster))
