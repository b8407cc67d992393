"""The one who is to act answers (知悉, 无法代为主持), and the applicant names another (art. 77, 7 and 9)."""

from typing import Any

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.leave.show import bring_up_to_date
from notices.leave import acting as notices
from notices.notice import Notice
from rules.fields import OfficialField, Scene, reason
from rules.forms import Problem, Values
from rules.leave.acting import aware, cannot, declined, latest_of, may_answer, name_another, needs_another
from rules.leave.checks import acting_check
from rules.leave.life import add_remarks
from rules.leave.matter import Leave
from rules.leave.report import article_of, check_acting, stand_ins
from rules.refused import Refused
from rules.roster import Official, Roster
from rules.working_days import shanghai_day
from storage.queries.leave.leaves import standing_leaves
from storage.unit_of_work import UnitOfWork


@on_tap(f"leave:<id>:{notices.AWARE}|{notices.CANNOT}|{notices.NAME}", Leave)
async def answer(tap: Tap[Leave]) -> str:
    """知悉 and 无法代为主持 by the one asked; 另定主持 by the applicant."""
    work, official, leave = tap.work, tap.official, tap.matter
    if tap.act == notices.AWARE:
        aware(leave, official, work.acted_at)
        await work.note(official, "leave.aware", f"leave:{leave.id}", article=article_of(leave))
        await bring_up_to_date(work, leave)
        return "已知悉。"
    if tap.act == notices.CANNOT:
        may_answer(leave, official)
        await tap.begin(being_unable, {"leave": leave.id})
        return "请在下方写明理由。"
    leave.require_own(official)
    if not needs_another(leave):
        raise Refused("这份请假报告现在不需要另定代为主持的同志。")
    if not _left(leave, await work.roster()):
        raise Refused("已没有其他同志可选，请与区政府办公室商定。")
    await _ask_for_another(work, leave)
    return ""


async def asked(work: UnitOfWork, official: Official) -> list[Notice]:
    """That the official is to act for somebody, as long as they have not answered."""
    return [
        notices.asked_to_act(leave, latest)
        for leave in await standing_leaves(work)
        if leave.acting is official and (latest := latest_of(leave, official)) and not latest.answer
    ]


# ---------------------------------------------------------------- they cannot


def _left(leave: Leave, roster: Roster) -> list[Official]:
    """Who may still be named."""
    unable = {one.official for one in declined(leave)}
    return [official for official in stand_ins(leave.applicant, roster) if official not in unable]


async def _ask_for_another(work: UnitOfWork, leave: Leave) -> None:
    """Lay the question before the applicant."""
    chat_id = leave.applicant.telegram_id
    if chat_id is not None:
        unable = sorted(one.official.id for one in declined(leave))
        await begin(
            work, leave.applicant, chat_id, naming_another, values={"leave": leave.id, "unable": unable}
        )


# ---------------------------------------------------------------- another is named


def _candidates(scene: Scene) -> list[Official]:
    unable: list[Any] = scene.values.get("unable") or []
    return [o for o in stand_ins(scene.official, scene.roster) if o.id not in unable]


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    leave = await work.lock(Leave, values["leave"])
    return check_acting(
        official,
        values["acting"],
        leave.span,
        await work.roster(),
        await standing_leaves(work),
        shanghai_day(work.acted_at),
    )


@asks(
    "leave.cannot_act",
    "无法代为主持的理由",
    reason("理由", "请写一句无法代为主持的理由。", "同期参加党校培训", phrases="unable"),
)
async def being_unable(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    leave = await work.lock(Leave, values["leave"])
    cannot(leave, official, values["reason"], work.acted_at)
    await work.note(
        official,
        "leave.cannot_act",
        f"leave:{leave.id}",
        article=article_of(leave),
        detail={"reason": values["reason"]},
        undo="无法代为主持",
    )
    asked, roster = latest_of(leave, official), await work.roster()
    await bring_up_to_date(work, leave)
    anybody_else = bool(_left(leave, roster))
    if asked is not None:
        await work.send(*notices.declined(leave, asked, roster, anybody_else=anybody_else))
    if anybody_else:
        await _ask_for_another(work, leave)
    return Markup("已告知{}，请其另定。").format(leave.applicant.titled)


@asks(
    "leave.name_acting",
    "另定代为主持的同志",
    OfficialField("acting", "主持", ask="请另定一位代为主持工作的同志。", among=_candidates),
    check=_check,
)
async def naming_another(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    leave = await work.lock(Leave, values["leave"])
    acting: Official = values["acting"]
    before = latest_of(leave)
    name_another(leave, official, acting)
    roster = await work.roster()
    found = acting_check(
        official,
        acting,
        leave.span,
        await standing_leaves(work),
        roster,
        shanghai_day(work.acted_at),
        await work.calendar(),
    ).found
    add_remarks(leave, found)
    await work.note(
        official,
        "leave.name_acting",
        f"leave:{leave.id}",
        article=article_of(leave),
        detail={"acting": acting.titled, "before": before.official.titled if before else ""},
    )
    await bring_up_to_date(work, leave)
    if before is not None:
        await work.send(*notices.named(leave, before.official, found, roster))
    return notices.told_again(leave, found)


FORMS: tuple[Form, ...] = (being_unable, naming_another)
ROUTES: list[Route] = [answer]
