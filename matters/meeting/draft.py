"""A meeting that a liaison prepared: laid before who may call it."""

from markupsafe import Markup

from notices.meeting.card import sitting
from notices.meeting.draft import draft_buttons, draft_card, draft_text
from rules.meeting.matter import Meeting, MeetingState
from storage.unit_of_work import UnitOfWork


async def redraw_draft(work: UnitOfWork, meeting: Meeting) -> None:
    """The draft as it stands now; once it is called or given up, without its buttons."""
    if meeting.state is MeetingState.DRAFT:
        text = draft_text(meeting, work.now)
    else:
        said = "已发出通知" if meeting.called_at else "已放弃"
        text = Markup("<b>{}</b>\n时间：{}\n{}。").format(
            meeting.title, sitting(meeting, meeting.created_at), said
        )
    await work.redraw(draft_card(meeting), text, draft_buttons(meeting))
