"""征求意见: asked from the card of who has to decide; the answer, one line, then stands on that card."""

from dataclasses import replace

from markupsafe import Markup
from telegram import Update
from telegram.ext import TypeHandler

from handlers.context import Context, Route
from handlers.forms.kinds import Form, asks
from handlers.listing import KINDS, TODO, items_of, key_of
from handlers.taps import Tap, on_tap
from matters.advice import ADVICE, bring_up_to_date, drop_if_decided
from notices import advice as notices
from notices.card import under
from notices.notice import Notice, matter_of
from rules.fields import OfficialField, Text, reason
from rules.forms import Values
from rules.refused import Refused
from rules.remarks.advice import Advice
from rules.remarks.remark import Remark
from rules.roster import Official
from storage.queries.absence import decides_for
from storage.queries.remarks import asked_from, keep
from storage.unit_of_work import UnitOfWork


async def _card(work: UnitOfWork, official: Official, card: str) -> Notice | None:
    """The card of that name as it lies before the official now."""
    items = await items_of(work, official, KINDS[TODO])
    return next((item[0] for item in items if key_of(item[0]) == card), None)


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
        hint="对方看到的与您看到的一样，包括事由；答复只给您看，由您决定，办理时限不顺延。",
    ),
    Text("question", "问题", ask="问什么？", example="该时段工作能否安排开？", longest=100),
)
async def asking(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """It lies with them; the decision stays where it is."""
    facts = await _card(work, official, str(values["card"]))
    if facts is None:
        raise Refused("这件事已经有了结果，不用再征求意见。")
    advice = Advice(
        matter_of(facts.card), facts.card, str(facts.text), official, values["adviser"], values["question"]
    )
    advice.check()
    work.add(advice)
    advice.ask(work.now)
    await work.flush()
    await work.note(official, "advice.ask", advice.subject, detail={"of": advice.adviser.titled})
    await ADVICE.lay(work, advice, advice)
    await work.send(replace(notices.asked(advice), files=facts.files))
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
    """Their view stands on the card of who decides, and that goes out once more."""
    advice = await work.lock(Advice, values["advice"])
    await drop_if_decided(work, advice.id)
    advice.answer(official, values["reason"], work.now, await _stand_in(work, advice))
    await work.note(official, "advice.answer", advice.subject, acting_for=advice.acting_for)
    await keep(work, Remark(advice.subject, official, advice.view, work.now, [advice.card], opinion=True))
    await bring_up_to_date(work, advice)
    asked = await _card(work, advice.asked_by, advice.card)
    why = f"{official.titled}已答复您征求的意见，见下。"
    await work.send(replace(asked, text=under(why, asked.text)) if asked else notices.answered(advice))
    return Markup("已答复{}。").format(advice.asked_by.titled)


async def _stand_in(work: UnitOfWork, advice: Advice) -> Official | None:
    found = await decides_for(work, advice.adviser, advice.asked_by, ADVICE.code)
    return found.official if found else None


async def drop_decided(update: Update, context: Context) -> None:
    """After whatever somebody has done: views on what they have decided are not waited for any more."""
    work, user = context.work, update.effective_user
    if user is not None and work.redrawn:
        for id in await asked_from(work, user.id):
            await drop_if_decided(work, id)


FORMS: tuple[Form, ...] = (asking, answering)
ROUTES: list[Route] = [ask, write]
AFTER: list[Route] = [TypeHandler(Update, drop_decided)]
