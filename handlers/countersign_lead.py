"""The lead unit goes on with its sheet: replies to objections, 催办, 重开, 办结, 撤回 (art. 53, 61, 63)."""

import logging
from collections.abc import Awaitable, Callable

from markupsafe import Markup, escape
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from handlers.form_kinds import Form
from handlers.forms import begin
from notices import countersign_end, countersign_sheet
from notices import countersign_mediation as settling
from notices.countersign_card import bring_up_to_date, late_buttons, lead_below
from notices.countersign_clock import replace_cards
from notices.countersign_lead import (
    AS_DRAFTED,
    CLOSE,
    FORM,
    NUDGE,
    READY,
    REOPEN,
    REPLIES,
    STANDS,
    WITHDRAW,
    opinion_text,
)
from notices.countersign_names import late_card
from notices.word_form import BadTemplate
from rules.countersign import Countersign, CountersignState
from rules.countersign_answer import Opinion
from rules.countersign_consultation import Consultation, Seat
from rules.countersign_life import close, mark_ready, may_withdraw, withdraw
from rules.countersign_nudge import nudge, say_left
from rules.countersign_objection import Reply
from rules.countersign_settling import (
    may_reply,
    may_stand,
    reply_as_drafted,
    reply_to_objection,
    take_stand,
)
from rules.fields import Text
from rules.forms import Values
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role
from storage import countersign as stored
from storage.countersign_people import answering, leading
from storage.countersign_settling import to_reply, to_stand
from storage.outbox import Attachment, Notice
from storage.work import Work

log = logging.getLogger(__name__)
OWN = rf"^countersign:(?P<id>\d{{1,9}}):(?P<act>{NUDGE}|{CLOSE}|{WITHDRAW}|{READY}|{FORM})$"
REPLY = rf"^countersign:(?P<id>\d{{1,9}}):(?P<act>{'|'.join(REPLIES)}):(?P<one>\d{{1,9}})$"
DRAFTED = rf"^countersign:(?P<id>\d{{1,9}}):{AS_DRAFTED}:(?P<one>\d{{1,9}}):(?P<stamp>\d{{1,9}})$"
STAND = rf"^countersign:(?P<id>\d{{1,9}}):(?P<act>{'|'.join(STANDS)}):(?P<one>\d{{1,9}})$"
LATE = rf"^countersign:(?P<id>\d{{1,9}}):{REOPEN}:(?P<one>\d{{1,9}})$"


async def act(update: Update, context: Context) -> None:
    """Somebody of the lead unit taps one of the buttons on its card."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work = context.work
    official = await sender(update, context)
    sheet = await work.get(Countersign, int(match["id"]))
    seat = await stored.seat(work, sheet.lead_unit)
    if match["act"] == WITHDRAW:
        may_withdraw(sheet, official, seat)
        await begin(work, official, _chat(update), WITHDRAWING, values={"sheet": sheet.id})
        await work.toast(query.id, "请在下方写明撤回的理由。")
        return
    toast = await _ACTS[match["act"]](work, official, sheet, seat)
    await work.toast(query.id, toast)


# ---------------------------------------------------------------- objections


async def reply(update: Update, context: Context) -> None:
    """The lead unit taps 采纳, 部分采纳 or 不采纳 under an objection."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work = context.work
    official = await sender(update, context)
    sheet = await work.get(Countersign, int(match["id"]))
    one = sheet.consultation(int(match["one"]))
    may_reply(sheet, official, one, await stored.seat(work, sheet.lead_unit))
    form = _REPLYING[REPLIES[match["act"]]]
    await begin(work, official, _chat(update), form, values={"sheet": sheet.id, "one": one.id})
    await work.toast(query.id)


