"""The live count of a meeting (art. 49, 55): edited soon after an answer, however many come at once."""

from notices import meeting_count as notices
from notices.meeting_card import office_buttons, office_card
from rules.meeting import Meeting
from storage.work import Work


async def live(work: Work, meeting_id: int) -> None:
    """Edit the office's card to what holds now."""
    meeting = await work.get(Meeting, meeting_id)
    meeting.counted_at = work.now
    await work.redraw(office_card(meeting), notices.office_text(meeting), office_buttons(meeting))
