"""A unit answers: the head signs, others draft for them; it is passed on or given time (art. 53, 63)."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.context import Route
from handlers.countersign.extension import extending
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.countersign import clock, unrevised
from matters.countersign.show import bring_up_to_date, take_draft_away
from notices.card import with_files
from notices.countersign import told as notices
from notices.countersign.card import EXTEND, NO_OBJECTION, OBJECTION, PASS, SIGN
from rules.countersign.answer import Answer, AnswerStatus, CountersignPaper, Opinion
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.life import may_ask_extension, pass_on
from rules.countersign.matter import Countersign
from rules.fields import Files, OfficialField, Paper, Scene, Text
from rules.fields.papers import PAPERS, PICTURES
from rules.forms import Values
from rules.roster import Official, Role
from rules.working_days import DAY, shanghai_day
from storage import digest
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import leading
from storage.queries.outage import is_being_reckoned
from storage.unit_of_work import UnitOfWork


@on_tap(f"countersign:<id>:{NO_OBJECTION}|{OBJECTION}|{EXTEND}|{PASS}:<one>", Countersign)
async def answer(tap: Tap[Countersign]) -> str:
    """Somebody of a unit asked taps one of the four buttons."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one = sheet.consultation(tap["one"])
    act = tap.act
    if act == NO_OBJECTION:
        return await _say(work, official, sheet, one, Opinion.NO_OBJECTION)
    seat, liaisons = await stored.seat(work, one.unit), await stored.liaisons(work, one.unit)
    if act == PASS:
        sheet.may_sign(official, one, seat)
    elif act == EXTEND:
        may_ask_extension(sheet, official, one, seat, liaisons)
    else:
        sheet.may_answer(one)
        if not seat.holds(official):
            one.may_draft(official, liaisons)
    await tap.begin(_ASKING[act], asked_of(sheet, one))
    return ""


def asked_of(sheet: Countersign, one: Consultation) -> dict[str, Any]:
    """What a form of theirs has to know of it."""
    hidden: dict[str, Any] = {"sheet": sheet.id, "one": one.id, "unit": one.unit.id}
    if one.closes_at is not None:
        hidden |= {"last": shanghai_day(one.closes_at - DAY).isoformat(), "due": one.due_label}
    return hidden