async def drafted(update: Update, context: Context) -> None:
    """The lead unit's head taps 按拟稿答复."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work = context.work
    official = await sender(update, context)
    sheet = await work.get(Countersign, int(match["id"]))
    one = sheet.consultation(int(match["one"]))
    seat = await stored.seat(work, sheet.lead_unit)
    reply_as_drafted(sheet, official, one, int(match["stamp"]), work.now, seat)
    await _replied(work, official, sheet, one)
    await work.toast(query.id, f"已答复{one.unit.name}。")


async def _replied(work: Work, official: Official, sheet: Countersign, one: Consultation) -> None:
    """The reply stands: the books, every card, and the unit whose head says what he thinks of it."""
    objection = one.objection
    if objection is None or objection.reply is None:
        return
    await work.note(
        official,
        f"countersign.{objection.reply.name.lower()}",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=objection.replied_for,
        detail={"unit": one.unit.name, "text": objection.reply_text},
    )
    await bring_up_to_date(work, sheet, one)
    await settling.redraw(work, sheet)
    seat, liaisons = await stored.seat(work, one.unit), await stored.liaisons(work, one.unit)
    await work.send(*settling.replied(sheet, one, seat, liaisons))


def _replying(what: Reply, question: str, example: str, *, optional: bool) -> Form:
    """The one-question form behind 采纳, 部分采纳 and 不采纳."""

    async def submit(work: Work, official: Official, values: Values) -> Markup | None:
        sheet = await work.get(Countersign, values["sheet"])
        one, seat = sheet.consultation(values["one"]), await stored.seat(work, sheet.lead_unit)
        try:
            reply_to_objection(sheet, official, one, what, values.get("text") or "", work.now, seat)
        except Refused as refused:  # answered, renewed, withdrawn or mediated while he was writing
            return escape(str(refused))
        if seat.holds(official):
            await _replied(work, official, sheet, one)
            return Markup("已答复{}：{}。").format(one.unit.name, what)
        detail = {"unit": one.unit.name, "reply": what, "text": values.get("text") or ""}
        subject, article = f"countersign:{sheet.id}", sheet.kind.article
        await work.note(official, "countersign.draft_reply", subject, article=article, detail=detail)
        await bring_up_to_date(work, sheet, one)
        whose = f"{sheet.lead_unit.name}主要负责人"
        if seat.signer is not None:
            await work.send(*settling.drafted(sheet, one, seat.signer))
            whose = seat.signer.titled
        return Markup("已代拟答复：{}，待{}审定。").format(what, whose)

    return Form(
        name=f"countersign.{what.name.lower()}",
        title=f"{what}的答复",
        fields=(
            Text(
                "text",
                "答复",
                ask=question,
                example=example,
                longest=500,
                multiline=True,
                optional=optional,
            ),
        ),
        submit=submit,
        confirm=False,
    )


_REPLYING = {
    Reply.ADOPTED: _replying(
        Reply.ADOPTED, "请写明怎样修改；没有要说明的请点「跳过」。", "第八条已改为列入年度预算", optional=True
    ),
    Reply.PARTLY: _replying(
        Reply.PARTLY,
        "请写明采纳了哪些，其余不采纳的理由。",
        "采纳第一条；第二条与上位法不一致",
        optional=False,
    ),
    Reply.NOT_ADOPTED: _replying(
        Reply.NOT_ADOPTED, "请写明不采纳的理由。", "资金已列入年度预算", optional=False
    ),
}


async def stand(update: Update, context: Context) -> None:
    """The objecting unit's head taps 无不同意见 or 保留意见 under the reply."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work = context.work
    official = await sender(update, context)
    sheet = await work.get(Countersign, int(match["id"]))
    one, what = sheet.consultation(int(match["one"])), STANDS[match["act"]]
    seat = await stored.seat(work, one.unit)
    may_stand(sheet, official, one, seat)
    objection = take_stand(sheet, official, one, what, work.now, seat)
    await work.note(
        official,
        f"countersign.{what.name.lower()}",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=objection.settled_for,
        detail={"unit": one.unit.name},
    )
    await lead_below(work, sheet)
    await bring_up_to_date(work, sheet, one)
    await settling.redraw(work, sheet)
    periods = work.office.settings.periods
    await work.send(*settling.stood(sheet, one, await leading(work, sheet), periods))
    await work.toast(query.id, f"已签署：{what}。")


