"""代拟回执: a liaison, or the office, prepares an answer; the person themselves confirms it with one tap."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.meeting.fields import deputy_field, names_a_deputy
from handlers.taps import Tap, on_tap
from matters.meeting import tell
from notices.meeting import card as cards
from rules.fields import reason
from rules.forms import Values
from rules.meeting.attendance import Attendee, Deputy, Reply
from rules.meeting.deputy import read_deputy
from rules.meeting.matter import Meeting
from rules.meeting.reply import may_prepare, may_send_deputy, prepare
from rules.roster import Official
from storage.queries.meeting.meetings import attendee_of
from storage.unit_of_work import UnitOfWork


@on_tap("meeting:<id>:prepare:<attendee>:come|excuse|deputy", Meeting)
async def prepare_for(tap: Tap[Meeting]) -> str:
    """[代拟参加] [代拟请假] [代拟派员] on the liaison's card."""
    work, official, meeting = tap.work, tap.official, tap.matter
    place = attendee_of(meeting, tap["attendee"])
    may_prepare(meeting, official, place, work.acted_at)
    hidden = {"meeting": meeting.id, "attendee": place.id}
    if tap.act == cards.COME:
        await _prepare(work, official, meeting, place, Reply.COMING)
        return f"已请{place.official.name}确认。"
    if tap.act == cards.DEPUTY:
        may_send_deputy(meeting, place)
        await tap.begin(PREPARE_DEPUTY, hidden)
    else:
        await tap.begin(PREPARE_EXCUSE, hidden)
    return "请在下方写明。"


async def _prepare(
    work: UnitOfWork,
    official: Official,
    meeting: Meeting,
    place: Attendee,
    reply: Reply,
    *,
    reason: str = "",
    deputy: Deputy | None = None,
) -> None:
    prepare(meeting, official, place, reply, work.acted_at, reason=reason, deputy=deputy)
    await work.note(
        official, "meeting.prepare", f"meeting:{meeting.id}", detail={"for": place.official.titled}
    )
    await tell.ask_to_confirm(work, meeting, place)


async def _prepared(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    place = attendee_of(meeting, values["attendee"])
    if values.get("deputy"):
        who = read_deputy(values["deputy"], await work.roster(), place.official.unit, place.official)
        await _prepare(work, official, meeting, place, Reply.DEPUTY, deputy=who)
    else:
        await _prepare(work, official, meeting, place, Reply.EXCUSED, reason=values["reason"])
    return Markup("已代拟，请{}本人确认。").format(place.official.name)


_WHY = reason("事由", "请写一句请假事由。", "赴省参加财政工作会议")
PREPARE_EXCUSE = asks("meeting.prepare_excuse", "代拟请假", _WHY)(_prepared)
PREPARE_DEPUTY = asks("meeting.prepare_deputy", "代拟派员", deputy_field(check=names_a_deputy))(_prepared)

FORMS: tuple[Form, ...] = (PREPARE_EXCUSE, PREPARE_DEPUTY)
ROUTES: list[Route] = [prepare_for]
