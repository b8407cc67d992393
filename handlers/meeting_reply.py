"""参会回执: the person answers by a tap, his liaison prepares, the office enters what it was told."""

from typing import Final

from markupsafe import Markup, escape
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers import meeting_excuse
from handlers.context import Context, Route, sender
from handlers.form_kinds import Form
from handlers.forms import begin
from notices import meeting as notices
from notices import meeting_card as cards
from notices import meeting_count
from notices import meeting_excuse as excuses
from notices.meeting_chair import settle_chair
from rules.fields import Choice, OfficialField, Scene, Text
from rules.forms import Problem, Values
from rules.meeting import Meeting
from rules.meeting_attendance import Attendee, Deputy, Part, Reply
from rules.meeting_excuse import Excuse
from rules.meeting_excusing import new_excuse
from rules.meeting_reply import (
    answer,
    ask_excuse,
    confirm,
    confirm_leave,
    may_answer,
    may_prepare,
    may_record,
    may_send_deputy,
    prepare,
    put_deputy,
    put_excuse,
    record_coming,
    send_deputy,
)
from rules.refused import Refused
from rules.roster import Official, Role, Roster
from storage.meeting import answering, attendee_of
from storage.outbox import Notice
from storage.work import Work

OWN: Final = r"^meeting:(?P<id>\d{1,9}):(?P<act>come|excuse|deputy|confirm|leave|papers)$"
PREPARE: Final = r"^meeting:(?P<id>\d{1,9}):prepare:(?P<attendee>\d{1,9}):(?P<act>come|excuse|deputy)$"
RECORD: Final = r"^meeting:(?P<id>\d{1,9}):record$"

# ---------------------------------------------------------------- his own answer


async def own(update: Update, context: Context) -> None:
    """[参加] [请假] [派员列席] [确认…] [材料] on the person's own card."""
    query, match, chat = update.callback_query, context.match, update.effective_chat
    if query is None or match is None or chat is None:
        return
    work, official = context.work, await sender(update, context)
    id, act = int(match["id"]), match["act"]
    if act == cards.COME:
        meeting = await answering(work, id, official)
    else:
        meeting = await work.get(Meeting, id)
    if act == cards.PAPERS:
        await work.send(*_papers(meeting, official))
        await work.toast(query.id)
        return
    place = may_answer(meeting, official, work.now)
    toast = "请在下方写明事由。"
    if act == cards.COME and place.reply is Reply.COMING:
        toast = "已答复参加，无需重复。"
    elif act == cards.COME:
        toast = await _come(work, meeting, official, place)
    elif act == cards.EXCUSE:
        await meeting_excuse.begin(work, official, chat.id, meeting)
    elif act == cards.DEPUTY:
        may_send_deputy(meeting, place)
        await begin(work, official, chat.id, DEPUTY, values={"meeting": meeting.id})
        toast = "请在下方写明派谁列席。"
    elif act == cards.LEAVE:
        toast = await _confirm_leave(work, meeting, official)
    else:
        toast = await _confirm(work, meeting, official, place)
    await work.toast(query.id, toast)


def _papers(meeting: Meeting, official: Official) -> list[Notice]:
    place = meeting.of(official)
    may_see = meeting.manages(official) or (place is not None and place.part is not Part.TOPIC)
    if not may_see:
        raise Refused("会议材料只发给与会人员。")
    return cards.papers(meeting, official)


async def _come(work: Work, meeting: Meeting, official: Official, place: Attendee) -> str:
    before = place.excuse
    presides = official.role is Role.MAYOR or official is meeting.chair
    if before is not None or presides:  # others are looked at: the whole list is needed
        meeting = await work.get(Meeting, meeting.id)
        place = meeting.place_of(official)
    answer(meeting, official, work.now)
    await entered(work, meeting, place, official, before)
    if presides and before is None:
        await settle_chair(work, meeting, official)
    await work.send(notices.calendar(meeting, place, work.now))
    return "已答复参加。"


async def _confirm_leave(work: Work, meeting: Meeting, official: Official) -> str:
    place = confirm_leave(meeting, official, work.now)
    await entered(work, meeting, place, official, None)
    return "已确认，不再另行请假。"


