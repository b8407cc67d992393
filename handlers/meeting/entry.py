"""/meeting 会议: calling one, looking at those to come, and what they contribute to 待办 and 我的."""

from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.meeting.form import MEETING
from handlers.taps import Tap, on_tap
from notices.meeting import card as cards
from notices.meeting import clearing
from notices.meeting import draft as drafts
from notices.meeting import listing as lists
from notices.meeting.office import office
from notices.notice import Notice
from rules.meeting.matter import Meeting, MeetingKind, MeetingState
from rules.meeting.members import kinds_for
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role
from storage.queries.meeting.meetings import coming, open_meetings
from storage.unit_of_work import UnitOfWork


async def start(update: Update, context: Context) -> None:
    """/meeting: who may call one begins or goes on with theirs; everybody sees those they are called to."""
    work, official = context.work, await sender(update, context)
    if update.effective_chat is None:
        return
    running, own = await _running(work, official), await _own(work, official)
    kinds = kinds_for(official)
    if kinds and not running and not own:
        await begin(work, official, update.effective_chat.id, MEETING)
        return
    if kinds:
        new = "申请召开会议" if kinds == [MeetingKind.DISTRICT] else "召开会议"
        await work.send(lists.overview(official, running, new))
    await work.send(*own)
    if not kinds and not own:
        await work.send(lists.none(official))


async def _running(work: UnitOfWork, official: Official) -> list[Meeting]:
    """The meetings they run: the desk all that are called, everybody their own."""
    states = (
        MeetingState.DRAFT,
        MeetingState.PENDING,
        MeetingState.SENT_BACK,
        MeetingState.CALLED,
        MeetingState.BEGUN,
    )
    found = await open_meetings(work, *states)
    desk = official.role in OFFICE_DESK
    return [
        one
        for one in found
        if (one.called_by is official or (desk and one.state is not MeetingState.SENT_BACK))
        and one.end > work.now
    ]


async def _own(work: UnitOfWork, official: Official) -> list[Notice]:
    """The cards of the meetings they are called to; for a liaison also those of their unit's head."""
    found = [
        cards.own(meeting, meeting.place_of(official), work.now) for meeting in await coming(work, official)
    ]
    if official.role is not Role.LIAISON:
        return found
    head = (await work.roster()).head_of(official.unit)
    if head is None:
        return found
    prepared = [
        cards.to_liaison(meeting, meeting.place_of(head), official, work.now)
        for meeting in await coming(work, head)
    ]
    return found + prepared


@on_tap(lists.NEW)
async def new(tap: Tap[None]) -> str:
    """[召开会议]: the form, question by question."""
    await tap.begin(MEETING)
    return ""


@on_tap("meeting:<id>:open|list", Meeting)
async def act(tap: Tap[Meeting]) -> str:
    """A meeting's card opened again, or its list."""
    work, official, meeting = tap.work, tap.official, tap.matter
    meeting.may_manage(official)
    if tap.act == cards.LIST:
        await work.send(lists.names(meeting, official))
    else:
        await work.send(_card(work, meeting, official))
    return ""


def _card(work: UnitOfWork, meeting: Meeting, official: Official) -> Notice:
    """The card of one who runs it, by where it stands."""
    if meeting.state is MeetingState.DRAFT:
        return drafts.draft(meeting, official, work.now)
    if meeting.state in (MeetingState.PENDING, MeetingState.SENT_BACK, MeetingState.DECLINED):
        step = meeting.waiting
        if official is meeting.called_by:
            return clearing.for_asker(meeting)
        if step is None or step.approver is not None:
            raise Refused(f"“{meeting.title}”{clearing.state_words(meeting)}。")
        return clearing.asked(meeting, step, official)
    return office(meeting, official)


# ---------------------------------------------------------------- for /todo and /mine


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """Their own answers that are missing, and drafts that they have not sent."""
    missing = [
        cards.own(meeting, place, work.now).wanted(meeting.reply_by)
        for meeting in await coming(work, official)
        if (place := meeting.place_of(official)).reply is None and work.now < meeting.reply_by
    ]
    drafted = [
        drafts.draft(meeting, official, work.now).wanted(meeting.start)
        for meeting in await open_meetings(work, MeetingState.DRAFT)
        if meeting.called_by is official and meeting.start > work.now
    ]
    return missing + drafted


async def unanswered(work: UnitOfWork, official: Official) -> list[Notice]:
    """Meetings that the official has not answered for and may still come to, also after the RSVP deadline."""
    return [
        cards.own(meeting, place, work.now)
        for meeting in await coming(work, official)
        if (place := meeting.place_of(official)).reply is None and work.now < meeting.start
    ]


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """The meetings they have called that are not over, and those they have asked for."""
    own = [one for one in await _running(work, official) if one.called_by is official]
    return [_card(work, meeting, official) for meeting in own]


ROUTES: list[Route] = [
    *opening("meeting", "会议", start),
    new,
    act,
]
