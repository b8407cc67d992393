"""代拟回执: a liaison, or the office, prepares an answer; the person himself confirms it with one tap."""

from typing import Final

from markupsafe import Markup, escape
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from handlers.meeting.fields import deputy_field, names_a_deputy
from matters.meeting import tell
from notices.meeting import card as cards
from rules.fields import Text
from rules.forms import Values
from rules.meeting.attendance import Attendee, Deputy, Reply
from rules.meeting.deputy import read_deputy
from rules.meeting.matter import Meeting
from rules.meeting.reply import may_prepare, may_send_deputy, prepare
from rules.refused import Refused
from rules.roster import Official
from storage.queries.meeting.meetings import attendee_of
from storage.work import Work

PREPARE: Final = r"^meeting:(?P<id>\d{1,9}):prepare:(?P<attendee>\d{1,9}):(?P<act>come|excuse|deputy)$"


async def prepare_for(update: Update, context: Context) -> None:
    """[代拟参加] [代拟请假] [代拟派员] on the liaison's card."""
    query, match, chat = update.callback_query, context.match, update.effective_chat
    if query is None or match is None or chat is None:
        return
    work, official = context.work, await sender(update, context)
    meeting = await work.get(Meeting, int(match["id"]))
    place = attendee_of(meeting, int(match["attendee"]))
    may_prepare(meeting, official, place, work.acted_at)
    hidden = {"meeting": meeting.id, "attendee": place.id}
    if match["act"] == cards.COME:
        await _prepare(work, official, meeting, place, Reply.COMING)
        await work.toast(query.id, f"已请{place.official.name}确认。")
        return
    if match["act"] == cards.DEPUTY:
        may_send_deputy(meeting, place)
        await begin(work, official, chat.id, PREPARE_DEPUTY, values=hidden)
    else:
        await begin(work, official, chat.id, PREPARE_EXCUSE, values=hidden)
    await work.toast(query.id, "请在下方写明。")


async def _prepare(
    work: Work,
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


async def _prepared(work: Work, official: Official, values: Values) -> Markup | None:
    meeting = await work.get(Meeting, values["meeting"])
    try:
        place = attendee_of(meeting, values["attendee"])
        if values.get("deputy"):
            who = read_deputy(values["deputy"], await work.roster(), place.official.unit, place.official)
            await _prepare(work, official, meeting, place, Reply.DEPUTY, deputy=who)
        else:
            await _prepare(work, official, meeting, place, Reply.EXCUSED, reason=values["reason"])
    except Refused as refused:
        return escape(str(refused))
    return Markup("已代拟，请{}本人确认。").format(place.official.name)


PREPARE_EXCUSE = Form(
    name="meeting.prepare_excuse",
    title="代拟请假",
    fields=(Text("reason", "事由", ask="请写一句请假事由。", example="赴省参加财政工作会议", longest=200),),
    submit=_prepared,
    confirm=False,
)
PREPARE_DEPUTY = Form(
    name="meeting.prepare_deputy",
    title="代拟派员",
    fields=(deputy_field(check=names_a_deputy),),
    submit=_prepared,
    confirm=False,
)

FORMS: tuple[Form, ...] = (PREPARE_EXCUSE, PREPARE_DEPUTY)
ROUTES: list[Route] = [CallbackQueryHandler(prepare_for, pattern=PREPARE)]
