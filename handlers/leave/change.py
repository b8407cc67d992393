"""What becomes of a leave after it was reported: changed (变更), extended (续假, art. 77)."""

import dataclasses
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape
from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from handlers.leave.form import ReportedSpan, ReportedSpanField
from handlers.taps import Tap, on_tap
from matters.clashes import clashes
from matters.leave.show import bring_up_to_date
from notices.leave import change as told
from notices.leave import told as notices
from notices.leave.card import CHANGE, EXTEND, UNCHANGE
from notices.leave.trail import what
from rules.approval import Approval
from rules.articles import cite
from rules.dates.reading import Half, HalfDaySpan, say_day
from rules.fields import Day, Files, OfficialField, Paper, Scene, SpanField, Text
from rules.fields.times import say_span
from rules.forms import Problem, Values
from rules.leave.change import Change, ChangeKind, ChangeState, Wish
from rules.leave.checks import acting_check, together_check
from rules.leave.life import (
    add_papers,
    add_remarks,
    check_change,
    draft,
    may_change,
    may_extend,
    over,
    propose,
    withdraw_change,
)
from rules.leave.matter import Leave, LeaveState
from rules.leave.papers import LeavePaper
from rules.leave.report import article_of, bound, stand_ins
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import DAY, shanghai_day
from storage.queries.leave.leaves import open_leaves, standing_leaves
from storage.unit_of_work import UnitOfWork

_SPAN = SpanField("span", "时间")


# ---------------------------------------------------------------- what is asked


@dataclasses.dataclass(frozen=True)
class ChangedSpanField(ReportedSpanField):
    """The new dates. Art. 77's three days are measured again only where the departure itself moves."""

    def parse(self, text: str, scene: Scene) -> ReportedSpan:
        return _departing_anew(super().parse(text, scene), scene)

    def unpack(self, stored: Any, scene: Scene) -> ReportedSpan:  # noqa: ANN401 - JSON
        return _departing_anew(super().unpack(stored, scene), scene)


def _departing_anew(span: ReportedSpan, scene: Scene) -> ReportedSpan:
    was = _was(scene)
    same = (span.start, span.start_half) == (was.start, was.start_half)
    return dataclasses.replace(span, missed=None) if same else span


def _was(scene: Scene) -> HalfDaySpan:
    return _SPAN.unpack(scene.values["was"], scene)


def _was_acting(scene: Scene) -> Official | None:
    return scene.roster.by_id(scene.values.get("was_acting"))


def _long(values: Values) -> bool:
    """Whether art. 77 wants papers for the trip as it is now to be, and none were sent with the report."""
    span, until = values.get("span"), values.get("until")
    without = values.get("without_papers_until")
    if without is None:
        return False
    last = span.end if isinstance(span, ReportedSpan) and span.papers else until
    return last is not None and last.isoformat() > without


def _later(until: Any, scene: Scene) -> None:  # noqa: ANN401 - a date
    was = _was(scene)
    if until <= was.end:
        raise Refused(f"应晚于原定的{say_day(was.end, scene.today)}")


def _papers(label: str) -> Files:
    return Files(
        "papers",
        "附件",
        ask=label,
        hint="可发多个文件或照片，发完点「发完了」。",
        aliases=("材料", "文件", "通知"),
        shown=_long,
    )


# ---------------------------------------------------------------- what is checked and said before 提交


