"""What is looked at before a leave report goes out, and what of it everybody concerned has to know.

What keeps a report back is in `rules.leave.report.check`; what is found here is said to the applicant before
提交 and to the approvers on their card, and decided by people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.dates.reading import HalfDaySpan, say_day
from rules.dates.spans import overlap
from rules.fields.times import say_span
from rules.leave.matter import Leave, LeaveState
from rules.leave.report import usual_stand_in
from rules.leave.returning import days_late
from rules.leave.trip import Trip
from rules.roster import VICE_MAYORS, Official, Role, Roster
from rules.working_days import Calendar

ASKED_OR_APPROVED = frozenset({LeaveState.PENDING, LeaveState.APPROVED})
"""A leave in one of these may keep somebody from being there."""
_HEADS = frozenset({Role.UNIT_HEAD, Role.OFFICE_DIRECTOR})
_DEPUTIES = frozenset({Role.DEPUTY_HEAD, Role.OFFICE_DEPUTY})


@dataclass(frozen=True)
class Checked:
    """One check: what was looked at, said where nothing was found (unless empty), and what was found."""

    what: str
    found: tuple[str, ...] = ()


def acting_check(
    applicant: Official,
    acting: Official,
    span: HalfDaySpan,
    others: Iterable[Leave],
    roster: Roster,
    today: date,
    calendar: Calendar,
) -> Checked:
    """Whether the one who is to act will be there, is told of it, and has no other post to fill meanwhile."""
    found, name = [], acting.name
    usual = usual_stand_in(applicant, roster)
    if applicant.role in VICE_MAYORS and usual and usual is not acting:
        found.append(f"补位副区长是{usual.titled}，此次由{name}补位")
    for leave in others:
        if leave.state not in ASKED_OR_APPROVED or leave.applicant is applicant:
            continue
        if leave.applicant is acting and overlap(leave.span, span):
            found.append(f"{name}同期已报外出：{say_span(leave.span, today)}（{leave.state}）")
        elif (
            leave.applicant is acting
            and leave.state is LeaveState.APPROVED
            and days_late(leave, today, calendar)
        ):
            found.append(f"{name}的外出已于{say_day(leave.end, today)}到期，尚未销假")
        elif leave.acting is acting and overlap(leave.span, span):
            found.append(f"{name}同期还要代{leave.applicant.titled}主持工作：{say_span(leave.span, today)}")
    if acting.telegram_id is None:
        found.append(f"{name}尚未绑定账号，收不到告知，请当面说明")
    return Checked(f"{name}在岗", tuple(found))


def together_check(
    applicant: Official,
    span: HalfDaySpan,
    others: Iterable[Leave],
    today: date,
    acting: Official | None = None,
) -> Checked | None:
    """Whether head and deputy would be away together; None for those to whom it does not apply.

    What `acting_check` says of the one who is to act is not said twice.
    """
    pair = _counterparts(applicant)
    if not pair:
        return None
    away = [
        leave
        for leave in others
        if leave.state in ASKED_OR_APPROVED
        and leave.applicant is not applicant
        and leave.applicant.unit is applicant.unit
        and leave.applicant.role in pair
        and overlap(leave.span, span)
    ]
    found = (
        f"{leave.applicant.titled}同期外出：{say_span(leave.span, today)}（{leave.state}）"
        for leave in away
        if leave.applicant is not acting
    )
    return Checked("" if away else "正副职不同时外出", tuple(found))


def adjoining(trip: Trip, today: date) -> Iterator[str]:
    """Their other leaves that adjoin: the approvers see the whole time away, and whose papers hold for it."""
    for leave in trip.others:
        papers = "，材料已随该报告报送" if leave.papers else ""
        yield f"与{say_span(leave.span, today)}的请假（{leave.state}）相连，合计{trip.span.days:g}天{papers}"


def _counterparts(applicant: Official) -> frozenset[Role]:
    """The roles in their unit that should not be away while they are."""
    if applicant.role in _HEADS:
        return _DEPUTIES
    if applicant.role in _DEPUTIES:
        return _HEADS
    if applicant.role is Role.MAYOR:
        return frozenset({Role.EXECUTIVE_VICE_MAYOR})
    if applicant.role is Role.EXECUTIVE_VICE_MAYOR:
        return frozenset({Role.MAYOR})
    return frozenset()
