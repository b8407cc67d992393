"""转呈领导: the office lays an invitation before the leaders, in their order or together (art. 86)."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.context import own_chat
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from handlers.invitation.answer import goes
from matters.invitation import outcome, tell
from matters.invitation.show import bring_up_to_date, hand_out
from notices.invitation import told as notices
from notices.invitation.card import PROCEDURE
from notices.invitation.words import short
from rules.fields import Choice, OfficialField, OfficialsField, Text
from rules.forms import Problem, Values
from rules.invitation.fields import goers, in_rank, leaders
from rules.invitation.leaders import forward, may_forward
from rules.invitation.matter import Invitation
from rules.invitation.request import Answer, InvitationRequest
from rules.roster import LEADERS, Official, Role
from storage.queries.absence import decides_for
from storage.unit_of_work import UnitOfWork

IN_ORDER, TOGETHER = "依次征询", "同时征询"
_EACH = {IN_ORDER: False, TOGETHER: True}


async def ask_whom(work: UnitOfWork, official: Official, invitation: Invitation) -> str:
    """转呈领导: the form opens with the leaders who were asked for."""
    may_forward(invitation, official)
    tried = [request.leader for request in invitation.requests]
    there = (await work.roster()).with_role(*LEADERS)
    free = [one for one in invitation.asked if one in there and one not in tried]
    values = {"invitation": invitation.id, **({"leaders": free} if free else {})}
    await begin(work, official, own_chat(official), FORWARD_FORM, values=values)
    return "请在下方办理转呈。"


def _several(values: Values) -> bool:
    return len(values.get("leaders") or []) > 1


def _to_the_mayor(values: Values) -> bool:
    return any(one.role is Role.MAYOR for one in values.get("leaders") or [])


def _handed_on(values: Values) -> bool:
    return values.get("proposal") == Answer.DELEGATE


async def _check_forward(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    may_forward(await work.lock(Invitation, values["invitation"]), official)
    return await goes(work, values, "proposed_delegate") if _handed_on(values) else []


async def _preview_forward(work: UnitOfWork, official: Official, values: Values) -> Markup:  # noqa: ARG001
    """Who decides for a leader that is away, said before it goes out."""
    lines = []
    for leader in values["leaders"]:
        stand_in = await decides_for(work, leader, None, PROCEDURE)
        if stand_in and stand_in.official:
            lines.append(Markup("⚠️ {}外出，将由{}代为办理。").format(leader.titled, stand_in.official.titled))
        elif stand_in:
            lines.append(Markup("⚠️ {}外出，暂无人代为办理。").format(leader.titled))
    return Markup("\n").join(lines)


async def _submit_forward(work: UnitOfWork, official: Official, values: Values) -> Markup:
    invitation, roster = await work.lock(Invitation, values["invitation"]), await work.roster()
    chosen = in_rank(values["leaders"])
    proposal = values.get("proposal") if _to_the_mayor(values) else None
    first_time = not invitation.requests
    fresh = forward(
        invitation,
        official,
        chosen,
        work.now,
        advice=values.get("advice") or "",
        together=_EACH.get(values.get("order") or IN_ORDER, False),
        proposal=Answer(proposal) if proposal else None,
        proposed_delegate=values.get("proposed_delegate") if _handed_on(values) else None,
    )
    await work.flush()
    await work.note(
        official,
        "invitation.forward",
        f"invitation:{invitation.id}",
        article=86,
        detail={"to": "、".join(one.titled for one in chosen), "advice": values.get("advice") or ""},
        undo="转呈领导",
    )
    await ask_all(work, invitation, fresh)
    closed = [one for one in invitation.requests if one.closed_at is not None]
    line = Markup("活动{}已另行安排，原日程请点开附件移除。").format(short(invitation))
    await work.send(*outcome.let_go(work, invitation, closed, line))
    if first_time:
        await work.send(*notices.forwarded(invitation, roster))
    return Markup("已转呈{}。").format("、".join(one.titled for one in chosen))


async def ask_all(
    work: UnitOfWork, invitation: Invitation, fresh: Sequence[InvitationRequest], why: str = ""
) -> None:
    """Those whose turn it is get their cards, or who stands in for them."""
    for request in fresh:
        await hand_out(work, invitation, request)
    await bring_up_to_date(work, invitation)
    for request in fresh:
        await work.send(await tell.asked(work, invitation, request, why))


FORWARD_FORM = Form(
    name="invitation.forward",
    title="转呈领导",
    fields=(
        OfficialsField(
            "leaders",
            "领导",
            ask="转呈哪位领导？可选几位，也可以不是主办单位所请的。",
            among=leaders,
            most=7,
        ),
        Choice(
            "order",
            "方式",
            ask="几位领导怎样征询？",
            hint="依次：按职务先后，前一位不出席再问下一位；同时：各自答复。",
            options=(IN_ORDER, TOGETHER),
            columns=2,
            shown=_several,
        ),
        Choice(
            "proposal",
            "拟办",
            ask="替区长预拟答复吗？区长一点即办。",
            options=tuple(Answer),
            optional=True,
            shown=_to_the_mayor,
        ),
        OfficialField("proposed_delegate", "委托", ask="拟委托哪位同志？", among=goers, shown=_handed_on),
        Text("advice", "意见", ask="办公室有什么意见？", example="建议出席", longest=100, optional=True),
    ),
    check=_check_forward,
    preview=_preview_forward,
    submit=_submit_forward,
    refusal_ends=True,  # somebody else at the desk was quicker
)
