"""The office desk's part: whether a late one is taken up, 转呈领导, 退回, 请补充, changes, 电话答复."""

from collections.abc import Awaitable, Callable, Sequence

from markupsafe import Markup

from handlers.context import Route, own_chat
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.invitation.answer import entered, goes
from handlers.invitation.form import INVITE, refill
from handlers.invitation.forward import FORWARD_FORM, ask_whom
from handlers.taps import Tap, on_tap
from matters.invitation import outcome, tell
from matters.invitation.show import bring_up_to_date, hand_out
from notices.card import with_files
from notices.invitation import outcome as outcomes
from notices.invitation import told as notices
from notices.invitation.desk import BACK, FORWARD, KEEP, MORE, PHONED, TAKE
from notices.invitation.words import PAPERS, about, papers, told_in_unit
from rules.fields import Choice, OfficialField, Scene, Text
from rules.forms import Problem, Values
from rules.invitation.changing import refuse_change, take_change
from rules.invitation.fields import goers
from rules.invitation.leaders import enter_answer
from rules.invitation.matter import Invitation
from rules.invitation.request import Answer
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official
from storage.unit_of_work import UnitOfWork


@on_tap(f"invitation:<id>:{FORWARD}|{BACK}|{MORE}|{TAKE}|{KEEP}|{PHONED}", Invitation)
async def desk(tap: Tap[Invitation]) -> str:
    """Somebody at the desk taps a button of the office's card."""
    work, official, invitation = tap.work, tap.official, tap.matter
    invitation.at_desk(official)
    return await _ACTS[tap.act](work, official, invitation)


# ---------------------------------------------------------------- 退回, 请补充


def _one_line(
    name: str, title: str, ask: str, example: str, deed: Callable[..., Awaitable[Markup]], phrases: str = ""
) -> Form:
    """A one-question form behind a button of the desk."""

    async def submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
        invitation = await work.lock(Invitation, values["invitation"])
        return await deed(work, official, invitation, values["text"])

    field = Text("text", "内容", ask=ask, example=example, longest=200, phrases=phrases)
    return asks(f"invitation.{name}", title, field)(submit)


async def _send_back(work: UnitOfWork, official: Official, invitation: Invitation, reason: str) -> Markup:
    invitation.send_back(official, reason, work.now)
    await _note(work, official, "退回", "send_back", invitation, reason)
    await bring_up_to_date(work, invitation)
    await work.send(*notices.given_back(invitation, await work.roster()))
    return Markup("已退回。")


async def _ask_for_more(work: UnitOfWork, official: Official, invitation: Invitation, what: str) -> Markup:
    invitation.ask_for_more(official, what, work.now)
    roster = await work.roster()
    await _note(work, official, "请补充", "ask_for_more", invitation, what)
    await bring_up_to_date(work, invitation)
    await work.send(*notices.wants_more(invitation, roster))
    for one in told_in_unit(invitation, roster)[:1]:
        if one.telegram_id is not None:
            await begin(work, one, one.telegram_id, INVITE, values=refill(invitation))
    return Markup("已请主办单位补充。")


async def _keep_old(work: UnitOfWork, official: Official, invitation: Invitation, reason: str) -> Markup:
    change = refuse_change(invitation, official, reason, work.now)
    await _note(work, official, "不采纳变更", "change_refuse", invitation, reason)
    await bring_up_to_date(work, invitation)
    await work.send(*notices.change_refused(change, invitation, await work.roster()))
    return Markup("已告主办单位仍按原定安排。")


BACK_FORM = _one_line(
    "back", "退回的理由", "请写一句退回的理由。", "与区政府工作安排冲突", _send_back, "give_back"
)
MORE_FORM = _one_line("more", "请补充", "请主办单位补充什么？", "请附活动方案和参会人员名单", _ask_for_more)
KEEP_FORM = _one_line("keep", "不采纳的理由", "请写一句不采纳变更的理由。", "领导当天下午另有安排", _keep_old)


