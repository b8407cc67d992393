"""Answering a call to a meeting (参会回执): 参加, 请假, 派员, prepared by others, told by telephone.

The meeting's row is locked by whoever calls these, so that answers come one after the other.
"""

from datetime import datetime

from rules.dates.reading import moment_words
from rules.meeting.attendance import Attendee, Deputy, Reply
from rules.meeting.excuse import AFTERWARDS, MAY_STAY_AWAY, Excuse, ExcuseState
from rules.meeting.excusing import article_of, by_leave
from rules.meeting.matter import HELD, Meeting, MeetingState
from rules.meeting.nudges import occasion
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role


def may_answer(meeting: Meeting, official: Official, now: datetime) -> Attendee:
    """Their place, as long as they may answer themselves; a stand-in may not: art. 55 asks the person.

    After the deadline nothing is changed any more, but who has been silent, or was refused to stay away,
    may still say that they come.
    """
    place = meeting.place_of(official)
    _still_to_come(meeting, now)
    if now >= meeting.reply_by and place.reply is not None and not place.denied:
        closed = moment_words(meeting.reply_by)
        raise Refused(f"回执已于{closed}截止。确需变更的，请与区政府办公室联系，由办公室登记。")
    return place


def may_record(meeting: Meeting, official: Official, attendee: Attendee, now: datetime) -> None:
    """The office enters what it was told by telephone, also after the deadline."""
    if not meeting.manages(official):
        raise Refused("电话答复由会议召集人和区政府办公室登记。")
    if attendee.official is official:
        raise Refused("本人的回执请在本人的会议卡片上答复。")
    _still_to_come(meeting, now)


def _still_to_come(meeting: Meeting, now: datetime) -> None:
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(f"“{meeting.title}”已取消，不用再答复。")
    if meeting.state is MeetingState.OVER:
        raise Refused(f"“{meeting.title}”已结束，不能再答复。")
    if not meeting.live:
        raise Refused(f"“{meeting.title}”还没有发出通知。")
    if now >= meeting.start:
        raise Refused(f"“{meeting.title}”已经开始，不能再答复。")


def answer(meeting: Meeting, official: Official, now: datetime) -> Attendee:
    """参加, by the person themselves; whatever they had answered before gives way."""
    place = may_answer(meeting, official, now)
    place.put(Reply.COMING, official, now)
    return place


def may_ask_excuse(meeting: Meeting, official: Official, now: datetime) -> Attendee:
    """Their place, as long as they may ask to stay away; after the deadline that goes by the office."""
    place = may_answer(meeting, official, now)
    if now >= meeting.reply_by:
        closed = moment_words(meeting.reply_by)
        raise Refused(f"回执已于{closed}截止，请假请电话报区政府办公室，由办公室登记。", 55)
    if place.granted:
        raise Refused("已经准假，不用重复请假；能参加的，请点「参加」。")
    return place


def ask_excuse(meeting: Meeting, official: Official, excuse: Excuse, now: datetime) -> Attendee:
    """请假, by the person themselves: it holds until decided (art. 55)."""
    place = may_ask_excuse(meeting, official, now)
    put_excuse(place, excuse, official, now)
    return place


def put_excuse(attendee: Attendee, excuse: Excuse, by: Official, now: datetime, source: str = "") -> None:
    """Enter an excuse, the person's own or as told to the office."""
    if attendee.granted:
        raise Refused("已经准假，不用重复请假；能参加的，请点「参加」。")
    attendee.put(Reply.EXCUSED, by, now, source)
    attendee.excuse = excuse


def confirm_leave(meeting: Meeting, official: Official, now: datetime) -> Attendee:
    """Who is on approved leave confirms that they stay away: nobody has to decide again."""
    place = may_answer(meeting, official, now)
    if not place.on_leave:
        raise Refused("您在会议期间没有已批准的请假，请点「请假」说明原因。", 55)
    if place.granted:
        raise Refused("已经确认，无需重复。")
    place.put(Reply.EXCUSED, official, now)
    place.excuse = by_leave(place, now)
    return place


def may_send_deputy(meeting: Meeting, attendee: Attendee) -> None:
    """派员列席: never for a member (art. 55), and where the office allowed it for this meeting."""
    if attendee.member or attendee.official.role in LEADERS:
        raise Refused("会议组成人员须本人参加，不能派员代替；确不能参加的，请点「请假」。", 55)
    if not meeting.deputy_allowed(attendee):
        raise Refused("这次会议没有安排派员列席，请本人参加；确不能参加的，请点「请假」。", 55)


