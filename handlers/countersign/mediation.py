"""发起协调: both sides' grounds go before the vice mayor in charge, who decides (art. 51, 53)."""

from markupsafe import Markup, escape

from handlers.context import Route, own_chat
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.meeting.form import MEETING as MEETING_FORM
from handlers.taps import Tap, on_tap
from matters.countersign import mediation as mediation_matter
from matters.countersign.show import bring_up_to_date
from notices import absence as words
from notices.countersign import mediation as notices
from notices.countersign.lead import MEDIATE
from notices.countersign.mediation import DECISIONS, MEETING
from notices.countersign.words import brief
from notices.notice import Notice
from rules.articles import cite
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.matter import Countersign
from rules.countersign.objection import Mediation, MediationDecision
from rules.countersign.settling import (
    apart_of,
    call_meeting,
    may_mediate,
    may_open_mediation,
    mediate,
    mediation_of,
    mediator_of,
    open_mediation,
    parties,
)
from rules.fields import Text
from rules.forms import Problem, Values
from rules.meeting.matter import MeetingKind
from rules.roster import LEADERS, Official
from storage.queries.absence import absences
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import answering, leading
from storage.queries.countersign.settling import mediates_for, to_mediate
from storage.unit_of_work import UnitOfWork

_DECISIONS = "|".join([*DECISIONS, MEETING])


@on_tap(f"countersign:<id>:{MEDIATE}", Countersign)
async def start(tap: Tap[Countersign]) -> str:
    """The lead unit's head taps 发起协调."""
    work, official, sheet = tap.work, tap.official, tap.matter
    seat = await stored.seat(work, sheet.lead_unit)
    apart = may_open_mediation(sheet, official, seat)
    mediator_of(sheet, apart, seat, await work.roster())
    await tap.begin(MEDIATING, {"sheet": sheet.id})
    return ""


async def _stand_in(work: UnitOfWork, sheet: Countersign, mediation: Mediation) -> Official | None:
    """Who decides in the mediator's place now."""
    found = mediates_for(sheet, mediation, await absences(work))
    return found.official if found else None


# ---------------------------------------------------------------- before the vice mayor


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Before whom it goes, and what they will read of the other side."""
    sheet = await work.lock(Countersign, values["sheet"])
    seat = await stored.seat(work, sheet.lead_unit)
    apart = may_open_mediation(sheet, official, seat)
    mediator, why = mediator_of(sheet, apart, seat, await work.roster())
    lines = [f"报请{mediator.titled}协调。{why}{cite(53)}"]
    lines += [f"{one.unit.name}理据：{brief(one.answer.text)}" for one in apart if one.answer is not None]
    return Markup("\n").join(escape(line) for line in lines)


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    sheet = await work.lock(Countersign, values["sheet"])
    seat = await stored.seat(work, sheet.lead_unit)
    apart = may_open_mediation(sheet, official, seat)  # agreed, renewed or withdrawn while they were writing?
    mediator_of(sheet, apart, seat, await work.roster())
    return []


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """Lay both sides' grounds side by side before whoever decides, and tell the units."""
    sheet = await work.lock(Countersign, values["sheet"])
    seat, roster = await stored.seat(work, sheet.lead_unit), await work.roster()
    apart = apart_of(sheet)
    mediator, why = mediator_of(sheet, apart, seat, roster)
    mediation = open_mediation(sheet, official, mediator, values["grounds"], work.now, seat)
    found = mediates_for(sheet, mediation, await absences(work))
    mediation.reassign(found, work.now)
    if found is not None and found.official is None:  # away, and nobody can act for them
        matter = f"{sheet.lead_unit.name}的{sheet.matter}协调"
        await work.send(*words.nobody(found, [matter], roster))
    await work.flush()
    await work.note(
        official,
        "countersign.mediate",
        f"countersign:{sheet.id}",
        article=53,
        acting_for=seat.acting_for(official),
        detail={
            "mediator": mediator.titled,
            "units": [one.unit.name for one in apart],
            "grounds": values["grounds"],
        },
    )
    await bring_up_to_date(work, sheet, *apart)
    await mediation_matter.redraw(work, sheet)
    above = f"{sheet.lead_unit.name}提请协调：{why}"
    if mediation.stand_in is not None:
        above = f"请您代{mediator.titled}办理。{why}"
    card = notices.asked(sheet, mediation, mediation.holder, above)
    await work.send(*notices.with_papers(sheet, card, mediation))
    for one in apart:
        await work.send(*notices.opened(sheet, mediation, await answering(work, one)))
    acting = f"（代{mediator.titled}）" if mediation.stand_in else ""
    return Markup("已提请{}{}协调：{}。").format(mediation.holder.titled, acting, sheet.matter)