@on_tap(f"countersign:<id>:{SIGN}:<one>:<draft>", Countersign)
async def sign(tap: Tap[Countersign]) -> str:
    """The head taps 签字同意 under what was drafted for them."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one = sheet.consultation(tap["one"])
    seat, at = await stored.seat(work, one.unit), work.acted_at
    judged = not await is_being_reckoned(work)
    signed = sheet.sign_draft(official, one, tap["draft"], at, seat=seat, judged=judged)
    await entered(work, official, sheet, one, signed)
    return _toast(signed)


# ---------------------------------------------------------------- an opinion


async def _say(
    work: UnitOfWork,
    official: Official,
    sheet: Countersign,
    one: Consultation,
    opinion: Opinion,
    text: str = "",
    papers: Sequence[Paper] = (),
) -> str:
    """Whoever may sign signs; anybody else drafts for them. Returns what the person is told."""
    seat, at = await stored.seat(work, one.unit), work.acted_at
    files = [CountersignPaper(each.file_id, each.name, each.size, each.photo) for each in papers]
    if seat.holds(official):
        judged = not await is_being_reckoned(work)
        given = sheet.sign(official, one, opinion, at, seat=seat, text=text, papers=files, judged=judged)
        await entered(work, official, sheet, one, given)
        return _toast(given)
    liaisons = await stored.liaisons(work, one.unit)
    given = sheet.draft(official, one, opinion, at, liaisons=liaisons, text=text, papers=files)
    await work.flush()
    await work.note(
        official,
        "countersign.draft",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        detail={"unit": one.unit.name, "opinion": opinion},
    )
    await bring_up_to_date(work, sheet, one)
    if seat.signer is not None:
        periods = work.office.settings.periods
        drafted = notices.drafted(sheet, one, seat.signer, given, periods)
        await work.send(*with_files(drafted, *notices.opinion_papers(one, given, seat.signer)))
    return f"已拟{opinion}，待{_signer(seat, one)}签字。"


def _signer(seat: Seat, one: Consultation) -> str:
    return seat.signer.titled if seat.signer else f"{one.unit.name}主要负责人"


def _toast(given: Answer) -> str:
    if given.status is AnswerStatus.LATE:
        return f"已过期限，依第六十三条视为无不同意见；您的意见（{given.opinion}）作为逾期意见转主办单位。"
    return f"已签署：{given.opinion}。"


async def entered(
    work: UnitOfWork, official: Official, sheet: Countersign, one: Consultation, given: Answer
) -> None:
    """A unit has answered: written down, shown on every card, told to the lead unit."""
    await work.flush()
    await digest.wanted(work, *[paper.file_id for paper in given.papers])
    if given.status is AnswerStatus.LATE and one.answer is not None and one.answer.at == given.at:
        await clock.lapsed(work, sheet, [one])  # silence became consent at this very moment
    act = "late" if given.status is AnswerStatus.LATE else given.opinion.name.lower()
    detail = {"unit": one.unit.name, "opinion": given.opinion, "source": given.source}
    if given.recorded_by is not None:
        detail["source_note"] = given.source_note
    await work.note(
        official,
        f"countersign.{act}",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=given.acting_for,
        detail=detail,
        undo="" if given.status is AnswerStatus.LATE else str(given.opinion),
    )
    await bring_up_to_date(work, sheet, one)
    await unrevised.over(work, sheet)  # 办结 was asked about before this was known
    await work.send(
        *notices.answered(sheet, one, given, work.office.settings.periods, await leading(work, sheet))
    )


async def _of(work: UnitOfWork, values: Values) -> tuple[Countersign, Consultation]:
    sheet = await work.lock(Countersign, values["sheet"])
    return sheet, sheet.consultation(values["one"])


async def _to_be_signed(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Before an objection is signed: by whom, and what comes of it (art. 53, 63)."""
    sheet, one = await _of(work, values)
    return notices.to_be_signed(sheet, one, await stored.seat(work, one.unit), official)


@asks(
    "countersign.objection",
    "会签不同意见",
    Text(
        "text",
        "意见",
        ask="请写明不同意见和理由。",
        example="第八条资金来源未明确，建议列入年度预算",
        longest=1000,
        multiline=True,
    ),
    Files(
        "papers",
        "附件",
        ask="有修改稿或依据材料吗？请发来；没有的请点「跳过」。",
        optional=True,
        most=5,
        endings=PAPERS + PICTURES,
    ),
    preview=_to_be_signed,
)
async def objecting(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    sheet, one = await _of(work, values)
    said = await _say(
        work, official, sheet, one, Opinion.OBJECTION, values["text"], values.get("papers") or ()
    )
    return Markup("{}：{}").format(sheet.matter, said)


# ---------------------------------------------------------------- passing on


def _of_the_unit(scene: Scene) -> list[Official]:
    """The unit's people without its head and without themselves."""
    unit = scene.values.get("unit")
    return [
        official
        for official in scene.roster.officials
        if official.unit.id == unit
        and official is not scene.official
        and official.role not in (Role.UNIT_HEAD, Role.OFFICE_DIRECTOR)
    ]


@asks(
    "countersign.pass",
    "转交",
    OfficialField("to", "转交给", ask="转交给本单位哪位同志代拟意见？", among=_of_the_unit),
)
async def passing_on(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    sheet, one = await _of(work, values)
    seat = await stored.seat(work, one.unit)
    sheet.may_sign(official, one, seat)
    if values["to"] is not one.passed_to:
        await take_draft_away(work, sheet, one)
    pass_on(sheet, official, one, values["to"], seat)
    await work.note(
        official,
        "countersign.pass",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=seat.acting_for(official),
        detail={"unit": one.unit.name, "to": values["to"].titled},
    )
    await bring_up_to_date(work, sheet, one)
    await work.send(*notices.passed_on(sheet, one, work.office.settings.periods))
    return Markup("{}已转交{}代拟，由您签字。").format(sheet.matter, values["to"].titled)


_ASKING = {OBJECTION: objecting, PASS: passing_on, EXTEND: extending}


FORMS: tuple[Form, ...] = (objecting, passing_on)
ROUTES: list[Route] = [
    answer,
    sign,
]
