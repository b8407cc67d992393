"""Delegation (委托代办) in the chat: offered, accepted or declined, ended early."""

from markupsafe import Markup
from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from handlers.taps import Tap, on_tap
from matters import delegation as delegation_matter
from notices import delegation as notices
from notices.notice import Notice, Urgency
from rules.dates.half_days import forward
from rules.delegation import Delegation, DelegationState, Scope, clash, may_delegate
from rules.fields import Choice, OfficialField, SpanField
from rules.forms import Problem, Values
from rules.leave.report import stand_ins, usual_stand_in
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.queries.absence import absences, follow_soon
from storage.queries.delegation import live
from storage.unit_of_work import UnitOfWork


async def start(update: Update, context: Context) -> None:
    """委托代办: to whom, from when to when, which matters."""
    official = await sender(update, context)
    if not may_delegate(official):
        raise Refused("委托代办限区政府领导、办公室主任和各单位主要负责人使用。")
    if update.effective_chat is None:
        raise Refused("请在与机器人的对话中办理。")
    await begin(context.work, official, update.effective_chat.id, DELEGATION)


@on_tap(f"delegation:<id>:{notices.ACCEPT}|{notices.DECLINE}|{notices.END}", Delegation)
async def act(tap: Tap[Delegation]) -> str:
    """接受 or 不接受 by the delegate; 收回, 结束委托 or 结束代办 by either."""
    work, official, delegation = tap.work, tap.official, tap.matter
    match tap.act:
        case notices.ACCEPT:
            delegation.accept(official, work.now)
            told, toast, what = [notices.answered(delegation)], "已接受。", "接受"
        case notices.DECLINE:
            delegation.decline(official, work.now)
            told, toast, what = [notices.answered(delegation)], "已答复不接受。", "不接受"
        case _:
            delegation.end_early(official, work.now)
            told, toast, what = notices.ended(delegation, official), "已结束。", "结束委托"
    subject = f"delegation:{delegation.id}"
    await work.note(official, f"delegation.{tap.act}", subject, article=delegation.article, undo=what)
    await delegation_matter.bring_up_to_date(work, delegation)
    await work.send(*told)
    await follow_soon(work, delegation.principal)
    return toast


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    span, delegate, scope = values["span"], values["delegate"], Scope(values["scope"])
    if not forward(span):
        return [Problem("span", "结束时间早于开始时间，请重填，例：12月1日至12月3日。")]
    if span.end < shanghai_day(work.now):
        return [Problem("span", "这段时间已经过去，请重填。")]
    now = await absences(work)
    problems = []
    if now.away_during(delegate, span):
        problems.append(Problem("delegate", f"{delegate.titled}这段时间已请假外出，请另选一位。"))
    other = clash(official, span, scope, now.delegations)
    if other:
        problems.append(
            Problem(
                "span", f"这段时间的{other.scope}已委托{other.delegate.titled}；可发「我的」先结束那项委托。"
            )
        )
    return problems


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    if not may_delegate(official):
        raise Refused("委托代办限区政府领导、办公室主任和各单位主要负责人使用。")
    span = values["span"]
    delegation = Delegation(
        principal=official,
        delegate=values["delegate"],
        scope=Scope(values["scope"]),
        start=span.start,
        start_half=span.start_half,
        end=span.end,
        end_half=span.end_half,
        offered_at=work.now,
    )
    work.add(delegation)
    await work.flush()
    await work.note(
        official,
        "delegation.offer",
        f"delegation:{delegation.id}",
        article=delegation.article,
        detail={"to": delegation.delegate.titled, "scope": str(delegation.scope)},
    )
    await delegation_matter.bring_up_to_date(work, delegation)
    await work.send(notices.principals(delegation), notices.delegates(delegation))
    return Markup("委托已送{}，对方接受后生效。").format(delegation.delegate.titled)


# ---------------------------------------------------------------- for /mine and /todo


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """What they have handed over or taken on."""
    found = await _live(work, official)
    return [
        notices.principals(one) if one.principal is official else notices.delegates(one)
        for one in found
        if one.principal is official or one.state is DelegationState.ACCEPTED
    ]


def entry(official: Official) -> Notice | None:
    """Under 我的, for whoever has matters to hand over: the way to do it."""
    if not may_delegate(official):
        return None
    return Notice(official, notices.offer(), ((notices.START,),), urgency=Urgency.ANSWER)


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What they are asked to take on."""
    return [
        notices.delegates(one).wanted(one.begins_at)
        for one in await _live(work, official)
        if one.delegate is official and one.state is DelegationState.OFFERED
    ]


async def _live(work: UnitOfWork, official: Official) -> list[Delegation]:
    return [one for one in await live(work, official) if work.now < one.ends_at]


DELEGATION = Form(
    name="delegation",
    title="委托代办",
    word="委托代办",
    aliases=("委托",),
    fields=(
        OfficialField(
            "delegate",
            "代办",
            ask="委托哪位同志代办？",
            hint="区领导委托副区长，其他同志委托本单位的同志。",
            aliases=("代办人", "受托人", "委托给"),
            default=lambda scene: usual_stand_in(scene.official, scene.roster),
            among=lambda scene: stand_ins(scene.official, scene.roster),
        ),
        SpanField(
            "span",
            "时间",
            ask="从哪天到哪天？",
            example="{day}至{end}",
            aliases=("起止时间", "日期"),
        ),
        Choice(
            "scope",
            "事项",
            ask="委托哪些事项？",
            example="全部事项",
            aliases=("范围",),
            options=tuple(Scope),
            synonyms={"全部": Scope.ALL, "所有": Scope.ALL, "请假": Scope.LEAVE},
        ),
    ),
    check=_check,
    submit=_submit,
)
FORMS: tuple[Form, ...] = (DELEGATION,)
ROUTES: list[Route] = [
    *opening("delegate", "委托代办", start),
    act,
]