async def _confirm(work: Work, meeting: Meeting, official: Official, place: Attendee) -> str:
    """One tap for what his liaison or the desk has prepared."""
    before, prepared = place.excuse, place.prepared
    if prepared is Reply.EXCUSED:
        roster = await work.roster()
        excuse = new_excuse(meeting, place, place.prepared_reason, roster, work.now)
        ask_excuse(meeting, official, excuse, work.now)
        await entered(work, meeting, place, official, before)
        await meeting_excuse.asked(work, meeting, place)
    else:
        confirm(meeting, official, work.now)
        await entered(work, meeting, place, official, before)
        if place.reply is Reply.COMING:
            await work.send(notices.calendar(meeting, place, work.now))
    return f"已确认：{place.reply}。"


async def entered(work: Work, meeting: Meeting, place: Attendee, by: Official, before: Excuse | None) -> None:
    """Whatever follows an answer: the audit, his own card, the count; a former excuse comes to nothing."""
    await work.note(
        by,
        f"meeting.{place.reply.name.lower() if place.reply else 'reset'}",
        f"meeting:{meeting.id}",
        article=55 if place.reply is Reply.EXCUSED and meeting.formal else None,
        detail={} if by is place.official else {"for": place.official.titled, "source": place.source},
    )
    if before is not None and before is not place.excuse:
        await excuses.withdrawn(work, meeting, place, before)
        await settle_chair(work, meeting, place.official)
    await cards.redraw_own(work, meeting, place)
    await meeting_count.answered(work, meeting)


# ---------------------------------------------------------------- 派员列席


def _deputy(text: str, roster: Roster, unit: object) -> Deputy:
    """姜羽翔, or 姜羽翔 副局长: the post of somebody on the roster need not be written."""
    words = text.split()
    known = next((o for o in roster.named(words[0]) if o.unit is unit), None)
    if len(words) > 1:
        return Deputy(words[0], "".join(words[1:]))
    if known is None:
        raise Refused("请写明姓名和职务，例：姜羽翔 副局长")
    return Deputy(known.name, known.post_in_full)


def _named_deputy(text: str, scene: Scene) -> None:
    _deputy(text, scene.roster, scene.official.unit)


def _deputy_field(**more: object) -> Text:
    return Text(
        "deputy",
        "派员",
        ask="派谁列席？请写姓名和职务。",
        example="姜羽翔 副局长",
        longest=60,
        **more,  # type: ignore[arg-type]
    )


async def _send_deputy(work: Work, official: Official, values: Values) -> Markup | None:
    meeting = await work.get(Meeting, values["meeting"])
    try:
        place = meeting.place_of(official)
        before = place.excuse
        send_deputy(
            meeting, official, _deputy(values["deputy"], await work.roster(), official.unit), work.now
        )
    except Refused as refused:
        return escape(str(refused))
    await entered(work, meeting, place, official, before)
    return Markup("已答复{}。").format(place.answered)


DEPUTY = Form(
    name="meeting.deputy",
    title="派员列席",
    fields=(_deputy_field(check=_named_deputy),),
    submit=_send_deputy,
    confirm=False,
)

# ---------------------------------------------------------------- prepared by his liaison or the desk


async def prepare_for(update: Update, context: Context) -> None:
    """[代拟参加] [代拟请假] [代拟派员] on the liaison's card."""
    query, match, chat = update.callback_query, context.match, update.effective_chat
    if query is None or match is None or chat is None:
        return
    work, official = context.work, await sender(update, context)
    meeting = await work.get(Meeting, int(match["id"]))
    place = attendee_of(meeting, int(match["attendee"]))
    may_prepare(meeting, official, place, work.now)
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
    prepare(meeting, official, place, reply, work.now, reason=reason, deputy=deputy)
    await work.note(
        official, "meeting.prepare", f"meeting:{meeting.id}", detail={"for": place.official.titled}
    )
    await notices.ask_to_confirm(work, meeting, place)