def _wish(leave: Leave, values: Values, now: datetime) -> Wish:
    """What the filled form wants."""
    reason = values.get("reason") or ""
    if "until" in values:
        span = HalfDaySpan(leave.start, leave.start_half, values["until"], Half.PM)
        return Wish(ChangeKind.EXTENSION, span, leave.acting, reason, late=over(leave, now))
    span = values["span"]
    plain = HalfDaySpan(span.start, span.start_half, span.end, span.end_half)
    return Wish(ChangeKind.CHANGE, plain, values["acting"], reason, late=span.missed is not None)


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    leave = await work.lock(Leave, values["leave"])
    own = [other for other in await open_leaves(work, official) if other is not leave]
    wish = _wish(leave, values, work.acted_at)
    return check_change(leave, wish, own, await standing_leaves(work), await work.roster(), work.acted_at)


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """What it was, who will approve it, and what the new days bring with them."""
    leave, roster, today = (
        await work.lock(Leave, values["leave"]),
        await work.roster(),
        shanghai_day(work.acted_at),
    )
    wish = _wish(leave, values, work.acted_at)
    change = draft(leave, wish, work.acted_at)
    route = work.office.settings.leave_routes.route(official, roster)
    lines = [f"变更：{what(change, leave)}。"] if change.kind is ChangeKind.CHANGE else []
    if change.of_dates and change.kind is ChangeKind.EXTENSION:
        lines = [f"续假后：{say_span(wish.span, today)}（原定{say_day(leave.end, today)}止）。"]
    if route.approvers and (change.of_dates or change.wants_approval(official)):
        lines += [f"审批：{route}", *route.remarks]
        lines += ["批准之前，仍按原定安排。"] if leave.state is LeaveState.APPROVED else []
    else:
        lines.append("不需审批，提交后即告知有关同志。")
    span = values.get("span")
    if isinstance(span, ReportedSpan) and span.missed:
        lines.append(f"{span.missed.explain('出发当日')}。现属紧急，将注明理由送审。{cite(77)}")
    elif wish.late:
        lines.append("原定假期已经结束，按紧急事项送审。")
    lines += [f"⚠️ {sentence}" for sentence in await _found(work, official, wish, change)]
    return Markup("\n").join(escape(line) for line in lines)


