"""The lead unit goes on with its sheet: 催办, 重开, 办结, 撤回 (art. 53, 61, 63)."""

import logging
from collections.abc import Awaitable, Callable

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.countersign import mediation as mediation_matter
from matters.countersign import overdue, paper
from matters.countersign import unrevised as unrevised_matter
from matters.countersign.show import bring_up_to_date
from notices.countersign import end as countersign_end
from notices.countersign import mediation as settling
from notices.countersign.card import late_buttons
from notices.countersign.lead import CLOSE, FORM, NUDGE, READY, REOPEN, WITHDRAW, opinion_text
from notices.countersign.names import late_card
from notices.countersign.unrevised import CLOSE_AS_IS
from rules.countersign.answer import Opinion
from rules.countersign.consultation import Seat
from rules.countersign.life import close, late_objections, mark_ready, may_close, may_withdraw, withdraw
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.nudges import nudge, say_left
from rules.countersign.stall import to_revise
from rules.fields import reason
from rules.forms import ABOUT, Values
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import answering, leading
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


@on_tap(f"countersign:<id>:{NUDGE}|{CLOSE}|{WITHDRAW}|{READY}|{FORM}|{CLOSE_AS_IS}", Countersign)
async def act(tap: Tap[Countersign]) -> str:
    """Somebody of the lead unit taps one of the buttons on its card."""
    work, official, sheet = tap.work, tap.official, tap.matter
    seat = await stored.seat(work, sheet.lead_unit)
    if tap.act == WITHDRAW:
        may_withdraw(sheet, official, seat)
        await tap.begin(withdrawing, {"sheet": sheet.id, ABOUT: sheet.matter})
        return "请在下方写明撤回的理由。"
    if tap.act == CLOSE:
        return await _close(tap, seat)
    return await _ACTS[tap.act](work, official, sheet, seat)


# ---------------------------------------------------------------- 重开


@on_tap(f"countersign:<id>:{REOPEN}:<one>", Countersign)
async def reopen(tap: Tap[Countersign]) -> str:
    """重开: the lead unit takes a late opinion in."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one, seat = sheet.consultation(tap["one"]), await stored.seat(work, sheet.lead_unit)
    answer = sheet.reopen(official, one, seat)
    await work.note(
        official,
        "countersign.reopen",
        f"countersign:{sheet.id}",
        article=63,
        acting_for=seat.acting_for(official) if seat.holds(official) else None,
        detail={"unit": one.unit.name, "opinion": answer.opinion},
        undo="重开",
    )
    text = Markup("{}\n已重开，这份意见计入会签。").format(opinion_text(sheet, one, answer))
    await work.redraw(late_card(sheet, one), text, late_buttons(sheet, one))
    await unrevised_matter.over(work, sheet)
    await work.send(*countersign_end.reopened(sheet, one, await answering(work, one)))
    await bring_up_to_date(work, sheet, one)
    if answer.opinion is Opinion.OBJECTION:
        for to in await leading(work, sheet):
            await work.send(*settling.to_answer(sheet, one, to))
    return f"已重开：{one.unit.name}{answer.opinion}。"


# ---------------------------------------------------------------- 催办


async def _nudge(work: UnitOfWork, official: Official, sheet: Countersign, seat: Seat) -> str:
    settings = work.office.settings
    reminded, left = nudge(
        sheet, official, seat, work.now, await work.calendar(), settings.hours, settings.countersign
    )
    await work.note(
        official,
        "countersign.nudge",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=seat.acting_for(official) if seat.holds(official) else None,
        detail={"units": [one.unit.name for one in reminded]},
    )
    for one in reminded:
        await overdue.nudge(work, sheet, one, sheet.lead_unit.name, await answering(work, one))
    names = "、".join(one.unit.name for one in reminded[:8])
    many = f"等{len(reminded)}个单位" if len(reminded) > 8 else ""
    return f"已提醒{names}{many}。" + (f"{say_left(left)}。" if left else "")


# ---------------------------------------------------------------- the end


async def _close(tap: Tap[Countersign], seat: Seat) -> str:
    work, official, sheet = tap.work, tap.official, tap.matter
    may_close(sheet, official, seat)
    unrevised, late = to_revise(sheet), late_objections(sheet)
    if unrevised or late:
        await unrevised_matter.ask(work, sheet, official, unrevised=unrevised, late=late)
        return "请先确认是否按现稿办结。"
    if not await tap.sure(f"办结{sheet.matter}？\n办结后不再征求意见，会签单随即生成，送区政府办公室。"):
        return "请先确认。"
    return await _close_as_is(work, official, sheet, seat)


async def _close_as_is(work: UnitOfWork, official: Official, sheet: Countersign, seat: Seat) -> str:
    all_the_same = {
        what: [one.unit.name for one in those]
        for what, those in (("unrevised", to_revise(sheet)), ("late", late_objections(sheet)))
        if those
    }
    close(sheet, official, work.now, seat)
    await work.note(
        official,
        "countersign.close",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=sheet.ended_for,
        detail=all_the_same,
        undo="办结",
    )
    await _all_cards(work, sheet)
    desk = (await work.roster()).desk
    form = await paper.draw_up(work, sheet)
    await work.send(*countersign_end.closed(sheet, await leading(work, sheet), desk, form))
    return "已办结。"


async def _form(work: UnitOfWork, official: Official, sheet: Countersign, seat: Seat) -> str:
    if official.role not in OFFICE_DESK and not sheet.of_lead(official, seat):
        raise Refused("会签单只发给主办单位和区政府办公室。")
    if sheet.state is not CountersignState.CLOSED:
        raise Refused(f"这份会签{sheet.state}，办结后才有会签单。")
    return await paper.send(work, official, sheet)


async def _ready(work: UnitOfWork, official: Official, sheet: Countersign, seat: Seat) -> str:
    mark_ready(sheet, official, seat, work.now)
    acting_for, subject = seat.acting_for(official), f"countersign:{sheet.id}"
    await work.note(
        official, "countersign.ready", subject, article=53, acting_for=acting_for, undo="提交会议"
    )
    await bring_up_to_date(work, sheet)
    await work.send(*countersign_end.ready(sheet, (await work.roster()).desk))
    return "已报区政府办公室，可以提交会议。"


async def _all_cards(work: UnitOfWork, sheet: Countersign) -> None:
    """Nothing is asked on any of the sheet's cards any more."""
    await bring_up_to_date(work, sheet, *sheet.consultations)
    await mediation_matter.redraw(work, sheet)