async def reopen(update: Update, context: Context) -> None:
    """重开: the lead unit takes a late opinion in."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work = context.work
    official = await sender(update, context)
    sheet = await work.get(Countersign, int(match["id"]))
    one, seat = sheet.consultation(int(match["one"])), await stored.seat(work, sheet.lead_unit)
    answer = sheet.reopen(official, one, seat)
    await work.note(
        official,
        "countersign.reopen",
        f"countersign:{sheet.id}",
        article=63,
        acting_for=seat.acting_for(official) if seat.holds(official) else None,
        detail={"unit": one.unit.name, "opinion": answer.opinion},
    )
    text = Markup("{}\n已重开，这份意见计入会签。").format(opinion_text(sheet, one, answer))
    await work.redraw(late_card(sheet, one), text, late_buttons(sheet, one))
    await work.send(*countersign_end.reopened(sheet, one, await answering(work, one)))
    await bring_up_to_date(work, sheet, one)
    if answer.opinion is Opinion.OBJECTION:
        for to in await leading(work, sheet):
            await work.send(*settling.to_answer(sheet, one, to))
    await work.toast(query.id, f"已重开：{one.unit.name}{answer.opinion}。")


# ---------------------------------------------------------------- 催办


async def _nudge(work: Work, official: Official, sheet: Countersign, seat: Seat) -> str:
    settings = work.office.settings
    reminded, left = nudge(
        sheet, official, seat, work.now, await work.calendar(), settings.hours, settings.countersign
    )
    await work.note(
        official,
        "countersign.nudge",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        detail={"units": [one.unit.name for one in reminded]},
    )
    for one in reminded:
        people = [one.asked]
        if one.draft is None:
            people += await answering(work, one)
            await replace_cards(work, sheet, one)
        for to in dict.fromkeys(people):
            if to is not None:
                await work.send(countersign_end.nudged(sheet, one, to, settings.periods))
    names = "、".join(one.unit.name for one in reminded[:8])
    many = f"等{len(reminded)}个单位" if len(reminded) > 8 else ""
    return f"已提醒{names}{many}。" + (f"{say_left(left)}。" if left else "")


# ---------------------------------------------------------------- the end


async def _close(work: Work, official: Official, sheet: Countersign, seat: Seat) -> str:
    close(sheet, official, work.now, seat)
    await work.note(
        official,
        "countersign.close",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=sheet.ended_for,
    )
    await _all_cards(work, sheet)
    desk = (await work.roster()).desk
    form = await _drawn_up(work, sheet)
    await work.send(*countersign_end.closed(sheet, await leading(work, sheet), desk, form))
    return "已办结。"


async def _drawn_up(work: Work, sheet: Countersign) -> Attachment | None:
    try:
        return await countersign_sheet.draw_up(work, sheet)
    except BadTemplate as bad:
        log.error("the 会签单 of countersign %s could not be drawn up: %s", sheet.id, bad)  # noqa: TRY400 - said whole
        return None


async def _form(work: Work, official: Official, sheet: Countersign, seat: Seat) -> str:
    if official.role not in OFFICE_DESK and not sheet.of_lead(official, seat):
        raise Refused("会签单只发给主办单位和区政府办公室。")
    if sheet.state is not CountersignState.CLOSED:
        raise Refused(f"这份会签{sheet.state}，办结后才有会签单。")
    form = await _drawn_up(work, sheet)
    if form is None:
        raise Refused("会签单暂时生成不了：模板有误，请告区政府办公室。")
    await work.send(countersign_sheet.sent(official, sheet, form))
    return "会签单已生成。"


async def _ready(work: Work, official: Official, sheet: Countersign, seat: Seat) -> str:
    mark_ready(sheet, official, seat, work.now)
    acting_for = seat.acting_for(official)
    await work.note(
        official, "countersign.ready", f"countersign:{sheet.id}", article=53, acting_for=acting_for
    )
    await bring_up_to_date(work, sheet)
    await work.send(*countersign_end.ready(sheet, (await work.roster()).desk))
    return "已报区政府办公室，可以提交会议。"


async def _withdraw(work: Work, official: Official, values: Values) -> Markup | None:
    sheet = await work.get(Countersign, values["sheet"])
    seat, sent_out = await stored.seat(work, sheet.lead_unit), sheet.released_at is not None
    was_ready = sheet.ready_at is not None
    open_mediations = [mediation for mediation in sheet.mediations if mediation.open]
    try:
        withdraw(sheet, official, values["reason"], work.now, seat)
    except Refused as refused:  # ended while he was writing
        return escape(str(refused))
    await work.note(
        official,
        "countersign.withdraw",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=sheet.ended_for,
        detail={"reason": values["reason"]},
    )
    await _all_cards(work, sheet)
    if sent_out:
        told: list[Official] = []
        for one in sheet.standing:
            people = [*await answering(work, one), *([one.asked] if one.asked else [])]
            told += [each for each in people if each not in told]
            await work.send(*countersign_end.ended_for_group(sheet, one.unit))
        told += [mediation.asked for mediation in open_mediations if mediation.asked not in told]
        await work.send(*countersign_end.ended_for_unit(sheet, told))
    if was_ready:
        await work.send(*countersign_end.not_ready(sheet, (await work.roster()).desk))
    periods = work.office.settings.periods
    of_lead = await leading(work, sheet)
    await work.send(*countersign_end.withdrawn_for_lead(sheet, official, of_lead, periods))
    return Markup("已撤回{}。").format(sheet.matter)


async def _all_cards(work: Work, sheet: Countersign) -> None:
    """Nothing is asked on any of the sheet's cards any more."""
    await bring_up_to_date(work, sheet, *sheet.consultations)
    await settling.redraw(work, sheet)


