"""What is checked on a leave report before it goes out (art. 77), and what is only advised."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from rules.dates.half_days import forward
from rules.dates.reading import Half, HalfDaySpan, say_day
from rules.dates.spans import overlap
from rules.delegation import begins_at
from rules.fields.times import say_span
from rules.forms import Problem
from rules.hours import OfficeHours
from rules.leave.change import ChangeState
from rules.leave.filing import filed_with_committee
from rules.leave.matter import OPEN, Leave, LeaveState
from rules.leave.trip import Trip
from rules.periods import Periods
from rules.roster import LEADERS, VICE_MAYORS, Official, Role, Roster, UnitKind
from rules.working_days import Calendar, Deadline, shanghai_day

FAR = timedelta(days=366)
"""A leave that starts later than this is taken for a slip of the pen in the year."""
_HEADED = {UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.ZONE}


def bound(applicant: Official) -> bool:
    """Whether art. 77's notice and papers are asked of them: heads of departments, towns and the zone."""
    return applicant.role is Role.UNIT_HEAD and applicant.unit.kind in _HEADED


def article_of(leave: Leave) -> int | None:
    """The article that the leave as a whole rests on: 77, or none."""
    return 77 if governed(leave.applicant) else None


def missed_notice(
    applicant: Official, start: date, now: datetime, calendar: Calendar, periods: Periods
) -> Deadline | None:
    """When the report should have been made, if it comes too late for art. 77; otherwise None."""
    if not bound(applicant):
        return None
    deadline = calendar.days_before(start, periods.leave_notice_days)
    return deadline if shanghai_day(now) > calendar.still_counts(deadline.day) else None


def needs_papers(applicant: Official, trip: Trip, periods: Periods) -> bool:
    """外出时间超过3天的，要附有关通知、方案及日程安排; of leaves that adjoin, one set for the whole."""
    return bound(applicant) and periods.needs_papers(trip.span.days) and not trip.has_papers


def begun_when_reported(span: HalfDaySpan, reported_at: datetime, hours: OfficeHours) -> bool:
    """Whether they were away by then: from the opening of the office on the first day, or from noon."""
    if span.start_half is Half.PM:
        return reported_at >= begins_at(span.start, span.start_half)
    return reported_at >= hours.opening(span.start)


def reports_beforehand(applicant: Official) -> bool:
    """Whether art. 77 has them report before they go (事前报告), and say in writing why they could not."""
    return bound(applicant) or filed_with_committee(applicant)


def reported_at(leave: Leave) -> datetime:
    """When the departure that now stands was first reported, as aware UTC.

    What is sent back and comes again was reported the first time, however often; a change that moved the
    departure was reported when it was asked for.
    """
    moved = (c.proposed_at for c in leave.changes if c.of_departure and c.state is ChangeState.IN_FORCE)
    return max([leave.submitted_at, *moved])


def urgent_reason(leave: Leave) -> str:
    """Why it, or the departure as it was changed, was reported late (紧急外出); empty where it was not."""
    late = (
        c.reason for c in leave.changes if c.of_departure and c.urgent and c.state is ChangeState.IN_FORCE
    )
    return next(late, "") or leave.urgent_reason


def governed(applicant: Official) -> bool:
    """Whether art. 77 speaks of them at all, so that it may be cited and somebody must be named who acts.

    Leaders, the office director, and the heads of departments, towns and the zone; the leave of everybody
    else follows the office's own custom.
    """
    return bound(applicant) or applicant.role in LEADERS or applicant.role is Role.OFFICE_DIRECTOR


def stand_ins(applicant: Official, roster: Roster) -> list[Official]:
    """Whom they may name to act, the usual one first.

    The mayor a vice mayor (art. 7), the 常务副区长 first; a vice mayor another one, the 补位 first (art. 9);
    everybody else somebody of the own unit, deputies first.
    """
    if applicant.role in LEADERS:
        others = [o for o in roster.with_role(*VICE_MAYORS) if o is not applicant]
    else:
        others = [o for o in roster.of(applicant.unit) if o is not applicant]
    usual = usual_stand_in(applicant, roster)
    deputies = {Role.DEPUTY_HEAD, Role.OFFICE_DEPUTY}
    return sorted(others, key=lambda o: (o is not usual, o.role not in deputies))