def _opens(
    form: Form, check: Callable[[Invitation, Official], None]
) -> Callable[[UnitOfWork, Official, Invitation], Awaitable[str]]:
    async def open_form(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
        check(invitation, official)
        await begin(work, official, own_chat(official), form, values={"invitation": invitation.id})
        return "请在下方写明。"

    return open_form


def _changing(invitation: Invitation, _official: Official) -> None:
    if invitation.change is None:
        raise Refused("这次变更已经办理，请看最新的卡片。")


# ---------------------------------------------------------------- changes


async def _take(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    """同意变更: with another time or place everybody who comes is asked anew."""
    before = [(request, request.delegate) for request in invitation.requests if request.delegate]
    coming, said = list(invitation.attendees), {one: one.settled for one in invitation.requests}
    change, anew = take_change(invitation, official, work.now)
    roster = await work.roster()
    await _note(work, official, "同意变更", "change_take", invitation, "")
    for request in anew:
        await hand_out(work, invitation, request)
    await bring_up_to_date(work, invitation, before)
    for request in anew:
        why = notices.moved(change, invitation, said[request])
        await work.send(await tell.asked(work, invitation, request, why))
    if change.asks_anew:
        others = [one for one in coming if not any(one is request.holder for request in anew)]
        line = about(invitation, "有变更，请等另行告知") + Markup("\n须重新请示领导。")
        moved = outcome.moved_on_phones(work, invitation, anew, roster, line)
        told = [notice.to for notice in moved]
        await work.send(*moved, *(outcomes.tell(one, line, invitation) for one in others if one not in told))
    else:
        for one in coming:
            changed = notices.programme_changed(change, invitation, one)
            await work.send(*with_files(changed, *papers(invitation, one)))
    await work.send(*notices.change_seen(change, invitation, roster, anew=bool(anew)))
    return "已采纳变更" + ("，正重新征求领导意见。" if anew else "。")


# ---------------------------------------------------------------- an answer by telephone


async def _ask_phoned(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    if not invitation.waiting:
        raise Refused("没有等待答复的领导。")
    await begin(work, official, own_chat(official), PHONED_FORM, values=_phoned_values(invitation))
    return "请在下方登记。"


def _phoned_values(invitation: Invitation) -> dict[str, object]:
    waiting = [request.leader for request in invitation.waiting]
    hidden = {"invitation": invitation.id, "waiting": [one.id for one in waiting]}
    return {**hidden, **({"leader": waiting[0]} if len(waiting) == 1 else {})}


def _waited_for(scene: Scene) -> Sequence[Official]:
    ids = scene.values.get("waiting") or []
    return [one for one in scene.roster.with_role(*LEADERS) if one.id in ids]


def _delegates(values: Values) -> bool:
    return values.get("answer") == Answer.DELEGATE


async def _check_phoned(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:  # noqa: ARG001
    return await goes(work, values) if _delegates(values) else []


async def _submit_phoned(work: UnitOfWork, official: Official, values: Values) -> Markup:
    invitation = await work.lock(Invitation, values["invitation"])
    request = next((one for one in invitation.waiting if one.leader is values["leader"]), None)
    if request is None:
        return Markup("这位领导已经答复。")
    delegate = values.get("delegate") if _delegates(values) else None
    enter_answer(
        invitation,
        official,
        request.position,
        Answer(values["answer"]),
        values["source"],
        work.acted_at,
        delegate,
    )
    await entered(work, official, invitation, request)
    return Markup("已登记：{}。").format(request.settled)


PHONED_FORM = Form(
    name="invitation.phoned",
    title="登记答复",
    fields=(
        OfficialField("leader", "领导", ask="哪位领导答复的？", among=_waited_for),
        Choice("answer", "答复", ask="怎样答复的？", options=tuple(Answer)),
        OfficialField("delegate", "委托", ask="委托哪位同志？", among=goers, shown=_delegates),
        Text("source", "来源", ask="怎样得知的？", example="{today}电话", longest=40),
    ),
    check=_check_phoned,
    submit=_submit_phoned,
    refusal_ends=True,
)


_ACTS: dict[str, Callable[[UnitOfWork, Official, Invitation], Awaitable[str]]] = {
    FORWARD: ask_whom,
    BACK: _opens(BACK_FORM, Invitation.may_give_back),
    MORE: _opens(MORE_FORM, Invitation.may_give_back),
    TAKE: _take,
    KEEP: _opens(KEEP_FORM, _changing),
    PHONED: _ask_phoned,
}


# ---------------------------------------------------------------- the files


@on_tap(f"invitation:<id>:{PAPERS}", Invitation)
async def show_papers(tap: Tap[Invitation]) -> str:
    """[材料]: sent to somebody who has the invitation before them."""
    work, official, invitation = tap.work, tap.official, tap.matter
    at_home = official.role in OFFICE_DESK or official.unit is invitation.unit
    concerned = at_home or any(official is permission.holder for permission in invitation.permissions)
    for request in invitation.requests:
        holders = (request.leader, request.holder, request.decided_by, request.delegate)
        concerned = concerned or (request.asked_at is not None and official in holders)
    if not concerned:
        raise Refused("这件邀请的材料只发给承办和受邀的同志。")
    await work.send(*papers(invitation, official, proposed=at_home))
    return "材料发在下方。"


async def _note(
    work: UnitOfWork, official: Official, what: str, action: str, invitation: Invitation, text: str
) -> None:
    subject = f"invitation:{invitation.id}"
    await work.note(official, f"invitation.{action}", subject, article=86, detail={"text": text}, undo=what)


FORMS: tuple[Form, ...] = (FORWARD_FORM, BACK_FORM, MORE_FORM, KEEP_FORM, PHONED_FORM)
ROUTES: list[Route] = [
    desk,
    show_papers,
]
