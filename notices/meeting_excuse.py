"""What is said of staying away from a meeting (art. 55): to the person, to whoever decides, to the office."""

from markupsafe import Markup

from rules.meeting import Meeting
from rules.meeting_attendance import Attendee
from rules.meeting_excuse import Excuse
from storage.outbox import Rows
from storage.work import Work


def own_lines(meeting: Meeting, attendee: Attendee) -> list[Markup]:  # noqa: ARG001 - kinds will differ
    """Where his excuse stands, on the person's own card."""
    excuse = attendee.excuse
    if excuse is None:
        return []
    return [Markup("请假事由：{}").format(excuse.reason)]


def own_buttons(meeting: Meeting, attendee: Attendee) -> Rows:  # noqa: ARG001 - none so far
    """What he may do about it."""
    return ()


async def withdrawn(work: Work, meeting: Meeting, attendee: Attendee, excuse: Excuse) -> None:
    """The excuse came to nothing: nobody has to decide on it any more."""