def usual_stand_in(applicant: Official, roster: Roster) -> Official | None:
    """Who is proposed: for the mayor the 常务副区长 (art. 7), for others the 补位 of the roster, if any."""
    if applicant.role is Role.MAYOR:
        return roster.executive_vice_mayor
    return roster.by_id(applicant.backup_id)


def check(
    applicant: Official,
    span: HalfDaySpan,
    acting: Official | None,
    phone: str | None,
    *,
    own: Iterable[Leave],
    roster: Roster,
    now: datetime,
    others: Iterable[Leave] = (),
    reported: bool = False,
) -> list[Problem]:
    """Everything that keeps the report from going out; `own` are their other leaves, `others` everybody's.

    `reported` says that this departure was reported before and came back (退回修改): it may have gone by.
    """
    problems = [
        *_check_span(span, own, now, reported=reported),
        *check_acting(applicant, acting, span, roster, others, shanghai_day(now)),
    ]
    if not phone:
        article = 77 if governed(applicant) else None
        problems.append(Problem("phone", "请留联系电话，确保24小时能随时取得联系。", article))
    return problems


def _check_span(span: HalfDaySpan, own: Iterable[Leave], now: datetime, *, reported: bool) -> list[Problem]:
    today = shanghai_day(now)
    if not forward(span):
        return [Problem("span", "结束时间早于开始时间，请重填，例：12月1日至12月3日。")]
    if span.start < today and not reported:
        return [Problem("span", f"开始日期{say_day(span.start, today)}已经过去；外出须事前报告。", 77)]
    if span.start > today + FAR:
        return [Problem("span", f"{span.start.year}年还早，请核对年份。")]
    for leave in own:
        if leave.state in OPEN and overlap(leave.span, span):
            return [
                Problem(
                    "span",
                    f"与您已报的请假重叠：{say_span(leave.span, today)}（{leave.state}）。"
                    "可发「我的」先撤回或销假。",
                )
            ]
    return []


def check_acting(
    applicant: Official,
    acting: Official | None,
    span: HalfDaySpan,
    roster: Roster,
    others: Iterable[Leave],
    today: date,
) -> list[Problem]:
    """Whether this person may act: another one, of the right unit or rank, and not away themselves."""
    if acting is None:
        if governed(applicant) and stand_ins(applicant, roster):
            return [Problem("acting", "请写明外出期间代为主持工作的同志。", _article(applicant))]
        return []
    if acting is applicant:
        return [Problem("acting", "代为主持工作的不能是本人，请另选一位。", 77)]
    if acting in stand_ins(applicant, roster):
        return _check_there(applicant, acting, span, others, today)
    if applicant.role is Role.MAYOR:
        rule = "区长外出期间由常务副区长或指定的其他副区长主持工作，请另选一位。"
    elif applicant.role in LEADERS:
        rule = "副区长外出期间由补位的副区长代为处理工作，请另选一位。"
    else:
        rule = f"{acting.titled}不是{applicant.unit.name}的同志，请在本单位另选一位。"
    return [Problem("acting", rule, _article(applicant))]


def _check_there(
    applicant: Official, acting: Official, span: HalfDaySpan, others: Iterable[Leave], today: date
) -> list[Problem]:
    away = next(
        (
            leave
            for leave in others
            if leave.applicant is acting and leave.state is LeaveState.APPROVED and overlap(leave.span, span)
        ),
        None,
    )
    if away is None:
        return []
    sentence = f"{acting.name}同期外出：{say_span(away.span, today)}，不能代为主持，请另选一位。"
    return [Problem("acting", sentence, _article(applicant))]


def _article(applicant: Official) -> int | None:
    """Where it says who acts for them: art. 7 for the mayor, 9 for vice mayors, 77 for heads."""
    if applicant.role is Role.MAYOR:
        return 7
    if applicant.role in VICE_MAYORS:
        return 9
    return 77 if governed(applicant) else None