def send_deputy(meeting: Meeting, official: Official, deputy: Deputy, now: datetime) -> Attendee:
    """派员列席 by the person themselves."""
    place = may_answer(meeting, official, now)
    put_deputy(meeting, place, deputy, official, now)
    return place


def put_deputy(
    meeting: Meeting, attendee: Attendee, deputy: Deputy, by: Official, now: datetime, source: str = ""
) -> None:
    """Enter who comes instead, the person's own word or as told to the office."""
    may_send_deputy(meeting, attendee)
    attendee.put(Reply.DEPUTY, by, now, source)
    attendee.deputy_name, attendee.deputy_post = deputy.name, deputy.post


def record_coming(
    meeting: Meeting, official: Official, attendee: Attendee, source: str, now: datetime
) -> None:
    """The office enters that they come, as told by telephone."""
    may_record(meeting, official, attendee, now)
    attendee.put(Reply.COMING, official, now, source)


def prepare(
    meeting: Meeting,
    official: Official,
    attendee: Attendee,
    reply: Reply,
    now: datetime,
    *,
    reason: str = "",
    deputy: Deputy | None = None,
) -> None:
    """A liaison of their unit, or the desk, puts an answer before them to be confirmed with one tap."""
    may_prepare(meeting, official, attendee, now)
    if reply is Reply.DEPUTY:
        may_send_deputy(meeting, attendee)
    if reply is attendee.prepared is Reply.COMING and attendee.prepared_by is official:
        raise Refused(f"已代拟参加，待{attendee.official.name}确认，无需重复。")
    attendee.prepared, attendee.prepared_by, attendee.prepared_at = reply, official, now
    attendee.prepared_reason = reason
    attendee.prepared_name = deputy.name if deputy else ""
    attendee.prepared_post = deputy.post if deputy else ""


def may_prepare(meeting: Meeting, official: Official, attendee: Attendee, now: datetime) -> None:
    """Only their unit's liaison or the office desk, and only before the deadline."""
    _still_to_come(meeting, now)
    same_unit = official.role is Role.LIAISON and official.unit is attendee.official.unit
    if attendee.official is official or not (same_unit or official.role in OFFICE_DESK):
        raise Refused("只有本单位联络员和区政府办公室可以代拟回执，由本人确认。")
    if attendee.reply is not None:
        raise Refused(f"{attendee.official.name}已经答复，不用代拟。")
    if now >= meeting.reply_by:
        raise Refused(f"回执已于{moment_words(meeting.reply_by)}截止，请与区政府办公室联系。")


def confirm(meeting: Meeting, official: Official, now: datetime) -> Attendee:
    """The person confirms what was prepared as coming or sending somebody; an excuse goes by `ask_excuse`."""
    place = may_answer(meeting, official, now)
    if place.prepared is None:
        raise Refused("没有待您确认的回执，请直接点选。")
    if place.prepared is Reply.DEPUTY:
        deputy = Deputy(place.prepared_name, place.prepared_post)
        return send_deputy(meeting, official, deputy, now)
    return answer(meeting, official, now)


# ---------------------------------------------------------------- excuses


def may_decide_excuse(
    meeting: Meeting, official: Official, attendee: Attendee, stand_in: Official | None = None
) -> Excuse:
    """The excuse, if it is this official's to decide now (art. 55); otherwise says why not."""
    excuse = attendee.excuse
    if excuse is None or meeting.state not in HELD:
        raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
    excuse.require(official, stand_in, of=attendee.official)
    return excuse


def decide_excuse(
    meeting: Meeting,
    official: Official,
    attendee: Attendee,
    state: ExcuseState,
    now: datetime,
    comment: str = "",
    *,
    stand_in: Official | None = None,
    acted_at: datetime | None = None,
) -> Excuse:
    """准假 or 不准假; granted only once the written report is there, where art. 55 wants one.

    Once the meeting has begun 追认 or 作废; `acted_at` is when they tapped.
    """
    excuse, past = may_decide_excuse(meeting, official, attendee, stand_in), state in AFTERWARDS
    article = article_of(meeting)
    occasion(meeting).require(acted_at or now, afterwards=past, what="会议已开", article=article)
    if state in MAY_STAY_AWAY and excuse.report_missing:
        raise Refused(f"{attendee.official.titled}的书面请假报告还没有送到，收到后再准假。", 55)
    excuse.state, excuse.decided_by, excuse.decided_at = state, official, now
    excuse.comment = comment
    return excuse
