"""Briefings (简报) in the chat: registered, sent issue by issue, read, stopped (art. 66)."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from telegram import Update

from handlers.context import Context, Route, opening, own_chat, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Destination, Form, asks
from handlers.taps import Tap, on_tap
from matters.briefing.show import bring_up_to_date
from matters.briefing.todo import REGISTRATION, ask
from notices.briefing import card as cards
from notices.notice import Notice
from rules.articles import cite
from rules.briefing.matter import (
    ARTICLE,
    SENDERS,
    Briefing,
    BriefingState,
    Cycle,
    Readers,
    may_send,
    year_from,
)
from rules.fields import Choice, Files, Text, reason
from rules.forms import Values
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Unit
from rules.working_days import shanghai_day
from storage.queries.briefing.briefings import of_unit, waiting
from storage.unit_of_work import UnitOfWork


async def start(update: Update, context: Context) -> None:
    """简报: the unit's kinds with what may be done, or the form of the first; for the desk what waits."""
    official, work = await sender(update, context), context.work
    found = [*await todo(work, official), *await mine(work, official)]
    if found:
        await work.send(*found)
    elif official.role in SENDERS:
        await begin(work, official, own_chat(official), REGISTER)
    else:
        raise Refused(
            "现在没有待核准的简报。" if official.role in OFFICE_DESK else "简报由各单位报送。", ARTICLE
        )


@on_tap("briefing:<id>:approve|refuse", Briefing)
async def decide(tap: Tap[Briefing]) -> str:
    """核准 or 同意增加 at once; 不予备案 asks for a line of reason."""
    if tap.act == cards.APPROVE:
        await _decided(tap.work, tap.official, tap.matter, approved=True)
        return "已核准备案。"
    tap.matter.require_decider(tap.official, await REGISTRATION.stand_in(tap.work, tap.matter, tap.matter))
    await tap.begin(refusal, {"briefing": tap.matter.id})
    return "请在下方写明理由。"


async def _decided(
    work: UnitOfWork, official: Official, briefing: Briefing, *, approved: bool, comment: str = ""
) -> None:
    stand_in = await REGISTRATION.stand_in(work, briefing, briefing)
    briefing.decide(official, approved, work.now, comment, stand_in)
    await work.note(
        official,
        "briefing.approve" if approved else "briefing.refuse",
        f"briefing:{briefing.id}",
        article=ARTICLE,
        acting_for=briefing.acting_for,
        detail={"comment": comment},
        undo="核准" if approved else "不予备案",
    )
    await bring_up_to_date(work, briefing)
    if to := briefing.speaker(await work.roster()):
        await work.send(cards.own(briefing, to, cards.answered(approved=approved)))


@on_tap("briefing:<id>:keep|stop", Briefing)
async def go_on(tap: Tap[Briefing]) -> str:
    """The unit keeps it, in December by asking for next year's registration, or stops it."""
    work, briefing = tap.work, tap.matter
    if tap.act == cards.STOP:
        briefing.stop(tap.official, work.now)
    else:
        briefing.go_on(tap.official, await work.roster(), work.now)
    subject, what = f"briefing:{briefing.id}", "停办" if tap.act == cards.STOP else "续报"
    await work.note(tap.official, f"briefing.{tap.act}", subject, article=ARTICLE, undo=what)
    await work.retire(cards.goes_on_card(briefing), cards.text(briefing))
    await bring_up_to_date(work, briefing)
    if briefing.renewing:
        await ask(work, briefing)
        return f"已申请续报，待{briefing.whose}核准。"
    return "已停办。" if tap.act == cards.STOP else "好的，继续报送。"


@on_tap("briefing:<id>:issue", Briefing)
async def issue(tap: Tap[Briefing]) -> str:
    """报送新一期: asks for the file."""
    may_send(tap.official, tap.matter.unit)
    await tap.begin(ISSUE, {"title": tap.matter.title})
    return "请把这一期的文件发过来。"


@on_tap("briefing:<id>:read:<number>", Briefing)
async def read(tap: Tap[Briefing]) -> str:
    """已阅: entered on the issue; it decides nothing."""
    found = tap.matter.read(tap.official, tap["number"], tap.work.now)
    await tap.work.redraw(
        cards.issue_card(tap.matter, found),
        cards.issue_text(tap.matter, found),
        cards.issue_buttons(tap.matter, found),
    )
    card = cards.own_card(tap.matter)
    await tap.work.redraw(card, cards.text(tap.matter), cards.own_buttons(tap.matter))
    return "已阅。"


# ---------------------------------------------------------------- the forms


async def _kept(work: UnitOfWork, official: Official) -> Mapping[str, Any]:
    """The titles of what the unit sends or asks for, and of what it may send now."""
    found = await of_unit(work, official.unit)
    registered = [one.title for one in found if one.state is BriefingState.REGISTERED]
    return {"kept": [one.title for one in found], "registered": registered}


