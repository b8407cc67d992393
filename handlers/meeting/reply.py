"""参会回执: the person answers by a tap, sends somebody, or confirms what was prepared for them."""

from typing import Any

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.meeting import excuse as meeting_excuse
from handlers.meeting.fields import deputy_field, names_a_deputy
from handlers.taps import Tap, on_tap
from matters.meeting import count, show
from matters.meeting import excuse as excuse_matter
from matters.meeting.chair import settle_chair
from notices.meeting import card as cards
from notices.meeting import told as notices
from notices.notice import Notice
from rules.forms import Values
from rules.meeting.attendance import Attendee, Part, Reply
from rules.meeting.deputy import read_deputy
from rules.meeting.excuse import Excuse
from rules.meeting.excusing import new_excuse
from rules.meeting.matter import Meeting
from rules.meeting.reply import (
    answer,
    ask_excuse,
    confirm,
    confirm_leave,
    may_answer,
    may_send_deputy,
    send_deputy,
)
from rules.refused import Refused
from rules.roster import Official, Role
from storage.queries.meeting.meetings import answering
from storage.queries.sent import is_retired
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- their own answer


@on_tap(f"meeting:<meeting>:{cards.COME}")
async def come(tap: Tap[None]) -> str:
    """[参加]: of the list only the person's own place is loaded, since many tap at once."""
    work, official = tap.work, tap.official
    meeting = await answering(work, tap["meeting"], official)
    place = may_answer(meeting, official, work.acted_at)
    await _of_today(tap, meeting)
    if place.reply is Reply.COMING:
        return "已答复参加，无需重复。"
    return await _come(work, meeting, official, place)


@on_tap(f"meeting:<id>:{cards.EXCUSE}|{cards.DEPUTY}|{cards.CONFIRM}|{cards.LEAVE}", Meeting)
async def answered(tap: Tap[Meeting]) -> str:
    """[请假] [派员列席] [确认…] on the person's own card."""
    work, official, meeting = tap.work, tap.official, tap.matter
    place = may_answer(meeting, official, work.acted_at)
    await _of_today(tap, meeting)
    match tap.act:
        case cards.EXCUSE:
            await meeting_excuse.begin(tap)
            return "请在下方写明事由。"
        case cards.DEPUTY:
            may_send_deputy(meeting, place)
            await tap.begin(sending_deputy, {"meeting": meeting.id})
            return "请在下方写明派谁列席。"
        case cards.LEAVE:
            return await _confirm_leave(work, meeting, official)
        case _:
            return await _confirm(work, meeting, official, place)


@on_tap(f"meeting:<id>:{cards.PAPERS}", Meeting)
async def papers(tap: Tap[Meeting]) -> str:
    """[材料]: the papers of the meeting as files."""
    await tap.work.send(*_papers(tap.matter, tap.official))
    return ""


async def _of_today(tap: Tap[Any], meeting: Meeting) -> None:
    """Refuses a tap on a card that was sent before the meeting was moved: its new time was not read."""
    message = tap.query.message
    if meeting.version and message and await is_retired(tap.work, message.chat.id, message.message_id):
        raise Refused("会议有变更，请在最新的一张卡片上答复；没有看到的，请发「会议」。")


def _papers(meeting: Meeting, official: Official) -> list[Notice]:
    place = meeting.of(official)
    may_see = meeting.manages(official) or (place is not None and place.part is not Part.TOPIC)
    if not may_see:
        raise Refused("会议材料只发给与会人员。")
    return cards.papers(meeting, official)


async def _come(work: UnitOfWork, meeting: Meeting, official: Official, place: Attendee) -> str:
    before = place.excuse
    presides = official.role is Role.MAYOR or official is meeting.chair
    if before is not None or presides:  # others are looked at: the whole list is needed
        meeting = await work.lock(Meeting, meeting.id)
        place = meeting.place_of(official)
    answer(meeting, official, work.acted_at)
    await entered(work, meeting, place, official, before)
    if presides and before is None:
        await settle_chair(work, meeting, official)
    await work.send(notices.calendar(meeting, place, work.now))
    return "已答复参加。"


async def _confirm_leave(work: UnitOfWork, meeting: Meeting, official: Official) -> str:
    before = meeting.place_of(official).excuse
    place = confirm_leave(meeting, official, work.acted_at)
    await entered(work, meeting, place, official, before)
    if before is None:
        await settle_chair(work, meeting, official)
    return "已确认，不再另行请假。"


async def _confirm(work: UnitOfWork, meeting: Meeting, official: Official, place: Attendee) -> str:
    """One tap for what their liaison or the desk has prepared."""
    before, prepared = place.excuse, place.prepared
    if prepared is Reply.EXCUSED:
        roster = await work.roster()
        excuse = new_excuse(meeting, place, place.prepared_reason, roster, work.acted_at)
        ask_excuse(meeting, official, excuse, work.acted_at)
        await entered(work, meeting, place, official, before)
        await meeting_excuse.asked(work, meeting, place)
    else:
        confirm(meeting, official, work.acted_at)
        await entered(work, meeting, place, official, before)
        if place.reply is Reply.COMING:
            await work.send(notices.calendar(meeting, place, work.now))
    return f"已确认：{place.reply}。"


async def entered(
    work: UnitOfWork, meeting: Meeting, place: Attendee, by: Official, before: Excuse | None
) -> None:
    """Whatever follows an answer: the audit, their own card, the count; a former excuse comes to nothing."""
    await work.note(
        by,
        f"meeting.{place.reply.name.lower() if place.reply else 'reset'}",
        f"meeting:{meeting.id}",
        article=55 if place.reply is Reply.EXCUSED and meeting.formal else None,
        detail={} if by is place.official else {"for": place.official.titled, "source": place.source},
        undo=str(place.reply or ""),
    )
    if before is not None and before is not place.excuse:
        await excuse_matter.withdrawn(work, meeting, place, before)
        await settle_chair(work, meeting, place.official)
    await show.redraw_own(work, meeting, place)
    await work.send(*notices.out_of_calendar(meeting, place, work.now))
    await count.answered(work, meeting)


# ---------------------------------------------------------------- 派员列席


@asks("meeting.deputy", "派员列席", deputy_field(check=names_a_deputy))
async def sending_deputy(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    place = meeting.place_of(official)
    before = place.excuse
    send_deputy(
        meeting,
        official,
        read_deputy(values["deputy"], await work.roster(), official.unit, official),
        work.acted_at,
    )
    await entered(work, meeting, place, official, before)
    return Markup("已答复{}，请转告本人。").format(place.answered)


FORMS: tuple[Form, ...] = (sending_deputy,)
ROUTES: list[Route] = [come, answered, papers]
