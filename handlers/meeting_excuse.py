"""请假 from a meeting (art. 55): why, and who decides."""

from markupsafe import Markup, escape

from handlers.context import Route
from handlers.form_kinds import Form
from handlers.forms import begin as begin_form
from notices import meeting_count
from notices.meeting_card import redraw_own
from rules.fields import Text
from rules.forms import Values
from rules.meeting import Meeting
from rules.meeting_attendance import Attendee
from rules.meeting_excusing import new_excuse
from rules.meeting_reply import ask_excuse
from rules.refused import Refused
from rules.roster import Official
from storage.work import Work


async def begin(work: Work, official: Official, chat_id: int, meeting: Meeting) -> None:
    """He has tapped 请假: ask for the reason."""
    await begin_form(work, official, chat_id, REASON, values={"meeting": meeting.id})


async def asked(work: Work, meeting: Meeting, attendee: Attendee) -> None:
    """An excuse was entered: by himself, confirmed as prepared, or recorded by the office."""


async def _submit(work: Work, official: Official, values: Values) -> Markup | None:
    meeting = await work.get(Meeting, values["meeting"])
    try:
        place = meeting.place_of(official)
        excuse = new_excuse(meeting, place, values["reason"], await work.roster(), work.now)
        ask_excuse(meeting, official, excuse, work.now)
    except Refused as refused:  # cancelled, moved or closed while he was writing
        return escape(str(refused))
    await work.note(official, "meeting.excuse", f"meeting:{meeting.id}", article=55)
    await redraw_own(work, meeting, place)
    await meeting_count.answered(work, meeting)
    await asked(work, meeting, place)
    return Markup("已提出请假：{}。").format(meeting.title)


REASON = Form(
    name="meeting.excuse",
    title="会议请假",
    fields=(Text("reason", "事由", ask="请写一句请假事由。", example="赴省参加财政工作会议", longest=200),),
    submit=_submit,
    confirm=False,
)

FORMS: tuple[Form, ...] = (REASON,)
ROUTES: list[Route] = []