async def _register(work: UnitOfWork, official: Official, values: Values) -> Markup:
    await work.lock(Unit, official.unit.id)  # two of one unit at once would each be its first
    briefing = Briefing(
        unit=official.unit,
        title=values["title"],
        cycle=Cycle(values["cycle"]),
        readers=Readers(values["readers"]),
        submitted_by=official,
        submitted_at=work.now,
        year=year_from(shanghai_day(work.now)),
        special=values.get("special") or "",
    )
    briefing.submit(official, await of_unit(work, official.unit), await work.roster(), work.now)
    work.add(briefing)
    await work.flush()
    await work.note(official, "briefing.submit", f"briefing:{briefing.id}", article=ARTICLE)
    await ask(work, briefing)
    return Markup("《{}》的备案申请已送{}核准。").format(briefing.title, briefing.whose)


async def _send(work: UnitOfWork, official: Official, values: Values) -> Markup:
    found = await of_unit(work, official.unit)
    title = values.get("title") or next(iter(values["registered"]), None)
    meant = next((one for one in found if one.title == title), None)
    if meant is None:
        raise Refused("这种简报没有备案，请先发「简报备案」。", ARTICLE)
    briefing, roster = await work.lock(Briefing, meant.id), await work.roster()
    (paper,) = values["file"]
    sent = briefing.send(official, paper, work.now, roster)
    await work.flush()
    detail = {"number": sent.number, "file": sent.name}
    await work.note(official, "briefing.issue", f"briefing:{briefing.id}", article=ARTICLE, detail=detail)
    await work.send(*cards.issue_out(briefing, sent, roster))
    await bring_up_to_date(work, briefing)
    return Markup("《{}》第{}期已报送{}。").format(briefing.title, sent.number, briefing.readers)


@asks(
    "briefing.refuse",
    "不予备案的理由",
    reason("理由", "请写一句不予备案的理由。", "可并入政务信息"),
)
async def refusal(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """It is not registered; the unit reads why."""
    briefing = await work.lock(Briefing, values["briefing"])
    await _decided(work, official, briefing, approved=False, comment=values["reason"])
    return Markup("已答复不予备案。")


async def _none(work: UnitOfWork, official: Official, values: Values) -> Markup | None:  # noqa: ARG001
    """Nothing may be sent before it is registered: said at once, not after the file."""
    if official.role in SENDERS and values["registered"]:
        return None
    return Markup("{}没有已备案的简报，请先发「简报备案」。{}").format(official.unit.name, cite(ARTICLE))


def _second(values: Values) -> bool:
    return bool(values.get("kept"))


def _several(values: Values) -> bool:
    return len(values.get("registered") or ()) != 1


REGISTER = Form(
    name="briefing.register",
    title="简报备案",
    word="简报备案",
    aliases=("备案简报",),
    fields=(
        Text("title", "名称", ask="简报叫什么名称？", example="财政信息", longest=40),
        Choice("cycle", "周期", ask="多久出一期？", example="每月", options=tuple(Cycle)),
        Choice(
            "readers", "主送", ask="主送哪些领导？", example="全体区领导", options=tuple(Readers), columns=1
        ),
        Text(
            "special",
            "增加理由",
            ask="本单位已有一种简报，每个部门原则上只报送1种；确需增加的，请写明理由。",
            example="上级要求单设",
            longest=200,
            shown=_second,
        ),
    ),
    around=_kept,
    submit=_register,
)
ISSUE = Form(
    name="briefing.issue",
    title="报送简报",
    word="报送简报",
    fields=(
        Choice(
            "title",
            "简报",
            ask="报送哪一种？",
            options=lambda scene: scene.values.get("registered") or (),
            default=lambda scene: next(iter(scene.values.get("registered") or ()), None),
            shown=_several,
        ),
        Files("file", "文件", ask="请把这一期的文件发过来。", most=1),
    ),
    around=_kept,
    forbids=_none,
    submit=_send,
)
# ---------------------------------------------------------------- for /todo and /mine


async def takes_files(work: UnitOfWork, official: Official) -> Sequence[Destination]:
    """An issue, where the unit has a briefing to send."""
    kept = await _kept(work, official) if official.role in SENDERS else {}
    return [Destination("报送简报", ISSUE)] if kept.get("registered") else []


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What waits for this official's decision."""
    return [cards.to_decide(one, official) for one in await waiting(work) if one.lies_with(official)]


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """The kinds of one's own unit."""
    found = await of_unit(work, official.unit) if official.role in SENDERS else ()
    return [cards.own(one, official) for one in found]


FORMS: tuple[Form, ...] = (REGISTER, ISSUE, refusal)
ROUTES: list[Route] = [*opening("briefing", "简报", start), decide, go_on, issue, read]
