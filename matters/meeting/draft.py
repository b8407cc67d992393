"""A meeting that a liaison prepared: laid before who may call it."""

from notices.meeting.card import titled
from notices.meeting.draft import draft_buttons, draft_card, draft_text
from rules.meeting.matter import Meeting, MeetingState
from storage.unit_of_work import UnitOfWork


async def redraw_draft(work: UnitOfWork, meeting: Meeting) -> None:
    """The draft as it stands now; once it is called or given up, without its buttons."""
    if meeting.state is MeetingState.DRAFT:
        text = draft_text(meeting, work.now)
    else:
        said = "已发出通知" if meeting.called_at else "已放弃"
        text = titled(meeting, said)
    await work.redraw(draft_card(meeting), text, draft_buttons(meeting))