WITHDRAWING = Form(
    name="countersign.withdraw",
    title="撤回会签",
    fields=(Text("reason", "理由", ask="请写一句撤回的理由。", example="文稿须另作较大修改", longest=200),),
    submit=_withdraw,
    confirm=False,
)

_ACTS: dict[str, Callable[[Work, Official, Countersign, Seat], Awaitable[str]]] = {
    NUDGE: _nudge,
    CLOSE: _close,
    FORM: _form,
    READY: _ready,
}

# ---------------------------------------------------------------- for /todo


async def todo(work: Work, official: Official) -> list[Notice]:
    """Objections that he has to reply to, or draft the reply, and replies that want his signature."""
    signing = await stored.signs_for(work, official)
    drafting = [official.unit] if official.role in (Role.LIAISON, Role.OFFICE_STAFF) else []
    replies = [
        notice
        for sheet, one in await to_reply(work, list(dict.fromkeys([*signing, *drafting])))
        if sheet.lead_unit in signing or (one.objection is not None and one.objection.draft_reply is None)
        for notice in settling.to_answer(sheet, one, official)
    ]
    stands = []
    for sheet, one in await to_stand(work, signing):
        seat = await stored.seat(work, one.unit)
        stands.append(settling.to_sign(sheet, one, official, acting_for=seat.acting_for(official)))
    return replies + stands


def _chat(update: Update) -> int:
    if update.effective_chat is None:
        raise Refused("请在与机器人的对话中办理。")
    return update.effective_chat.id


FORMS: tuple[Form, ...] = (WITHDRAWING, *_REPLYING.values())
ROUTES: list[Route] = [
    CallbackQueryHandler(act, pattern=OWN),
    CallbackQueryHandler(reply, pattern=REPLY),
    CallbackQueryHandler(drafted, pattern=DRAFTED),
    CallbackQueryHandler(stand, pattern=STAND),
    CallbackQueryHandler(reopen, pattern=LATE),
]