@asks(
    "countersign.withdraw",
    "撤回会签",
    reason("理由", "请写一句撤回的理由。", "文稿须另作较大修改", phrases="withdraw"),
)
async def withdrawing(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    sheet = await work.lock(Countersign, values["sheet"])
    seat, sent_out = await stored.seat(work, sheet.lead_unit), sheet.released_at is not None
    was_ready = sheet.ready_at is not None
    open_mediations = [mediation for mediation in sheet.mediations if mediation.open]
    withdraw(sheet, official, values["reason"], work.now, seat)
    await work.note(
        official,
        "countersign.withdraw",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=sheet.ended_for,
        detail={"reason": values["reason"]},
        undo="撤回",
    )
    await _all_cards(work, sheet)
    if sent_out:
        told: list[Official] = []
        for one in sheet.current:
            people = [*await answering(work, one), *([one.asked] if one.asked else [])]
            told += [each for each in people if each not in told]
            await work.send(*countersign_end.ended_for_group(sheet, one.unit))
        told += [mediation.holder for mediation in open_mediations if mediation.holder not in told]
        await work.send(*countersign_end.ended_for_unit(sheet, told))
    if was_ready:
        await work.send(*countersign_end.not_ready(sheet, (await work.roster()).desk))
    periods = work.office.settings.periods
    of_lead = await leading(work, sheet)
    await work.send(*countersign_end.withdrawn_for_lead(sheet, official, of_lead, periods))
    return Markup("已撤回{}。").format(sheet.matter)


_ACTS: dict[str, Callable[[UnitOfWork, Official, Countersign, Seat], Awaitable[str]]] = {
    NUDGE: _nudge,
    CLOSE_AS_IS: _close_as_is,
    FORM: _form,
    READY: _ready,
}


FORMS: tuple[Form, ...] = (withdrawing,)
ROUTES: list[Route] = [
    act,
    reopen,
]
