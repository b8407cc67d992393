"""Objections: the lead unit replies, the unit's head says what they think of the reply (art. 53, 59, 63)."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.countersign import mediation
from matters.countersign.show import bring_up_to_date
from notices.countersign import mediation as settling
from notices.countersign.lead import AS_DRAFTED, REPLIES, STANDS
from notices.notice import Notice
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.countersign.objection import Reply
from rules.countersign.settling import may_reply, may_stand, reply_as_drafted, reply_to_objection, take_stand
from rules.fields import Text
from rules.forms import Values
from rules.roster import Official, Role
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import leading
from storage.queries.countersign.settling import to_reply, to_stand
from storage.unit_of_work import UnitOfWork


@on_tap(f"countersign:<id>:{'|'.join(REPLIES)}:<one>", Countersign)
async def reply(tap: Tap[Countersign]) -> str:
    """The lead unit taps 采纳, 部分采纳 or 不采纳 under an objection."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one = sheet.consultation(tap["one"])
    may_reply(sheet, official, one, await stored.seat(work, sheet.lead_unit))
    form = _REPLYING[REPLIES[tap.act]]
    await tap.begin(form, {"sheet": sheet.id, "one": one.id})
    return ""


@on_tap(f"countersign:<id>:{AS_DRAFTED}:<one>:<stamp>", Countersign)
async def drafted(tap: Tap[Countersign]) -> str:
    """The lead unit's head taps 按拟稿答复."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one = sheet.consultation(tap["one"])
    seat = await stored.seat(work, sheet.lead_unit)
    reply_as_drafted(sheet, official, one, tap["stamp"], work.now, seat)
    await _replied(work, official, sheet, one)
    return f"已答复{one.unit.name}。"


async def _replied(work: UnitOfWork, official: Official, sheet: Countersign, one: Consultation) -> None:
    """The reply stands: the books, every card, and the unit whose head says what they think of it."""
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
        undo=str(objection.reply),
    )
    await bring_up_to_date(work, sheet, one)
    await mediation.redraw(work, sheet)
    seat, liaisons = await stored.seat(work, one.unit), await stored.liaisons(work, one.unit)
    await work.send(*settling.replied(sheet, one, seat, liaisons))


def _replying(what: Reply, question: str, example: str, *, optional: bool) -> Form:
    """The one-question form behind 采纳, 部分采纳 and 不采纳."""

    field = Text(
        "text", "答复", ask=question, example=example, longest=500, multiline=True, optional=optional
    )

    @asks(f"countersign.{what.name.lower()}", f"{what}的答复", field)
    async def form(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
        sheet = await work.lock(Countersign, values["sheet"])
        one, seat = sheet.consultation(values["one"]), await stored.seat(work, sheet.lead_unit)
        reply_to_objection(sheet, official, one, what, values.get("text") or "", work.now, seat)
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

    return form


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


@on_tap(f"countersign:<id>:{'|'.join(STANDS)}:<one>", Countersign)
async def stand(tap: Tap[Countersign]) -> str:
    """The objecting unit's head taps 无不同意见 or 保留意见 under the reply."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one, what = sheet.consultation(tap["one"]), STANDS[tap.act]
    seat = await stored.seat(work, one.unit)
    may_stand(sheet, official, one, seat)
    objection = take_stand(sheet, official, one, what, work.acted_at, seat)
    await work.note(
        official,
        f"countersign.{what.name.lower()}",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=objection.settled_for,
        detail={"unit": one.unit.name},
        undo=str(what),
    )
    await bring_up_to_date(work, sheet, one)
    await mediation.redraw(work, sheet)
    periods = work.office.settings.periods
    await work.send(*settling.stood(sheet, one, await leading(work, sheet), periods))
    return f"已签署：{what}。"


# ---------------------------------------------------------------- for /todo


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """Objections that they have to reply to, or draft the reply, and replies that want their signature."""
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


FORMS: tuple[Form, ...] = tuple(_REPLYING.values())
ROUTES: list[Route] = [
    reply,
    drafted,
    stand,
]
