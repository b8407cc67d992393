"""The one who acts for somebody away: told, aware or unable, and replaced (art. 77, 7 and 9)."""

from datetime import datetime

from rules.acting import ActingAnswer, AskedToAct
from rules.dates.spans import gone_by
from rules.leave.matter import Leave, LeaveState
from rules.refused import Refused
from rules.roster import Official

LIVE = frozenset({LeaveState.PENDING, LeaveState.APPROVED})
"""As long as the leave is in one of these, somebody has to act."""


def ask(leave: Leave, dates: str, now: datetime) -> AskedToAct | None:
    """Put down that the one now named is asked to act on these dates; None if they were, or it is over."""
    if leave.acting is None or leave.state not in LIVE or gone_by(leave.span, now):
        return None
    latest = latest_of(leave)
    if latest and latest.official is leave.acting and latest.dates == dates and not latest.declined:
        return None
    leave.asked_to_act.append(AskedToAct(leave.acting, dates, now))
    return leave.asked_to_act[-1]


def latest_of(leave: Leave, official: Official | None = None) -> AskedToAct | None:
    """Who was asked last, or what this official was asked last."""
    asked = [one for one in leave.asked_to_act if official is None or one.official is official]
    return asked[-1] if asked else None


def may_answer(leave: Leave, official: Official) -> AskedToAct:
    """What the official was asked, if it is still theirs to answer; otherwise says why not."""
    asked = latest_of(leave, official)
    if asked is None:
        raise Refused("这份请假报告没有请您代为主持。")
    if asked.declined:
        raise Refused("您已答复无法代为主持，无需再办。")
    if leave.state not in LIVE:
        raise Refused(f"这份请假报告{leave.state}，您无需再办。")
    if leave.acting is not official:
        raise Refused("已改由其他同志代为主持，您无需再办。")
    return asked


def aware(leave: Leave, official: Official, now: datetime) -> None:
    """知悉."""
    asked = may_answer(leave, official)
    if asked.answer:
        raise Refused("您已知悉，无需再点。")
    asked.answer, asked.answered_at = ActingAnswer.AWARE, now


def cannot(leave: Leave, official: Official, reason: str, now: datetime) -> None:
    """无法代为主持: from now on nobody acts, and the applicant has to name another."""
    asked = may_answer(leave, official)
    asked.answer, asked.answered_at, asked.reason = ActingAnswer.CANNOT, now, reason
    leave.acting = None


def declined(leave: Leave) -> list[AskedToAct]:
    """Those who could not, as long as the latest word on it is theirs or another was named after them."""
    return [asked for asked in leave.asked_to_act if asked.declined]


def unable(leave: Leave) -> frozenset[Official]:
    """Those whose last word on this leave is 无法代为主持: nothing of the absent person's comes to them."""
    last = {asked.official: asked.declined for asked in leave.asked_to_act}
    return frozenset(official for official, declined in last.items() if declined)


def needs_another(leave: Leave) -> bool:
    """Whether the one named could not and nobody else has been named yet."""
    latest = latest_of(leave)
    return leave.acting is None and leave.state in LIVE and latest is not None and latest.declined


def name_another(leave: Leave, applicant: Official, acting: Official) -> None:
    """The applicant names another, once the first cannot."""
    leave.require_own(applicant)
    if not needs_another(leave):
        raise Refused("这份请假报告现在不需要另定代为主持的同志。")
    leave.acting = acting