MEDIATING = Form(
    name="countersign.mediate",
    title="提请协调",
    fields=(
        Text(
            "grounds",
            "理据",
            ask="请写明主办单位的理据和办理意见。",
            hint="各单位的意见和理据由机器人一并列明。",
            example="资金已列入年度预算，建议按现稿办理",
            aliases=("主办理据", "办理意见", "说明"),
            longest=1000,
            multiline=True,
        ),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
)

# ---------------------------------------------------------------- the decision


@on_tap(f"countersign:<id>:decide:<mediation>:{_DECISIONS}", Countersign)
async def decide(tap: Tap[Countersign]) -> str:
    """The mediator taps one of the three decisions, or calls a special meeting."""
    work, official, sheet = tap.work, tap.official, tap.matter
    mediation = mediation_of(sheet, tap["mediation"])
    stand_in = await _stand_in(work, sheet, mediation)
    may_mediate(sheet, official, mediation, stand_in)
    if tap.act == MEETING:
        await _meet(work, official, sheet, mediation, stand_in)
        return "请填会议通知。"
    values = {"sheet": sheet.id, "mediation": mediation.id}
    await tap.begin(_DECIDING[DECISIONS[tap.act]], values)
    return ""


async def _meet(
    work: UnitOfWork,
    official: Official,
    sheet: Countersign,
    mediation: Mediation,
    stand_in: Official | None,
) -> None:
    """Begin a 专题会议 with both sides (art. 51 (二)); they learn that one is to come."""
    first = not mediation.meeting
    call_meeting(sheet, official, mediation, "拟召集专题会议研究", stand_in)
    subject = f"countersign:{sheet.id}"
    acting_for = None if official is mediation.mediator else mediation.mediator
    await work.note(official, "countersign.meeting", subject, article=51, acting_for=acting_for)
    await mediation_matter.redraw(work, sheet)
    await bring_up_to_date(work, sheet)
    if first:
        for one in parties(sheet, mediation):
            await work.send(*notices.meeting_called(sheet, mediation, official, await answering(work, one)))
        await work.send(*notices.meeting_called(sheet, mediation, official, await leading(work, sheet)))
    units = [sheet.lead_unit, *(one.unit for one in parties(sheet, mediation))]
    title = f"{sheet.title[:40]}会签协调会"
    prefilled = {"kind": MeetingKind.SPECIAL, "title": title, "units": units}
    await begin(work, official, own_chat(official), MEETING_FORM, values=prefilled)


def _deciding(decision: MediationDecision, *, optional: bool) -> Form:
    """The one-question form behind each decision."""

    field = Text(
        "text",
        "意见",
        ask="请写一句协调意见；没有要说明的请点「跳过」。" if optional else "请写明还要研究什么。",
        example="请住建局会同财政局测算后再报",
        longest=500,
        multiline=True,
        optional=optional,
    )

    @asks(f"countersign.mediation_{decision.name.lower()}", f"协调：{decision}", field)
    async def form(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
        sheet = await work.lock(Countersign, values["sheet"])
        mediation = mediation_of(sheet, values["mediation"])
        stand_in = await _stand_in(work, sheet, mediation)
        mediate(sheet, official, mediation, decision, values.get("text") or "", work.now, stand_in)
        await _decided(work, official, sheet, mediation)
        return Markup("已定：{}。{}").format(decision, sheet.matter)

    return form


_DECIDING = {
    decision: _deciding(decision, optional=decision is not MediationDecision.LATER)
    for decision in MediationDecision
}


async def _decided(work: UnitOfWork, official: Official, sheet: Countersign, mediation: Mediation) -> None:
    """The books, every card, and both sides."""
    concerned = parties(sheet, mediation)
    await work.note(
        official,
        f"countersign.mediated_{mediation.decision.name.lower()}" if mediation.decision else "",
        f"countersign:{sheet.id}",
        article=53,
        acting_for=mediation.acting_for,
        detail={"text": mediation.text, "units": [one.unit.name for one in concerned]},
        undo="协调意见",
    )
    await bring_up_to_date(work, sheet, *concerned)
    await mediation_matter.redraw(work, sheet)
    periods = work.office.settings.periods
    await work.send(*notices.decided_for_lead(sheet, mediation, await leading(work, sheet), periods))
    for one in concerned:
        await _tell(work, sheet, mediation, one, await stored.seat(work, one.unit))


async def _tell(
    work: UnitOfWork, sheet: Countersign, mediation: Mediation, one: Consultation, seat: Seat
) -> None:
    liaisons = await stored.liaisons(work, one.unit)
    await work.send(*notices.decided_for_unit(sheet, mediation, one, seat, liaisons))


# ---------------------------------------------------------------- for /todo


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """Mediations that wait for their decision, their own or as who stands in."""
    now = await absences(work)
    mediators = [one for one in (official, *now.absent) if one.role in LEADERS]
    if not mediators:
        return []
    return [
        notices.asked(sheet, mediation, official).wanted(None, urgent=sheet.urgent)
        for sheet, mediation in await to_mediate(work, mediators)
        if official is mediation.mediator or official is await _stand_in(work, sheet, mediation)
    ]


FORMS: tuple[Form, ...] = (MEDIATING, *_DECIDING.values())
ROUTES: list[Route] = [
    start,
    decide,
]
