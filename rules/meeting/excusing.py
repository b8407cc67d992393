"""Who decides on staying away from a meeting, and whether it has to be in writing (art. 55)."""

from datetime import datetime

from rules.articles import cite
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.members import chair_for
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Roster


def decider(meeting: Meeting, official: Official, roster: Roster) -> Official | None:
    """Whom they ask; None where nobody stands above them.

    Leaders the mayor, everybody else the office director, who asks the mayor themselves (art. 55). A 专题会议
    and a department's meeting follow custom: whoever presides or called it decides.
    """
    if official.role is Role.MAYOR:
        return None
    if meeting.formal:
        director = next(iter(roster.with_role(Role.OFFICE_DIRECTOR)), None)
        line = [roster.mayor] if official.role in LEADERS else [director, roster.mayor]
    else:
        line = [meeting.chair, meeting.called_by, roster.mayor]
    return next((one for one in line if one is not None and one is not official), None)


def must_write(meeting: Meeting, attendee: Attendee) -> bool:
    """书面请假报告: from the other members of the 全体会议 and from everybody in attendance (art. 55)."""
    if not meeting.formal or attendee.official.role in LEADERS:
        return False
    return meeting.kind is MeetingKind.PLENARY or not attendee.member


def new_excuse(meeting: Meeting, attendee: Attendee, reason: str, roster: Roster, now: datetime) -> Excuse:
    """The excuse as it is asked for; the mayor's own stands at once, and so does one on approved leave."""
    if attendee.on_leave:
        return by_leave(attendee, now)
    whom = decider(meeting, attendee.official, roster)
    asked = Excuse(reason, now, decider=whom, written=must_write(meeting, attendee))
    if whom is None:
        asked.state, asked.decided_at = ExcuseState.GRANTED, now
    return asked


def by_leave(attendee: Attendee, now: datetime) -> Excuse:
    """Their leave is approved: nobody has to decide again, and nothing has to be written."""
    reason = f"已批准请假：{attendee.away}"
    return Excuse(reason, now, state=ExcuseState.GRANTED, by_leave=True, decided_at=now)


def article_of(meeting: Meeting) -> int:
    """Where the Work Rules say that they have to be asked: art. 55, for a 专题会议 the one that knows it."""
    return 55 if meeting.formal else meeting.article


# ---------------------------------------------------------------- the written report


def may_report(meeting: Meeting, official: Official, attendee: Attendee) -> Excuse:
    """The excuse whose written report they may hand in: their own, as long as it waits."""
    excuse = attendee.excuse
    if official is not attendee.official:
        raise Refused("书面请假报告由本人提交。", 55)
    if excuse is None or not meeting.live:
        raise Refused("这张卡片已经失效，请发「我的」查看最新情况。")
    if not excuse.written:
        raise Refused("这次请假不用书面报告。", 55)
    if excuse.state is not ExcuseState.PENDING:
        raise Refused(f"这次会议请假{excuse.done}，不用再交书面报告。")
    return excuse


def hand_in(
    meeting: Meeting,
    official: Official,
    attendee: Attendee,
    now: datetime,
    *,
    text: str = "",
    file: tuple[str, str, bool] | None = None,
) -> Excuse:
    """The written report: its text, or a file (handle, name, whether a photo); a later one holds."""
    excuse = may_report(meeting, official, attendee)
    excuse.report = text
    excuse.report_file_id, excuse.report_name, excuse.report_photo = file or ("", "", False)
    _reported(excuse, now)
    return excuse


def on_paper(meeting: Meeting, official: Official, attendee: Attendee, now: datetime) -> Excuse:
    """The office has the report on paper and says so."""
    excuse = attendee.excuse
    if official.role not in OFFICE_DESK:
        raise Refused("纸质报告由区政府办公室登记。", 55)
    if excuse is None or not meeting.live or excuse.state is not ExcuseState.PENDING:
        raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
    if official is attendee.official:
        raise Refused("本人的书面请假报告请在本人的会议卡片上提交。", 55)
    if not excuse.report_missing:
        raise Refused("书面请假报告已经收到，不用重复登记。")
    excuse.report = f"纸质报告已送区政府办公室，{official.titled}登记。"
    _reported(excuse, now)
    return excuse


def _reported(excuse: Excuse, now: datetime) -> None:
    """It can be granted now: from the first report on whoever decides is waited for."""
    excuse.reported_at = now
    if excuse.asked_at is None:
        excuse.ask(now)


# ---------------------------------------------------------------- who presides then


def pass_chair(meeting: Meeting, official: Official, roster: Roster) -> str | None:
    """After this official's excuse has changed: who presides by art. 48-50, set on the meeting.

    Gives a sentence where there is something to say (who presides now, or that nobody can), else None.
    Only the mayor's and the chair's own absence touch it; of the other meetings nobody else is named.
    """
    if not meeting.formal and official is meeting.chair:
        place = meeting.of(official)
        gone = place is not None and _stays_away(place)
        line = f"{official.titled}不能主持，请变更主持人或另定时间。{cite(meeting.article)}"
        return line if gone else None
    if not meeting.formal or (official.role is not Role.MAYOR and official is not meeting.chair):
        return None
    away = [one.official for one in meeting.attendees if _stays_away(one)]
    found = chair_for(meeting.kind, roster, away, meeting.called_by)
    if found.warning:
        return found.warning
    if found.official is meeting.chair:
        return None
    meeting.chair, meeting.chair_reason = found.official, found.reason
    who = found.official.titled if found.official else "空缺"
    return found.reason or f"区长可以出席，会议仍由{who}主持。{cite(meeting.article)}"


def _stays_away(one: Attendee) -> bool:
    return one.granted or (one.on_leave and one.reply is not Reply.COMING)
