"""特殊情况: 办公室主任 decides whether an invitation that came late is taken up (art. 86)."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.invitation import tell
from matters.invitation.show import bring_up_to_date
from notices.card import NOTING
from notices.invitation import told as notices
from notices.invitation.card import PERMIT, PROCEDURE, REFUSE
from rules.fields import reason
from rules.forms import Values
from rules.invitation.matter import Invitation
from rules.roster import Official
from storage.queries.absence import decides_for
from storage.unit_of_work import UnitOfWork


@on_tap(f"invitation:<id>:{PERMIT}|{PERMIT}{NOTING}|{REFUSE}:<change>?", Invitation)
async def permission(tap: Tap[Invitation]) -> str:
    """准予受理, or 不予受理, which asks for a line of reason (art. 86)."""
    work, official, invitation, change = tap.work, tap.official, tap.matter, tap["change"]
    if tap.act == PERMIT:
        await _decide(work, official, invitation, change, granted=True, reason="")
        return "已准予受理。"
    found, stand_in = invitation.permission_for(change), await _permits(work, invitation, change)
    if found is None or found is not invitation.question or official not in (found.director, stand_in):
        invitation.permit(official, False, work.now, stand_in=stand_in, change=change)  # says why not
    form = noting if tap.act.endswith(NOTING) else refusing
    await tap.begin(form, {"invitation": invitation.id, "change": change})
    return f"请在下方写明{form.fields[0].label}。"


async def _permits(work: UnitOfWork, invitation: Invitation, change: int) -> Official | None:
    found = invitation.permission_for(change)
    if found is None:
        return None
    stand_in = await decides_for(work, found.director, invitation.submitted_by, PROCEDURE)
    return stand_in.official if stand_in else None


async def _decide(
    work: UnitOfWork, official: Official, invitation: Invitation, number: int, *, granted: bool, reason: str
) -> None:
    change, stand_in = invitation.change, await _permits(work, invitation, number)
    found = invitation.permit(official, granted, work.now, reason, stand_in, number)
    await work.note(
        official,
        "invitation.permit" if granted else "invitation.refuse",
        f"invitation:{invitation.id}",
        article=86,
        acting_for=None if official is found.director else found.director,
        detail={"reason": reason, **({"change": number} if number else {})},
        undo="准予受理" if granted else "不予受理",
    )
    await bring_up_to_date(work, invitation)
    roster = await work.roster()
    if granted:
        why = tell.CHANGE_TO_REVIEW if number else ""
        others = [one for one in roster.desk if one is not official and one.telegram_id is not None]
        desk = await tell.at_desk(work, invitation, why, others or [official])  # nobody is asked twice
        await work.send(*notices.permitted(invitation, found, roster), *desk)
    elif number and change is not None:
        await work.send(*notices.change_refused(change, invitation, roster))
    else:
        await work.send(*notices.given_back(invitation, roster))


@asks(
    "invitation.refuse",
    "不予受理的理由",
    reason("理由", "请写一句不予受理的理由。", "不属特殊情况", phrases="give_back"),
)
async def refusing(work: UnitOfWork, official: Official, values: Values) -> Markup:
    invitation = await work.lock(Invitation, values["invitation"])
    change = values.get("change") or 0
    await _decide(work, official, invitation, change, granted=False, reason=values["reason"])
    return Markup("已决定不予受理。")


@asks(
    "invitation.permit",
    "准予受理的附言",
    reason("附言", "请写一句附言，报送单位看得到。", "下不为例", phrases="agree"),
)
async def noting(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """准予受理 with a line that the unit reads."""
    invitation = await work.lock(Invitation, values["invitation"])
    change = values.get("change") or 0
    await _decide(work, official, invitation, change, granted=True, reason=values["reason"])
    return Markup("已准予受理。")


FORMS: tuple[Form, ...] = (refusing, noting)
ROUTES: list[Route] = [permission]