async def _prepared(work: Work, official: Official, values: Values) -> Markup | None:
    meeting = await work.get(Meeting, values["meeting"])
    try:
        place = attendee_of(meeting, values["attendee"])
        if values.get("deputy"):
            who = _deputy(values["deputy"], await work.roster(), place.official.unit)
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
    fields=(_deputy_field(check=_named_deputy),),
    submit=_prepared,
    confirm=False,
)

# ---------------------------------------------------------------- told to the office by telephone


async def record(update: Update, context: Context) -> None:
    """[登记答复] on the office's card: whose answer, which, and how it was heard."""
    query, match, chat = update.callback_query, context.match, update.effective_chat
    if query is None or match is None or chat is None:
        return
    work, official = context.work, await sender(update, context)
    meeting = await work.get(Meeting, int(match["id"]))
    if not meeting.attendees:
        raise Refused("名单里没有人。")
    other = next((one for one in meeting.attendees if one.official is not official), meeting.attendees[0])
    may_record(meeting, official, other, work.now)
    silent = sorted(meeting.attendees, key=lambda one: one.reply is not None)
    hidden = {"meeting": meeting.id, "people": [one.official.id for one in silent]}
    await begin(work, official, chat.id, RECORD_FORM, values=hidden)
    await work.toast(query.id)


def _on_list(scene: Scene) -> list[Official]:
    listed = (scene.roster.by_id(id) for id in scene.values.get("people") or [])
    return [one for one in listed if one is not None and one is not scene.official]


def _excused(values: Values) -> bool:
    return values.get("reply") is Reply.EXCUSED


def _deputed(values: Values) -> bool:
    return values.get("reply") is Reply.DEPUTY


async def _check_record(work: Work, official: Official, values: Values) -> list[Problem]:
    meeting = await work.get(Meeting, values["meeting"])
    try:
        place = meeting.place_of(values["official"])
        may_record(meeting, official, place, work.now)
        if values["reply"] is Reply.DEPUTY:
            may_send_deputy(meeting, place)
            _deputy(values["deputy"], await work.roster(), place.official.unit)
    except Refused as refused:
        return [Problem("", refused.message, refused.article)]
    return []


async def _record(work: Work, official: Official, values: Values) -> Markup | None:
    meeting = await work.get(Meeting, values["meeting"])
    place = meeting.place_of(values["official"])
    before, roster, source = place.excuse, await work.roster(), values["source"]
    may_record(meeting, official, place, work.now)
    match values["reply"]:
        case Reply.EXCUSED:
            excuse = new_excuse(meeting, place, values["reason"], roster, work.now)
            put_excuse(place, excuse, official, work.now, source)
        case Reply.DEPUTY:
            deputy = _deputy(values["deputy"], roster, place.official.unit)
            put_deputy(meeting, place, deputy, official, work.now, source)
        case _:
            record_coming(meeting, official, place, source, work.now)
    await entered(work, meeting, place, official, before)
    if values["reply"] is Reply.EXCUSED:
        await meeting_excuse.asked(work, meeting, place)
    await work.send(notices.recorded(meeting, place, official))
    return Markup("已登记：{}{}（{}）。").format(place.official.name, place.reply, source)


RECORD_FORM = Form(
    name="meeting.record",
    title="登记答复",
    fields=(
        OfficialField("official", "人员", ask="登记谁的答复？", among=_on_list),
        Choice("reply", "答复", ask="怎么答复的？", options=tuple(Reply)),
        Text(
            "reason",
            "事由",
            ask="请假事由是什么？",
            example="赴省参加财政工作会议",
            longest=200,
            shown=_excused,
        ),
        _deputy_field(shown=_deputed),
        Choice("source", "方式", ask="怎么得知的？", options=("电话", "当面", "短信", "其他")),
    ),
    check=_check_record,
    submit=_record,
)

FORMS: tuple[Form, ...] = (DEPUTY, PREPARE_EXCUSE, PREPARE_DEPUTY, RECORD_FORM)
ROUTES: list[Route] = [
    CallbackQueryHandler(own, pattern=OWN),
    CallbackQueryHandler(prepare_for, pattern=PREPARE),
    CallbackQueryHandler(record, pattern=RECORD),
]
