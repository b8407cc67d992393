"""征求意见: asked from the card of who has to decide; the answer, one line, then stands on that card."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import TypeHandler

from handlers.context import Context, Route
from handlers.forms.kinds import Form, asks
from handlers.listing import KINDS, TODO, items_of, key_of
from handlers.procedures import PROCEDURES
from handlers.taps import Tap, on_tap
from matters.advice import ADVICE, ASK, bring_up_to_date, drop_if_decided
from notices import advice as notices
from notices.card import with_files
from notices.notice import Notice, matter_of
from rules.fields import OfficialField, Text, reason
from rules.forms import Values
from rules.refused import Refused
from rules.remarks.advice import Advice
from rules.remarks.remark import Remark
from rules.roster import Official
from storage.queries.absence import decides_for
from storage.queries.remarks import asked_on, bearing, keep
from storage.unit_of_work import UnitOfWork


async def _card(work: UnitOfWork, official: Official, card: str) -> Notice | None:
    """The card of that name, or their own copy of it, as it lies before the official now."""
    names, items = (card, f"{card}:{official.id}"), await items_of(work, official, KINDS[TODO])
    return next((item[0] for item in items if key_of(item[0]) in names), None)


async def _before_whom(work: UnitOfWork, advice: Advice) -> list[Notice]:
    """The card of who asked, where they still decide; else of those before whom it lies by now."""
    if mine := await _card(work, advice.asked_by, advice.card):
        return [mine]
    roster = await work.roster()
    others = [roster.by_id(id) for id in await bearing(work, advice.card, ASK)]
    cards = [await _card(work, one, advice.card) for one in others if one and one is not advice.asked_by]
    return [card for card in cards if card]


async def _papers(work: UnitOfWork, official: Official, subject: str) -> Sequence[Notice]:
    code, _, number = subject.partition(":")
    papers = next((each.papers for each in PROCEDURES if each.code == code), None)
    return await papers(work, official, int(number)) if papers else ()


@on_tap("advice:ask:*card")
async def ask(tap: Tap[None]) -> str:
    """征求意见 on a card that waits for the decision of who taps."""
    if await _card(tap.work, tap.official, tap.words["card"]) is None:
        raise Refused("这件事现在不由您决定，不用再征求意见。")
    await tap.begin(asking, {"card": tap.words["card"]})
    return "请在下方选择向谁征求意见。"


@asks(
    "advice.ask",
    "征求意见",
    OfficialField(
        "adviser",
        "人员",
        ask="向哪位同志征求意见？",
        hint="对方看到的与您看到的一样，包括事由；答复只给决定这件事的同志看，由其决定，办理时限不顺延。",
    ),
    Text("question", "问题", ask="问什么？", example="该时段工作能否安排开？", longest=100),
)
async def asking(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """It lies with them; the decision stays where it is."""
    facts = await _card(work, official, str(values["card"]))
    if facts is None:
        raise Refused("这件事已经有了结果，不用再征求意见。")
    card = str(values["card"])
    advice = Advice(matter_of(card), card, str(facts.text), official, values["adviser"], values["question"])
    advice.check()
    work.add(advice)
    advice.ask(work.now)
    await work.flush()
    await work.note(official, "advice.ask", advice.subject, detail={"of": advice.adviser.titled})
    await ADVICE.lay(work, advice, advice)
    papers = await _papers(work, advice.holder, advice.subject)
    await work.send(*with_files(notices.asked(advice), *papers))
    await bring_up_to_date(work, advice)
    return Markup("已向{}征求意见，答复会写在卡片上。").format(advice.adviser.titled)


@on_tap(f"advice:{notices.ANSWER}:<id>", Advice)
async def write(tap: Tap[Advice]) -> str:
    """写意见."""
    advice = tap.matter
    if await drop_if_decided(tap.work, advice.id):
        return f"已不需要答复：{advice.done or '已作出决定'}。"
    advice.require(tap.official, await _stand_in(tap.work, advice))
    await tap.begin(answering, {"advice": advice.id})
    return "请在下方写一句意见。"


@asks("advice.answer", "意见", reason("意见", "请写一句意见。", "建议改期", phrases="opinion"))
async def answering(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Their view stands on the card of who decides by now, and that goes out once more."""
    advice = await work.lock(Advice, values["advice"])
    await drop_if_decided(work, advice.id)
    advice.answer(official, values["reason"], work.now, await _stand_in(work, advice))
    await work.note(official, "advice.answer", advice.subject, acting_for=advice.acting_for)
    await keep(work, Remark(advice.subject, official, advice.view, work.now, [advice.card], opinion=True))
    await bring_up_to_date(work, advice)
    cards = await _before_whom(work, advice)
    told = [notices.is_answered(advice, card) for card in cards]
    await work.send(*(told or [notices.answered(advice)]))
    return notices.passed_on(advice, cards)


async def _stand_in(work: UnitOfWork, advice: Advice) -> Official | None:
    found = await decides_for(work, advice.adviser, advice.asked_by, ADVICE.code)
    return found.official if found else None


async def drop_decided(_update: Update, context: Context) -> None:
    """After whatever somebody has done: views on what is decided are not waited for any more."""
    work = context.work
    if work.redrawn:
        for id in await asked_on(work, work.redrawn):
            await drop_if_decided(work, id)


FORMS: tuple[Form, ...] = (asking, answering)
ROUTES: list[Route] = [ask, write]
AFTER: list[Route] = [TypeHandler(Update, drop_decided)]