async def _found(work: UnitOfWork, official: Official, wish: Wish, change: Change) -> list[str]:
    """What the checks of a report find in the changed one."""
    around, today = await standing_leaves(work), shanghai_day(work.acted_at)
    found: list[str] = []
    if wish.acting:
        found += acting_check(
            official, wish.acting, wish.span, around, await work.roster(), today, await work.calendar()
        ).found
    if change.of_dates:
        if together := together_check(official, wish.span, around, today):
            found += together.found
        found += await clashes(work, official, wish.span)
    return found


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Enter the change, and ask or tell whom it concerns."""
    leave, roster = await work.lock(Leave, values["leave"]), await work.roster()
    before, wish = list(leave.approvals), _wish(leave, values, work.acted_at)
    route = work.office.settings.leave_routes.route(official, roster)
    found = await _found(work, official, wish, draft(leave, wish, work.acted_at))
    change = propose(leave, official, wish, route, work.acted_at)
    add_remarks(leave, found)
    papers: list[Paper] = values.get("papers") or []
    add_papers(leave, [LeavePaper(one.file_id, one.name, one.size, one.photo) for one in papers])
    await work.flush()
    await work.note(
        official,
        "leave.extend" if change.kind is ChangeKind.EXTENSION else "leave.change",
        f"leave:{leave.id}",
        article=article_of(leave),
        detail={"what": what(change, leave), "state": change.state},
        undo=str(change.kind),
    )
    await bring_up_to_date(work, leave, before)
    if leave.change is not change:
        await work.send(*told.in_force(change, leave, roster))
    if leave.waiting and (leave.change is change or change.of_dates):
        await work.send(*notices.with_papers(notices.asked(leave.waiting, leave), leave))
    return told.submitted(change, leave)


CHANGE_FORM = Form(
    name="leave.change",
    title="请假变更",
    fields=(
        ChangedSpanField(
            "span",
            "时间",
            ask="新的时间是哪天到哪天？",
            example="{day}至{end}",
            aliases=("起止时间", "行止日期", "日期"),
            past=True,
            default=_was,
        ),
        OfficialField(
            "acting",
            "主持",
            ask="外出期间由谁代为主持工作？",
            aliases=("代为主持", "代为主持工作", "主持工作", "补位", "代理"),
            optional=True,
            default=_was_acting,
            among=lambda scene: stand_ins(scene.official, scene.roster),
        ),
        _papers("变更后外出时间较长，请发有关通知、方案及日程安排。"),
        Text("reason", "理由", ask="为什么变更？", example="会议改期", optional=True, longest=200),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
    refusal_ends=True,
)
EXTEND_FORM = Form(
    name="leave.extend",
    title="续假",
    fields=(
        Day("until", "续至", ask="续假到哪一天？", example="{end}", aliases=("到", "结束"), check=_later),
        Text("reason", "理由", ask="为什么续假？", example="会议延期一天", longest=200),
        _papers("续假后外出时间较长，请发有关通知、方案及日程安排。"),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
    refusal_ends=True,
)
FORMS: tuple[Form, ...] = (CHANGE_FORM, EXTEND_FORM)


# ---------------------------------------------------------------- the applicant


@on_tap(f"leave:<id>:{CHANGE}|{EXTEND}|{UNCHANGE}", Leave)
async def act(tap: Tap[Leave]) -> str:
    """The applicant taps 变更, 续假 or 撤回变更 on the own card."""
    if tap.act == CHANGE:
        await _ask_change(tap.work, tap.official, tap.matter)
        return ""
    if tap.act == EXTEND:
        await _ask_extension(tap.work, tap.official, tap.matter)
        return ""
    return f"已撤回{await _take_back(tap.work, tap.official, tap.matter)}。"


async def extend(update: Update, context: Context) -> None:
    """/extend: the leave that is running; of several, or one that is still to come, they pick the card."""
    work = context.work
    official = await sender(update, context)
    approved = [leave for leave in await open_leaves(work, official) if leave.state is LeaveState.APPROVED]
    running = [leave for leave in approved if leave.begun(work.now)]
    if len(running) == 1:
        await _ask_extension(work, official, await work.lock(Leave, running[0].id))
    elif not approved:
        raise Refused("您现在没有可以续的假。发「我的」可看已报的请假。")
    else:
        cards = running or approved
        why = "请点「续假」。" if running else "假期还没有开始，改时间请点「变更」。"
        await work.send(*(notices.own(leave, begun=leave.begun(work.now), why=why) for leave in cards))


async def _ask_change(work: UnitOfWork, official: Official, leave: Leave) -> None:
    may_change(leave, official)
    await begin(work, official, _chat(official), CHANGE_FORM, values=_hidden(work, leave))


async def _ask_extension(work: UnitOfWork, official: Official, leave: Leave) -> None:
    may_extend(leave, official)
    await begin(work, official, _chat(official), EXTEND_FORM, values=_hidden(work, leave))


def _hidden(work: UnitOfWork, leave: Leave) -> dict[str, Any]:
    """What the forms have to know of the leave as it is."""
    hidden: dict[str, Any] = {
        "leave": leave.id,
        "was": _SPAN.pack(leave.span),
        "was_acting": leave.acting.id if leave.acting else None,
    }
    if bound(leave.applicant) and not leave.papers:
        days = work.office.settings.periods.leave_papers_over_days
        hidden["without_papers_until"] = (leave.start + (days - 1) * DAY).isoformat()
    return hidden


def _chat(official: Official) -> int:
    if official.telegram_id is None:
        raise Refused("请先绑定本人账号。")
    return official.telegram_id


async def _take_back(work: UnitOfWork, official: Official, leave: Leave) -> ChangeKind:
    before = list(leave.approvals)
    asked = [approval.holder for approval in leave.this_round if approval.asked_at]
    change = withdraw_change(leave, official, work.now)
    await work.note(
        official,
        "leave.change_withdraw",
        f"leave:{leave.id}",
        article=article_of(leave),
        detail={"what": what(change, leave)},
        undo="撤回",
    )
    await bring_up_to_date(work, leave, before)
    await work.send(*told.taken_back(change, leave, dict.fromkeys(asked)))
    return change.kind


# ---------------------------------------------------------------- the approvers


async def change_decided(work: UnitOfWork, leave: Leave, change: Change, approval: Approval) -> None:
    """An approver has decided on a change: who has to know, and who is next."""
    match change.state:
        case ChangeState.PENDING if leave.waiting:
            await work.send(told.step(approval, change, leave))
            await work.send(*notices.with_papers(notices.asked(leave.waiting, leave), leave))
        case ChangeState.IN_FORCE:
            await work.send(*told.in_force(change, leave, await work.roster(), by=approval))
        case _:
            await work.send(*told.refused(approval, change, leave))
            if change.state is ChangeState.SENT_BACK:
                await _reopen(work, leave, change)


async def _reopen(work: UnitOfWork, leave: Leave, change: Change) -> None:
    """Lay the change that was sent back before the applicant again, as they had filled it."""
    if leave.applicant.telegram_id is None:
        return
    if change.kind is ChangeKind.EXTENSION:
        form, filled = EXTEND_FORM, {"until": change.span.end, "reason": change.reason}
    else:
        form, filled = CHANGE_FORM, {"span": change.span, "acting": change.acting, "reason": change.reason}
    filled = {key: value for key, value in filled.items() if value}
    values = {**_hidden(work, leave), **filled}
    await begin(work, leave.applicant, leave.applicant.telegram_id, form, values=values)


ROUTES: list[Route] = [
    *opening("extend", "续假", extend),
    act,
]
