"""The topics of a meeting and their gates (art. 52-54), as units, office and mayor hear of them."""

from datetime import date

from rules.meeting import Meeting
from rules.meeting_topic import gate_deadlines
from storage.work import Work


async def laid(work: Work, meeting: Meeting, was: date | None = None) -> None:  # noqa: ARG001 - said later
    """The meeting was called or moved, or its agenda changed: the gates are counted anew."""
    if not meeting.formal:
        return
    deadlines = gate_deadlines(meeting.day, await work.calendar(), work.office.settings.periods)
    for topic in meeting.topics:
        topic.count_gates(deadlines)


async def dropped(work: Work, meeting: Meeting) -> None:
    """Cancelled or held: nothing more is due of its topics."""
